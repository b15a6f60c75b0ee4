"""Start and end of a registration in the doelgroepregister through the years (Besluit SUWI 3.2).

A period is half-open: ``tot`` is the first day without registration. "Eindigt op" the AOW day, the day of death or the
day after a beschut-werk finding is read as: on that day no longer registered. "Eindigt op 31 december" (t+2) is read as
through that day, since the year's measurement falls in December.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any

from banenafspraak.wet.aow import aow_datum
from banenafspraak.wet.doelgroep import EERSTE_PEILDATUM, Grond, Route
from banenafspraak.wet.feiten import FactReader, Feit, Periode
from banenafspraak.wet.parameters import ParameterFout, Stand, parameter
from banenafspraak.wet.uitkomst import Stap, Trail, Uitkomst, Zekerheid, least_certain, show_date


class EindeReden(StrEnum):
    """Why a registration ended."""

    DUURZAAM_GEEN_ARBEIDSVERMOGEN = "duurzaam_geen_arbeidsvermogen"
    WSW_BESCHUT_WERK = "wsw_beschut_werk"
    AOW = "aow"
    OVERLIJDEN = "overlijden"
    BESCHIKKING_BESCHUT_WERK = "beschikking_beschut_werk"
    VRIJWILLIGE_UITSCHRIJVING = "vrijwillige_uitschrijving"
    T_PLUS_2 = "t_plus_2"
    OVERIG = "overig"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grondperiode:
    """Een grond waaraan iemand voldoet of voldeed, met de route en de periode."""

    grond: Annotated[Grond, Feit("Grond van artikel 38b of 38f Wfsv.")]
    route: Annotated[Route, Feit("Route waarlangs de registratie tot stand komt.")]
    vanaf: Annotated[
        date,
        Feit("Dag van het recht, het oordeel van UWV, de melding (vso, pro) of de loonwaarde (Praktijkroute)."),
    ]
    voldoet_niet_meer_vanaf: Annotated[date | None, Feit("Eerste dag waarop niet meer aan de grond is voldaan.")] = None
    gemeld_door_gemeente: Annotated[
        bool | None, Feit("Praktijkroute: heeft de gemeente de loonwaarde aan UWV gemeld?", aanname=True)
    ] = None

    def contradictions(self) -> list[str]:
        """Faults between the facts."""
        fouten = []
        if self.voldoet_niet_meer_vanaf and self.voldoet_niet_meer_vanaf <= self.vanaf:
            fouten.append("voldoet_niet_meer_vanaf ligt niet na vanaf: draai de datums om of laat de eerste weg.")
        if self.grond in (Grond.GEEN, Grond.BLIJFGROND_38B_6):
            fouten.append("grond: kies de grond waarop iemand erin kwam; de blijfgrond volgt uit de regels.")
        return fouten


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistratieFeiten:
    """Feiten over één persoon, waaruit volgt van wanneer tot wanneer hij in het doelgroepregister staat."""

    gronden: Annotated[tuple[Grondperiode, ...], Feit("Elke grond waaraan de persoon voldoet of voldeed.")]
    geboortedatum: Annotated[date | None, Feit("Geboortedatum; bepaalt het einde bij de AOW-leeftijd.")] = None
    overleden_op: Annotated[date | None, Feit("Dag van overlijden.")] = None
    beschut_werk_vastgesteld_op: Annotated[
        date | None, Feit("Dag waarop het college vaststelde dat alleen beschut werk mogelijk is (Pwet 10b).")
    ] = None
    wsw_beschut_vanaf: Annotated[date | None, Feit("Dag sinds wanneer Wsw-werk weer binnen (beschut) is.")] = None
    wajong_duurzaam_geen_mogelijkheden_op: Annotated[
        date | None, Feit("Dag waarop UWV vaststelde dat er duurzaam geen mogelijkheden tot werken zijn.")
    ] = None
    dienstbetrekkingen: Annotated[
        tuple[Periode, ...] | None, Feit("Perioden waarin de persoon in een dienstbetrekking werkt.")
    ] = None
    uitschrijving_verzocht_op: Annotated[date | None, Feit("Dag waarop de persoon zelf om uitschrijving vroeg.")] = None
    uitschrijving_vastgesteld_op: Annotated[
        date | None, Feit("Dag waarop UWV op dat verzoek vaststelde dat uitschrijving kan.")
    ] = None

    def contradictions(self) -> list[str]:
        """Facts that cannot all be true, or that cannot be used without another."""
        fouten = []
        asked, found = self.uitschrijving_verzocht_op, self.uitschrijving_vastgesteld_op
        if found and (asked is None or found < asked):
            fouten.append("uitschrijving_vastgesteld_op hoort bij een eerder uitschrijving_verzocht_op.")
        for naam in ("overleden_op", "beschut_werk_vastgesteld_op"):
            day = getattr(self, naam)
            if self.geboortedatum and day and day < self.geboortedatum:
                fouten.append(f"{naam} ligt voor de geboortedatum: controleer beide.")
        return fouten


@dataclass(frozen=True, slots=True)
class Registratieperiode:
    """A period in the register [vanaf, tot), why it ended, and the grounds it rested on."""

    vanaf: date
    tot: date | None
    einde_reden: EindeReden | None
    gronden: tuple[Grond, ...]

    def contains(self, day: date) -> bool:
        """Whether somebody is registered on ``day`` by this period."""
        return self.vanaf <= day and (self.tot is None or day < self.tot)


@dataclass(frozen=True, slots=True)
class Registratiestand:
    """Whether somebody is registered on the peildatum, the period that is about, and all periods.

    Without registration on the peildatum, ``vanaf``, ``tot`` and ``einde_reden`` are those of the last period before
    it, or None when there is none.
    """

    geregistreerd: bool
    vanaf: date | None
    tot: date | None
    einde_reden: EindeReden | None
    perioden: tuple[Registratieperiode, ...]


_FORMER_GROUNDS = frozenset({Grond.WSW, Grond.WAJONG, Grond.WIW_ID})
_WSW_ROUTES = frozenset({Route.WSW_BEGELEID_WERKEN, Route.WSW_DETACHERING, Route.WSW_WACHTLIJST})
_DAY = timedelta(days=1)


def registratie(feiten: RegistratieFeiten, *, peildatum: date) -> Uitkomst[Registratiestand]:
    """From when to when this person is in the doelgroepregister, and whether that includes ``peildatum``.

    Raises ParameterFout for a peildatum before 1-1-2013.
    """
    if peildatum < EERSTE_PEILDATUM:
        raise ParameterFout(
            f"De registratie bestaat niet op {show_date(peildatum)}: "
            f"kies een peildatum vanaf {show_date(EERSTE_PEILDATUM)}."
        )
    trail = Trail()
    perioden = [p for grond in feiten.gronden for p in _of_ground(grond, feiten, trail)]
    for end, reason in _final_ends(feiten, trail):
        perioden = _cut(perioden, end, reason)
    perioden = _own_request(perioden, feiten, trail)
    merged = _merge(perioden)
    return trail.finish(_conclude(merged, trail, peildatum))


# --- Start, and the end that belongs to a ground -----------------------------------------------------------------


def _of_ground(periode: Grondperiode, feiten: RegistratieFeiten, trail: Trail) -> list[Registratieperiode]:
    start = _start(periode, trail)
    if start is None:
        return []
    whole = Registratieperiode(start, None, None, (periode.grond,))
    gone, lost = feiten.wajong_duurzaam_geen_mogelijkheden_op, periode.voldoet_niet_meer_vanaf
    if periode.grond is Grond.WAJONG and gone is not None and (lost is None or gone <= lost):
        perioden = _without_possibilities(whole, lost, feiten, trail, gone)
    elif lost is not None:
        perioden = _no_longer_met(whole, periode.grond, lost, trail)
    else:
        perioden = [whole]
    inside = feiten.wsw_beschut_vanaf
    if inside is not None and periode.route in _WSW_ROUTES:
        _note(
            trail,
            _stand("wsw_beschut"),
            f"Telt de Wsw-registratie nog vanaf {show_date(inside)}?",
            "122n lid 4 Wfsv",
            "Nee: Wsw-werk binnen (beschut) hoort niet bij de banenafspraak.",
            {"wsw_beschut_vanaf": inside},
        )
        perioden = _cut(perioden, inside, EindeReden.WSW_BESCHUT_WERK)
    return perioden


def _start(periode: Grondperiode, trail: Trail) -> date | None:
    """The first day of the registration: never before the route existed, and the Praktijkroute only when reported."""
    reader = FactReader(periode)
    stand = _stand("vroegste_registratie")
    earliest = next(row["dag"] for row in stand.waarde if row["route"] == periode.route.value)
    start = max(reader["vanaf"], earliest)
    reported = reader["route"] is not Route.PRAKTIJKROUTE or reader["gemeld_door_gemeente"]
    feiten, aangenomen = reader.take()
    if not reported:
        uitkomst = "De gemeente heeft de loonwaarde niet aan UWV gemeld: er is geen registratie."
    elif start > periode.vanaf:
        uitkomst = f"Op {show_date(start)}: eerder kon een registratie langs deze route niet beginnen."
    else:
        uitkomst = f"Op {show_date(start)}."
    trail.add(
        Stap(
            vraag=f"Wanneer begint de registratie op grond van {periode.grond.value} ({periode.route.value})?",
            feiten=feiten,
            aangenomen=aangenomen,
            artikel="38d Wfsv; 3.2 lid 1 Besluit SUWI",
            uitkomst=uitkomst,
            zekerheid=stand.zekerheid,
        ),
        stand.bron,
    )
    return start if reported else None


def _no_longer_met(whole: Registratieperiode, grond: Grond, lost: date, trail: Trail) -> list[Registratieperiode]:
    """t+2 until 30-12-2017, with re-entry on 1-12-2018; since then the registration simply goes on (38b lid 6)."""
    years, stopped, back = _stand("t_plus_2_jaren"), _stand("t_plus_2_gestopt"), _stand("herinschrijving")
    last_day = date(lost.year + int(years.waarde), 12, 31)
    feiten = {"voldoet_niet_meer_vanaf": lost}
    vraag = f"De persoon voldoet vanaf {show_date(lost)} niet meer aan {grond.value}. Eindigt de registratie?"
    if lost <= whole.vanaf:
        uitkomst = f"Zij begint niet: op {show_date(whole.vanaf)} voldeed de persoon al niet meer."
        _note(trail, years, vraag, "38b Wfsv", uitkomst, feiten, zekerheid=Zekerheid.AFGELEID)
        return []
    if last_day >= stopped.waarde:
        uitkomst = (
            f"Nee. Op {show_date(last_day)} zou zij eindigen (t+2), maar vanaf {show_date(stopped.waarde)} stroomt "
            "niemand meer zo uit: de persoon blijft geregistreerd."
        )
        _note(trail, stopped, vraag, "3.2 lid 8 Besluit SUWI (2018); 38b lid 6 Wfsv", uitkomst, feiten)
        return [replace(whole, gronden=(grond, Grond.BLIJFGROND_38B_6))]
    uitkomst = (
        f"Ja, op {show_date(last_day)}: 31 december van het tweede kalenderjaar daarna (t+2). "
        f"Op {show_date(back.waarde)} is de persoon weer ingeschreven."
    )
    _note(trail, years, vraag, "3.2 lid 2 Besluit SUWI (2015)", uitkomst, feiten)
    # Who comes here lost it before 2015, so before article 38b was in force, as onderdeel f asks.
    again = Grond.OVERGANGSRECHT_38B_1_F if grond in _FORMER_GROUNDS else Grond.BLIJFGROND_38B_6
    return [
        replace(whole, tot=last_day + _DAY, einde_reden=EindeReden.T_PLUS_2),
        Registratieperiode(back.waarde, None, None, (again,)),
    ]


def _without_possibilities(
    whole: Registratieperiode, lost: date | None, feiten: RegistratieFeiten, trail: Trail, gone: date
) -> list[Registratieperiode]:
    """Wajong with duurzaam geen mogelijkheden: out, but since 2026 in while working in a dienstbetrekking."""
    since = _stand("duurzaam_geen_met_werk")
    _note(
        trail,
        since,
        f"De persoon heeft vanaf {show_date(gone)} duurzaam geen mogelijkheden om te werken. Eindigt de registratie?",
        "38b lid 1 onderdeel c Wfsv",
        f"Ja, die dag. Vanaf {show_date(since.waarde)} telt de persoon wel zolang hij in een dienstbetrekking werkt.",
        {"wajong_duurzaam_geen_mogelijkheden_op": gone, "dienstbetrekkingen": feiten.dienstbetrekkingen},
        zekerheid=Zekerheid.AFGELEID,
        toelichting="Het Besluit SUWI noemt deze grond niet apart; dat UWV zo uitschrijft blijkt uit de cijfers.",
        aangenomen=() if feiten.dienstbetrekkingen is not None else ("dienstbetrekkingen",),
    )
    reason = EindeReden.DUURZAAM_GEEN_ARBEIDSVERMOGEN
    result = [replace(whole, tot=gone, einde_reden=reason)] if whole.vanaf < gone else []
    for werk in feiten.dienstbetrekkingen or ():
        vanaf = max(werk.vanaf, gone, since.waarde, whole.vanaf)
        tot = min((day for day in (werk.tot, lost) if day is not None), default=None)
        if tot is None or vanaf < tot:
            result.append(Registratieperiode(vanaf, tot, reason if tot else None, (Grond.WAJONG,)))
    return result


# --- Ends that concern the person --------------------------------------------------------------------------------


def _final_ends(feiten: RegistratieFeiten, trail: Trail) -> Iterable[tuple[date, EindeReden]]:
    """AOW age, death and beschut werk end every registration, and nothing starts after them."""
    rule = _stand("einde_registratie")
    if (day := _aow_end(feiten.geboortedatum, rule, trail)) is not None:
        yield day, EindeReden.AOW
    if (day := feiten.overleden_op) is not None:
        uitkomst = f"Ja, op {show_date(day)}; die dag eindigt de registratie."
        artikel = "3.2 lid 2 onderdeel b Besluit SUWI"
        _note(trail, rule, "Is de persoon overleden?", artikel, uitkomst, {"overleden_op": day})
        yield day, EindeReden.OVERLIJDEN
    if (found := feiten.beschut_werk_vastgesteld_op) is not None:
        day = found + _DAY
        uitkomst = f"Ja; de registratie eindigt op de dag erna, {show_date(day)}, ook als zij op lid 2 rust."
        artikel = "3.2 lid 3 Besluit SUWI; 10b Participatiewet"
        vraag = "Heeft het college beschut werk vastgesteld?"
        _note(trail, rule, vraag, artikel, uitkomst, {"beschut_werk_vastgesteld_op": found})
        yield day, EindeReden.BESCHIKKING_BESCHUT_WERK


def _aow_end(born: date | None, rule: Stand, trail: Trail) -> date | None:
    vraag, artikel = "Wanneer bereikt de persoon de AOW-leeftijd?", "3.2 lid 2 onderdeel a Besluit SUWI; 7a AOW"
    if born is None:
        uitkomst = "De geboortedatum is niet opgegeven; aangenomen is dat de AOW-leeftijd niet is bereikt."
        _note(trail, rule, vraag, artikel, uitkomst, {"geboortedatum": None}, aangenomen=("geboortedatum",))
        return None
    day = aow_datum(born)
    if day is None:
        uitkomst = "Na de jaren waarvoor de AOW-leeftijd hier bekend is; die dag eindigt de registratie."
        _note(trail, rule, vraag, artikel, uitkomst, {"geboortedatum": born})
        return None
    stand = _stand("aow_leeftijd", max(day, date(2012, 1, 1)))
    # Before 2020 the decree did not name the AOW age; benefits ended there and UWV counted it as a reason.
    zekerheid = least_certain([stand.zekerheid, rule.zekerheid if day.year >= 2020 else Zekerheid.AFGELEID])
    uitkomst = f"Op {show_date(day)}; die dag eindigt elke registratie."
    _note(trail, stand, vraag, artikel, uitkomst, {"geboortedatum": born}, zekerheid=zekerheid)
    return day


def _own_request(
    perioden: list[Registratieperiode], feiten: RegistratieFeiten, trail: Trail
) -> list[Registratieperiode]:
    asked = feiten.uitschrijving_verzocht_op
    if asked is None:
        return perioden
    end, stand, artikel, uitkomst = _own_request_end(asked, feiten)
    if end is not None and not any(p.contains(end - _DAY) for p in perioden):
        uitkomst, end = f"Er is op {show_date(end)} geen registratie om te beëindigen.", None
    _note(
        trail,
        stand,
        "Kan de registratie op eigen verzoek eindigen?",
        artikel,
        uitkomst,
        {"uitschrijving_verzocht_op": asked, "uitschrijving_vastgesteld_op": feiten.uitschrijving_vastgesteld_op},
    )
    if end is None:
        return perioden
    # A ground that starts later stands on its own: a registration can be asked for again.
    later = [p for p in perioden if p.vanaf >= end]
    return _cut(perioden, end, EindeReden.VRIJWILLIGE_UITSCHRIJVING) + later


def _own_request_end(asked: date, feiten: RegistratieFeiten) -> tuple[date | None, Stand, str, str]:
    """The day the registration ends on own request (None: it does not), with the rule that says so."""
    old = _stand("eigen_verzoek_tijdelijk")
    found = feiten.uitschrijving_vastgesteld_op
    if asked < old.waarde and found is None:
        routes = {g.route for g in feiten.gronden}
        if Route.TIJDELIJKE_REGISTRATIE in routes and routes & {Route.VSO, Route.PRO}:
            end = asked + _DAY
            return end, old, "3.2 lid 6 Besluit SUWI (2017)", f"Ja, op de dag na het verzoek: {show_date(end)}."
        why = "Nee: voor 2020 kon alleen wie zowel tijdelijk als via vso of pro was ingeschreven zich uitschrijven."
        return None, old, "3.2 lid 6 Besluit SUWI (2017)", why
    rule = _stand("eigen_verzoek_niet_eerder_dan")
    artikel = "3.2 lid 4 en 5 Besluit SUWI"
    if found is None:
        return None, rule, artikel, "Nog niet: UWV heeft niet vastgesteld dat uitschrijving kan."
    met = [g for g in feiten.gronden if _is_met(g, found)]
    if met and all(g.grond is Grond.OVERGANGSRECHT_38B_1_F for g in met):
        f_rule = _stand("eigen_verzoek_onderdeel_f")
        end = max(found, f_rule.waarde)
        return end, f_rule, "3.2 lid 5 Besluit SUWI", f"Ja, op {show_date(end)}: alleen onderdeel f geldt."
    if all(_may_leave(g) for g in met):
        end = max(found, rule.waarde)
        ground = "alleen VSO, praktijkonderwijs of een verlopen Wsw-indicatie" if met else "de blijfgrond (lid 6)"
        return end, rule, artikel, f"Ja, op {show_date(end)}: de persoon staat er op grond van {ground}."
    names = ", ".join(sorted({g.grond.value for g in met if not _may_leave(g)}))
    return None, rule, artikel, f"Nee: de persoon voldoet nog aan {names}."


def _is_met(grond: Grondperiode, day: date) -> bool:
    lost = grond.voldoet_niet_meer_vanaf
    return grond.vanaf <= day and (lost is None or day < lost)


def _may_leave(grond: Grondperiode) -> bool:
    """Besluit Wfsv 2.24 (VSO, PrO) and 2.25 lid 1 b (former Wsw): registered on these alone, one may leave."""
    return grond.grond is Grond.AMVB_38B_1_D and grond.route in (_WSW_ROUTES | {Route.VSO, Route.PRO})


# --- Periods -----------------------------------------------------------------------------------------------------


def _cut(perioden: Iterable[Registratieperiode], end: date, reason: EindeReden) -> list[Registratieperiode]:
    """End every period at ``end`` at the latest; what would start on or after it never was."""
    return [
        replace(p, tot=end, einde_reden=reason) if p.tot is None or end < p.tot else p
        for p in perioden
        if p.vanaf < end
    ]


def _merge(perioden: Iterable[Registratieperiode]) -> tuple[Registratieperiode, ...]:
    """Overlapping or touching periods as one; it ends when, and for the reason that, its last one ends."""
    result: list[Registratieperiode] = []
    for periode in sorted(perioden, key=lambda p: p.vanaf):
        last = result[-1] if result else None
        if last is None or (last.tot is not None and last.tot < periode.vanaf):
            result.append(periode)
            continue
        longest = periode if _ends_later(periode, last) else last
        gronden = tuple(dict.fromkeys((*last.gronden, *periode.gronden)))
        result[-1] = Registratieperiode(last.vanaf, longest.tot, longest.einde_reden, gronden)
    return tuple(result)


def _ends_later(one: Registratieperiode, other: Registratieperiode) -> bool:
    return other.tot is not None and (one.tot is None or one.tot > other.tot)


def _conclude(perioden: tuple[Registratieperiode, ...], trail: Trail, peildatum: date) -> Registratiestand:
    started = [p for p in perioden if p.vanaf <= peildatum]
    last = started[-1] if started else None
    registered = last is not None and last.contains(peildatum)
    if last is None:
        uitkomst = "Nee: er is op die dag nog geen registratie begonnen."
    elif registered:
        uitkomst = f"Ja, sinds {show_date(last.vanaf)}" + (f", tot {show_date(last.tot)}." if last.tot else ".")
    else:
        assert last.tot is not None
        uitkomst = f"Nee: de registratie eindigde op {show_date(last.tot)} ({last.einde_reden})."
    stand = _stand("artikel_38b_in_werking")
    _note(
        trail,
        stand,
        f"Staat de persoon op {show_date(peildatum)} in het doelgroepregister?",
        "38d Wfsv; 3.2 Besluit SUWI",
        uitkomst,
        {"peildatum": peildatum},
        zekerheid=Zekerheid.BRON if peildatum >= stand.waarde else Zekerheid.AFGELEID,
        toelichting="" if peildatum >= stand.waarde else stand.toelichting,
    )
    if last is None:
        return Registratiestand(False, None, None, None, perioden)
    return Registratiestand(registered, last.vanaf, last.tot, last.einde_reden, perioden)


def _stand(naam: str, day: date = EERSTE_PEILDATUM) -> Stand:
    """A rule of the register; those with one version hold from the first peildatum on."""
    return parameter("doelgroepregister", naam).stand_op(day)


def _note(
    trail: Trail,
    stand: Stand,
    vraag: str,
    artikel: str,
    uitkomst: str,
    feiten: dict[str, Any],
    *,
    zekerheid: Zekerheid | None = None,
    toelichting: str | None = None,
    aangenomen: tuple[str, ...] = (),
) -> None:
    trail.add(
        Stap(
            vraag=vraag,
            uitkomst=uitkomst,
            artikel=artikel,
            feiten=feiten,
            aangenomen=aangenomen,
            zekerheid=zekerheid or stand.zekerheid,
            toelichting=stand.toelichting if toelichting is None else toelichting,
        ),
        stand.bron,
    )

"""Beschut werk: when UWV advises it, who decides, and what the decision does to the registration.

UWV advises (Besluit advisering beschut werk 3), the college decides (Participatiewet 10b), and the registration ends on
the day after that decision (Besluit SUWI 3.2 lid 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from banenafspraak.wet.feiten import Feit
from banenafspraak.wet.gronden import Aanvrager
from banenafspraak.wet.parameters import Stand, parameter
from banenafspraak.wet.uitkomst import Stap, Trail, Uitkomst, show_date
from banenafspraak.wet.vragen import Asker


class BegeleidWerken(StrEnum):
    """Wat UWV eerder, bij een Wsw-indicatie, adviseerde over begeleid werken."""

    GEEN_ADVIES = "geen_advies"
    IN_STAAT = "in_staat"
    NIET_IN_STAAT = "niet_in_staat"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeschutWerkFeiten:
    """Feiten waaruit het advies over beschut werk volgt, en het besluit van het college. Er wordt niets aangenomen."""

    aanvrager: Annotated[Aanvrager | None, Feit("Wie vroeg het advies: het college of de persoon zelf?")] = None
    heeft_arbeidsvermogen: Annotated[bool | None, Feit("Heeft de persoon arbeidsvermogen?")] = None
    begeleid_werken: Annotated[
        BegeleidWerken | None,
        Feit("Wat adviseerde UWV bij een Wsw-indicatie over begeleid werken? Zonder indicatie: er is geen advies."),
    ] = None
    eerder_advies: Annotated[
        bool | None, Feit("Gaf UWV in de twaalf maanden voor het verzoek al een advies over beschut werk?")
    ] = None
    nieuwe_feiten: Annotated[
        bool | None, Feit("Noemt de aanvrager nieuwe feiten of veranderde omstandigheden sinds dat eerdere oordeel?")
    ] = None
    aanpassingen_niet_redelijk: Annotated[
        bool | None,
        Feit("Zijn aanpassingen nodig, technisch of in de organisatie, die geen werkgever redelijk kan bieden?"),
    ] = None
    toezicht_niet_redelijk: Annotated[
        bool | None,
        Feit("Is permanent toezicht of intensieve begeleiding nodig die geen werkgever redelijk kan bieden?"),
    ] = None
    college_stelt_vast: Annotated[
        bool | None, Feit("Heeft het college vastgesteld dat de persoon alleen beschut kan werken? Leeg: nog niet.")
    ] = None
    college_besloot_op: Annotated[date | None, Feit("Dag van het besluit van het college.")] = None

    def contradictions(self) -> list[str]:
        """Facts that need each other."""
        if (self.college_stelt_vast is None) != (self.college_besloot_op is None):
            return ["college_stelt_vast en college_besloot_op horen bij elkaar: geef beide of geen."]
        return []


@dataclass(frozen=True, slots=True)
class BeschutWerk:
    """The advice, whether the college established beschut werk (None: no decision yet), and the end that follows.

    ``registratie_eindigt_op`` is the first day without registration.
    """

    advies_positief: bool
    zonder_onderzoek: bool
    vastgesteld: bool | None
    registratie_eindigt_op: date | None


ARTIKELEN = {
    "begeleid_werken": "3 lid 3 onderdeel a en lid 4 Besluit advisering beschut werk",
    "eerder_advies": "3 lid 3 onderdeel b Besluit advisering beschut werk",
    "nieuwe_feiten": "3 lid 5 en 6 Besluit advisering beschut werk",
    "aanpassingen_niet_redelijk": "3 lid 1 onderdeel a Besluit advisering beschut werk",
    "toezicht_niet_redelijk": "3 lid 1 onderdeel b Besluit advisering beschut werk",
}
"""The article behind each question of the advice."""


def advise(asker: Asker, aanvrager: Aanvrager, trail: Trail, peildatum: date) -> tuple[bool, bool]:
    """Whether UWV advises beschut werk for somebody with arbeidsvermogen, and whether it did so without investigation.

    An earlier advice about begeleid werken (Wsw), or on own request an advice of the last twelve months, is repeated
    unless there is news.
    """
    stand = parameter("arbeidsvermogen", "beschut_werk").stand_op(peildatum)
    wsw = asker.ask("begeleid_werken", ARTIKELEN["begeleid_werken"], stand)
    if wsw is not BegeleidWerken.GEEN_ADVIES and not asker.ask("nieuwe_feiten", ARTIKELEN["nieuwe_feiten"], stand):
        positive = wsw is BegeleidWerken.NIET_IN_STAAT
        why = "niet in staat tot" if positive else "wel in staat tot"
        _conclude_advice(trail, stand, positive, f"zonder onderzoek: bij de Wsw was de persoon {why} begeleid werken")
        return positive, True
    if wsw is BegeleidWerken.GEEN_ADVIES and aanvrager is Aanvrager.PERSOON:
        earlier = parameter("arbeidsvermogen", "eerder_advies").stand_op(peildatum)
        if asker.ask("eerder_advies", ARTIKELEN["eerder_advies"], earlier) and not asker.ask(
            "nieuwe_feiten", ARTIKELEN["nieuwe_feiten"], earlier
        ):
            why = f"zonder onderzoek: er is een advies van de laatste {earlier.waarde} maanden en geen nieuws"
            _conclude_advice(trail, earlier, False, why)
            return False, True
    for naam in ("aanpassingen_niet_redelijk", "toezicht_niet_redelijk"):
        if asker.ask(naam, ARTIKELEN[naam], stand):
            _conclude_advice(trail, stand, True, "ten minste een van de twee vragen is met ja beantwoord")
            return True, False
    _conclude_advice(trail, stand, False, "beide vragen zijn met nee beantwoord")
    return False, False


def _conclude_advice(trail: Trail, stand: Stand, positive: bool, why: str) -> None:
    trail.add(
        Stap(
            vraag="Adviseert UWV beschut werk?",
            uitkomst=f"{'Ja' if positive else 'Nee'}; {why}.",
            artikel="3 lid 2 Besluit advisering beschut werk",
            zekerheid=stand.zekerheid,
            toelichting="UWV adviseert; het college beslist (artikel 10b Participatiewet).",
        ),
        stand.bron,
    )


def beschut_werk(feiten: BeschutWerkFeiten, *, peildatum: date) -> Uitkomst[BeschutWerk]:
    """UWV's advice about beschut werk, the college's decision as far as it was taken by ``peildatum``, and its effect.

    Raises FeitOntbreekt for a fact the advice needs and that was not given; ParameterFout before 2015.
    """
    trail = Trail()
    asker = Asker(feiten, trail)
    stand = parameter("arbeidsvermogen", "beschut_werk").stand_op(peildatum)
    if asker.ask("heeft_arbeidsvermogen", "3 lid 1 Besluit advisering beschut werk", stand):
        aanvrager = asker.ask("aanvrager", "10b lid 2 en 3 Participatiewet", stand)
        positive, without = advise(asker, aanvrager, trail, peildatum)
    else:
        positive, without = False, False
        _conclude_advice(trail, stand, False, "beschut werk is voor wie arbeidsvermogen heeft")
    vastgesteld, end = _decision(feiten, positive, trail, peildatum)
    return trail.finish(BeschutWerk(positive, without, vastgesteld, end))


def _decision(
    feiten: BeschutWerkFeiten, positive: bool, trail: Trail, peildatum: date
) -> tuple[bool | None, date | None]:
    stand = parameter("arbeidsvermogen", "college_beslist").stand_op(peildatum)
    day, toelichting = feiten.college_besloot_op, stand.toelichting
    vastgesteld: bool | None = feiten.college_stelt_vast
    end = None
    if day is None or day > peildatum:
        vastgesteld = None
        uitkomst = f"Op {show_date(peildatum)} nog niet; een advies alleen verandert niets aan de registratie."
    elif vastgesteld:
        end = day + timedelta(days=1)
        uitkomst = f"Ja, op {show_date(day)}. Een registratie eindigt op de dag erna, {show_date(end)}."
    else:
        uitkomst = f"Nee: op {show_date(day)} besloot het college anders. Een registratie blijft."
    if vastgesteld is not None and vastgesteld is not positive:
        toelichting += " Het college week af van het advies."
    rule = parameter("doelgroepregister", "einde_registratie").stand_op(peildatum)
    trail.add(
        Stap(
            vraag="Heeft het college vastgesteld dat de persoon alleen beschut kan werken?",
            uitkomst=uitkomst,
            artikel="10b lid 1 Participatiewet; 3.2 lid 3 Besluit SUWI",
            feiten={"college_stelt_vast": feiten.college_stelt_vast, "college_besloot_op": day},
            zekerheid=stand.zekerheid,
            toelichting=toelichting,
        ),
        stand.bron,
        rule.bron,
    )
    return vastgesteld, end

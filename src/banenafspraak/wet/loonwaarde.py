"""Loonwaarde: how much of the minimum wage somebody's work on the job is worth, and what follows for the register.

Until 30-6-2021 tempo x kwaliteit x inzetbaarheid x share per task (Regeling loonkostensubsidie Participatiewet 3);
since 1-7-2021 the uniform method over hoofdtaken (Besluit loonkostensubsidie Participatiewet 2021). Below the minimum
wage at full time, the Praktijkroute opens the register (Wfsv 38b lid 1 a).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from banenafspraak.wet import gronden
from banenafspraak.wet.banen import round_half_up
from banenafspraak.wet.doelgroep import Route
from banenafspraak.wet.feiten import FactReader, Feit, FeitenFout
from banenafspraak.wet.gronden import DoelgroepFeiten, Grond
from banenafspraak.wet.parameters import Stand, parameter
from banenafspraak.wet.registratie import Grondperiode, RegistratieFeiten, registratie
from banenafspraak.wet.uitkomst import Stap, Trail, Uitkomst, Zekerheid, show_date, show_number

_PROCENT = Decimal(100)
_PER_DAG = "De minuten per werkdag zijn het gemiddelde over de werkdagen van de week; die lezing is afgeleid."


class Methode(StrEnum):
    """The two methods, by the day on which the loonwaarde is established."""

    TEMPO_KWALITEIT_INZETBAARHEID = "tempo_kwaliteit_inzetbaarheid"
    UNIFORM = "uniform"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taak:
    """Een taak of hoofdtaak, met prestaties in procenten van de norm voor een gemiddelde werknemer."""

    tijdaandeel: Annotated[Decimal, Feit("Deel van de werktijd, in procenten.", minimum=0, maximum=100)]
    tempo: Annotated[Decimal, Feit("Tempo, in procenten van de norm.", minimum=0, maximum=200)]
    kwaliteit: Annotated[Decimal, Feit("Bruikbare kwaliteit, in procenten van de norm.", minimum=0, maximum=200)]
    netto_werktijd: Annotated[
        Decimal,
        Feit("Netto werktijd, in procenten van de norm; tot 1-7-2021: inzetbaarheid.", minimum=0, maximum=200),
    ]
    oorzaak_telt_dubbel: Annotated[
        bool | None,
        Feit("Werkt één oorzaak door in meer dan één van tempo, kwaliteit en inzetbaarheid?", aanname=False),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoonwaardeFeiten:
    """Feiten over het werk van één persoon op één werkplek, waaruit zijn loonwaarde volgt."""

    vastgesteld_op: Annotated[date, Feit("Dag waarop de loonwaarde is vastgesteld.")]
    reguliere_prestatie: Annotated[
        bool | None, Feit("Levert de persoon een gewone prestatie? Dan is de loonwaarde 100%.", aanname=False)
    ] = None
    vastgesteld_percentage: Annotated[
        int | None,
        Feit("Het percentage dat het college vaststelde, als de meting zelf er niet bij is.", minimum=1, maximum=100),
    ] = None
    taken: Annotated[tuple[Taak, ...] | None, Feit("De taken; samen zijn zij 100% van de werktijd.")] = None
    uren_per_week: Annotated[Decimal | None, Feit("Werktijd in uren per week.", minimum=1, maximum=60)] = None
    werkdagen_per_week: Annotated[Decimal | None, Feit("Aantal werkdagen per week.", minimum=1, maximum=7)] = None
    forfaitair: Annotated[
        bool | None,
        Feit("Is er alleen forfaitaire loonkostensubsidie, zonder meting op de werkplek?", aanname=False),
    ] = None
    ondersteuning_pwet_7_1_a: Annotated[
        bool | None, Feit("Ondersteunt het college de persoon naar werk (Pwet 7 lid 1 a)?", aanname=False)
    ] = None
    loonkostensubsidie_pwet_10d_2: Annotated[
        bool | None, Feit("Krijgt de werkgever loonkostensubsidie op grond van Pwet 10d lid 2?", aanname=False)
    ] = None
    vastgesteld_door_college: Annotated[
        bool | None, Feit("Is de loonwaarde vastgesteld door het college, volgens de eisen van Pwet 10d?", aanname=True)
    ] = None
    gemeld_door_gemeente: Annotated[
        bool | None, Feit("Heeft de gemeente de loonwaarde aan UWV gemeld?", aanname=True)
    ] = None

    def contradictions(self) -> list[str]:
        """Facts that exclude each other, and shares that are not the whole of the work."""
        fouten = []
        if self.taken and self.reguliere_prestatie:
            fouten.append("reguliere_prestatie is waar maar er zijn taken ingevuld: laat een van beide weg.")
        if self.vastgesteld_percentage is not None and (self.taken or self.reguliere_prestatie):
            fouten.append("vastgesteld_percentage is ingevuld en er is ook een meting: laat een van beide weg.")
        if self.forfaitair and (self.taken or self.reguliere_prestatie or self.vastgesteld_percentage is not None):
            fouten.append("forfaitair is waar maar er is een meting ingevuld: laat een van beide weg.")
        if self.taken and sum(taak.tijdaandeel for taak in self.taken) != _PROCENT:
            fouten.append("taken: de tijdaandelen zijn samen geen 100%; vul aan of voeg kleine taken samen.")
        if (self.uren_per_week is None) != (self.werkdagen_per_week is None):
            fouten.append("uren_per_week en werkdagen_per_week horen bij elkaar: geef beide of geen.")
        return fouten


@dataclass(frozen=True, slots=True)
class Loonwaarde:
    """The loonwaarde in whole percents of the minimum wage at full time, and the effect on the register.

    ``percentage`` is None when no loonwaarde could be established; the steps say why. ``registratie_vanaf`` is the
    first day of a registration through the Praktijkroute, None when there is none.
    """

    methode: Methode
    percentage: int | None
    onafgerond: Decimal | None
    onder_minimumloon: bool
    registratie_vanaf: date | None


def loonwaarde(feiten: LoonwaardeFeiten, *, peildatum: date) -> Uitkomst[Loonwaarde]:
    """The loonwaarde of this work and, through the Praktijkroute, from when it puts somebody in the register.

    The method is the one of the day on which the loonwaarde is established. Raises FeitenFout when that day lies after
    the peildatum or facts contradict each other, ParameterFout before 2015.
    """
    if fouten := feiten.contradictions():
        raise FeitenFout(fouten)
    if feiten.vastgesteld_op > peildatum:
        raise FeitenFout([f"vastgesteld_op ligt na de peildatum {show_date(peildatum)}: controleer de datum."])
    trail = Trail()
    stand = parameter("loonwaarde", "methode").stand_op(feiten.vastgesteld_op)
    methode = Methode(stand.waarde)
    exact = _measured(feiten, methode, stand, trail)
    percentage = None if exact is None else _rounded(exact, feiten.vastgesteld_op, trail)
    since = _praktijkroute(feiten, percentage, trail, peildatum)
    below = percentage is not None and percentage < 100
    return trail.finish(Loonwaarde(methode, percentage, exact, below, since))


# --- The percentage ----------------------------------------------------------------------------------------------


def _measured(feiten: LoonwaardeFeiten, methode: Methode, stand: Stand, trail: Trail) -> Decimal | None:
    """The exact sum over the tasks, or None when there is no measurement that counts."""
    reader = FactReader(feiten)
    if reader["forfaitair"]:
        why = "Nee: forfaitaire loonkostensubsidie is geen vastgestelde loonwaarde."
        _note(trail, reader, "Is er een loonwaarde gemeten?", why, "10d lid 5 Participatiewet", stand)
        return None
    if feiten.vastgesteld_percentage is not None:
        why = "Ja: het college meldde de uitkomst. De meting zelf is hier niet nagerekend."
        vraag, reported = "Is er een loonwaarde gemeten?", reader["vastgesteld_percentage"]
        _note(trail, reader, vraag, why, "10d lid 1 Participatiewet", stand)
        return Decimal(reported)
    if methode is Methode.UNIFORM:
        regular = bool(reader["reguliere_prestatie"])
        said = "Ja: de loonwaarde is 100%." if regular else "Nee: dan worden de hoofdtaken gemeten."
        form = parameter("loonwaarde", "hoofdtaken_maximum").stand_op(feiten.vastgesteld_op)
        _note(trail, reader, "Levert de persoon een gewone prestatie?", said, str(form.bron), form)
        if regular:
            return _PROCENT
    if not feiten.taken:
        why = "Nee: er zijn geen taken gemeten."
        _note(trail, reader, "Is er een loonwaarde gemeten?", why, str(stand.bron), stand)
        return None
    fault = _not_hoofdtaken(feiten, trail) if methode is Methode.UNIFORM else _double_count(feiten, stand, trail)
    return None if fault else _sum(feiten.taken, methode, stand, trail)


def _double_count(feiten: LoonwaardeFeiten, stand: Stand, trail: Trail) -> bool:
    """Whether one cause is counted twice in a task, which the method until 30-6-2021 forbids."""
    vraag, artikel = "Werkt elke oorzaak in maar één onderdeel door?", str(stand.bron)
    readers = [FactReader(taak) for taak in feiten.taken or ()]
    wrong = [str(i) for i, reader in enumerate(readers, 1) if reader["oorzaak_telt_dubbel"]]
    assumed = tuple(f"taken[{i}].oorzaak_telt_dubbel" for i, reader in enumerate(readers) if reader.take()[1])
    said = f"Nee, niet bij taak {', '.join(wrong)}: zo is geen loonwaarde vast te stellen." if wrong else "Ja."
    trail.add(Stap(vraag, said, artikel, aangenomen=assumed, zekerheid=stand.zekerheid), stand.bron)
    return bool(wrong)


def _not_hoofdtaken(feiten: LoonwaardeFeiten, trail: Trail) -> bool:
    """Whether a task is too small to be a hoofdtaak, or there are more than the report has room for."""
    day, tasks = feiten.vastgesteld_op, feiten.taken or ()
    share = parameter("loonwaarde", "hoofdtaak_deel").stand_op(day)
    minutes = parameter("loonwaarde", "hoofdtaak_minuten").stand_op(day)
    most = parameter("loonwaarde", "hoofdtaken_maximum").stand_op(day)
    reader = FactReader(feiten)
    uren, dagen = reader["uren_per_week"], reader["werkdagen_per_week"]
    small = []
    for number, taak in enumerate(tasks, 1):
        part = taak.tijdaandeel / _PROCENT
        if part < share.waarde or (uren is not None and part * uren * 60 < minutes.waarde * dagen):
            small.append(str(number))
    if small:
        said = f"Nee: taak {', '.join(small)} is te klein. Voeg haar samen met een taak waarmee zij samenhangt."
    else:
        said = f"Ja: elk ten minste 1/16 van de werktijd per week en {minutes.waarde} minuten per werkdag."
    used, _ = reader.take()
    assumed = () if uren is not None else ("uren_per_week", "werkdagen_per_week")
    if assumed:
        said += " Aangenomen is dat de minuten per werkdag kloppen."
    stap = Stap("Zijn de taken hoofdtaken?", said, str(share.bron), used, assumed, Zekerheid.AFGELEID, _PER_DAG)
    trail.add(stap, share.bron, minutes.bron)
    many = len(tasks) > most.waarde
    said = f"Nee: {len(tasks)} hoofdtaken; het rapport heeft er ten hoogste {most.waarde}." if many else "Ja."
    trail.add(Stap("Passen de hoofdtaken in het rapport?", said, str(most.bron), zekerheid=most.zekerheid), most.bron)
    return bool(small) or many


def _sum(tasks: tuple[Taak, ...], methode: Methode, stand: Stand, trail: Trail) -> Decimal:
    """The sum over the tasks of the product of their four percentages, exactly."""
    third = "netto werktijd" if methode is Methode.UNIFORM else "inzetbaarheid"
    total = Decimal(0)
    for number, taak in enumerate(tasks, 1):
        part = taak.tijdaandeel * taak.tempo * taak.kwaliteit * taak.netto_werktijd / _PROCENT**3
        total += part
        said = (
            f"{show_number(taak.tijdaandeel)}% x {show_number(taak.tempo)}% x {show_number(taak.kwaliteit)}% x "
            f"{show_number(taak.netto_werktijd)}% = {show_number(part)}%."
        )
        vraag = f"Taak {number}: tijdaandeel x tempo x kwaliteit x {third}"
        trail.add(Stap(vraag, said, str(stand.bron), zekerheid=stand.zekerheid), stand.bron)
    return total


def _rounded(exact: Decimal, day: date, trail: Trail) -> int:
    stand = parameter("loonwaarde", "afronding").stand_op(day)
    percentage = round_half_up(exact)
    trail.add(
        Stap(
            vraag="Wat is de loonwaarde?",
            uitkomst=f"{show_number(exact)}%, afgerond {percentage}% van het minimumloon bij voltijds werk.",
            artikel=str(stand.bron),
            feiten={"onafgerond": exact},
            zekerheid=stand.zekerheid,
            toelichting=stand.toelichting,
        ),
        stand.bron,
    )
    return percentage


# --- The Praktijkroute -------------------------------------------------------------------------------------------


def _praktijkroute(feiten: LoonwaardeFeiten, percentage: int | None, trail: Trail, peildatum: date) -> date | None:
    """The first day in the register through the Praktijkroute by the peildatum, or None.

    Whether the ground is met is decided by `gronden.onderdeel_a`, and from when by `registratie`: so also for who
    worked before 2017 with a loonwaarde of then.
    """
    reader = FactReader(feiten)
    persoon = DoelgroepFeiten(
        ondersteuning_pwet_7_1_a=reader["ondersteuning_pwet_7_1_a"],
        loonkostensubsidie_pwet_10d_2=reader["loonkostensubsidie_pwet_10d_2"],
        loonkostensubsidie_forfaitair=reader["forfaitair"],
        loonwaarde_percentage=None if percentage is None else Decimal(percentage),
        loonwaarde_vastgesteld_op=feiten.vastgesteld_op,
        loonwaarde_vastgesteld_door_college=reader["vastgesteld_door_college"],
        uwv_oordeel_kan_geen_wml_verdienen=False,
    )
    used, assumed = reader.take()
    answer = gronden.onderdeel_a(FactReader(persoon), peildatum)
    said = f"{'Ja' if answer.voldoet else 'Nee'}. {answer.waarom}"
    vraag = f"Opent de loonwaarde op {show_date(peildatum)} het register (Praktijkroute)?"
    trail.add(
        Stap(vraag, said, answer.artikel, used, assumed, answer.stand.zekerheid, answer.stand.toelichting),
        answer.stand.bron,
    )
    if not answer.voldoet:
        return None
    periode = Grondperiode(
        grond=Grond.PWET_LKS_UWV_LOONWAARDE,
        route=Route.PRAKTIJKROUTE,
        vanaf=feiten.vastgesteld_op,
        gemeld_door_gemeente=feiten.gemeld_door_gemeente,
    )
    return trail.include(registratie(RegistratieFeiten(gronden=(periode,)), peildatum=peildatum)).vanaf


def _note(
    trail: Trail, reader: FactReader[LoonwaardeFeiten], vraag: str, said: str, artikel: str, stand: Stand
) -> None:
    used, assumed = reader.take()
    trail.add(Stap(vraag, said, artikel, used, assumed, stand.zekerheid, stand.toelichting), stand.bron)

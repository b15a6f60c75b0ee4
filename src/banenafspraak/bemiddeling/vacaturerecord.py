"""What a job is and asks, in the words and codes of the gegevensstandaard VUM: one value per answer.

`None`, or an empty tuple, is an answer that nobody gave: unknown, and never a no. Fields have the names of the standard
in snake case. Ours are `werksoort`, `werkdagen`, `aantal_plaatsen`, `bereikbaar_met_ov`, `taken` and what the employer
offers (`biedt_...`, the mirror of the standard's eisAanWerk of a person): without them nobody sees who could do the
work.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum

from banenafspraak.bemiddeling.profielrecord import Contact, Dag, Taalbeheersing

MAX_UREN = 60
"""Hours a week; the Arbeidstijdenwet (article 5:7, second paragraph) allows no more in any week."""
MAX_NAAM, MAX_TEKST, MAX_KORT, MAX_HANDELSNAAM, MAX_TAAK, MAX_TAKEN = 120, 2000, 120, 500, 200, 30
MAX_SALARIS, MAX_BRONNUMMER, MAX_PLAATSEN, MAX_LIJST = 100, 200, 99, 20


class Vacaturesoort(StrEnum):
    """A job that is free, or existing work that tasks are carved out of and that nobody can apply for."""

    VACATURE = "vacature"
    FUNCTIE = "functie"


class Vacaturestatus(StrEnum):
    """How far a vacature is."""

    CONCEPT = "concept"
    OPEN = "open"
    GESLOTEN = "gesloten"


class Sluitreden(StrEnum):
    """Why a vacature is closed; `VERLOPEN` is what the clock says after the last day."""

    VERVULD_DOELGROEP = "vervuld_doelgroep"
    VERVULD_ANDERS = "vervuld_anders"
    INGETROKKEN = "ingetrokken"
    DUBBEL = "dubbel"
    VERLOPEN = "verlopen"


class Vacaturebron(StrEnum):
    """Who brought the vacature in."""

    WERKGEVER = "werkgever"
    BEMIDDELAAR = "bemiddelaar"
    LEVERING = "levering"


class Geschiktreden(StrEnum):
    """Why a bemiddelaar finds a vacature suited to the doelgroep, or not."""

    TAKEN_ZIJN_TE_LEREN = "taken_zijn_te_leren"
    BEGELEIDING_IS_ER = "begeleiding_is_er"
    WERK_IS_AAN_TE_PASSEN = "werk_is_aan_te_passen"
    UITGESNEDEN = "uitgesneden"
    WERKGEVER_WIL_DIT = "werkgever_wil_dit"
    EISEN_TE_HOOG = "eisen_te_hoog"
    GEEN_BEGELEIDING = "geen_begeleiding"
    WERK_TE_ZWAAR = "werk_te_zwaar"
    GEEN_BAAN = "geen_baan"


VOOR_GESCHIKT = frozenset(
    {
        Geschiktreden.TAKEN_ZIJN_TE_LEREN,
        Geschiktreden.BEGELEIDING_IS_ER,
        Geschiktreden.WERK_IS_AAN_TE_PASSEN,
        Geschiktreden.UITGESNEDEN,
        Geschiktreden.WERKGEVER_WIL_DIT,
    }
)
"""The reasons for 'suited'; every other one is a reason for 'not suited'."""


class Sollicitatiewijze(StrEnum):
    """`codeSollicitatiewijze`."""

    POST = "1"
    TELEFOON = "2"
    EMAIL = "3"
    FORMULIER = "4"


@dataclass(frozen=True)
class Taak:
    """One thing that is done in the job; `uren_per_week` of the job's hours, None where nobody knows.

    `code_werk_en_denkniveau_minimaal` and `rijbewijzen` are what this task asks, so that the job without it asks less.
    """

    omschrijving: str
    werksoort: str = ""
    uren_per_week: Decimal | None = None
    code_werk_en_denkniveau_minimaal: int | None = None
    rijbewijzen: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpleidingEis:
    """An education that is asked for; `code_niveau_opleiding` as in `profielrecord.NiveauOpleiding`."""

    code_niveau_opleiding: int | None = None
    naam_opleiding: str = ""
    indicatie_diploma: bool | None = None


@dataclass(frozen=True)
class VacatureRecord:
    """Everything a vacature can hold. Hours are per week; `postcode` and `plaatsnaam` are where the work is.

    `indicatie_ldr_registratie` says that the job is meant for people in the doelgroepregister (UM 0.8.2; gone from
    VUM 3.0). `kvk` is not in the standard; without it nobody knows whose vacature it is. `rijbewijzen`,
    `vervoermiddelen`, `opleidingen` and the like are what is asked: empty is nothing asked, None is unknown.
    """

    nummer_vacature: str = ""
    naam_vacature: str = ""
    omschrijving_vacature: str = ""
    sluitingsdatum_vacature: date | None = None
    indicatie_ldr_registratie: bool | None = None
    aantal_plaatsen: int = 1
    kvk: str = ""
    handelsnaam_organisatie: str = ""
    webadres: str = ""
    sollicitatiewijzen: tuple[str, ...] = ()
    webadres_sollicitatie: str = ""
    code_sbi: int | None = None
    postcode: str = ""
    plaatsnaam: str = ""
    bereikbaar_met_ov: bool | None = None
    werksoort: str = ""
    code_beroepsnaam: str = ""
    naam_beroep: str = ""
    taken: tuple[Taak, ...] = ()
    code_werk_en_denkniveau_minimaal: int | None = None
    aantal_jaren_werkzaam_in_beroep: int | None = None
    opleidingen: tuple[OpleidingEis, ...] = ()
    cursussen: tuple[str, ...] = ()
    competenties: tuple[str, ...] = ()
    rijbewijzen: tuple[str, ...] | None = None
    vervoermiddelen: tuple[int, ...] = ()
    taalbeheersing: tuple[Taalbeheersing, ...] = ()
    aantal_werkuren_per_week_minimaal: int | None = None
    aantal_werkuren_per_week_maximaal: int | None = None
    werkdagen: Dag | None = None
    indicatie_kantoortijden: bool | None = None
    indicatie_onregelmatig_werk_of_ploegendienst: bool | None = None
    typen_arbeidscontract: tuple[str, ...] = ()
    typen_overeenkomst: tuple[str, ...] = ()
    datum_aanvang_werkzaamheden: date | None = None
    datum_einde_werkzaamheden: date | None = None
    salaris_indicatie: str = ""
    omschrijving_arbeidsvoorwaarden: str = ""
    biedt_aanpassing_werkomgeving: bool | None = None
    biedt_begeleiding: bool | None = None
    biedt_werkvariatie: bool | None = None
    contact: Contact = field(default_factory=Contact)


VELDEN: tuple[str, ...] = tuple(one.name for one in fields(VacatureRecord))


def highest_niveau(record: VacatureRecord) -> int | None:
    """The level the whole job asks: the highest of the job itself and of its tasks; None when nobody said."""
    asked = [record.code_werk_en_denkniveau_minimaal, *(t.code_werk_en_denkniveau_minimaal for t in record.taken)]
    return max((one for one in asked if one is not None), default=None)


def all_rijbewijzen(record: VacatureRecord) -> tuple[str, ...]:
    """The licences the whole job asks: of the job itself and of its tasks, each once."""
    return _unique((*(record.rijbewijzen or ()), *(one for taak in record.taken for one in taak.rijbewijzen)))


def all_werksoorten(record: VacatureRecord) -> tuple[str, ...]:
    """The kinds of work in the job, its own first and then those of its tasks, each once."""
    return _unique((record.werksoort, *(taak.werksoort for taak in record.taken)))


def hours_of(taken: Iterable[Taak]) -> Decimal | None:
    """The hours a week of these tasks together; None as soon as one of them is unknown, or there is none."""
    hours = [taak.uren_per_week for taak in taken]
    known = [one for one in hours if one is not None]
    return sum(known, Decimal(0)) if hours and len(known) == len(hours) else None


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))

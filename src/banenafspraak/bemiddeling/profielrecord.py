"""What somebody can and wants, in the words and codes of the gegevensstandaard VUM 1.5: one value per answer.

`None`, or an empty tuple, is an answer that nobody gave yet: unknown, and never a no. A code for 'unknown' in an
exchange format becomes that too, so that there is one way of not knowing. Fields have the names of the standard in
snake case; `werkdagen` and `werksoorten` are ours: the standard has no days, and nobody searches for a URI.
"""

from dataclasses import dataclass, field, fields
from datetime import date
from enum import IntEnum, IntFlag, StrEnum


class Niveau(IntEnum):
    """`codeWerkEnDenkniveauWerkzoekende`; its 0 (not applicable) and 7 (not known yet) are no answer here."""

    GEEN_BASISONDERWIJS = 1
    BASIS = 2
    VMBO = 3
    MBO_HAVO_VWO = 4
    HBO = 5
    WO = 6


class NiveauOpleiding(IntEnum):
    """`codeNiveauOpleiding`."""

    BASIS = 1
    VMBO = 2
    HAVO_VWO = 3
    MBO = 4
    HBO = 5
    WO = 6
    ANDERS = 9


class StatusOpleiding(IntEnum):
    """`codeStatusOpleiding`; its 0 is no answer here."""

    AFGEROND = 1
    AFGEBROKEN = 2
    LOPEND = 3


class Taalniveau(IntEnum):
    """`codeNiveauTaalbeheersing...`; its 0 and 8 are no answer here."""

    GEEN = 1
    REDELIJK = 2
    GOED = 3
    UITSTEKEND = 4


class Vervoer(IntEnum):
    """`codeVervoermiddel`."""

    AUTO = 1
    BROMFIETS = 2
    FIETS = 3
    MOTOR = 4
    OPENBAAR_VERVOER = 5
    ANDERS = 9


class Contracttype(StrEnum):
    """`codeTypeArbeidscontract`."""

    BEPAALDE_TIJD = "B"
    ONBEPAALDE_TIJD = "O"


class Overeenkomst(StrEnum):
    """`codeTypeOvereenkomst`."""

    REGULIER = "01"
    LEERBAAN = "02"
    VRIJWILLIGERSWERK = "03"
    WERKERVARINGSPLAATS = "04"


class Dag(IntFlag):
    """The days somebody can work, as the bits of one number."""

    MAANDAG = 1
    DINSDAG = 2
    WOENSDAG = 4
    DONDERDAG = 8
    VRIJDAG = 16
    ZATERDAG = 32
    ZONDAG = 64


RIJBEWIJZEN = ("AM", "A1", "A2", "A", "B", "B+", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE", "T")
"""`codeSoortRijbewijs`."""


@dataclass(frozen=True)
class Opleiding:
    """One education. `naam_opleidingsinstituut` and `toelichting` are free text: sealed, shown after consent only."""

    code_niveau_opleiding: int | None = None
    code_opleidingsnaam: str = ""
    naam_opleiding: str = ""
    indicatie_diploma: bool | None = None
    code_status_opleiding: int | None = None
    datum_diploma: date | None = None
    datum_aanvang: date | None = None
    datum_einde: date | None = None
    naam_opleidingsinstituut: str = ""
    toelichting: str = ""


@dataclass(frozen=True)
class Werkervaring:
    """One job somebody had. `naam_organisatie` and `toelichting` are free text, as in `Opleiding`.

    `werksoort` is a code of our own list, `code_beroepsnaam` the URI of the standard; either may be missing.
    """

    werksoort: str = ""
    code_beroepsnaam: str = ""
    naam_beroep: str = ""
    datum_aanvang: date | None = None
    datum_einde: date | None = None
    naam_organisatie: str = ""
    toelichting: str = ""


@dataclass(frozen=True)
class Cursus:
    """One course. `toelichting` and `naam_opleidingsinstituut` are free text, as in `Opleiding`."""

    naam_cursus: str
    indicatie_certificaat: bool | None = None
    datum_certificaat: date | None = None
    naam_opleidingsinstituut: str = ""
    toelichting: str = ""


@dataclass(frozen=True)
class Taalbeheersing:
    """How well somebody knows a language (ISO 639-3), by `Taalniveau`; None where nobody asked."""

    code_taal: str
    mondeling: int | None = None
    schriftelijk: int | None = None
    lezen: int | None = None
    luisteren: int | None = None


@dataclass(frozen=True)
class EisAanWerk:
    """What somebody needs at work: may tell of an illness, so it is sealed and only ever shown with consent."""

    indicatie_aanpassing_werkomgeving: bool | None = None
    indicatie_begeleiding: bool | None = None
    indicatie_werkvariatie: bool | None = None
    toelichting: str = ""


@dataclass(frozen=True)
class Contact:
    """How to reach somebody; sealed, and given to an employer with consent only."""

    naam: str = ""
    emailadres: str = ""
    telefoonnummer: str = ""


@dataclass(frozen=True)
class ProfielRecord:
    """Everything a klantprofiel can hold. Hours are per week, distance in kilometres, travel time in minutes."""

    bemiddelingspostcode: str = ""
    maximale_reisafstand: int | None = None
    maximale_reistijd: int | None = None
    vervoermiddelen: tuple[int, ...] = ()
    rijbewijzen: tuple[str, ...] | None = None
    aantal_werkuren_per_week_minimaal: int | None = None
    aantal_werkuren_per_week_maximaal: int | None = None
    werkdagen: Dag | None = None
    indicatie_kantoortijden: bool | None = None
    indicatie_onregelmatig_werk_of_ploegendienst: bool | None = None
    beschikbaar: bool | None = None
    datum_aanvang_beschikbaar_voor_werk: date | None = None
    datum_einde_beschikbaar_voor_werk: date | None = None
    typen_arbeidscontract: tuple[str, ...] = ()
    typen_overeenkomst: tuple[str, ...] = ()
    sectoren: tuple[int, ...] = ()
    werksoorten: tuple[str, ...] = ()
    bemiddelingsberoepen: tuple[str, ...] = ()
    interesses: tuple[str, ...] = ()
    competenties: tuple[str, ...] = ()
    code_werk_en_denkniveau: int | None = None
    opleidingen: tuple[Opleiding, ...] | None = None
    cursussen: tuple[Cursus, ...] = ()
    werkervaringen: tuple[Werkervaring, ...] | None = None
    taalbeheersing: tuple[Taalbeheersing, ...] = ()
    eis_aan_werk: EisAanWerk = field(default_factory=EisAanWerk)
    persoonlijke_presentatie: str = ""
    contact: Contact = field(default_factory=Contact)


VELDEN: tuple[str, ...] = tuple(one.name for one in fields(ProfielRecord))


class Stap(StrEnum):
    """The ten small steps in which a profile is filled in; each answer has the date of its step."""

    WERK = "werk"
    BESCHIKBAAR = "beschikbaar"
    UREN = "uren"
    REIZEN = "reizen"
    OPLEIDING = "opleiding"
    ERVARING = "ervaring"
    TAAL = "taal"
    RIJBEWIJS = "rijbewijs"
    NODIG = "nodig"
    OVER_U = "over_u"


STAPPEN: dict[Stap, tuple[str, ...]] = {
    Stap.WERK: ("werksoorten", "bemiddelingsberoepen", "sectoren", "interesses", "competenties"),
    Stap.BESCHIKBAAR: (
        "beschikbaar",
        "datum_aanvang_beschikbaar_voor_werk",
        "datum_einde_beschikbaar_voor_werk",
        "typen_arbeidscontract",
        "typen_overeenkomst",
    ),
    Stap.UREN: (
        "aantal_werkuren_per_week_minimaal",
        "aantal_werkuren_per_week_maximaal",
        "werkdagen",
        "indicatie_kantoortijden",
        "indicatie_onregelmatig_werk_of_ploegendienst",
    ),
    Stap.REIZEN: ("bemiddelingspostcode", "maximale_reisafstand", "maximale_reistijd", "vervoermiddelen"),
    Stap.OPLEIDING: ("code_werk_en_denkniveau", "opleidingen", "cursussen"),
    Stap.ERVARING: ("werkervaringen",),
    Stap.TAAL: ("taalbeheersing",),
    Stap.RIJBEWIJS: ("rijbewijzen",),
    Stap.NODIG: ("eis_aan_werk",),
    Stap.OVER_U: ("persoonlijke_presentatie", "contact"),
}
"""Which fields belong to which step; every field to exactly one."""

"""The answers of the API, field by field, for its documentation. A test holds them to what `to_json` really gives."""

from datetime import date

from ninja import Field, Schema


class Regio(Schema):
    """An arbeidsmarktregio, or the whole country."""

    code: str = Field(description="Code van de regio volgens het CBS, of NL voor heel Nederland.", examples=["AM12"])
    naam: str = Field(description="Naam van de regio.", examples=["Gooi en Vechtstreek"])


class Arbeidsmarktregio(Regio):
    """A region with the quarters there are figures of."""

    kwartalen: list[str] = Field(description="Kwartalen waarvan er cijfers zijn, het nieuwste eerst.")


class Arbeidsmarktregios(Schema):
    """All regions."""

    arbeidsmarktregios: list[Arbeidsmarktregio]


class Verdeling(Schema):
    """By the sector of the formal employer."""

    markt: int
    overheid: int
    uitzend_detachering: int


class PerCategorie(Schema):
    """By category; everybody is in exactly one."""

    wsw: int
    wajong: int
    participatiewet: int


class Banencijfers(Schema):
    """Jobs of the people who live in the region; one job is 25,5 hours a week."""

    aantal: int
    nulmeting: int | None = Field(description="Banen in december 2012.")
    extra: int | None = Field(description="aantal min nulmeting.")
    kwartaal_eerder: int | None = Field(description="Het aantal zelf, niet het verschil.")
    jaar_eerder: int | None = Field(description="Het aantal zelf, niet het verschil.")
    doelstelling: int | None = Field(description="Richtgetal van de Werkkamer voor eind dit jaar, in extra banen.")
    percentage_doelstelling: int | None
    verdeling: Verdeling
    verdeling_percentage: Verdeling | None


class Personencijfers(Schema):
    """People in the register, or those of them who work."""

    aantal: int
    nulmeting: int | None
    kwartaal_eerder: int | None
    jaar_eerder: int | None
    per_categorie: PerCategorie


class Aandeel(Schema):
    """A number of working people and their share of their category."""

    aantal: int
    percentage: int | None


class Werkendenkwartaal(Schema):
    """Working people with Wajong or Participatiewet at the end of a quarter."""

    kwartaal: str
    wajong: Aandeel
    participatiewet: Aandeel
    totaal: Aandeel


class Stroom(Schema):
    """People coming in or going out."""

    werkend: int
    niet_werkend: int


class Verloopdeel(Schema):
    """The flow between two quarters for one category."""

    instroom: Stroom
    uitstroom: Stroom
    baanvinders: int
    baanverliezers: int
    baanbehouders: int
    niet_werkend_gebleven: int


class Verloopcijfers(Verloopdeel):
    """The flow between the previous quarter and this one."""

    uitstroomredenen: dict[str, int] = Field(description="Aantal mensen per reden van uitstroom.")
    uitstroomredenen_percentage: dict[str, int]
    per_categorie: dict[str, Verloopdeel]


class Praktijkroutekwartaal(Schema):
    """Inflow through the Praktijkroute in one quarter."""

    kwartaal: str
    instroom: int


class Abakwartaal(Schema):
    """Decisions of UWV on applications (ABA) in one quarter."""

    kwartaal: str
    beoordelingen: int = Field(description="Alle besluiten, wat er ook uitkwam.")
    wajong_2015: int
    doelgroep_banenafspraak: int
    werken_met_voorziening: int
    advies_beschut_werk: int
    geen: int
    van_gemeente: int = Field(description="Hoeveel van alle besluiten een gemeente had gevraagd.")


class Reekskwartaal(Schema):
    """The stocks of one quarter."""

    kwartaal: str
    banen: Verdeling
    banen_totaal: int
    personen: PerCategorie
    werkzaam: PerCategorie


class Factsheet(Schema):
    """All rounded figures of one region and quarter."""

    regio: Regio
    kwartaal: str = Field(examples=["2018Q1"])
    peildatum: date
    afgerond: bool = Field(description="Altijd waar: personen afgerond op 10, banen op 5, en alles telt op.")
    banen: Banencijfers
    personen: Personencijfers
    werkzaam: Personencijfers
    werkenden: list[Werkendenkwartaal]
    verloop: Verloopcijfers | None
    praktijkroute: list[Praktijkroutekwartaal]
    reeks: list[Reekskwartaal]
    zegel: str = Field(description="SHA-256 van de gesloten meting waar de cijfers uit komen.")
    versoepeld: int = Field(description="Aantal cijfers dat verder moest worden afgerond om alles op te laten tellen.")
    aba: list[Abakwartaal] = Field(description="Leeg als het register geen aanvragen kent.")
    klantprofielen: dict[str, int]
    beschut_werk: dict[str, int | None] = Field(description="Leeg als het register geen adviezen kent.")


class Fout(Schema):
    """One thing that is wrong with the question."""

    veld: str
    reden: str


class Problem(Schema):
    """An error, as in RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fout] | None = None

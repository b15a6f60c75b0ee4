"""Letters to people: what was decided, why, from when, what it means and what somebody can do. Dutch, B1, as PDF/UA.

A letter is the official text, so it is in Dutch whatever the language of the page. It never holds a BSN: the kenmerk
says which case it is about. The words stand here; `templates/brieven/brief.typ` only lays them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from banenafspraak.access.documenten import compile_pdf
from banenafspraak.web.components.vragen import answer_text, without_codes
from banenafspraak.wet.termijnen import last_day_of_bezwaar
from banenafspraak.wet.uitkomst import Stap

_TEMPLATE = Path(__file__).resolve().parents[1] / "templates" / "brieven" / "brief.typ"
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)

Blok = dict[str, Any]


@dataclass(frozen=True)
class Kop:
    """Whom a letter goes to, about which case, on which day. `adres` has the lines under the name."""

    naam: str
    adres: tuple[str, ...]
    kenmerk: str
    datum: date


@dataclass(frozen=True)
class Brief:
    """A letter ready to be printed."""

    titel: str
    omschrijving: str
    afzender: str
    geadresseerde: tuple[str, ...]
    datum_regel: str
    kenmerk: str
    aanhef: str
    blokken: tuple[Blok, ...]
    ondertekening: tuple[str, ...]


def to_pdf(brief: Brief, *, made_at: datetime) -> bytes:
    """The letter as accessible PDF."""
    return compile_pdf(_TEMPLATE, asdict(brief), made_at=made_at)


def written_date(day: date) -> str:
    """A date as it stands in a letter: 3 maart 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


# --- The parts of a letter ---------------------------------------------------------------------------------------


def kop(tekst: str) -> Blok:
    """A heading."""
    return {"soort": "kop", "tekst": tekst}


def tekst(tekst: str) -> Blok:
    """A paragraph."""
    return {"soort": "tekst", "tekst": tekst}


def kader(tekst: str) -> Blok:
    """The one sentence that matters most, in a frame."""
    return {"soort": "kader", "tekst": tekst}


def lijst(punten: Iterable[str]) -> Blok:
    """A list in any order."""
    return {"soort": "lijst", "punten": list(punten)}


def stappen(punten: Iterable[str]) -> Blok:
    """A list in this order."""
    return {"soort": "stappen", "punten": list(punten)}


def redenen(steps: Sequence[Stap]) -> Blok:
    """The questions behind a decision, each with its answer and the article it comes from."""
    return {
        "soort": "tabel",
        "kolommen": ["Vraag", "Antwoord", "Artikel"],
        "breedtes": [5, 4, 4],
        "rijen": [[without_codes(s.vraag), answer_text(s.vraag, s.uitkomst), s.artikel] for s in steps],
    }


def _bezwaar(sent: date, waartegen: str = "deze beslissing") -> list[Blok]:
    last = written_date(last_day_of_bezwaar(sent))
    how = ["Schrijf op dat u bezwaar maakt, en waarom u het niet eens bent met ons."]
    how.append("Zet erbij: uw naam, uw adres, de datum en het kenmerk van deze brief. Zet uw handtekening.")
    if settings.BRIEF_BEZWAARADRES:
        how.append(f"Stuur uw brief naar: {settings.BRIEF_BEZWAARADRES}.")
        how.append(f"Of maak bezwaar met DigiD op {settings.BRIEF_WEBSITE}/bezwaar.")
    else:
        how.append(f"Maak bezwaar met DigiD op {settings.BRIEF_WEBSITE}/bezwaar. Daar staat ook het postadres.")
    return [
        kop("Bent u het niet eens met ons?"),
        tekst(
            f"U kunt bezwaar maken tegen {waartegen}. Wij kijken dan opnieuw naar uw zaak. Bezwaar maken is gratis. "
            f"Doe het binnen 6 weken: uw bezwaar moet uiterlijk {last} bij ons zijn of op de post zijn gedaan."
        ),
        stappen(how),
        tekst("Iemand anders mag u helpen. Het Juridisch Loket helpt gratis (juridischloket.nl)."),
    ]


def _contact() -> list[Blok]:
    bel = (
        f"Bel ons: {settings.BRIEF_TELEFOON}."
        if settings.BRIEF_TELEFOON
        else (f"Ons telefoonnummer staat op {settings.BRIEF_WEBSITE}/contact.")
    )
    return [
        kop("Hebt u vragen?"),
        tekst(
            f"{bel} Houd het kenmerk van deze brief bij de hand. Vindt u deze brief moeilijk? Vraag iemand die u "
            "vertrouwt "
            "om mee te lezen. Wij leggen de brief ook graag aan de telefoon uit."
        ),
    ]


def _letter(head: Kop, titel: str, omschrijving: str, blokken: Iterable[Blok]) -> Brief:
    return Brief(
        titel=titel,
        omschrijving=omschrijving,
        afzender=settings.BRIEF_AFZENDER,
        geadresseerde=(head.naam, *head.adres),
        datum_regel=f"Datum: {written_date(head.datum)}",
        kenmerk=head.kenmerk,
        aanhef=f"Beste {head.naam},",
        blokken=(*blokken, *_contact()),
        ondertekening=("Met vriendelijke groet,", settings.BRIEF_AFZENDER),
    )


# --- On the way to a decision ------------------------------------------------------------------------------------


def ontvangst(head: Kop, *, ontvangen_op: date, waarover: str, uiterlijk: date | None) -> Brief:
    """We received the application; by when we decide. `waarover` is what was asked, as in 'uw aanvraag voor ...'."""
    when = (
        f"U krijgt uiterlijk {written_date(uiterlijk)} een beslissing."
        if uiterlijk
        else "U krijgt bericht van ons wanneer wij beslissen."
    )
    return _letter(
        head,
        "Wij hebben uw aanvraag ontvangen",
        "Bevestiging van de ontvangst van een aanvraag",
        [
            kader(when),
            tekst(f"Op {written_date(ontvangen_op)} ontvingen wij {waarover}."),
            kop("Wat gebeurt er nu?"),
            stappen(
                [
                    "Wij bekijken uw aanvraag en de documenten die u meestuurde.",
                    "Missen wij iets? Dan vragen wij u daarom. U krijgt dan tijd om het te sturen.",
                    "Soms nodigen wij u uit voor een gesprek met een arts of een arbeidsdeskundige. Dat is iemand die "
                    "kijkt welk werk bij u past.",
                    "Wij sturen u een brief met de beslissing. Daarin staat ook waarom wij zo beslissen.",
                ]
            ),
            kop("Wat kunt u zelf doen?"),
            lijst(
                [
                    "U kunt op de website zien hoe ver wij zijn.",
                    "Verandert er iets, zoals uw adres? Geef het aan ons door.",
                    "Wilt u uw aanvraag stoppen? Dat kan op de website, tot wij hebben beslist.",
                ]
            ),
        ],
    )


def aanvulling(head: Kop, *, gevraagd: str, uiterlijk: date) -> Brief:
    """We need more from the applicant; the term stands still until it came (Awb 4:5 and 4:15)."""
    return _letter(
        head,
        "Wij hebben meer informatie van u nodig",
        "Vraag om een aanvraag aan te vullen",
        [
            kader(f"Stuur ons de informatie uiterlijk {written_date(uiterlijk)}."),
            tekst("Wij kunnen nog niet beslissen over uw aanvraag. Wij missen iets."),
            kop("Wat hebben wij nodig?"),
            *[tekst(part) for part in gevraagd.split("\n") if part.strip()],
            kop("Hoe stuurt u het?"),
            tekst("Log in op de website en open uw aanvraag. Daar kunt u documenten toevoegen en iets opschrijven."),
            kop("Wat betekent dit voor u?"),
            lijst(
                [
                    "De tijd waarin wij moeten beslissen, staat stil tot wij uw informatie hebben (artikel 4:15 Awb).",
                    "Krijgen wij niets? Dan mogen wij uw aanvraag stoppen, of beslissen met wat wij weten "
                    "(artikel 4:5 Awb).",
                    "Lukt het niet op tijd? Bel ons. Samen zoeken wij een oplossing.",
                ]
            ),
        ],
    )


def verlenging(head: Kop, *, oud: date | None, nieuw: date, reden: str) -> Brief:
    """The decision comes later than we said."""
    was = f" Eerst was dat {written_date(oud)}." if oud else ""
    return _letter(
        head,
        "Wij hebben meer tijd nodig",
        "Bericht dat de beslissing later komt",
        [
            kader(f"U krijgt uiterlijk {written_date(nieuw)} een beslissing.{was}"),
            tekst("Het lukt ons niet om op tijd te beslissen over uw aanvraag. Dat vinden wij vervelend voor u."),
            kop("Waarom duurt het langer?"),
            tekst(reden),
            kop("Wat kunt u doen?"),
            tekst(
                "U hoeft niets te doen. Beslissen wij ook op die dag niet? Dan kunt u ons schrijven dat wij te "
                "laat zijn "
                "(een ingebrekestelling, artikel 4:17 Awb). Wij hebben dan nog 2 weken. Daarna hebt u misschien "
                "recht op "
                "een vergoeding."
            ),
        ],
    )


# --- The decision ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Besluitinhoud:
    """What a decision letter says: the outcome's code (`AbaUitkomst`), why, from when, and for whom.

    `vanaf` is the first day in the register, None when the outcome puts nobody in it; `gewisseld`: UWV assessed
    something else than was asked; `door_gemeente`: the college asked. `andere_paden`: the other ways that exist.
    """

    uitkomst: str
    stappen: tuple[Stap, ...]
    aangevraagd_op: date
    vanaf: date | None = None
    gewisseld: bool = False
    door_gemeente: bool = False
    andere_paden: tuple[str, ...] = ()


_KORT = {
    "wajong_2015": "U krijgt Wajong 2015.",
    "doelgroep_banenafspraak": "U hoort bij de doelgroep van de banenafspraak.",
    "werken_met_voorziening": "U hoort bij de doelgroep van de banenafspraak.",
    "advies_beschut_werk": "Wij adviseren beschut werk voor u.",
    "geen": "U krijgt geen Wajong en u hoort niet bij de doelgroep van de banenafspraak.",
}
_KORT_GEMEENTE = {"geen": "De uitkomst van de beoordeling is negatief."}
_TITELS = {
    "wajong_2015": "Beslissing: u krijgt Wajong 2015",
    "doelgroep_banenafspraak": "Beslissing: u hoort bij de banenafspraak",
    "werken_met_voorziening": "Beslissing: u hoort bij de banenafspraak",
    "advies_beschut_werk": "Advies: beschut werk past bij u",
    "geen": "Beslissing op uw aanvraag",
}


def besluit(head: Kop, inhoud: Besluitinhoud) -> Brief:
    """The decision, or the advice, on an application."""
    by = "Uw gemeente vroeg" if inhoud.door_gemeente else "U vroeg"
    kort = (_KORT_GEMEENTE if inhoud.door_gemeente else {}).get(inhoud.uitkomst) or _KORT[inhoud.uitkomst]
    blokken = [
        kader(kort),
        tekst(
            f"{by} ons op {written_date(inhoud.aangevraagd_op)} om een beoordeling. Dit is onze beslissing."
            if inhoud.uitkomst != "advies_beschut_werk"
            else f"{by} ons op {written_date(inhoud.aangevraagd_op)} om een beoordeling. Dit is ons advies."
        ),
    ]
    if inhoud.gewisseld:
        blokken.append(
            tekst(
                "Wij keken ook naar een andere beoordeling dan u vroeg, omdat die beter bij u past. Dat mag als "
                "iemand zelf "
                "een aanvraag doet (artikel 3.5 Besluit SUWI)."
            )
        )
    blokken += _betekenis(inhoud)
    blokken += [
        kop("Waarom beslissen wij dit?"),
        tekst("Wij beantwoordden de vragen hieronder. Achter elk antwoord staat het artikel in de wet."),
        redenen(inhoud.stappen),
    ]
    blokken += _na_besluit(inhoud, head.datum)
    return _letter(head, _TITELS[inhoud.uitkomst], "Beslissing op een aanvraag beoordeling arbeidsvermogen", blokken)


def _betekenis(inhoud: Besluitinhoud) -> list[Blok]:
    match inhoud.uitkomst:
        case "doelgroep_banenafspraak" | "werken_met_voorziening":
            since = f"Wij schrijven u in vanaf {written_date(inhoud.vanaf)}." if inhoud.vanaf else ""
            return [
                kop("Wat betekent dit voor u?"),
                tekst(
                    "U staat in het doelgroepregister. Dat is een lijst van mensen die extra kans krijgen op een "
                    f"baan. {since}"
                ),
                lijst(
                    [
                        "Uw baan telt mee voor de banenafspraak. Werkgevers nemen u daardoor eerder aan.",
                        "Wordt u ziek? Dan betaalt UWV vaak uw loon aan de werkgever. Dat heet de no-riskpolis.",
                        "Uw werkgever kan korting krijgen op de premies. Dat heet het loonkostenvoordeel.",
                        "U kunt hulp krijgen, zoals een jobcoach. Vraag ernaar bij uw gemeente of bij UWV.",
                        "U bent niet verplicht om aan een werkgever te vertellen dat u in het register staat.",
                    ]
                ),
                kop("Wie kan dit zien?"),
                tekst(
                    "Een werkgever kan vragen of u in het register staat. Hij krijgt alleen ja of nee en de "
                    "datum, nooit waarom. "
                    "Op de website ziet u wie naar u vroeg."
                ),
            ]
        case "wajong_2015":
            return [
                kop("Wat betekent dit voor u?"),
                lijst(
                    [
                        "Wajong is een uitkering voor mensen die jong een ziekte of beperking kregen en niet "
                        "kunnen werken.",
                        "U krijgt een aparte brief over het bedrag en de dag waarop de uitkering begint.",
                        "Met Wajong 2015 staat u niet in het doelgroepregister. Gaat u toch werken in een baan? "
                        "Meld het ons.",
                    ]
                ),
            ]
        case "advies_beschut_werk":
            return [
                kop("Wat betekent dit voor u?"),
                tekst(
                    "Beschut werk is een baan met veel begeleiding of met aanpassingen die een gewone werkgever "
                    "niet kan bieden. "
                    "Wij adviseren, maar uw gemeente beslist (artikel 10b Participatiewet)."
                ),
                lijst(
                    [
                        "Wij sturen ons advies naar uw gemeente. U hoort van de gemeente wat zij beslist.",
                        "Stond u in het doelgroepregister? Dat blijft zo tot de gemeente beschut werk vaststelt. "
                        "Uw registratie eindigt op de dag daarna.",
                    ]
                ),
            ]
    return [
        kop("Wat betekent dit voor u?"),
        tekst("Wij schrijven u niet in het doelgroepregister in. Stond u er al in? Dan verandert dat niet."),
    ]


def _na_besluit(inhoud: Besluitinhoud, sent: date) -> list[Blok]:
    blokken: list[Blok] = []
    if inhoud.andere_paden:
        blokken += [kop("Wat kan nog meer?"), lijst(inhoud.andere_paden)]
    if inhoud.uitkomst == "advies_beschut_werk":
        blokken += [
            kop("Bent u het niet eens met het advies?"),
            tekst(
                "Een advies is nog geen besluit. De gemeente beslist. Tegen het besluit van de gemeente kunt u "
                "bezwaar maken. "
                "In de brief van de gemeente staat hoe dat gaat."
            ),
        ]
        if inhoud.gewisseld:
            blokken += _bezwaar(sent, "de beslissing over wat u zelf vroeg")
        return blokken
    return blokken + _bezwaar(sent)


# --- Leaving the register ----------------------------------------------------------------------------------------


def uitschrijving(
    head: Kop, *, gevraagd_op: date, eindigt_op: date | None, weigeringen: Sequence[str], steps: tuple[Stap, ...]
) -> Brief:
    """The decision on a request to leave: granted when `eindigt_op` (the first day without) is given, else refused."""
    granted = eindigt_op is not None
    kort = (
        f"Wij schrijven u uit. Vanaf {written_date(eindigt_op)} staat u niet meer in het register."
        if eindigt_op is not None
        else "Wij schrijven u niet uit. U blijft in het doelgroepregister."
    )
    blokken: list[Blok] = [
        kader(kort),
        tekst(f"U vroeg ons op {written_date(gevraagd_op)} om u uit te schrijven uit het doelgroepregister."),
    ]
    if granted:
        blokken += [
            kop("Wat betekent dit voor u?"),
            lijst(
                [
                    "Uw baan telt niet meer mee voor de banenafspraak.",
                    "Uw werkgever krijgt geen nieuw loonkostenvoordeel en geen no-riskpolis meer voor u.",
                    "Uw gemeente krijgt bericht. Uw werkgever kan zien dat u niet meer in het register staat.",
                    "Wilt u later terug? Dan is een nieuwe beoordeling nodig.",
                ]
            ),
        ]
    else:
        blokken += [kop("Waarom schrijven wij u niet uit?"), lijst(weigeringen)]
    blokken += [
        kop("Hoe kwamen wij tot dit besluit?"),
        tekst("Wij beantwoordden de vragen hieronder. Achter elk antwoord staat het artikel in de wet."),
        redenen(steps),
        *_bezwaar(head.datum),
    ]
    titel = "Beslissing: wij schrijven u uit" if granted else "Beslissing: wij schrijven u niet uit"
    return _letter(head, titel, "Beslissing op een verzoek om uitschrijving", blokken)

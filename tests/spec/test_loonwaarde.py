"""Loonwaarde on the job, and the Praktijkroute into the register."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_OUD, _NIEUW = "Regeling loonkostensubsidie Participatiewet", "Besluit loonkostensubsidie Participatiewet 2021"
_KENNIS = "Kennisdocument Banenafspraak (SZW, 2023)"
_STEUN = {"ondersteuning_pwet_7_1_a": True}


def _taak(tijdaandeel: float, tempo: float, kwaliteit: float, netto: float, **meer: Any) -> dict[str, Any]:
    return {"tijdaandeel": tijdaandeel, "tempo": tempo, "kwaliteit": kwaliteit, "netto_werktijd": netto, **meer}


def _geval(
    titel: str, op: str, verwacht: dict[str, Any], bron: str, *taken: dict[str, Any], peildatum: date | None = None,
    uitleg: str = "", **meer: Any,
) -> Geval:  # fmt: skip
    facts: dict[str, Any] = {"vastgesteld_op": op, **meer}
    if taken:
        facts["taken"] = list(taken)
    return Geval(titel, facts, peildatum or date.fromisoformat(op), verwacht, bron, uitleg)


def _percentage(percentage: int | None, vanaf: str | None = None) -> dict[str, Any]:
    return {"percentage": percentage, "registratie_vanaf": vanaf}


REGEL = Regel(
    slug="aanvraag-2-loonwaarde",
    titel="Loonwaarde en de Praktijkroute",
    uitleg=(
        "De loonwaarde is het deel van het minimumloon dat iemands werk op de werkplek waard is, bij voltijds werk. "
        "Sinds 1-7-2021 is dat per hoofdtaak tijdaandeel x tempo x kwaliteit x netto werktijd, bij elkaar opgeteld. "
        "Een hoofdtaak is ten minste 1/16 van de werktijd per week en 30 minuten per werkdag; het rapport heeft er ten "
        "hoogste vijf. Wie een gewone prestatie levert, heeft een loonwaarde van 100%.",
        "Tot 1-7-2021 was het per taak tempo x kwaliteit x inzetbaarheid x de bijdrage van de taak. Eén oorzaak mocht "
        "maar in één van de drie doorwerken.",
        "Praktijkroute: stelt het college een loonwaarde onder 100% vast, dan staat de persoon vanaf die dag in het "
        "doelgroepregister, op zijn vroegst op 1-1-2017. Wie al eerder werkte ook. Forfaitaire loonkostensubsidie is "
        "geen vastgestelde loonwaarde.",
    ),
    artikelen=(
        "3 Regeling loonkostensubsidie Participatiewet (2014)", "1 Besluit loonkostensubsidie Participatiewet 2021",
        "10d Participatiewet", "38b lid 1 onderdeel a Wfsv",
    ),
    antwoord=wet("loonwaarde"),
    vraag="loonwaarde",
    parameters=tuple(
        ("loonwaarde", naam)
        for naam in ("methode", "afronding", "hoofdtaak_deel", "hoofdtaak_minuten", "hoofdtaken_maximum")
    ),
    let_op=(
        "Het artikel over afronden in het besluit van 2021 is niet gelezen; hele procenten is overgenomen van de oude "
        "regeling.",
        "De afgeronde loonwaarde beslist: 99,5% wordt 100% en opent het register niet.",
    ),
    gevallen=(
        _geval("Eén taak, gewoon tempo: 80%", "2020-03-01", _percentage(80, "2020-03-01"), _OUD,
               _taak(100, 80, 100, 100), **_STEUN),
        _geval("Drie factoren: 80 x 90 x 95%", "2020-03-01", _percentage(68, "2020-03-01"), _OUD,
               _taak(100, 80, 90, 95), uitleg="68,4%.", **_STEUN),
        _geval("Twee taken naar bijdrage", "2020-03-01", _percentage(66, "2020-03-01"), _OUD, _taak(60, 50, 100, 100),
               _taak(40, 90, 100, 100), **_STEUN),
        _geval("Een half procent gaat omhoog", "2020-03-01", _percentage(63, "2020-03-01"), _OUD,
               _taak(50, 75, 100, 100), _taak(50, 50, 100, 100), uitleg="62,5%.", **_STEUN),
        _geval("Net geen half procent gaat omlaag", "2020-03-01", _percentage(62, "2020-03-01"), _OUD,
               _taak(50, 75, 100, 100), _taak(50, 49.9, 100, 100), uitleg="62,45%.", **_STEUN),
        _geval("Eén oorzaak telt dubbel: geen loonwaarde", "2020-03-01", _percentage(None), _OUD,
               _taak(100, 80, 90, 100, oorzaak_telt_dubbel=True), **_STEUN),
        _geval("Voor 1-7-2021 mocht een taak klein zijn", "2021-06-30", _percentage(52, "2021-06-30"), _OUD,
               _taak(95, 50, 100, 100), _taak(5, 80, 100, 100), uitleg="51,5%.", **_STEUN),
        _geval("Vanaf 1-7-2021 moet een hoofdtaak groot genoeg zijn", "2021-07-01", _percentage(None), _NIEUW,
               _taak(95, 50, 100, 100), _taak(5, 80, 100, 100), **_STEUN),
        _geval("Precies een zestiende van de week", "2023-03-01", _percentage(52, "2023-03-01"), _NIEUW,
               _taak(93.75, 50, 100, 100), _taak(6.25, 80, 100, 100), uren_per_week=40, werkdagen_per_week=5,
               uitleg="30 minuten per werkdag; 51,875%.", **_STEUN),
        _geval("Een zestiende, maar 27 minuten per werkdag", "2023-03-01", _percentage(None), _NIEUW,
               _taak(93.75, 50, 100, 100), _taak(6.25, 80, 100, 100), uren_per_week=36, werkdagen_per_week=5,
               **_STEUN),
        _geval("Vijf hoofdtaken passen", "2023-03-01", _percentage(60, "2023-03-01"), _NIEUW,
               *[_taak(20, 60, 100, 100)] * 5, **_STEUN),
        _geval("Zes hoofdtaken passen niet in het rapport", "2023-03-01", _percentage(None), _NIEUW,
               _taak(25, 60, 100, 100), *[_taak(15, 60, 100, 100)] * 5, **_STEUN),
        _geval("Tempo x kwaliteit x netto werktijd", "2023-03-01", _percentage(58, "2023-03-01"), _NIEUW,
               _taak(70, 70, 90, 90), _taak(30, 80, 100, 75), uitleg="39,69% + 18% = 57,69%.", **_STEUN),
        _geval("Gewone prestatie: 100%, niet in het register", "2023-03-01",
               {**_percentage(100), "onder_minimumloon": False}, _NIEUW, reguliere_prestatie=True, **_STEUN),
        _geval("99,4% is 99%: in het register", "2023-03-01", _percentage(99, "2023-03-01"), _NIEUW,
               _taak(100, 99.4, 100, 100), **_STEUN),
        _geval("99,5% is 100%: niet in het register", "2023-03-01", _percentage(100), _NIEUW,
               _taak(100, 99.5, 100, 100), **_STEUN),
        _geval("Forfaitair: nooit in het register", "2023-03-01", _percentage(None), _KENNIS, forfaitair=True,
               **_STEUN),
        _geval("Niets gemeten", "2023-03-01", _percentage(None), _NIEUW, **_STEUN),
        _geval("Voor 2017 vastgesteld: in het register op 1-1-2017", "2016-05-01", _percentage(70, "2017-01-01"),
               _KENNIS, _taak(100, 70, 100, 100), peildatum=date(2017, 1, 1), **_STEUN),
        _geval("Een dag eerder nog niet", "2016-05-01", _percentage(70), _KENNIS, _taak(100, 70, 100, 100),
               peildatum=date(2016, 12, 31), **_STEUN),
        _geval("Zonder ondersteuning van het college: niet", "2023-03-01", _percentage(70), "38b lid 1 a Wfsv",
               _taak(100, 70, 100, 100)),
        _geval("Met loonkostensubsidie van artikel 10d lid 2: wel", "2023-03-01", _percentage(70, "2023-03-01"),
               "38b lid 1 a Wfsv", _taak(100, 70, 100, 100), loonkostensubsidie_pwet_10d_2=True),
        _geval("Niet door het college vastgesteld", "2023-03-01", _percentage(70), "38b lid 1 a Wfsv",
               _taak(100, 70, 100, 100), vastgesteld_door_college=False, **_STEUN),
        _geval("De gemeente meldt het niet aan UWV", "2023-03-01", _percentage(70), _KENNIS,
               _taak(100, 70, 100, 100), gemeld_door_gemeente=False, **_STEUN),
        _geval("Het college meldt 70%: vanaf die dag in het register", "2023-03-01", _percentage(70, "2023-03-01"),
               _KENNIS, vastgesteld_percentage=70, uitleg="De meting zelf is niet nagerekend.", **_STEUN),
        _geval("Het college meldt 99%: in het register", "2023-03-01",
               {**_percentage(99, "2023-03-01"), "onder_minimumloon": True}, _KENNIS, vastgesteld_percentage=99,
               **_STEUN),
        _geval("Het college meldt 100%: niet in het register", "2023-03-01",
               {**_percentage(100), "onder_minimumloon": False}, _KENNIS, vastgesteld_percentage=100, **_STEUN),
        _geval("Het college meldt voor 1-7-2021, zonder taken", "2020-03-01", _percentage(45, "2020-03-01"), _KENNIS,
               vastgesteld_percentage=45, **_STEUN),
        _geval("Een zestiende, maar net geen 30 minuten per werkdag", "2023-03-01", _percentage(None), _NIEUW,
               _taak(93.75, 50, 100, 100), _taak(6.25, 80, 100, 100), uren_per_week=39.5, werkdagen_per_week=5,
               uitleg="29,6 minuten.", **_STEUN),
        _geval("Twee taken te klein", "2023-03-01", _percentage(None), _NIEUW,
               _taak(90, 50, 100, 100), _taak(5, 80, 100, 100), _taak(5, 70, 100, 100), **_STEUN),
        _geval("Een taak van net minder dan een zestiende", "2023-03-01", _percentage(None), _NIEUW,
               _taak(93.76, 50, 100, 100), _taak(6.24, 80, 100, 100), **_STEUN),
        _geval("Niet bekend hoe lang de werkdag is: aangenomen", "2023-03-01", _percentage(52, "2023-03-01"), _NIEUW,
               _taak(93.75, 50, 100, 100), _taak(6.25, 80, 100, 100), **_STEUN),
        _geval("Twee taken te klein, en een die dubbel telt in de oude methode", "2021-06-30", _percentage(None), _OUD,
               _taak(90, 50, 100, 100), _taak(5, 80, 100, 100, oorzaak_telt_dubbel=True),
               _taak(5, 80, 100, 100, oorzaak_telt_dubbel=True), **_STEUN),
        _geval("Later gevraagd: nog steeds vanaf de vaststelling", "2023-03-01", _percentage(70, "2023-03-01"),
               _KENNIS, _taak(100, 70, 100, 100), peildatum=date(2026, 7, 1), **_STEUN),
    ),
)  # fmt: skip


@REGEL.cases()
def test_loonwaarde_en_praktijkroute(geval: Geval) -> None:
    REGEL.check(geval)

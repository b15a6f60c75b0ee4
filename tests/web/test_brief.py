"""Letters: accessible PDF with everything somebody needs, whatever a name or a text looks like."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from banenafspraak.web.components import brief
from banenafspraak.wet.arbeidsvermogen import ArbeidsvermogenFeiten, Drempelfunctie, SoortAanvraag, beoordeel
from banenafspraak.wet.gronden import Aanvrager, Onderwijs
from banenafspraak.wet.uitkomst import Stap

NOW = datetime(2026, 4, 1, 12, 0, 0, 5, tzinfo=UTC)
SENT = date(2026, 4, 1)


def head(naam: str = "Bo Burger") -> brief.Kop:
    return brief.Kop(naam, ("Kerkstraat 1", "1211 AB Hilversum"), "A-1F3C-9B27-4E", SENT)


def stappen() -> tuple[Stap, ...]:
    feiten = ArbeidsvermogenFeiten(
        aanvrager=Aanvrager.PERSOON,
        gevraagd=SoortAanvraag.BANENAFSPRAAK,
        verzocht_op=date(2026, 3, 1),
        onderwijs=Onderwijs.GEEN,
        ondersteuning_pwet_7_1_a=True,
        kan_taak_uitvoeren=True,
        heeft_werknemersvaardigheden=True,
        kan_uur_aaneengesloten_werken=True,
        vier_uur_belastbaar=True,
        drempelfunctie=Drempelfunctie.GEEN,
        beperkingen_nog_zes_maanden=True,
    )
    return beoordeel(feiten, peildatum=SENT).stappen


def besluit(uitkomst: str, naam: str = "Bo Burger", **extra: object) -> brief.Brief:
    inhoud = brief.Besluitinhoud(uitkomst, stappen(), date(2026, 3, 1), **extra)  # type: ignore[arg-type]
    return brief.besluit(head(naam), inhoud)


LETTERS = {
    "ontvangst": brief.ontvangst(head(), ontvangen_op=SENT, waarover="uw aanvraag", uiterlijk=date(2026, 5, 27)),
    "aanvulling": brief.aanvulling(head(), gevraagd="Stuur uw diploma.\nEn uw cv.", uiterlijk=date(2026, 4, 29)),
    "verlenging": brief.verlenging(head(), oud=date(2026, 5, 27), nieuw=date(2026, 6, 10), reden="De arts is ziek."),
    "positief": besluit("doelgroep_banenafspraak", vanaf=SENT),
    "wajong": besluit("wajong_2015"),
    "beschut": besluit("advies_beschut_werk"),
    "negatief": besluit("geen", andere_paden=("De Praktijkroute.",)),
    "uitgeschreven": brief.uitschrijving(
        head(), gevraagd_op=SENT, eindigt_op=SENT, weigeringen=(), steps=(Stap("Mag het?", "Ja.", "3.2 lid 4"),)
    ),
    "niet_uitgeschreven": brief.uitschrijving(
        head(), gevraagd_op=SENT, eindigt_op=None, weigeringen=("U hebt een jobcoach.",), steps=stappen()
    ),
}


def read(letter: brief.Brief) -> PdfReader:
    return PdfReader(io.BytesIO(brief.to_pdf(letter, made_at=NOW)))


def text_of(letter: brief.Brief) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in read(letter).pages))


def tags(node: DictionaryObject) -> list[str]:
    """The kinds of structure elements, in reading order."""
    found = [str(node["/S"])] if "/S" in node else []
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object()
        if isinstance(child, DictionaryObject):
            found += tags(child)
    return found


@pytest.mark.parametrize("naam", LETTERS)
def test_a_letter_says_what_it_is_in_dutch_and_is_tagged(naam: str) -> None:
    pdf = read(LETTERS[naam])
    root = pdf.trailer["/Root"]

    assert root["/Lang"] in ("nl", "nl-NL")
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == LETTERS[naam].titel
    assert re.search(rb"pdfuaid:part(>|=\")1", root["/Metadata"].get_object().get_data())


@pytest.mark.parametrize("naam", LETTERS)
def test_headings_and_lists_are_real(naam: str) -> None:
    found = tags(read(LETTERS[naam]).trailer["/Root"]["/StructTreeRoot"])

    kinds = {blok["soort"] for blok in LETTERS[naam].blokken}
    assert found.count("/Title") == 1
    assert found.count("/H1") == sum(blok["soort"] == "kop" for blok in LETTERS[naam].blokken)
    assert ("/L" in found) == bool({"lijst", "stappen"} & kinds)


def test_the_reasons_are_a_real_table_with_headers() -> None:
    found = tags(read(LETTERS["positief"]).trailer["/Root"]["/StructTreeRoot"])

    assert found.count("/TH") == 3
    assert found.count("/TR") == len(stappen()) + 1


@pytest.mark.parametrize(
    ("naam", "sentences"),
    [
        ("positief", ["U hoort bij de doelgroep", "vanaf 1 april 2026", "uiterlijk 13 mei 2026", "3.5 lid 6"]),
        ("negatief", ["Wat kan nog meer?", "De Praktijkroute.", "Bent u het niet eens met ons?", "juridischloket.nl"]),
        ("wajong", ["U krijgt Wajong 2015", "aparte brief over het bedrag"]),
        ("beschut", ["uw gemeente beslist", "Een advies is nog geen besluit"]),
        ("ontvangst", ["uiterlijk 27 mei 2026"]),
        ("aanvulling", ["Stuur uw diploma.", "staat stil", "uiterlijk 29 april 2026"]),
        ("verlenging", ["uiterlijk 10 juni 2026", "De arts is ziek.", "4:17 Awb"]),
        ("uitgeschreven", ["Vanaf 1 april 2026 staat u niet meer in het register", "binnen 6 weken"]),
        ("niet_uitgeschreven", ["U hebt een jobcoach.", "binnen 6 weken"]),
    ],
)
def test_a_letter_holds_what_somebody_needs(naam: str, sentences: list[str]) -> None:
    text = text_of(LETTERS[naam])

    assert [sentence for sentence in sentences if sentence not in text] == []
    assert "A-1F3C-9B27-4E" in text
    assert "Hebt u vragen?" in text


def test_the_letter_reads_from_top_to_bottom() -> None:
    text = text_of(LETTERS["positief"])

    places = [
        text.index(part) for part in ("Beste Bo Burger", "Wat betekent dit", "Waarom beslissen", "niet eens met ons")
    ]
    assert places == sorted(places)


def test_no_code_of_the_law_is_printed() -> None:
    assert not re.search(r"\b[a-z]+_[a-z]+", text_of(LETTERS["positief"]))


@pytest.mark.parametrize(
    "naam",
    [
        '#import "geheim.typ"',
        '"] #panic("x")',
        "*vet* _schuin_ `code` $x$",
        "\\u{202e} @ref <label>",
        "Şükrü Wiśniewski-Őry",
    ],
)
def test_a_name_that_looks_like_a_command_is_printed_as_a_name(naam: str) -> None:
    assert naam in text_of(besluit("geen", naam))


@pytest.mark.parametrize(
    ("naam", "printed"),
    [
        ("Bo 👍", "Bo □"),
        ("Bo\u202eregruB", "BoregruB"),
        ("Bo\x00\x07Burger", "BoBurger"),
        ("Zoe\u0308", "Zoë"),
        ("中文", "□□"),
    ],
)
def test_what_cannot_be_printed_is_seen_and_what_steers_is_left_out(naam: str, printed: str) -> None:
    assert f"Beste {printed}," in text_of(besluit("geen", naam))


def test_a_very_long_name_and_text_still_make_a_letter() -> None:
    letter = brief.aanvulling(head("Naam " * 400), gevraagd="woord " * 3000, uiterlijk=SENT)

    assert len(read(letter).pages) > 3


def test_the_same_letter_is_the_same_file() -> None:
    assert brief.to_pdf(LETTERS["positief"], made_at=NOW) == brief.to_pdf(LETTERS["positief"], made_at=NOW)

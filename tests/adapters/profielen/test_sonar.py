"""The Sonar dashboard as Excel, from honest and from hostile hands."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.adapters.profielen import xlsx
from banenafspraak.adapters.profielen.sonar_xlsx import KOLOMMEN
from banenafspraak.adapters.synthese.werkmap import column_name
from banenafspraak.bemiddeling.profiellevering import Onleesbaar, Profielregel
from banenafspraak.bemiddeling.profielrecord import Opleiding, Taalbeheersing
from banenafspraak.register.records import Regelfout
from tests import factories
from tests.adapters.profielen.vormen import fault, one, patient, rows, workbook

BSN = factories.bsn(1).reveal()
ROW = {
    "BSN": BSN, "ID_WZ": "1234567", "Beschikbare uren/wk": "24", "Opleidingsniveau": "MBO",
    "Beroepssector": "Productie", "Bemiddelingsberoep": "Glazenwasser", "Mondeling Nederlands": "Goed",
    "Schriftelijk Nederlands": "Redelijk", "Rijbewijs": "B, AM", "Telefoonnummer": "612345678",
    "Volledige Naam": "J. de Vries", "E-mailadres": "j@voorbeeld.nl", "Vervoer": "FIETS, SCOOTER",
    "Postcode": "1211 ab", "Banenafspraak": "1", "Toestemming": "Ja", "Leeftijd": "34", "Geslacht": "M",
    "Straatnaam": "Kerkstraat",
}  # fmt: skip


def sheet(*people: dict[str, str]) -> bytes:
    return workbook(KOLOMMEN, *[[person.get(kolom, "") for kolom in KOLOMMEN] for person in people])


def test_there_are_thirty_five_columns_a_to_ai() -> None:
    assert (len(KOLOMMEN), column_name(len(KOLOMMEN) - 1), column_name(KOLOMMEN.index("BSN"))) == (35, "AI", "C")


def test_a_row_is_read_with_the_values_of_sonar() -> None:
    found = one(sheet(ROW), "sonar")
    assert (found.bsn, found.bronnummer, found.toestemming, found.regel) == (factories.bsn(1), "1234567", True, 2)
    record = found.record
    assert record.aantal_werkuren_per_week_maximaal == 24
    assert (record.opleidingen, record.code_werk_en_denkniveau) == ((Opleiding(code_niveau_opleiding=4),), 4)
    assert (record.werksoorten, record.interesses) == (("glazenwasser",), ("Productie",))
    assert record.taalbeheersing == (Taalbeheersing("nld", mondeling=3, schriftelijk=2),)
    assert (record.rijbewijzen, record.vervoermiddelen) == (("AM", "B"), (2, 3))
    assert record.bemiddelingspostcode == "1211AB"
    assert record.contact.telefoonnummer == "0612345678"
    assert "Kerkstraat" not in repr(record)


@pytest.mark.parametrize(
    ("kolom", "value", "word"),
    [
        ("Opleidingsniveau", "LTS-C", "niveau kennen wij niet"),
        ("Vervoer", "PAARD", "vervoer"),
        ("Rijbewijs", "Q", "rijbewijs"),
        ("Postcode", "12345", "postcode"),
        ("Beschikbare uren/wk", "veel", "uren"),
        ("Toestemming", "misschien", "toestemming"),
        ("BSN", "123456789", "BSN klopt niet"),
        ("BSN", "", "BSN"),
        ("ID_WZ", "12 34;5", "nummer"),
        ("Mondeling Nederlands", "vloeiend als water", "nederlands mondeling"),
    ],
)
def test_an_unknown_value_is_a_fault_with_a_cure(kolom: str, value: str, word: str) -> None:
    row = ROW | {kolom: value} | ({"ID_WZ": ""} if (kolom, value) == ("BSN", "") else {})
    found = fault(sheet(row), "sonar")
    assert word in found.melding
    assert found.herstel
    assert BSN not in str(found)


def test_consent_no_is_honoured_and_silence_is_no_answer() -> None:
    found = rows(sheet(ROW | {"Toestemming": "Nee"}, ROW | {"Toestemming": ""}), "sonar")
    assert [row.toestemming for row in found if isinstance(row, Profielregel)] == [False, None]


def test_the_number_of_a_profile_is_never_the_bsn() -> None:
    for row in (ROW | {"ID_WZ": ""}, ROW | {"ID_WZ": BSN}, ROW | {"ID_WZ": str(int(BSN))}):
        assert BSN not in one(sheet(row), "sonar").bronnummer


def test_columns_are_found_by_name_below_a_title() -> None:
    names = [kolom for kolom in reversed(KOLOMMEN) if kolom != "Cases (aantal)"]
    content = workbook(["Dashboard 2026"], [], [*names, "Nieuwe kolom"], [ROW.get(kolom, "") for kolom in names])
    assert one(content, "sonar").bronnummer == "1234567"


def test_another_workbook_is_refused() -> None:
    with pytest.raises(Onleesbaar, match="Sonar"):
        rows(workbook(["naam", "plaats"], ["x", "y"]), "sonar")


# --- Hostile workbooks ---------------------------------------------------------------------------------------------


def rebuilt(content: bytes, **parts: bytes) -> bytes:
    """The workbook with these parts in the place of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.split("/")[-1].split(".")[0], old.read(name)))
    return out.getvalue()


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet_xml(cells: str) -> bytes:
    return f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>".encode()


def cells_of(content: bytes) -> list[tuple[int, list[str]]]:
    return list(xlsx.rows(io.BytesIO(content)))


def test_a_zip_bomb_is_refused_while_it_is_unpacked() -> None:
    bomb = rebuilt(sheet(ROW), sheet1=sheet_xml("<row>" + " " * 60_000_000 + "</row>"))
    assert len(bomb) < 1_000_000
    with pytest.raises(Onleesbaar, match="onmogelijk groot"):
        cells_of(bomb)


def test_rows_that_say_nothing_do_not_go_on_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_SILENCE", 1000)
    with pytest.raises(Onleesbaar, match="lege delen"):
        cells_of(rebuilt(sheet(ROW), sheet1=sheet_xml('<row r="1"/>' * 2000)))


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        b'<!DOCTYPE x SYSTEM "http://voorbeeld.invalid/x.dtd"><x/>',
        b"<x",
        b"",
    ],
)
@pytest.mark.parametrize("part", ["sheet1", "sharedStrings", "workbook"])
def test_entities_and_what_is_no_xml_are_refused(part: str, xml: bytes) -> None:
    with pytest.raises(Onleesbaar):
        cells_of(rebuilt(sheet(ROW), **{part: xml}))


def test_a_link_to_another_file_is_not_followed() -> None:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="x" TargetMode="External" Target="file:///etc/passwd"/></Relationships>'
    )
    content = sheet(ROW)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, rels if name.endswith("workbook.xml.rels") else old.read(name))
    assert one(out.getvalue(), "sonar").bronnummer == "1234567"


def test_a_formula_is_not_run_and_its_last_answer_is_read() -> None:
    content = rebuilt(sheet(ROW), sheet1=sheet_xml('<row r="3"><c r="B3"><f>1+1</f><v>2</v></c></row>'))
    assert cells_of(content) == [(3, ["", "2"])]


def test_numbers_keep_their_digits() -> None:
    values = "".join(f"<c><v>{text}</v></c>" for text in ("24", "24.0", "9.99990019E8", "24.5", "nan", "1e400"))
    found = cells_of(rebuilt(sheet(ROW), sheet1=sheet_xml(f"<row>{values}</row>")))
    assert found[0][1] == ["24", "24", "999990019", "24.5", "nan", "1e400"]


def test_a_number_of_eight_digits_is_a_bsn_that_lost_its_zero() -> None:
    number = next(
        text for n in range(10_000_000) if (text := f"0{n:08d}") != "000000000" and factories.bsns.is_valid(text)
    )
    found = rows(sheet(ROW | {"BSN": str(int(number)), "ID_WZ": ""}), "sonar")
    assert isinstance(found[0], Profielregel)


def test_a_cell_that_points_nowhere_is_empty() -> None:
    places = "".join(f'<c t="s"><v>{text}</v></c>' for text in ("99999", "-1", "x", "9" * 400))
    found = cells_of(
        rebuilt(sheet(ROW), sheet1=sheet_xml(f'<row>{places}<c t="inlineStr"><is><t>hier</t></is></c></row>'))
    )
    assert found[0][1] == ["", "", "", "", "hier"]


@pytest.mark.parametrize("cell", ['<c r="ZZZ1"><v>1</v></c>', "<c><v>1</v></c>" * 300])
def test_too_many_columns_are_refused(cell: str) -> None:
    with pytest.raises(Onleesbaar, match="kolommen"):
        cells_of(rebuilt(sheet(ROW), sheet1=sheet_xml(f"<row>{cell}</row>")))


def test_an_encrypted_or_broken_workbook_is_refused() -> None:
    content = sheet(ROW)
    encrypted = bytearray(content)
    for place in range(len(content) - 4):
        if content[place : place + 4] == b"PK\x01\x02":
            encrypted[place + 8] |= 1
    for broken in (content[: len(content) // 2], bytes(encrypted)):
        with pytest.raises(Onleesbaar):
            cells_of(broken)


@patient
@given(values=st.dictionaries(st.sampled_from(KOLOMMEN), st.text(max_size=40), max_size=12))
def test_any_text_in_any_column_is_a_row_or_a_fault(values: dict[str, str]) -> None:
    clean = {kolom: "".join(c for c in text if c.isprintable()) for kolom, text in values.items()}
    assert all(isinstance(row, Profielregel | Regelfout) for row in rows(sheet(ROW, clean), "sonar"))


@patient
@given(places=st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_workbook_with_bytes_changed_is_rows_or_unreadable(places: list[tuple[int, int]]) -> None:
    content = bytearray(sheet(ROW))
    for place, value in places:
        content[place % len(content)] = value
    try:
        rows(bytes(content), "sonar")
    except Onleesbaar:
        return

"""A free CSV: its columns are guessed or chosen, its encoding and separator found out."""

import gc
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.adapters import profielen
from banenafspraak.bemiddeling.profielbestand import KOLOMMEN, Exportregel, Exportvorm, render
from banenafspraak.bemiddeling.profiellevering import Onleesbaar, Profielformaat, Profielregel, Profielveld
from banenafspraak.bemiddeling.profielrecord import Contact, Dag, ProfielRecord
from banenafspraak.register.records import Regelfout
from tests import factories
from tests.adapters.profielen.vormen import fault, one, patient, records, rows

BSN = factories.bsn(1).reveal()


def test_columns_are_guessed_from_what_people_call_them() -> None:
    koppen = ["Cliëntnummer", "BSN", "E-mail", "Max. reisafstand", "Uren per week", "Gewenst beroep", "Akkoord", "Foo"]
    assert profielen.guess(koppen) == {
        "bronnummer": "Cliëntnummer",
        "bsn": "BSN",
        "email": "E-mail",
        "reisafstand": "Max. reisafstand",
        "uren": "Uren per week",
        "beroep": "Gewenst beroep",
        "toestemming": "Akkoord",
    }


def test_the_file_stays_open_for_who_opened_it() -> None:
    stream = io.BytesIO(f"bsn;naam\n{BSN};x\n".encode())
    assert profielen.headers(stream) == ["bsn", "naam"]
    gc.collect()
    stream.seek(0)
    assert len(list(profielen.read(stream, Profielformaat.CSV, organisatie_id=1))) == 1
    gc.collect()
    assert not stream.closed


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_separator_and_encoding_are_found_out(separator: str, encoding: str) -> None:
    lines = [separator.join(["bsn", "naam", "uren"]), separator.join([BSN, "Zoë Zand", "16-24"])]
    found = one("\r\n".join(lines).encode(encoding), "csv").record
    assert found.contact.naam == "Zoë Zand"
    assert (found.aantal_werkuren_per_week_minimaal, found.aantal_werkuren_per_week_maximaal) == (16, 24)


def test_a_saved_choice_of_columns_goes_before_a_guess() -> None:
    content = f"x;y;bsn\n1211AB;1016;{BSN}\n".encode()
    assert one(content, "csv", kolommen={"bsn": "bsn", "postcode": "y"}).record.bemiddelingspostcode == "1016"


def test_the_line_of_a_fault_is_that_of_the_file_also_after_a_line_end_inside_quotes() -> None:
    content = f'bsn;postcode;presentatie\n{BSN};1211AB;"een\ntwee"\n{BSN};x;y\n'.encode()
    found = rows(content, "csv")
    assert isinstance(found[1], Regelfout)
    assert found[1].regel == 4


def test_days_and_yes_no_are_words() -> None:
    content = f"bsn;dagen;beschikbaar;rijbewijs\n{BSN};ma, di en woensdag;ja;geen\n".encode()
    found = one(content, "csv").record
    assert found.werkdagen == Dag.MAANDAG | Dag.DINSDAG | Dag.WOENSDAG
    assert (found.beschikbaar, found.rijbewijzen) == (True, ())


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "leeg"),
        (b"\n", "geen kolommen"),
        (b"naam;plaats\nx;y\n", "BSN"),
        (b"bsn;bsn\n1;2\n", "dezelfde naam"),
        (f"{BSN};1211AB\n".encode(), "over iemand"),
        (b"bsn;naam\n\x00\n", "nul-bytes"),
        (b"\xff\xfeb\x00s\x00", "UTF-16"),
        (b"PK\x03\x04", "zip"),
        (b"bsn;naam\n1;\x81\xfe\x9d", "geen leesbare CSV"),
        (b'bsn;naam\n1;"' + b"x" * 200_000 + b"\n", "niet te lezen"),
        (b";".join([b"k"] * 500) + b"\n", "onmogelijk lang"),
    ],
)
def test_what_is_no_csv_is_unreadable_with_a_reason(content: bytes, word: str) -> None:
    with pytest.raises(Onleesbaar, match=word):
        rows(content, "csv")


def test_a_row_with_a_field_too_many_is_a_fault() -> None:
    assert "3 velden" in fault(f"bsn;naam\n{BSN};x;y\n".encode(), "csv").melding


def test_a_row_that_is_empty_is_no_person() -> None:
    assert len(rows(f"bsn;naam\n;\n\n{BSN};x\n".encode(), "csv")) == 1


@patient
@given(text=st.text(max_size=200), head=st.lists(st.sampled_from([veld.value for veld in Profielveld]), max_size=8))
def test_any_text_below_any_header_is_a_row_a_fault_or_unreadable(text: str, head: list[str]) -> None:
    content = f"{';'.join(dict.fromkeys(['bsn', *head]))}\n{BSN};{text}\n{text}".encode("utf-8", "surrogatepass")
    try:
        found = rows(content, "csv")
    except Onleesbaar:
        return
    assert all(isinstance(row, Profielregel | Regelfout) for row in found)


@patient
@given(record=records())
def test_our_own_csv_is_read_back_without_a_fault(record: ProfielRecord) -> None:
    found = rows(render(Exportvorm.CSV, [Exportregel("k-1", record, toestemming=True)]), "csv")
    assert [row.bronnummer for row in found if isinstance(row, Profielregel)] == ["k-1"]


@pytest.mark.parametrize("vorm", [Exportvorm.CSV, Exportvorm.ODS])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", " ="])
def test_no_cell_of_an_export_is_a_formula(vorm: Exportvorm, sign: str) -> None:
    bad = f"{sign}HYPERLINK(A1)"
    record = ProfielRecord(persoonlijke_presentatie=bad, contact=Contact(naam=bad, telefoonnummer="+31612345678"))
    content = render(vorm, [Exportregel("k-1", record, toestemming=True)])
    if vorm is Exportvorm.CSV:
        cells = content.decode("utf-8-sig").splitlines()[1].split(";")
        assert not any(cell.strip('" ').startswith(("=", "+", "-", "@")) for cell in cells)
    else:
        text = zipfile.ZipFile(io.BytesIO(content)).read("content.xml").decode()
        assert "table:formula" not in text
        assert f"<text:p>{sign.strip()}HYPERLINK" not in text


def test_who_does_not_consent_leaves_as_a_number_only() -> None:
    record = ProfielRecord(bemiddelingspostcode="1211AB", contact=Contact(naam="Zoë"))
    content = render(Exportvorm.CSV, [Exportregel("k-1", record, toestemming=False)]).decode("utf-8-sig")
    assert content.splitlines()[1] == "k-1;nee" + ";" * (len(KOLOMMEN) - 2)

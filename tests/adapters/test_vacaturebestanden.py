"""Vacatures out of files and into them: what leaves comes back, and what is wrong is said by row."""

import csv
import io
import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.adapters import vacatures
from banenafspraak.bemiddeling.profielrecord import RIJBEWIJZEN, Contact, Dag, Niveau, Taalbeheersing
from banenafspraak.bemiddeling.vacaturebestand import Exportvorm, render
from banenafspraak.bemiddeling.vacaturelevering import Onleesbaar, Vacatureformaat, Vacatureregel
from banenafspraak.bemiddeling.vacaturerecord import OpleidingEis, Taak, VacatureRecord
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN
from banenafspraak.register.records import Regelfout

TEXT = st.text(st.characters(codec="utf-8", categories=["L", "Zs"], include_characters="-=+@.,'\""), max_size=40).map(
    lambda text: " ".join(text.split())
)
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1))
YES_NO = st.none() | st.booleans()
HOURS = st.none() | st.integers(1, 600).map(lambda n: Decimal(n) / 10)
TASKS = st.builds(
    Taak,
    omschrijving=TEXT.filter(lambda text: bool(text)),
    werksoort=st.sampled_from(["", "bakker", "orderpicker"]),
    uren_per_week=HOURS,
    code_werk_en_denkniveau_minimaal=st.none() | st.sampled_from([int(n) for n in Niveau]),
    rijbewijzen=st.sampled_from([(), ("B",), ("AM", "B")]),
)


@st.composite
def records(draw) -> VacatureRecord:
    kind = draw(st.sampled_from(["", *list(WERKSOORTEN)[::40]]))
    licences = draw(st.none() | st.sets(st.sampled_from(RIJBEWIJZEN), max_size=3))
    ways = draw(st.sets(st.sampled_from("1234")))
    return VacatureRecord(
        nummer_vacature=draw(st.integers(1, 10**8).map(lambda n: f"V-{n}")),
        naam_vacature=draw(TEXT),
        omschrijving_vacature=draw(TEXT),
        sluitingsdatum_vacature=draw(DAYS),
        indicatie_ldr_registratie=draw(YES_NO),
        aantal_plaatsen=draw(st.integers(1, 99)),
        kvk=draw(st.sampled_from(["", "00000011"])),
        handelsnaam_organisatie=draw(TEXT),
        webadres=draw(st.sampled_from(["", "https://bakkerij.example/werk"])),
        sollicitatiewijzen=tuple(sorted(ways)),
        webadres_sollicitatie=draw(st.sampled_from(["", "https://bakkerij.example/formulier"])),
        code_sbi=draw(st.none() | st.integers(1, 99_999)),
        postcode=draw(st.sampled_from(["", "1211AB", "1211"])),
        plaatsnaam=draw(TEXT),
        bereikbaar_met_ov=draw(YES_NO),
        werksoort=kind,
        naam_beroep="" if kind else draw(st.sampled_from(["", "Lantaarnopsteker"])),
        taken=tuple(draw(st.lists(TASKS, max_size=3))),
        code_werk_en_denkniveau_minimaal=draw(st.none() | st.sampled_from([int(n) for n in Niveau])),
        aantal_jaren_werkzaam_in_beroep=draw(st.none() | st.integers(0, 99)),
        opleidingen=draw(st.sampled_from([(), (OpleidingEis(naam_opleiding="Bakkerij"),)])),
        rijbewijzen=None if licences is None else tuple(one for one in RIJBEWIJZEN if one in licences),
        taalbeheersing=draw(st.sampled_from([(), (Taalbeheersing("nld", mondeling=2),)])),
        aantal_werkuren_per_week_minimaal=draw(st.none() | st.integers(1, 30)),
        aantal_werkuren_per_week_maximaal=draw(st.none() | st.integers(30, 60)),
        werkdagen=draw(st.none() | st.integers(1, 127).map(Dag)),
        indicatie_kantoortijden=draw(YES_NO),
        indicatie_onregelmatig_werk_of_ploegendienst=draw(YES_NO),
        typen_arbeidscontract=draw(st.sampled_from([(), ("B",), ("B", "O")])),
        typen_overeenkomst=draw(st.sampled_from([(), ("01",), ("02", "04")])),
        datum_aanvang_werkzaamheden=draw(DAYS),
        datum_einde_werkzaamheden=draw(DAYS),
        salaris_indicatie=draw(TEXT),
        omschrijving_arbeidsvoorwaarden=draw(TEXT),
        biedt_aanpassing_werkomgeving=draw(YES_NO),
        biedt_begeleiding=draw(YES_NO),
        biedt_werkvariatie=draw(YES_NO),
        contact=Contact(draw(TEXT), draw(st.sampled_from(["", "noor@bakkerij.example"])), "035 123 45 67"),
    )


def read(content: bytes, formaat: str = "vum") -> list[Vacatureregel | Regelfout]:
    return list(vacatures.read(BytesIO(content), Vacatureformaat(formaat)))


def back(record: VacatureRecord, vorm: Exportvorm, formaat: str) -> VacatureRecord:
    (row,) = read(render(vorm, [(record.nummer_vacature, record)]), formaat)
    assert isinstance(row, Vacatureregel), row
    return row.record


@given(record=records())
def test_with_our_supplement_everything_comes_back(record: VacatureRecord) -> None:
    assert back(record, Exportvorm.AANVULLING, "vum") == record


@given(record=records())
def test_a_csv_brings_back_all_but_what_a_task_asks(record: VacatureRecord) -> None:
    bare = tuple(Taak(taak.omschrijving, uren_per_week=taak.uren_per_week) for taak in record.taken)
    found = back(record, Exportvorm.CSV, "csv")
    lost = {"taken": bare} if record.taken else {}
    # A leading sign that a spreadsheet would run is shown with an apostrophe, which reading takes off again.
    assert replace(found, taken=()) == replace(record, taken=())
    assert found.taken == lost.get("taken", ())


@given(record=records())
def test_plain_vum_has_no_field_of_ours(record: VacatureRecord) -> None:
    (made,) = json.loads(render(Exportvorm.VUM, [(record.nummer_vacature, record)]))
    assert "banenafspraak" not in made
    assert record.kvk not in json.dumps(made) or not record.kvk
    assert made["idVacature"] == record.nummer_vacature


def test_no_cell_of_a_table_is_a_formula() -> None:
    record = VacatureRecord(naam_vacature="=HYPERLINK(1)", omschrijving_vacature="+1", plaatsnaam="@SUM", kvk="-1")
    text = render(Exportvorm.CSV, [("=1+1", record)]).decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(text), delimiter=";")
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]
    with ZipFile(BytesIO(render(Exportvorm.ODS, [("=1+1", record)]))) as bundle:
        content = bundle.read("content.xml").decode()
    assert "table:formula" not in content
    assert ">=" not in content


def test_the_pilot_called_some_things_otherwise() -> None:
    old = {
        "idVacature": "7",
        "sluitingsDatumVacature": "2026-09-01",
        "indicatieLdrRegistratie": 1,
        "beroep": {"naamBeroepOngecodeerd": "Lantaarnopsteker"},
        "opleiding": [{"opleidingsnaam": {"naamOpleidingOngecodeerd": "Bakkerij"}}],
        "werkgever": {
            "handelsnaamOrganisatie": "Bakkerij",
            "adresHouding": [
                {"codeFunctieAdres": "V", "adres": {"adresNederland": {"postcode": "9999ZZ"}}},
                {
                    "codeFunctieAdres": "E",
                    "adres": {"adresNederland": {"postcode": "1211ab", "woonplaatsnaam": "Hilversum"}},
                },
            ],
        },
    }
    (row,) = read(json.dumps([old]).encode())
    assert isinstance(row, Vacatureregel)
    assert row.record == VacatureRecord(
        nummer_vacature="7",
        sluitingsdatum_vacature=date(2026, 9, 1),
        indicatie_ldr_registratie=True,
        naam_beroep="Lantaarnopsteker",
        opleidingen=(OpleidingEis(naam_opleiding="Bakkerij"),),
        handelsnaam_organisatie="Bakkerij",
        postcode="1211AB",
        plaatsnaam="Hilversum",
    )


WRONG = [
    ({"idVacature": ""}, "nummer"),
    ({"naamVacature": "x" * 121}, "naamVacature"),
    ({"naamVacature": "Bel 999900006"}, "naamVacature"),
    ({"codeWerkEnDenkniveauMinimaal": "9"}, "codeWerkEnDenkniveauMinimaal"),
    ({"werktijden": {"aantalWerkurenPerWeekMaximaal": "veel"}}, "aantalWerkurenPerWeekMaximaal"),
    ({"sluitingsdatumVacature": "31 februari"}, "sluitingsdatumVacature"),
    ({"adres": {"postcode": "12"}}, "postcode"),
    ({"werkgever": "Bakkerij"}, "werkgever"),
    ({"banenafspraak": {"taken": [{"omschrijving": "Inpakken", "urenPerWeek": "acht"}]}}, "taken"),
]


@pytest.mark.parametrize(("part", "named"), WRONG)
def test_what_is_wrong_is_named_and_never_repeated(part: dict, named: str) -> None:
    (row,) = read(json.dumps([{"idVacature": "7", **part}]).encode())
    assert isinstance(row, Regelfout)
    assert named in row.melding
    assert "999900006" not in row.melding


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"naam;kvk\nBakker;1\n", b"PK\x03\x04"])
@pytest.mark.parametrize("formaat", ["vum", "csv"])
def test_what_is_no_such_file_is_refused(content: bytes, formaat: str) -> None:
    with pytest.raises(Onleesbaar):
        read(content, formaat)


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ("1;veel;ja", "uren_maximaal"),
        ("1;24;misschien", "bereikbaar_met_ov"),
        (";24;ja", "nummer"),
        ("1;24;ja;nog iets", "velden"),
    ],
)
def test_a_row_of_a_csv_says_what_is_wrong(cells: str, named: str) -> None:
    (row,) = read(f"Nummer;Uren maximaal;bereikbaar met ov\n{cells}\n".encode(), "csv")
    assert isinstance(row, Regelfout)
    assert (row.regel, named in row.melding) == (2, True)


def test_every_field_of_the_record_can_leave() -> None:
    """A field that is added to the record and not to the files is found here."""
    known = {field.name for field in fields(VacatureRecord)}
    written = {
        name
        for name in known
        if _filled(name) != VacatureRecord()
        and render(Exportvorm.AANVULLING, [("1", _filled(name))])
        != render(Exportvorm.AANVULLING, [("1", VacatureRecord())])
    }
    assert known - written == set()


def _filled(name: str) -> VacatureRecord:
    values = {
        "aantal_plaatsen": 2,
        "contact": Contact(naam="Noor"),
        "cursussen": ("Heftruck",),
        "competenties": ("https://example/competentie",),
        "opleidingen": (OpleidingEis(2),),
        "rijbewijzen": ("B",),
        "sollicitatiewijzen": ("1",),
        "taalbeheersing": (Taalbeheersing("nld", mondeling=2),),
        "taken": (Taak("Inpakken"),),
        "typen_arbeidscontract": ("B",),
        "typen_overeenkomst": ("01",),
        "vervoermiddelen": (1,),
        "werkdagen": Dag.MAANDAG,
    }
    before = getattr(VacatureRecord(), name)
    value = values.get(name)
    if value is None:
        if before == "":
            value = "1211AB" if name == "postcode" else "iets"
        elif name.startswith(("datum", "sluitingsdatum")):
            value = date(2026, 9, 1)
        else:
            value = True if name.startswith(("indicatie", "biedt", "bereikbaar")) else 3
    return replace(VacatureRecord(), **{name: value})

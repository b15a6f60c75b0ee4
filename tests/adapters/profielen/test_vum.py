"""VUM 3.0: what is written comes back the same, and nothing that is not VUM brings the reader down."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.bemiddeling.profielbestand import Exportregel, Exportvorm, render, vum
from banenafspraak.bemiddeling.profiellevering import Onleesbaar, Profielregel
from banenafspraak.bemiddeling.profielrecord import ProfielRecord
from banenafspraak.register.records import Regelfout
from tests import factories
from tests.adapters.profielen.vormen import as_json, fault, one, patient, records, rows

BSN = factories.bsn(1).reveal()


@patient
@given(record=records())
def test_a_record_comes_back_from_vum_json_with_our_supplement(record: ProfielRecord) -> None:
    content = render(Exportvorm.AANVULLING, [Exportregel("k-1", record, toestemming=True)])
    found = one(content, "vum")
    assert found.record == record
    assert found.bronnummer == "k-1"


@patient
@given(record=records())
def test_plain_vum_has_only_what_the_standard_knows(record: ProfielRecord) -> None:
    found = vum("k-1", record)
    text = json.dumps(found)
    assert not any(word in text for word in ('"banenafspraak"', '"naamOpleiding"', '"naamBeroep"', '"werksoort"'))
    assert "bemiddelingspostcode" in found["mobiliteit"] if "mobiliteit" in found else True


_leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
_json = st.recursive(_leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4))
_keys = st.sampled_from(
    ["idWerkzoekende", "bsn", "mobiliteit", "bemiddelingspostcode", "arbeidsmarktkwalificatie", "opleiding", "cursus",
     "werkervaring", "beroep", "taalbeheersing", "codeTaal", "rijbewijs", "interesse", "flexibiliteit", "werktijden",
     "eisAanWerk", "contractvorm", "sector", "vervoermiddel", "emailadres", "banenafspraak", "werkdagen", "toestemming",
     "codeNiveauOpleiding", "aantalWerkurenPerWeekMaximaal", "datumDiploma", "naamCursus", "bemiddelingsberoep",
     "opleidingsnaam", "gedragscompetentie", "codeRegiostraal", "vakvaardigheid", "beroepsnaamGecodeerd"]
)  # fmt: skip
_odd = st.recursive(_leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=6))


@pytest.mark.parametrize("formaat", ["vum", "um"])
@patient
@given(items=st.lists(_odd | _json, max_size=3))
def test_any_json_is_a_row_or_a_fault(formaat: str, items: list[object]) -> None:
    content = json.dumps(items, allow_nan=True).encode()
    try:
        found = rows(content, formaat)
    except Onleesbaar:
        return
    assert all(isinstance(row, Profielregel | Regelfout) for row in found)
    assert len(found) == len(items)


@pytest.mark.parametrize("formaat", ["vum", "um", "csv", "sonar"])
@patient
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_rows_or_unreadable(formaat: str, content: bytes) -> None:
    try:
        rows(content, formaat)
    except Onleesbaar:
        return


@pytest.mark.parametrize(
    "content",
    [b"", b"  ", b"[", b"[{}", b"[{},", b"[{}]x", b"{}{}", b"[" * 200_000, b'{"a":' * 100_000, b"[1e999999999, NaN]",
     b"\xff\xfe[", b"[1" + b"0" * 5_000 + b"]", b'["' + b"a" * 3_000_000],
)  # fmt: skip
def test_what_is_not_json_is_unreadable(content: bytes) -> None:
    with pytest.raises(Onleesbaar):
        rows(content, "vum")


def test_a_list_is_read_in_pieces_wherever_they_end() -> None:
    items = [{"idWerkzoekende": f"k-{n}", "persoonlijkePresentatie": "é" * 1500} for n in range(200)]
    content = b" \n" + json.dumps(items, ensure_ascii=False, indent=2).encode() + b"\n "
    assert [row.bronnummer for row in rows(content, "vum") if isinstance(row, Profielregel)] == [
        f"k-{n}" for n in range(200)
    ]


def test_one_object_is_a_list_of_one() -> None:
    assert one(json.dumps({"idWerkzoekende": "k-1"}).encode(), "vum").bronnummer == "k-1"


def test_codes_for_not_knowing_are_no_answer_and_unknown_fields_are_ignored() -> None:
    found = one(
        as_json(
            {
                "idWerkzoekende": "k-1",
                "nieuwVeld": {"x": 1},
                "eisAanWerk": {"indicatieBegeleiding": 0},
                "arbeidsmarktkwalificatie": {
                    "codeWerkEnDenkniveauWerkzoekende": 7,
                    "opleiding": [],
                    "taalbeheersing": [{"codeTaal": "nld", "codeNiveauTaalbeheersingLezen": 8}],
                },
            }
        ),
        "vum",
    ).record
    assert (found.eis_aan_werk.indicatie_begeleiding, found.code_werk_en_denkniveau, found.opleidingen) == (
        None,
        None,
        None,
    )
    assert found.taalbeheersing[0].lezen is None


@pytest.mark.parametrize(
    ("item", "word"),
    [
        ({"mobiliteit": {"bemiddelingspostcode": "0123AB"}}, "postcode"),
        ({"mobiliteit": {"maximaleReisafstand": 1000}}, "maximaleReisafstand"),
        ({"arbeidsmarktkwalificatie": {"rijbewijs": [{"codeSoortRijbewijs": "Z"}]}}, "codeSoortRijbewijs"),
        ({"arbeidsmarktkwalificatie": {"codeWerkEnDenkniveauWerkzoekende": 9}}, "codeWerkEnDenkniveau"),
        ({"persoonlijkePresentatie": "x" * 100_000}, "2000 tekens"),
        ({"persoonlijkePresentatie": "a\u0000b"}, "geen tekst"),
        ({"persoonlijkePresentatie": "a\ud800b"}, "geen tekst"),
        ({"werktijden": {"aantalWerkurenPerWeekMinimaal": 30, "aantalWerkurenPerWeekMaximaal": 20}}, "minste aantal"),
        ({"flexibiliteit": {"datumAanvangBeschikbaarVoorWerk": "2026-02-30"}}, "geen datum"),
        ({"arbeidsmarktkwalificatie": {"interesse": [{"naamInteresse": f"bel {BSN}"}]}}, "BSN"),
        ({"bsn": "123456789"}, "BSN klopt niet"),
        ({"arbeidsmarktkwalificatie": {"opleiding": [{}] * 101 + [{"x": 1}]}}, "langer dan 100"),
    ],
)
def test_what_is_wrong_is_said_with_a_cure_and_without_the_value(item: dict, word: str) -> None:
    found = fault(as_json({"idWerkzoekende": "k-1"} | item), "vum")
    assert word in found.melding
    assert found.herstel
    assert BSN not in found.melding + found.herstel


def test_an_id_that_is_the_bsn_never_is_the_number_and_stays_the_same() -> None:
    as_id = one(as_json({"idWerkzoekende": BSN, "bsn": BSN}), "vum")
    alone = one(as_json({"idWerkzoekende": BSN}), "vum")
    inside = one(as_json({"idWerkzoekende": f"GM0402-{BSN}", "bsn": BSN}), "vum")
    without = one(as_json({"bsn": BSN}), "vum")
    assert as_id.bronnummer == alone.bronnummer == without.bronnummer
    assert BSN not in as_id.bronnummer + inside.bronnummer
    assert inside.bronnummer not in (as_id.bronnummer, f"GM0402-{BSN}")


def test_a_profile_without_number_and_without_bsn_is_a_fault() -> None:
    assert "geen nummer" in fault(as_json({"mobiliteit": {"bemiddelingspostcode": "1211AB"}}), "vum").melding


def test_consent_stands_beside_the_profile() -> None:
    assert one(as_json({"idWerkzoekende": "k", "toestemming": "Nee"}), "vum").toestemming is False
    assert one(as_json({"idWerkzoekende": "k", "banenafspraak": {"toestemming": True}}), "vum").toestemming is True
    assert one(as_json({"idWerkzoekende": "k"}), "vum").toestemming is None


def test_what_may_not_be_used_for_commuting_is_no_transport() -> None:
    vervoer = [
        {"codeVervoermiddel": 1, "indicatieBeschikbaarVoorWoonWerkverkeer": 2},
        {"codeVervoermiddel": 3, "indicatieBeschikbaarVoorWoonWerkverkeer": 1},
    ]
    assert one(as_json({"idWerkzoekende": "k", "vervoermiddel": vervoer}), "vum").record.vervoermiddelen == (3,)


def test_who_does_not_consent_is_not_in_vum() -> None:
    regels = [
        Exportregel("k-1", ProfielRecord(), toestemming=False),
        Exportregel("k-2", ProfielRecord(), toestemming=True),
    ]
    assert [item["idWerkzoekende"] for item in json.loads(render(Exportvorm.VUM, regels))] == ["k-2"]

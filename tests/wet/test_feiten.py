"""Facts are read strictly, with one message that names every fault and never repeats what was typed."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.wet.feiten import FactReader, Feit, FeitenFout, Periode, parse, parse_field, read, schema
from banenafspraak.wet.regels import RULES


class Kleur(StrEnum):
    ROOD = "rood"
    BLAUW = "blauw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proef:
    """Feiten om mee te proberen."""

    naam: Annotated[str, Feit("Een naam.")]
    kleur: Annotated[Kleur | None, Feit("Een kleur.", aanname=Kleur.ROOD)] = None
    aantal: Annotated[int | None, Feit("Een aantal.", minimum=0, maximum=9)] = None
    uren: Annotated[Decimal | None, Feit("Uren.", minimum=0)] = None
    dag: Annotated[date | None, Feit("Een dag.")] = None
    waar: Annotated[bool | None, Feit("Waar of niet.", aanname=False)] = None
    perioden: Annotated[tuple[Periode, ...] | None, Feit("Perioden.")] = None
    lijst: Annotated[tuple[Kleur, ...] | None, Feit("Kleuren.")] = None


@dataclass(frozen=True, slots=True)
class Vrij:
    """Alles mag weg."""

    waar: Annotated[bool | None, Feit("Waar of niet.")] = None


@dataclass(frozen=True, slots=True)
class Vol:
    """Een lijst die niet leeg mag zijn."""

    kleuren: Annotated[tuple[Kleur, ...], Feit("Kleuren.")]


def faults(data: Any, cls: type[Any] = Proef) -> list[str]:
    with pytest.raises(FeitenFout) as caught:
        parse(cls, data)
    return list(caught.value.fouten)


def test_facts_come_through_exactly() -> None:
    text = """{"naam": "a", "kleur": "blauw", "aantal": 3, "uren": 110.92, "dag": "2018-03-31", "waar": true,
               "perioden": [{"vanaf": "2018-01-01", "tot": "2018-02-01"}], "lijst": ["rood"]}"""
    assert read(Proef, text) == Proef(
        naam="a",
        kleur=Kleur.BLAUW,
        aantal=3,
        uren=Decimal("110.92"),
        dag=date(2018, 3, 31),
        waar=True,
        perioden=(Periode(date(2018, 1, 1), date(2018, 2, 1)),),
        lijst=(Kleur.ROOD,),
    )


def test_null_is_the_same_as_left_out() -> None:
    assert read(Proef, '{"naam": "a", "dag": null}') == Proef(naam="a")


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("naam", "", "tekst van 1 tot 200 tekens"),
        ("naam", "x" * 201, "tekst van 1 tot 200 tekens"),
        ("naam", 3, "tekst van 1 tot 200 tekens"),
        ("kleur", "groen", "kies uit rood, blauw"),
        ("kleur", 1, "kies uit rood, blauw"),
        ("aantal", 10, "getal van 0 tot en met 9"),
        ("aantal", Decimal("1.5"), "getal met een punt"),
        ("aantal", True, "getal met een punt"),
        ("aantal", "3", "zonder aanhalingstekens"),
        ("uren", -1, "getal van 0 of meer"),
        ("uren", "1,5", "getal met een punt"),
        ("dag", "31-3-2018", "JJJJ-MM-DD"),
        ("dag", "2018-02-30", "bestaande datum"),
        ("dag", "1018-01-01", "tussen 1900 en 2100"),
        ("dag", "20180331", "JJJJ-MM-DD"),
        ("dag", 20180331, "JJJJ-MM-DD"),
        ("waar", "ja", "true of false"),
        ("waar", 1, "true of false"),
        ("perioden", {}, "lijst"),
        ("perioden", [3], "geef een object"),
        ("perioden", [{"vanaf": "2018-02-01", "tot": "2018-02-01"}], "tot ligt niet na vanaf"),
        ("perioden", [{"tot": "2018-02-01"}], "vanaf ontbreekt"),
        ("lijst", ["groen"], "kies uit rood, blauw"),
    ],
)
def test_a_wrong_value_gets_the_cure(name: str, value: Any, cure: str) -> None:
    (fout,) = faults({"naam": "a", name: value})
    assert fout.startswith(name)
    assert cure in fout


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert [fout.split()[0] for fout in faults({"kleur": "groen", "dag": "x", "nam": "a"})] == [
        "nam",
        "naam",
        "kleur:",
        "dag:",
    ]


def test_an_unknown_fact_is_named_with_what_was_meant() -> None:
    assert faults({"naam": "a", "klur": "rood"}) == ["klur is geen bekend feit; bedoelt u 'kleur'?"]
    assert "bekende feiten: naam, kleur" in faults({"naam": "a", "xyz": 1})[0]


def test_a_missing_fact_is_named_with_its_meaning() -> None:
    assert faults({"kleur": "rood"}) == ["naam ontbreekt: Een naam."]


def test_no_facts_at_all_is_not_an_answerable_question() -> None:
    assert "geen enkel feit opgegeven" in faults({}, Vrij)[0]


def test_a_required_list_needs_an_element() -> None:
    assert "ten minste één onderdeel" in faults({"kleuren": []}, Vol)[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "geen geldige JSON \\(regel 1"),
        ("[1, 2", "geen geldige JSON"),
        ("[" * 100_000, "geen geldige JSON"),
        ('{"uren": ' + "9" * 10_000 + "}", "geen geldige JSON"),
        ("[]", "geef een object"),
        ('{"naam": "a", "naam": "b"}', "twee keer"),
        ('{"uren": NaN}', r"^NaN en Infinity zijn geen getallen waarmee"),
        ('{"uren": 1e99999999999999999999}', "geen geldige JSON"),
    ],
)
def test_unusable_text_is_refused(text: str, message: str) -> None:
    with pytest.raises(FeitenFout, match=message):
        read(Proef, text)


@pytest.mark.parametrize("place", ["key", "part of a key", "naam", "dag", "kleur", "aantal", "nested"])
def test_no_message_repeats_what_may_be_a_bsn(place: str) -> None:
    bsn = "999990019"
    data: dict[str, Any] = {
        "key": {"naam": "a", bsn: 1},
        "part of a key": {"naam": "a", f"bsn_{bsn}": 1},
        "naam": {"naam": int(bsn)},
        "nested": {"naam": "a", "perioden": [{"vanaf": bsn, bsn: bsn}]},
    }.get(place, {"naam": "a", place: bsn})
    assert bsn not in "".join(faults(data))


@pytest.mark.parametrize(
    ("naam", "value", "read_as"),
    [("aantal", 9, 9), ("dag", "2018-03-31", date(2018, 3, 31)), ("kleur", "blauw", Kleur.BLAUW)],
)
def test_one_fact_is_read_by_itself(naam: str, value: Any, read_as: Any) -> None:
    assert parse_field(Proef, naam, value) == read_as


@pytest.mark.parametrize(("naam", "value"), [("aantal", 10), ("dag", "31-3-2018"), ("kleur", "groen"), ("naam", "")])
def test_one_fact_by_itself_is_as_strict_as_all_together(naam: str, value: Any) -> None:
    with pytest.raises(FeitenFout) as caught:
        parse_field(Proef, naam, value)
    assert list(caught.value.fouten) == faults({"naam": "a", naam: value})


def test_a_reader_tells_what_was_used_and_what_was_assumed() -> None:
    reader = FactReader(Proef(naam="a"))
    assert (reader["naam"], reader["kleur"], reader["kleur"], reader["waar"]) == ("a", Kleur.ROOD, Kleur.ROOD, False)
    assert reader.take() == ({"naam": "a", "kleur": Kleur.ROOD, "waar": False}, ("kleur", "waar"))
    assert reader.take() == ({}, ())


def test_a_date_alone_means_that_the_fact_is_true() -> None:
    reader = FactReader(Proef(naam="a", dag=date(2018, 3, 31)))
    assert reader.since("waar", "dag", date(2018, 3, 31))
    assert not reader.since("waar", "dag", date(2018, 3, 30))


def test_true_without_a_date_holds_already_and_says_so() -> None:
    reader = FactReader(Proef(naam="a", waar=True))
    assert reader.since("waar", "dag", date(2018, 3, 31))
    assert reader.take() == ({"waar": True, "dag": "op of voor 2018-03-31"}, ("dag",))


def test_a_schema_says_exactly_what_is_read() -> None:
    day = {"type": "string", "format": "date"}
    kinds = {"type": "string", "enum": ["rood", "blauw"]}
    periode = {
        "type": "object",
        "description": "Een periode van een eerste dag tot (niet tot en met) een laatste dag.",
        "properties": {
            "vanaf": {**day, "description": "Eerste dag van de periode."},
            "tot": {
                "type": ["string", "null"],
                "format": "date",
                "description": "Eerste dag na de periode; leeg als zij nog loopt.",
            },
        },
        "additionalProperties": False,
        "required": ["vanaf"],
    }
    assert schema(Proef) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Proef",
        "type": "object",
        "description": "Feiten om mee te proberen.",
        "properties": {
            "naam": {"type": "string", "description": "Een naam."},
            "kleur": {
                "type": ["string", "null"],
                "enum": ["rood", "blauw", None],
                "description": "Een kleur. Niet opgegeven: aangenomen 'rood'.",
                "default": "rood",
            },
            "aantal": {"type": ["integer", "null"], "description": "Een aantal.", "minimum": 0, "maximum": 9},
            "uren": {"type": ["number", "null"], "description": "Uren.", "minimum": 0},
            "dag": {"type": ["string", "null"], "format": "date", "description": "Een dag."},
            "waar": {
                "type": ["boolean", "null"],
                "description": "Waar of niet. Niet opgegeven: aangenomen dat dit niet zo is.",
                "default": False,
            },
            "perioden": {"type": ["array", "null"], "items": periode, "description": "Perioden."},
            "lijst": {"type": ["array", "null"], "items": kinds, "description": "Kleuren."},
        },
        "additionalProperties": False,
        "required": ["naam"],
    }


def test_a_schema_asks_for_one_fact_or_for_one_item_where_it_must() -> None:
    assert schema(Vrij)["minProperties"] == 1
    assert "required" not in schema(Vrij)
    assert schema(Vol)["properties"]["kleuren"]["minItems"] == 1
    assert "minProperties" not in schema(Vol)


def test_a_schema_gives_an_assumption_as_json_has_it() -> None:
    loaded = schema(RULES["lks"].facts)["properties"]["voltijd_uren"]
    assert json.loads(json.dumps(loaded)) == loaded
    registered = schema(RULES["banen"].facts)["properties"]["in_loonaangifte"]
    assert registered["default"] is True
    assert registered["description"].endswith(" Niet opgegeven: aangenomen dat dit zo is.")


@pytest.mark.parametrize("naam", sorted(RULES))
def test_every_schema_is_a_valid_schema(naam: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(RULES[naam].facts))


@pytest.mark.parametrize("naam", sorted(RULES))
def test_every_fact_is_explained_in_dutch(naam: str) -> None:
    def explained(shape: dict[str, Any]) -> bool:
        below = shape.get("properties", {}).values()
        items = [shape["items"]] if "items" in shape and "properties" in shape["items"] else []
        return bool(shape.get("description")) and all(explained(s) for s in [*below, *items])

    assert explained(schema(RULES[naam].facts))


_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "naam": st.text(max_size=3),
    "kleur": st.sampled_from(["rood", "groen", None, 3]),
    "aantal": st.integers(-2, 12) | st.none(),
    "dag": st.sampled_from(["2018-03-31", "2018-3-31", None, 5]),
    "waar": st.booleans() | st.none() | st.just("ja"),
    "perioden": st.lists(st.fixed_dictionaries({}, optional={"vanaf": st.just("2018-01-01")}), max_size=2),
    "onbekend": st.just(1),
}


@given(st.fixed_dictionaries({}, optional=_VALUES))
def test_schema_and_reader_accept_the_same(data: dict[str, Any]) -> None:
    """What the schema promises is what the reader does; the length of a text and dates in detail are the reader's."""
    fits = jsonschema.Draft202012Validator(schema(Proef)).is_valid(data)
    fouten = all_faults(data)
    assert fits or fouten
    if fits:
        assert all(fout.startswith(("naam: geef een tekst", "dag: geef")) for fout in fouten)


def all_faults(data: dict[str, Any]) -> tuple[str, ...]:
    try:
        parse(Proef, data)
    except FeitenFout as error:
        return error.fouten
    return ()


def test_facts_survive_a_round_trip_through_json() -> None:
    data = {"naam": "a", "perioden": [{"vanaf": "2018-01-01"}]}
    assert read(Proef, json.dumps(data)) == parse(Proef, data)

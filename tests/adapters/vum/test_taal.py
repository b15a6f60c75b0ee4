"""The selection language against a second reading of it: plain Python over the JSON of a profile, as MongoDB says it.

https://www.mongodb.com/docs/manual/reference/operator/query: a comparison is met by no document that lacks the field,
`$ne` is the opposite of `$eq` and so is, a path through a list is met by any of its elements, each operator on its own,
and `$elemMatch` asks all of one element. What the VUM standard adds: unknown and empty parts are not there.
"""

import json
from datetime import date
from typing import Any
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import given

from banenafspraak.adapters.vum_api import vraag
from banenafspraak.bemiddeling.kolomtabel import Kolomtabel, Rij
from banenafspraak.bemiddeling.selectie import leaves
from banenafspraak.bemiddeling.vumindex import PROFIEL, PROFIELLIJSTEN

# --- The second reading --------------------------------------------------------------------------------------------

HOURS_MIN, HOURS_MAX = "werktijden.aantalWerkurenPerWeekMinimaal", "werktijden.aantalWerkurenPerWeekMaximaal"
OFFICE, IRREGULAR = "werktijden.indicatieKantoortijden", "flexibiliteit.indicatieOnregelmatigWerkOfPloegendienst"
START = "flexibiliteit.datumAanvangBeschikbaarVoorWerk"
LISTS: dict[str, dict[str, str]] = {
    "bemiddelingsberoep": {"codeBeroepsnaam": "codeBeroepsnaam", "beroep.codeBeroepsnaam": "codeBeroepsnaam"},
    "contractvorm": {"codeTypeArbeidscontract": "codeTypeArbeidscontract"},
    "arbeidsmarktkwalificatie.rijbewijs": {"codeSoortRijbewijs": "codeSoortRijbewijs"},
    "arbeidsmarktkwalificatie.taalbeheersing": {
        name: name
        for name in (
            "codeTaal",
            "codeNiveauTaalbeheersingMondeling",
            "codeNiveauTaalbeheersingSchriftelijk",
        )
    },
}
ROOT = {name: name for name in (HOURS_MIN, HOURS_MAX, OFFICE, IRREGULAR, START)} | {
    "datumAanvangBeschikbaarVoorWerk": START,
    **{f"{lijst}.{name}": f"{lijst}.{path}" for lijst, names in LISTS.items() for name, path in names.items()},
}
COMPARE = {
    "$eq": lambda a, b: a == b,
    "$gt": lambda a, b: a > b,
    "$gte": lambda a, b: a >= b,
    "$lt": lambda a, b: a < b,
    "$lte": lambda a, b: a <= b,
    "$in": lambda a, b: a in b,
}


def empty(value: object) -> bool:
    return value is None or value in ("", [], {})


def at(doc: Any, path: str) -> list[Any]:
    """Every value that a path reaches."""
    found = [doc]
    for step in path.split("."):
        below = [one[step] for one in found if isinstance(one, dict) and step in one]
        found = [each for one in below for each in (one if isinstance(one, list) else [one])]
    return found


def field(value: Any, found: list[Any]) -> list[bool]:
    """What each operator on a field says of the values it reaches."""
    answers = []
    for operator, operand in value.items():
        if empty(operand):
            continue
        if operator == "$ne":
            answers.append(not any(one == operand for one in found))
        elif operator == "$all":
            answers.append(all(one in found for one in operand))
        elif operator in COMPARE:
            answers.append(any(COMPARE[operator](one, operand) for one in found))
    return answers


def element(inner: Any, elements: list[Any], names: dict[str, str]) -> list[bool]:
    answers = [holds(inner, one, names, {}) for one in elements]
    return [] if holds(inner, {}, names, {}) is None else [any(answer is True for answer in answers)]


def lijst(value: Any, elements: list[Any], names: dict[str, str]) -> list[bool]:
    answers: list[bool] = []
    for operator, operand in value.items():
        if operator == "$elemMatch" and not empty(operand):
            answers += element(operand, elements, names)
        elif operator == "$all":
            for one in operand:
                if not empty(one.get("$elemMatch")):
                    answers += element(one["$elemMatch"], elements, names)
    return answers


def holds(query: Any, doc: Any, names: dict[str, str], lists: dict[str, dict[str, str]]) -> bool | None:
    """Whether a document meets a query; None when nothing in the query is anything."""
    answers: list[bool] = []
    for key, value in query.items():
        if empty(value):
            continue
        if key in ("$or", "$and"):
            parts = [part for one in value if (part := holds(one, doc, names, lists)) is not None]
            if parts:
                answers.append(any(parts) if key == "$or" else all(parts))
        elif key in lists:
            answers += lijst(value, at(doc, key), lists[key])
        elif key in names:
            answers += field(value, at(doc, names[key]))
    return all(answers) if answers else None


# --- Made-up profiles and questions ----------------------------------------------------------------------------------

WORDS = {"u:1", "u:2", "u:3"}
KINDS: dict[str, st.SearchStrategy[Any]] = {
    HOURS_MIN: st.integers(0, 6),
    HOURS_MAX: st.integers(0, 6),
    OFFICE: st.integers(1, 2),
    IRREGULAR: st.integers(1, 2),
    START: st.integers(1, 5).map(lambda day: f"2026-01-0{day}"),
    "codeBeroepsnaam": st.sampled_from(sorted(WORDS)),
    "codeTypeArbeidscontract": st.sampled_from("BO"),
    "codeSoortRijbewijs": st.sampled_from(["B", "BE", "AM"]),
    "codeTaal": st.sampled_from(["nld", "eng"]),
    "codeNiveauTaalbeheersingMondeling": st.integers(1, 4),
    "codeNiveauTaalbeheersingSchriftelijk": st.integers(1, 4),
}
NOTHING = st.sampled_from([None, "", [], {}])
UNKNOWN = st.dictionaries(st.sampled_from(["$regex", "$exists", "onbekend", "$where"]), st.integers(), min_size=1)


def kind_of(path: str) -> st.SearchStrategy[Any]:
    return KINDS[path] if path in KINDS else KINDS[path.rsplit(".", 1)[-1]]


def operators(path: str) -> st.SearchStrategy[dict[str, Any]]:
    kind = kind_of(path)
    plain = st.dictionaries(st.sampled_from(["$eq", "$ne", "$lt", "$lte", "$gt", "$gte"]), kind | NOTHING, max_size=2)
    some = st.lists(kind, min_size=1, max_size=3)
    return plain | st.builds(lambda values: {"$in": values}, some) | UNKNOWN


def conditions(names: dict[str, str], lists: bool) -> st.SearchStrategy[dict[str, Any]]:
    one = st.sampled_from(sorted(names)).flatmap(lambda key: st.tuples(st.just(key), operators(names[key])))
    if lists:
        one |= st.sampled_from(sorted(LISTS)).flatmap(lambda key: st.tuples(st.just(key), of_list(key)))
    one |= st.tuples(st.just("onbekend"), UNKNOWN | NOTHING)
    plain = st.lists(one, max_size=3).map(dict)
    return st.recursive(
        plain,
        lambda inner: st.builds(
            lambda key, parts, rest: rest | {key: parts},
            st.sampled_from(["$or", "$and"]),
            st.lists(inner, max_size=3),
            plain,
        ),
        max_leaves=6,
    )


def of_list(key: str) -> st.SearchStrategy[dict[str, Any]]:
    inner = conditions(LISTS[key], lists=False)
    if key.endswith("taalbeheersing"):
        # The standard wants to know which language is meant.
        inner = inner.map(lambda some: some | {"codeTaal": {"$eq": "nld"}})
    match = st.builds(lambda one: {"$elemMatch": one}, inner)
    return match | st.builds(lambda some: {"$all": some}, st.lists(match, max_size=2)) | UNKNOWN


def optional(kind: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | kind


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    doc: dict[str, Any] = {"werktijden": {}, "flexibiliteit": {}, "arbeidsmarktkwalificatie": {}}
    for path in (HOURS_MIN, HOURS_MAX, OFFICE, IRREGULAR, START):
        group, name = path.split(".")
        if (value := draw(optional(KINDS[path]))) is not None:
            doc[group][name] = value
    for path, names in LISTS.items():
        elements = []
        for _ in range(draw(st.integers(0, 3))):
            one = {name: value for name in set(names.values()) if (value := draw(optional(KINDS[name]))) is not None}
            elements.append(one)
        if elements:
            (doc["arbeidsmarktkwalificatie"] if "." in path else doc)[path.rsplit(".", 1)[-1]] = elements
    return doc


# --- One against the other -------------------------------------------------------------------------------------------

OURS = {
    "codeBeroepsnaam": "code", "codeTypeArbeidscontract": "code", "codeSoortRijbewijs": "code", "codeTaal": "code",
    "codeNiveauTaalbeheersingMondeling": "mondeling", "codeNiveauTaalbeheersingSchriftelijk": "schriftelijk",
}  # fmt: skip


def row(number: int, doc: dict[str, Any]) -> Rij:
    hours, flex = doc["werktijden"], doc["flexibiliteit"]
    start = flex.get("datumAanvangBeschikbaarVoorWerk")
    skills = doc["arbeidsmarktkwalificatie"]
    elements = {
        "beroep": doc.get("bemiddelingsberoep", []),
        "contract": doc.get("contractvorm", []),
        "rijbewijs": skills.get("rijbewijs", []),
        "taal": skills.get("taalbeheersing", []),
    }
    return Rij(
        UUID(int=number),
        {
            "uren_min": hours.get("aantalWerkurenPerWeekMinimaal"),
            "uren_max": hours.get("aantalWerkurenPerWeekMaximaal"),
            "kantoortijden": hours.get("indicatieKantoortijden"),
            "onregelmatig": flex.get("indicatieOnregelmatigWerkOfPloegendienst"),
            "aanvang": date.fromisoformat(start) if start else None,
        },
        {name: [{OURS[key]: one[key] for key in one} for one in some] for name, some in elements.items()},
    )


def ours(query: dict[str, Any], docs: list[dict[str, Any]]) -> list[bool]:
    body = {"vraagObject": {"selectiegebied": {"postcode": "1211AB", "afstand": 5}} | query}
    selectie = vraag.read(json.dumps(body).encode(), vraag.WERKZOEKENDE)
    tabel = Kolomtabel(PROFIEL, PROFIELLIJSTEN)
    tabel.replace(row(number, doc) for number, doc in enumerate(docs, start=1))
    found: list[bool] = tabel.meets(selectie.condition).tolist()
    return found


@given(conditions(ROOT, lists=True), st.lists(documents(), min_size=1, max_size=8))
def test_our_answer_is_that_of_the_second_reading(query: dict[str, Any], docs: list[dict[str, Any]]) -> None:
    assert ours(query, docs) == [holds(query, doc, ROOT, LISTS) is not False for doc in docs]


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_is_sent_is_a_question_or_a_refusal(raw: bytes) -> None:
    refused(raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(
        ["$eq", "$or", "$all", "$elemMatch", "$in", "selectiegebied", "postcode", "afstand", "codeTaal",
         "codeBeroepsnaam", *ROOT, *LISTS]), inner, max_size=4),
    max_leaves=25,
)  # fmt: skip


@given(JSON)
def test_any_json_is_a_question_or_a_refusal(found: Any) -> None:
    refused(json.dumps({"vraagObject": found}).encode())
    if isinstance(found, dict):
        area = {"selectiegebied": {"postcode": "1211AB", "afstand": 5}}
        refused(json.dumps({"vraagObject": found | area}).encode())


def refused(raw: bytes) -> None:
    for scope in (vraag.WERKZOEKENDE, vraag.VACATURE):
        try:
            selectie = vraag.read(raw, scope)
        except (vraag.Ongeldig, vraag.Onvolledig):
            continue
        assert all(one.waarden for one in leaves(selectie.condition))


def test_newer_answers_take_the_place_of_older_ones() -> None:
    tabel = Kolomtabel(PROFIEL, PROFIELLIJSTEN)
    key, other = UUID(int=7 << 8), UUID(int=9)
    tabel.replace([Rij(key, {"uren_min": 1}), Rij(other, {"uren_min": 2})])
    tabel.replace([Rij(key, {"uren_min": 3})], gone=[other])

    assert [int(tabel.column("uren_min")[n]) for n in tabel.alive.nonzero()[0]] == [3]
    assert tabel.key_of(2) == key
    assert (tabel.row_of(key), tabel.row_of(other)) == (2, None)

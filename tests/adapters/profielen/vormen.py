"""What the tests of profile deliveries share: records of every kind, and files in every format."""

import io
import json
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from banenafspraak.adapters import profielen
from banenafspraak.adapters.synthese.werkmap import write_workbook
from banenafspraak.bemiddeling.profiellevering import Profielformaat, Profielregel
from banenafspraak.bemiddeling.profielrecord import (
    RIJBEWIJZEN,
    Contact,
    Cursus,
    Dag,
    EisAanWerk,
    Opleiding,
    ProfielRecord,
    Taalbeheersing,
    Werkervaring,
)
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN
from banenafspraak.register.records import Regelfout

ORGANISATIE = 7

patient = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
"""A busy machine draws slowly; that says nothing of what is tested."""


def rows(content: bytes, formaat: str, **kwargs: object) -> list[Profielregel | Regelfout]:
    """What a file comes to."""
    return list(
        profielen.read(io.BytesIO(content), Profielformaat(formaat), organisatie_id=ORGANISATIE, **kwargs)  # type: ignore[arg-type]
    )


def one(content: bytes, formaat: str, **kwargs: object) -> Profielregel:
    """The one good row of a file."""
    (found,) = rows(content, formaat, **kwargs)
    assert isinstance(found, Profielregel), found
    return found


def fault(content: bytes, formaat: str, **kwargs: object) -> Regelfout:
    """The one fault of a file."""
    (found,) = rows(content, formaat, **kwargs)
    assert isinstance(found, Regelfout)
    return found


def as_json(*items: object) -> bytes:
    return json.dumps(list(items)).encode()


def workbook(*lines: Sequence[str]) -> bytes:
    """An xlsx with these rows."""
    with tempfile.TemporaryDirectory() as place:
        pad = Path(place) / "blad.xlsx"
        write_workbook(pad, lines)
        return pad.read_bytes()


# Text as people write it: no number that could be a BSN, no sign that cannot be kept.
_letters = st.characters(categories=["L", "P", "Zs"], exclude_characters="\u202a\u202b\u202c\u202d\u202e")
_digits = st.text("0123456789", min_size=1, max_size=8)


def texts(most: int) -> st.SearchStrategy[str]:
    return st.text(_letters, max_size=min(most, 60)).map(str.strip)


def some(most: int) -> st.SearchStrategy[str]:
    return texts(most).filter(bool)


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
answers = maybe(st.booleans())
levels = maybe(st.integers(1, 4))
uris = st.from_regex(r"https://linkeddata\.example\.nl/[a-z]{1,20}", fullmatch=True)


def _ordered(values: Sequence, strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.sets(strategy).map(lambda found: tuple(one for one in values if one in found))


@st.composite
def periods(draw: st.DrawFn) -> tuple[date | None, date | None]:
    begin, end = draw(maybe(days)), draw(maybe(days))
    return (end, begin) if begin and end and begin > end else (begin, end)


@st.composite
def opleidingen(draw: st.DrawFn) -> Opleiding:
    begin, end = draw(periods())
    return Opleiding(
        code_niveau_opleiding=draw(st.sampled_from([1, 2, 3, 4, 5, 6, 9])),
        code_opleidingsnaam=draw(st.just("") | _digits),
        naam_opleiding=draw(texts(120)),
        indicatie_diploma=draw(answers),
        code_status_opleiding=draw(maybe(st.integers(1, 3))),
        datum_diploma=draw(maybe(days)),
        datum_aanvang=begin,
        datum_einde=end,
        naam_opleidingsinstituut=draw(texts(500)),
        toelichting=draw(texts(2000)),
    )


@st.composite
def werkervaringen(draw: st.DrawFn) -> Werkervaring:
    begin, end = draw(periods())
    return Werkervaring(
        werksoort=draw(st.just("") | st.sampled_from(sorted(WERKSOORTEN))),
        code_beroepsnaam=draw(st.just("") | uris),
        naam_beroep=draw(some(120)),
        datum_aanvang=begin,
        datum_einde=end,
        naam_organisatie=draw(texts(70)),
        toelichting=draw(texts(2000)),
    )


@st.composite
def records(draw: st.DrawFn) -> ProfielRecord:
    """Anything a record may hold, with its lists in the order in which they are read."""
    begin, end = draw(periods())
    hours = sorted(draw(st.lists(st.integers(0, 99), min_size=2, max_size=2)))
    talen = draw(st.lists(st.from_regex(r"[a-z]{3}", fullmatch=True), unique=True, max_size=3))
    return ProfielRecord(
        bemiddelingspostcode=draw(st.from_regex(r"([1-9][0-9]{3}([A-Z]{2})?)?", fullmatch=True)),
        maximale_reisafstand=draw(maybe(st.integers(0, 999))),
        maximale_reistijd=draw(maybe(st.integers(0, 999))),
        vervoermiddelen=draw(_ordered((1, 2, 3, 4, 5, 9), st.sampled_from((1, 2, 3, 4, 5, 9)))),
        rijbewijzen=draw(maybe(_ordered(RIJBEWIJZEN, st.sampled_from(RIJBEWIJZEN)))),
        aantal_werkuren_per_week_minimaal=draw(maybe(st.just(hours[0]))),
        aantal_werkuren_per_week_maximaal=draw(maybe(st.just(hours[1]))),
        werkdagen=draw(maybe(st.integers(1, 127).map(Dag))),
        indicatie_kantoortijden=draw(answers),
        indicatie_onregelmatig_werk_of_ploegendienst=draw(answers),
        beschikbaar=draw(answers),
        datum_aanvang_beschikbaar_voor_werk=begin,
        datum_einde_beschikbaar_voor_werk=end,
        typen_arbeidscontract=draw(_ordered(("B", "O"), st.sampled_from(("B", "O")))),
        typen_overeenkomst=draw(_ordered(("01", "02", "03", "04"), st.sampled_from(("01", "02", "03", "04")))),
        sectoren=tuple(draw(st.lists(st.integers(1, 99_999), unique=True, max_size=3))),
        werksoorten=tuple(draw(st.lists(st.sampled_from(sorted(WERKSOORTEN)), unique=True, max_size=3))),
        bemiddelingsberoepen=tuple(draw(st.lists(uris, unique=True, max_size=3))),
        interesses=tuple(draw(st.lists(some(120), unique=True, max_size=3))),
        competenties=tuple(draw(st.lists(uris, unique=True, max_size=3))),
        code_werk_en_denkniveau=draw(maybe(st.integers(1, 6))),
        opleidingen=draw(maybe(st.lists(opleidingen(), max_size=2).map(tuple))),
        cursussen=tuple(
            Cursus(draw(some(120)), draw(answers), draw(maybe(days)), draw(texts(500)), draw(texts(2000)))
            for _ in range(draw(st.integers(0, 2)))
        ),
        werkervaringen=draw(maybe(st.lists(werkervaringen(), max_size=2).map(tuple))),
        taalbeheersing=tuple(
            Taalbeheersing(code, draw(levels), draw(levels), draw(levels), draw(levels)) for code in talen
        ),
        eis_aan_werk=EisAanWerk(draw(answers), draw(answers), draw(answers), draw(texts(2000))),
        persoonlijke_presentatie=draw(texts(2000)),
        contact=Contact(draw(texts(200)), draw(texts(320)), draw(st.just("") | _digits)),
    )

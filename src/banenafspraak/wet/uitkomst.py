"""Uitkomst: an answer of the law together with the steps and sources it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Generic, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Zekerheid(StrEnum):
    """How sure we are of a figure or a rule, from read in the source down to remembered."""

    BRON = "bron"
    AFGELEID = "afgeleid"
    INDICATIE = "indicatie"
    UIT_GEHEUGEN = "uit geheugen"


# From sure to unsure: the step that rests on several figures is as sure as the least sure of them.
_OPLOPEND_ONZEKER = (Zekerheid.BRON, Zekerheid.AFGELEID, Zekerheid.INDICATIE, Zekerheid.UIT_GEHEUGEN)


def least_certain(zekerheden: Iterable[Zekerheid]) -> Zekerheid:
    """The least sure of these; of nothing, the sure one."""
    return max(zekerheden, key=_OPLOPEND_ONZEKER.index, default=Zekerheid.BRON)


@dataclass(frozen=True, slots=True)
class Bron:
    """Where something stands: an article in a dated version of a law, or a publication.

    A statutory source has ``bwb`` (id in the Basiswettenbestand), ``artikel`` and the dated ``url``. Any other source
    has only ``titel`` and ``vindplaats`` (who published it, where and when).
    """

    titel: str
    artikel: str = ""
    bwb: str = ""
    url: str = ""
    vindplaats: str = ""

    @property
    def is_wettelijk(self) -> bool:
        """Whether this is a text of law rather than a publication about it."""
        return bool(self.bwb)

    def __str__(self) -> str:
        return f"{self.titel}, artikel {self.artikel}" if self.artikel else f"{self.titel} ({self.vindplaats})"


@dataclass(frozen=True, slots=True)
class Stap:
    """One question put to the facts, in Dutch: the facts used, the article, what came out.

    ``aangenomen`` names the facts that were not given; ``feiten`` then holds the stated default that was used instead.
    """

    vraag: str
    uitkomst: str
    artikel: str
    feiten: Mapping[str, Any] = field(default_factory=dict)
    aangenomen: tuple[str, ...] = ()
    zekerheid: Zekerheid = Zekerheid.BRON
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Uitkomst(Generic[T_co]):
    """An answer with its steps and sources. Without a single step there is no answer."""

    waarde: T_co
    stappen: tuple[Stap, ...]
    bronnen: tuple[Bron, ...]

    def __post_init__(self) -> None:
        if not self.stappen:
            raise ValueError("Een uitkomst zonder stappen legt niets uit.")

    def to_json(self) -> dict[str, Any]:
        """``{"waarde": ..., "stappen": [...], "bronnen": [...]}`` in plain JSON types.

        Dates become ISO text. A whole Decimal becomes an integer, any other a number of at most 15 digits: the exact
        amount stands in the step's text.
        """
        return {name: to_plain(getattr(self, name)) for name in ("waarde", "stappen", "bronnen")}


class Trail:
    """Collects the steps and sources of one answer while it is worked out."""

    def __init__(self) -> None:
        self._stappen: list[Stap] = []
        self._bronnen: dict[Bron, None] = {}

    def add(self, stap: Stap, *bronnen: Bron) -> None:
        """Append a step and remember its sources; a source used twice is listed once."""
        self._stappen.append(stap)
        self._bronnen.update(dict.fromkeys(bronnen))

    def include(self, uitkomst: Uitkomst[T]) -> T:
        """Take over the steps and sources of another answer that this one rests on; its value."""
        self._stappen.extend(uitkomst.stappen)
        self._bronnen.update(dict.fromkeys(uitkomst.bronnen))
        return uitkomst.waarde

    def finish(self, waarde: T) -> Uitkomst[T]:
        """The Uitkomst with everything that was collected."""
        return Uitkomst(waarde, tuple(self._stappen), tuple(self._bronnen))


def to_plain(value: Any) -> Any:
    """Turn what the rules answer with into plain JSON types; an unknown type is a programming error (TypeError)."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(to_plain(key)): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(to_plain(item) for item in value)
    raise TypeError(f"{type(value).__name__} heeft geen vorm in JSON.")


def show_date(day: date) -> str:
    """A date as it is written in a Dutch sentence: 1-12-2018."""
    return f"{day.day}-{day.month}-{day.year}"


def show_number(number: Decimal | int) -> str:
    """A number as it is written in a Dutch sentence: 1.331, 110,92; at most four digits after the comma."""
    exact = Decimal(number)
    text = f"{exact:,.4f}".rstrip("0").rstrip(".")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")

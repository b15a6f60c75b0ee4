"""A delivery of klantprofielen on its way in: what a row of it comes to, whatever the format it arrived in.

The formats themselves are read by adapters; `lezer` finds the reader that `settings.PROFIELLEZER` names, so that a page
can take in a file without knowing one. A row has a number of the supplier (`bronnummer`), which is never a BSN: where
a supplier uses the BSN as its number, or has none, a keyed number takes its place, the same each time.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from typing import BinaryIO, Protocol, cast

from django.conf import settings

from banenafspraak.access import bsn as bsns
from banenafspraak.access.bsn import Bsn, Keyer
from banenafspraak.bemiddeling.profielrecord import ProfielRecord
from banenafspraak.register.records import Regelfout

MAX_BRONNUMMER = 200
_SAFE_ID = re.compile(r"[a-zA-Z0-9_.-]{1,200}")
_OPAQUE = 32


class Profielformaat(StrEnum):
    """In what a delivery of profiles may come; the value is that of `--formaat`."""

    VUM = "vum"
    UM = "um"
    SONAR = "sonar"
    CSV = "csv"


class Profielveld(StrEnum):
    """What a column of a table may hold. Nothing about sex, age or address: no part of finding work needs it."""

    BSN = "bsn"
    BRONNUMMER = "bronnummer"
    TOESTEMMING = "toestemming"
    POSTCODE = "postcode"
    REISAFSTAND = "reisafstand"
    REISTIJD = "reistijd"
    VERVOER = "vervoer"
    RIJBEWIJS = "rijbewijs"
    UREN = "uren"
    UREN_MINIMAAL = "uren_minimaal"
    DAGEN = "dagen"
    BESCHIKBAAR = "beschikbaar"
    BESCHIKBAAR_VANAF = "beschikbaar_vanaf"
    CONTRACT = "contract"
    OPLEIDINGSNIVEAU = "opleidingsniveau"
    OPLEIDING = "opleiding"
    BEROEP = "beroep"
    WERKVELD = "werkveld"
    WERKERVARING = "werkervaring"
    NEDERLANDS_MONDELING = "nederlands_mondeling"
    NEDERLANDS_SCHRIFTELIJK = "nederlands_schriftelijk"
    BEGELEIDING = "begeleiding"
    AANPASSING = "aanpassing"
    PRESENTATIE = "presentatie"
    NAAM = "naam"
    EMAIL = "email"
    TELEFOON = "telefoon"

    @property
    def naam(self) -> str:
        """As it stands in a message."""
        return self.value.replace("_", " ")


@dataclass(frozen=True)
class Profielregel:
    """One person of a delivery. `bsn` is None where the delivery has none: then the number decides who it is.

    `regel` counts lines of a CSV, rows of a sheet, or profiles of a JSON list, from 1. `toestemming` is what the
    consent column says: False means that nobody outside may see the profile, None that the delivery does not say.
    `deelt_contact`: the delivery says beside it that the contact data may be given through VUM.
    """

    regel: int
    bsn: Bsn | None = field(repr=False)
    bronnummer: str = field(repr=False)
    record: ProfielRecord = field(repr=False)
    toestemming: bool | None = None
    deelt_contact: bool = False


class Onleesbaar(Exception):
    """A delivery cannot be read at all. `reden` and `oplossing` are Dutch (B1) and repeat nothing of the file."""

    def __init__(self, reden: str, oplossing: str, *, regel: int | None = None) -> None:
        super().__init__(f"{reden} {oplossing}")
        self.reden = reden
        self.oplossing = oplossing
        self.regel = regel


class Profiellezer(Protocol):
    """What reads deliveries; `adapters.profielen` is one."""

    def read(
        self,
        stream: BinaryIO,
        formaat: Profielformaat,
        *,
        organisatie_id: int,
        kolommen: Mapping[str, str] | None = None,
    ) -> Iterator[Profielregel | Regelfout]:
        """The rows, in order. `kolommen` says for a CSV which column holds which field. Raises `Onleesbaar`."""
        ...

    def headers(self, stream: BinaryIO) -> list[str]:
        """The column names of a CSV. Raises `Onleesbaar`."""
        ...

    def guess(self, koppen: Sequence[str]) -> dict[str, str]:
        """Which column probably holds which field."""
        ...


def lezer() -> Profiellezer:
    """The reader that the settings name."""
    return cast(Profiellezer, import_module(settings.PROFIELLEZER))


class Bronnummers:
    """Makes the number under which a profile of one supplier is kept. No BSN comes through it in plain."""

    def __init__(self, organisatie_id: int) -> None:
        self._prefix = f"{organisatie_id}|"
        self._keyer: Keyer = bsns.keyer("profiel-bronnummer")

    def of(self, text: str, bsn: Bsn | None) -> str:
        """The supplier's own number, or a keyed one where that is a BSN, holds one, or is missing; empty without both.

        Raises `ValueError` for a number with signs that the standard does not allow, or longer than 200 of them.
        """
        if not text:
            return self._opaque(bsn.reveal()) if bsn is not None else ""
        if len(text) > MAX_BRONNUMMER:
            raise ValueError("too long")
        digits = text.zfill(9) if text.isascii() and text.isdigit() and len(text) in (8, 9) else text
        if bsns.occurs_in(digits):
            # Also without the BSN beside it: who can say that it is not one.
            return self._opaque(digits)
        if not _SAFE_ID.fullmatch(text):
            raise ValueError("signs that are not allowed")
        return text

    def _opaque(self, text: str) -> str:
        # The oldest key: those of the audit index are kept for ever, so the number stays the same when keys change.
        return f"p-{self._keyer.indexes(self._prefix + text)[-1].hex()[:_OPAQUE]}"

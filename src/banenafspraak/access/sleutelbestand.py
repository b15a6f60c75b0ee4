"""Changing the key file: a version comes in, or goes for good. Always whole, always for its owner only.

The file is replaced by rename, so that whoever reads it sees the old one or the new one. Processes look at its marks at
every use and so notice by themselves. In productie these functions change nothing: the file is brought there by the
keeper of the keys, and `write_next` makes the next one for him.
"""

import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

from django.conf import settings

from banenafspraak.access.bsn import SleutelbestandError, check_sleutels, new_sleutel, written_draft

Sleuteldoel = Literal["audit", "kek", "register"]
SLEUTELDOELEN: Final[tuple[Sleuteldoel, ...]] = ("audit", "kek", "register")
"""The purposes whose keys can be replaced. The key of metingen cannot: deliveries of wages are kept under it."""


def versies() -> Mapping[Sleuteldoel, tuple[int, ...]]:
    """The versions in the key file by purpose, the newest first. Raises `SleutelbestandError`."""
    sleutels = _read()["sleutels"]
    return {doel: tuple(sorted(map(int, sleutels[doel]), reverse=True)) for doel in SLEUTELDOELEN}


def add_versies(doelen: Collection[Sleuteldoel]) -> None:
    """Give each purpose a next version, in one replacement of the file. Raises `SleutelbestandError` in productie."""
    _replace(_with_next(_read(), doelen))


@contextmanager
def without(weg: Mapping[Sleuteldoel, Collection[int]]) -> Iterator[None]:
    """Take these versions out: for good when the block ends well, and put back when it raises.

    What was made with them cannot be opened or found any more. Never the newest of a purpose: `ValueError`. Raises
    `SleutelbestandError` in productie; an empty `weg` changes nothing.
    """
    if not any(weg.values()):
        yield
        return
    before, after = _read(), _read()
    for doel, nummers in weg.items():
        sleutels = after["sleutels"][doel]
        if max(map(int, sleutels)) in nummers:
            raise ValueError("the newest version of a key stays")
        after["sleutels"][doel] = {nummer: key for nummer, key in sleutels.items() if int(nummer) not in nummers}
    _replace(after)
    ended_well = False
    try:
        yield
        ended_well = True
    finally:
        if not ended_well:
            _replace(before)


def write_next(path: Path, doelen: Collection[Sleuteldoel]) -> None:
    """Write the key file with a next version for each purpose to `path`, which may not exist; change nothing else."""
    try:
        with written_draft(path, _with_next(_read(), doelen)) as draft:
            os.link(draft, path)
    except FileExistsError:
        raise SleutelbestandError(f"{path} bestaat al, en wordt niet overschreven") from None


def _with_next(inhoud: dict[str, Any], doelen: Collection[Sleuteldoel]) -> dict[str, Any]:
    for doel in doelen:
        sleutels = inhoud["sleutels"][doel]
        sleutels[str(max(map(int, sleutels)) + 1)] = new_sleutel()
    return inhoud


def _read() -> dict[str, Any]:
    check_sleutels()
    inhoud = json.loads(Path(settings.SLEUTELBESTAND).read_text(encoding="utf-8"))
    assert isinstance(inhoud, dict)
    return inhoud


def _replace(inhoud: Mapping[str, Any]) -> None:
    path = Path(settings.SLEUTELBESTAND)
    if settings.OMGEVING == "productie":
        raise SleutelbestandError(f"{path} wordt in productie alleen vervangen door de sleutelbeheerder")
    with written_draft(path, inhoud) as draft:
        draft.replace(path)

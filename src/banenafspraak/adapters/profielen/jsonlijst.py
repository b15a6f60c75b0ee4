"""A JSON list read one item at a time, so that a delivery of a hundred thousand people never stands in memory whole."""

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from banenafspraak.bemiddeling.profiellevering import Onleesbaar

MAX_ITEM = 2_000_000
"""Signs of one profile; a full one has about ten thousand."""
_BLOCK = 1 << 16
_BLANK = " \t\r\n"


def items(stream: BinaryIO) -> Iterator[Any]:
    """The items of the list in the file, or the one thing that is in it.

    Raises `Onleesbaar` for what is not JSON in UTF-8, is cut off, or nests or grows beyond what a profile can be.
    Numbers that are no number (NaN, Infinity) are refused; of a name that stands twice in one object the last counts.
    """
    text = _Text(stream)
    first = text.skip_blanks()
    if first == "":
        raise Onleesbaar("Dit bestand is leeg.", "Lever het bestand opnieuw aan.")
    if first != "[":
        yield text.value(0)
        if text.skip_blanks():
            text.refuse(0, "Na het profiel staat nog iets anders.", "Zet meer profielen in een lijst: [ ... ].")
        return
    text.drop()
    if text.skip_blanks() == "]":
        text.drop()
    else:
        number = 1
        while True:
            yield text.value(number)
            sign = text.skip_blanks()
            text.drop()
            if sign == "]":
                break
            if sign != ",":
                text.refuse(number, "Na dit profiel hoort een komma of het einde van de lijst.", "Kijk de JSON na.")
            text.skip_blanks()
            number += 1
    if text.skip_blanks():
        text.refuse(None, "Na de lijst staat nog iets anders.", "Lever één lijst.")


class _Text:
    """What was read of the file and not yet used."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8")()
        self._buffer = ""
        self._place = 0
        self._ended = False
        self._begun = False
        self._json = json.JSONDecoder(parse_constant=_no_number)

    def skip_blanks(self) -> str:
        """The first sign that is no blank, without using it; empty at the end."""
        while True:
            while self._place < len(self._buffer):
                sign = self._buffer[self._place]
                if sign not in _BLANK:
                    return sign
                self._place += 1
            if not self._more(_BLOCK):
                return ""

    def drop(self) -> None:
        """Use one sign."""
        self._place += 1

    def value(self, number: int) -> Any:
        """The JSON value that begins here."""
        wanted = _BLOCK
        while True:
            # A value that runs to the end of what was read may go on: a number does.
            if len(self._buffer) - self._place < wanted and not self._ended:
                self._more(wanted)
            try:
                found, end = self._json.raw_decode(self._buffer, self._place)
            except RecursionError:
                self.refuse(number, "Dit profiel is onmogelijk diep genest.", "Kijk de JSON na.")
            except ValueError:
                if self._ended:
                    self.refuse(number, "Dit is geen JSON.", "Kijk of het bestand heel is aangekomen.")
            else:
                if end < len(self._buffer) or self._ended:
                    self._place = end
                    return found
            if len(self._buffer) - self._place > MAX_ITEM:
                self.refuse(number, "Dit profiel is onmogelijk lang, of het is geen JSON.", "Kijk de JSON na.")
            wanted = 2 * max(len(self._buffer) - self._place, _BLOCK)

    def refuse(self, number: int | None, reden: str, oplossing: str) -> NoReturn:
        """Say that the file cannot be read on from here."""
        raise Onleesbaar(reden, oplossing, regel=number or None)

    def _more(self, wanted: int) -> bool:
        """Read on until so many signs are there; False when there is nothing more."""
        parts = [self._buffer[self._place :]]
        have = len(parts[0])
        self._place = 0
        grew = False
        try:
            while have < max(wanted, 1) and not self._ended:
                block = self._stream.read(_BLOCK)
                text = self._decode.decode(block, final=not block)
                if not self._begun and text:
                    text, self._begun = text.removeprefix("\ufeff"), True
                self._ended = not block
                parts.append(text)
                have += len(text)
                grew = grew or bool(text)
        except UnicodeDecodeError:
            self._buffer = ""
            raise Onleesbaar("Dit is geen UTF-8.", "Sla het bestand op als UTF-8.") from None
        self._buffer = "".join(parts)
        return grew


def _no_number(_: str) -> NoReturn:
    raise ValueError("no number of JSON")

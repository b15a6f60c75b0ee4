"""Wage returns (Loonaangifte XML of the Belastingdienst): one employer, one tijdvak, and corrections of earlier ones.

The reader streams: it keeps one inkomstenverhouding at a time, whatever the size of the message. DTDs, entities and
external references are refused by defusedxml before they are read; size, depth, length of one text and number of
elements in one inkomstenverhouding are capped. Structure and names: gegevensspecificaties loonheffingen 2026 and 2027.

Two elements are known from public software only, not from the specification itself ("uit geheugen"): the withdrawal
`InkomstenverhoudingIntrekking` (NumIV with SofiNr or PersNr), and inkomstenverhoudingen standing directly inside a
`TijdvakCorrectie`. A correction that wraps a `VolledigeAangifte` replaces the whole tijdvak of the employer; any
other correction, and an `AanvullendeAangifte`, replaces only the inkomstenverhoudingen it names.
"""

import calendar
import re
import xml.sax
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from xml.sax.xmlreader import AttributesNSImpl

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from banenafspraak.access import bsn
from banenafspraak.adapters.bestand import MAX_FOUTEN, Bestand, Fout, blocks

BEKENDE_JAREN = (2026, 2027)
MAX_BYTES = 200_000_000
MAX_CORRECTIES = 13
MAX_DEPTH = 12
MAX_TEXT = 4_000
MAX_ELEMENTS = 5_000
"""Elements inside one inkomstenverhouding; a real one has about a hundred."""
MAX_SILENCE = 1_000_000
"""Bytes without a single element: one giant attribute, comment or instruction."""

INGETROKKEN = 0
"""The srtiv of a withdrawn inkomstenverhouding. No real code is 0."""
GEEN_AARD = 0
"""The cdaard where the return gives none (benefits and pensions)."""

_NAMESPACE = re.compile(r"http://xml\.belastingdienst\.nl/schemas/Loonaangifte/(\d{4})/01")
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_LHNR = re.compile(r"[0-9]{9}L[0-9]{2}")
_AMOUNT = re.compile(r"-?[0-9]{1,8}(\.[0-9]{1,2})?")
_BLOCK = 1 << 16


@dataclass(frozen=True)
class Tijdvak:
    """The days a return is about, both inclusive: a month, about four weeks, half a year or a year."""

    aanvang: date
    einde: date

    @property
    def tot(self) -> date:
        """The first day after it."""
        return self.einde + timedelta(days=1)

    @property
    def dagen(self) -> int:
        """Number of days."""
        return (self.tot - self.aanvang).days

    @property
    def soort(self) -> str | None:
        """Its Dutch name, or None when no return can be about these days."""
        begin, last = self.aanvang, self.einde
        ends_month = last.day == calendar.monthrange(last.year, last.month)[1]
        if begin.day == 1 and ends_month and begin.year == last.year:
            months = last.month - begin.month + 1
            if months == 1:
                return "maand"
            if months == 6 and begin.month in (1, 7):
                return "halfjaar"
            if months == 12:
                return "jaar"
        # The first and the last four weeks of a year are a few days longer or shorter.
        return "vier weken" if 22 <= self.dagen <= 36 else None

    @property
    def max_uren(self) -> int:
        """The most hours one can be paid for: 24 a day, a month counted as 31 days."""
        months = {"maand": 1, "halfjaar": 6, "jaar": 12}.get(self.soort or "")
        return 744 * months if months else 24 * self.dagen

    def maanden(self) -> list[tuple[str, date, date]]:
        """Each calendar month it touches, as ("2026-03", first day inside, first day after)."""
        parts, begin = [], self.aanvang
        while begin < self.tot:
            following = (begin.replace(day=1) + timedelta(days=32)).replace(day=1)
            parts.append((f"{begin:%Y-%m}", begin, min(following, self.tot)))
            begin = following
        return parts


@dataclass(frozen=True)
class Aangifte:
    """What follows is stated by this employer about this tijdvak."""

    lhnr: str = field(repr=False)
    tijdvak: Tijdvak
    volledig: bool
    """Whether an inkomstenverhouding that is not named does not exist (any more) in this tijdvak."""
    regel: int
    gemaakt_at: datetime | None = None
    """When the software made the message, as it says itself (DatTdAanm), so that a later one can replace it."""


@dataclass(frozen=True)
class Inkomstenperiode:
    """From `aanvang` on the inkomstenverhouding has these codes."""

    aanvang: date
    srtiv: int
    cdaard: int
    lkv: bool = False
    """Whether the employer asks for the LKV doelgroep banenafspraak (IndAvrLkvDgBafSb)."""
    lkv_anders: bool = False
    """Whether the employer asks for another LKV, of which only the highest is paid (IndAvrLkvAgWn, IndAvrLkvHpAgWn)."""


@dataclass(frozen=True)
class Inkomstenverhouding:
    """One income relationship of one person with the employer, in one tijdvak."""

    bsn: str = field(repr=False)
    numiv: int
    aanvang: date | None
    einde: date | None
    perioden: tuple[Inkomstenperiode, ...]
    verloonde_uren: Decimal
    met_loon: bool
    ufo: bool
    regel: int
    geboortedatum: date | None = field(default=None, repr=False)
    persnr: str = field(default="", repr=False)
    """By which number the employer knows the employee."""


@dataclass(frozen=True)
class Intrekking:
    """An inkomstenverhouding that should not have been in an earlier return."""

    bsn: str = field(repr=False)
    numiv: int
    regel: int


@dataclass(frozen=True)
class ZonderBsn:
    """An inkomstenverhouding without a BSN (anonymous employee): nobody can find it in the register."""

    regel: int


@dataclass(frozen=True)
class Maanddeel:
    """What an inkomstenverhouding comes to in one calendar month."""

    maand: str
    srtiv: int
    cdaard: int
    uren: int
    """Hundredths of an hour."""
    met_loon: bool
    ufo: bool


Onderdeel = Aangifte | Inkomstenverhouding | Intrekking | ZonderBsn | Fout


def spread(hundredths: int, days: list[int]) -> list[int]:
    """Divide hours (in hundredths) over parts in proportion to their days; the sum is exact.

    Each part gets the difference of the rounded-down running totals, so no part is more than a hundredth off its
    exact share. Without any day everything goes to the last part.
    """
    total, seen, given, shares = sum(days), 0, 0, []
    if not total:
        return [0] * (len(days) - 1) + [hundredths] if days else []
    for part in days:
        seen += part
        running = hundredths * seen // total
        shares.append(running - given)
        given = running
    return shares


def maanddelen(aangifte: Aangifte, iv: Inkomstenverhouding) -> list[Maanddeel]:
    """The rows of one inkomstenverhouding, one for each calendar month of the tijdvak.

    Hours go to the months by the days of the inkomstenverhouding within the tijdvak; wage paid when it was already
    over (or not yet begun) goes by the days of the tijdvak. The codes are those of the inkomstenperiode in force on
    the last of these days in the month. A month without such a day gets a row of nothing, which replaces what an
    earlier return may have said about it.
    """
    tijdvak = aangifte.tijdvak
    begin = max(tijdvak.aanvang, iv.aanvang or tijdvak.aanvang)
    end = min(tijdvak.tot, iv.einde + timedelta(days=1) if iv.einde else tijdvak.tot)
    if begin >= end:
        begin, end = tijdvak.aanvang, tijdvak.tot
    parts = [(maand, max(van, begin), min(tot, end)) for maand, van, tot in tijdvak.maanden()]
    days = [max((tot - van).days, 0) for _, van, tot in parts]
    rows = []
    for (maand, _, tot), day_count, uren in zip(parts, days, spread(int(iv.verloonde_uren * 100), days), strict=True):
        last_day = tot - timedelta(days=1)
        started = [p for p in iv.perioden if p.aanvang <= last_day] or [min(iv.perioden, key=lambda p: p.aanvang)]
        periode = max(started, key=lambda p: p.aanvang)
        present = day_count > 0
        rows.append(Maanddeel(maand, periode.srtiv, periode.cdaard, uren, iv.met_loon and present, iv.ufo and present))
    return rows


def read(
    bestand: Bestand,
    *,
    alleen_test: bool,
    max_bytes: int = MAX_BYTES,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[Onderdeel]:
    """Stream a return. Yields an `Aangifte` before what it states, and a `Fout` for each thing that is wrong.

    `alleen_test` refuses every BSN outside the range of made-up people (9999xxxxx). `progress` hears how many bytes
    were read. Raises `Onbruikbaar` for a message that is no return of a known year, is not well-formed, carries a
    DTD or entity, or is larger than `max_bytes`.
    """
    if bestand.grootte > max_bytes:
        reden = f"Dit bericht is {bestand.grootte // 1_000_000} MB; de grens is {max_bytes // 1_000_000} MB."
        raise bestand.onbruikbaar(reden, "Splits het bericht, of lever een CSV- of Parquet-bestand.")
    handler = _Handler(bestand, alleen_test=alleen_test)
    parser = DefusedExpatParser(namespaceHandling=1, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setContentHandler(handler)
    handler.setDocumentLocator(parser)  # which `parse` would have done, but not `feed`
    first, read_bytes = True, 0
    try:
        for block in blocks(bestand, _BLOCK):
            if first:
                _check_encoding(bestand, block)
                first = False
            read_bytes += len(block)
            handler.begin_block(len(block))
            if read_bytes > max_bytes:
                raise bestand.onbruikbaar("Dit bericht groeide tijdens het lezen.", "Probeer het opnieuw.")
            parser.feed(block)
            progress(len(block))
            yield from handler.take()
            if handler.fouten >= MAX_FOUTEN:
                return
        parser.close()
    except DefusedXmlException:
        reden = "Dit bericht bevat een DTD of entiteiten; die horen niet in een loonaangifte."
        raise bestand.onbruikbaar(reden, "Haal de DOCTYPE eruit.", regel=handler.line) from None
    except xml.sax.SAXParseException as error:
        line = error.getLineNumber()
        raise bestand.onbruikbaar(
            "Dit is geen volledig, goed gevormd XML-bericht: hier houdt het op of klopt het niet meer.",
            "Lever het bericht opnieuw aan, ongewijzigd uit de salarissoftware.",
            regel=line,
        ) from None
    yield from handler.take()


def _check_encoding(bestand: Bestand, head: bytes) -> None:
    found = _ENCODING.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200])
    if found and found.group(1).lower() not in (b"utf-8", b"iso-8859-1", b"us-ascii"):
        raise bestand.onbruikbaar(
            f"De tekencodering {found.group(1).decode('ascii')} hoort niet bij een loonaangifte.",
            "Gebruik UTF-8 of ISO-8859-1.",
            regel=1,
        )


class _Handler(xml.sax.ContentHandler):
    """Follows the path through the message; keeps texts of one inkomstenverhouding only."""

    def __init__(self, bestand: Bestand, *, alleen_test: bool) -> None:
        super().__init__()
        self.bestand = bestand
        self.alleen_test = alleen_test
        self.fouten = 0
        self._locator: xml.sax.xmlreader.Locator | None = None
        self._path: list[str] = []
        self._text: list[str] = []
        self._text_length = 0
        self._silence = 0
        self._out: list[Onderdeel] = []
        self._jaar = 0
        self._namespace: str | None = None
        self._lhnr: str | None = None
        self._tijdvakken: set[Tijdvak] = set()
        self._correcties = 0
        self._has_aangifte = False
        self._gemaakt_at: datetime | None = None
        # The tijdvak being read.
        self._tijdvak_line = 0
        self._dates: dict[str, str] = {}
        self._aangifte: Aangifte | None = None
        self._tijdvak = Tijdvak(date.min, date.min)
        self._volledig = False
        self._keys: dict[tuple[str, int], int] = {}
        # The inkomstenverhouding being read: its line, its texts by path, its inkomstenperioden.
        self._iv_line = 0
        self._iv: dict[str, str] | None = None
        self._perioden: list[dict[str, str]] = []
        self._elements = 0

    def setDocumentLocator(self, locator: xml.sax.xmlreader.Locator) -> None:
        self._locator = locator

    @property
    def line(self) -> int:
        """The line the parser is at, from 1."""
        return (self._locator.getLineNumber() if self._locator else None) or 1

    def take(self) -> list[Onderdeel]:
        """What was found since the last time."""
        out, self._out = self._out, []
        return out

    def begin_block(self, size: int) -> None:
        """Bytes come in; if elements stay out, one giant thing is being built up in memory."""
        self._silence += size
        if self._silence > MAX_SILENCE:
            raise self._unusable("Een onderdeel van dit bericht is onmogelijk lang.", "Lever een echte loonaangifte.")

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl) -> None:
        self._silence = 0
        local = name[1]
        if not self._path:
            self._check_root(name)
        elif name[0] != self._namespace:
            raise self._unusable("Een element hoort niet bij de loonaangifte.", "Haal vreemde onderdelen eruit.")
        self._path.append(local)
        if len(self._path) > MAX_DEPTH:
            raise self._unusable("De elementen zitten onmogelijk diep in elkaar.", "Lever een echte loonaangifte.")
        self._text, self._text_length = [], 0
        if self._iv is not None:
            self._elements += 1
            if self._elements > MAX_ELEMENTS:
                raise self._unusable("Een inkomstenverhouding is onmogelijk lang.", "Lever een echte loonaangifte.")
            if local == "Inkomstenperiode":
                self._perioden.append({})
        elif local in ("TijdvakAangifte", "TijdvakCorrectie"):
            self._begin_tijdvak(local)
        elif local in ("VolledigeAangifte", "AanvullendeAangifte"):
            self._volledig = local == "VolledigeAangifte"
            self._begin_aangifte()
        elif local == "AdministratieveEenheid":
            self._lhnr = None
        elif local in ("InkomstenverhoudingInitieel", "InkomstenverhoudingIntrekking"):
            if self._path[-2] not in ("VolledigeAangifte", "AanvullendeAangifte", "TijdvakCorrectie"):
                reden = "Deze inkomstenverhouding staat niet in een aangifte."
                raise self._unusable(reden, "Lever een echte loonaangifte.")
            self._begin_aangifte()
            self._iv_line, self._iv, self._perioden, self._elements = self.line, {}, [], 0

    def characters(self, content: str) -> None:
        self._text_length += len(content)
        if self._text_length > MAX_TEXT:
            raise self._unusable(f"Een tekst is langer dan {MAX_TEXT} tekens.", "Lever een echte loonaangifte.")
        self._text.append(content)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:
        self._silence = 0
        local, text = name[1], "".join(self._text).strip()
        self._text, self._text_length = [], 0
        self._path.pop()
        parent = self._path[-1] if self._path else ""
        if self._iv is not None:
            if local == "InkomstenverhoudingInitieel":
                self._end_iv(self._iv, self._initieel)
            elif local == "InkomstenverhoudingIntrekking":
                self._end_iv(self._iv, self._intrekking)
            elif parent == "Inkomstenperiode":
                self._perioden[-1][local] = text
            elif text:
                # Werknemersgegevens and the relationship itself share no names but DatAanv, which is first outside.
                self._iv.setdefault(local, text)
        elif local == "DatTdAanm" and parent == "Bericht":
            self._gemaakt_at = _moment(text)
        elif local == "LhNr" and parent == "AdministratieveEenheid":
            self._end_lhnr(text)
        elif local in ("DatAanvTv", "DatEindTv") and parent in ("TijdvakAangifte", "TijdvakCorrectie"):
            self._dates[local] = text
        elif local == "TijdvakAangifte" and self._aangifte is None:
            reden = "Het tijdvak heeft geen volledige en geen aanvullende aangifte."
            self._fault(self.line, reden, "Lever het volledige bericht aan.")
        elif local == "TijdvakCorrectie":
            self._begin_aangifte()  # a correction of the collective figures alone names nobody
        elif local == "Loonaangifte" and not self._has_aangifte and not self.fouten:
            self._fault(self.line, "Er staat geen aangifte in dit bericht.", "Lever het volledige bericht aan.")

    def _check_root(self, name: tuple[str | None, str]) -> None:
        found = _NAMESPACE.fullmatch(name[0] or "")
        if name[1] != "Loonaangifte" or not found:
            raise self._unusable("Dit XML-bestand is geen loonaangifte.", "Lever een loonaangifte aan.")
        jaar = int(found.group(1))
        if jaar not in BEKENDE_JAREN:
            known = " en ".join(str(year) for year in BEKENDE_JAREN)
            raise self._unusable(
                f"Belastingjaar {jaar} is niet bekend; bekend zijn {known}.",
                "Lever andere jaren aan als CSV of Parquet, of werk de software bij.",
            )
        self._jaar, self._namespace = jaar, name[0]

    def _end_lhnr(self, text: str) -> None:
        self._lhnr = text
        self._tijdvakken, self._correcties = set(), 0
        if not _LHNR.fullmatch(text) or not bsn.is_valid(text[:9]):
            self._fault(
                self.line,
                "Het loonheffingennummer klopt niet (negen cijfers, elfproef, L en twee cijfers).",
                "Kijk het nummer na in de beschikking van de Belastingdienst.",
            )

    def _begin_tijdvak(self, local: str) -> None:
        self._tijdvak_line, self._dates, self._aangifte, self._volledig, self._keys = self.line, {}, None, False, {}
        if local == "TijdvakCorrectie":
            self._correcties += 1
            if self._correcties > MAX_CORRECTIES:
                reden = f"Er staan meer dan {MAX_CORRECTIES} correcties in dit bericht."
                raise self._unusable(reden, "Verdeel de correcties over meer berichten.")

    def _begin_aangifte(self) -> None:
        """Announce the tijdvak once its dates and its kind are known; the first caller decides."""
        if self._aangifte is not None:
            return
        line = self._tijdvak_line
        dates = [_date(self._dates.get(key, "")) for key in ("DatAanvTv", "DatEindTv")]
        begin, end = dates
        if begin is None or end is None or begin > end:
            self._fault(line, "Het tijdvak heeft geen goede begin- en einddatum.", "Vul DatAanvTv en DatEindTv in.")
            begin, end = date(self._jaar, 1, 1), date(self._jaar, 1, 31)
        elif end.year != self._jaar:
            reden = f"Het tijdvak eindigt niet in belastingjaar {self._jaar}."
            self._fault(line, reden, "Lever het aan met het bericht van dat jaar.")
        tijdvak = Tijdvak(begin, end)
        if tijdvak.soort is None:
            reden = f"{begin} tot en met {end} is geen maand, vier weken, halfjaar of jaar."
            self._fault(line, reden, "Kijk de data van het tijdvak na.")
        if tijdvak in self._tijdvakken:
            reden = f"Het tijdvak {begin} tot en met {end} staat twee keer in dit bericht."
            self._fault(line, reden, "Voeg de twee samen.")
        self._tijdvakken.add(tijdvak)
        if self._lhnr is None:
            self._fault(line, "Het loonheffingennummer ontbreekt.", "Vul LhNr in.")
            self._lhnr = ""
        self._tijdvak = tijdvak
        self._aangifte = Aangifte(self._lhnr, tijdvak, self._volledig, line, self._gemaakt_at)
        self._has_aangifte = True
        self._out.append(self._aangifte)

    def _person(self, iv: dict[str, str]) -> tuple[str, int] | None:
        """BSN and NumIV of the inkomstenverhouding just read; None where no BSN is given."""
        number, numiv = iv.get("SofiNr", ""), iv.get("NumIV", "")
        if not re.fullmatch(r"[0-9]{1,4}", numiv):
            raise _Wrong("NumIV is geen getal van 0 tot en met 9999.", "Kijk het nummer na.")
        if number in ("", "000000000"):
            return None
        if not bsn.is_valid(number):
            raise _Wrong("Het BSN voldoet niet aan de elfproef.", "Kijk het BSN na bij de werknemer.")
        if self.alleen_test and not bsn.Bsn.parse(number).is_test:
            raise _Wrong(
                "Het BSN is niet van een verzonnen persoon.",
                "Gebruik buiten productie alleen nummers die met 9999 beginnen.",
            )
        key = (number, int(numiv))
        if key in self._keys:
            raise _Wrong(f"Deze inkomstenverhouding staat ook op regel {self._keys[key]}.", "Laat er een staan.")
        self._keys[key] = self._iv_line
        return key

    def _end_iv(self, iv: dict[str, str], read_iv: Callable[[dict[str, str]], Onderdeel]) -> None:
        """One inkomstenverhouding is whole: what it says, or the first thing that is wrong with it."""
        self._iv = None
        try:
            self._out.append(read_iv(iv))
        except _Wrong as wrong:
            self._fault(self._iv_line, wrong.reden, wrong.oplossing)

    def _initieel(self, iv: dict[str, str]) -> Onderdeel:
        key = self._person(iv)
        if key is None:
            return ZonderBsn(self._iv_line)
        if not self._perioden:
            raise _Wrong("Er is geen Inkomstenperiode.", "Vul minstens een periode in.")
        uren, tijdvak = _amount(iv, "AantVerlU"), self._tijdvak
        if not 0 <= uren <= tijdvak.max_uren:
            reden = f"Het aantal verloonde uren ligt niet tussen 0 en {tijdvak.max_uren}."
            raise _Wrong(reden, "Kijk AantVerlU na.")
        return Inkomstenverhouding(
            bsn=key[0],
            numiv=key[1],
            aanvang=_optional_date(iv, "DatAanv"),
            einde=_optional_date(iv, "DatEind"),
            perioden=tuple(_periode(texts) for texts in self._perioden),
            verloonde_uren=uren,
            met_loon=_amount(iv, "LnSV") > 0,
            ufo=max(_amount(iv, name, missing="0") for name in ("PrLnUfo", "PrUFO")) > 0,
            regel=self._iv_line,
            geboortedatum=_date(iv.get("Gebdat", "")),
            persnr=iv.get("PersNr", ""),
        )

    def _intrekking(self, iv: dict[str, str]) -> Onderdeel:
        if self._volledig:
            reden = "Een intrekking hoort niet in een volledige aangifte."
            raise _Wrong(reden, "Laat de inkomstenverhouding weg, of gebruik een aanvullende.")
        if not iv.get("SofiNr") and iv.get("PersNr"):
            raise _Wrong(
                "De intrekking noemt alleen een personeelsnummer; dat wordt hier niet bewaard.",
                "Lever een volledige aangifte over dit tijdvak.",
            )
        key = self._person(iv)
        return Intrekking(*key, regel=self._iv_line) if key else ZonderBsn(self._iv_line)

    def _fault(self, line: int, reden: str, oplossing: str) -> None:
        self.fouten += 1
        self._out.append(self.bestand.fout(line, reden, oplossing))

    def _unusable(self, reden: str, oplossing: str) -> Exception:
        return self.bestand.onbruikbaar(reden, oplossing, regel=self.line)


class _Wrong(Exception):
    """What is wrong with the inkomstenverhouding at hand, and the cure."""

    def __init__(self, reden: str, oplossing: str) -> None:
        super().__init__(reden)
        self.reden = reden
        self.oplossing = oplossing


def _date(text: str) -> date | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    """A date and time as the message has it, without a zone (software writes a Z or nothing)."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z?", text):
        return None
    try:
        return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=None)
    except ValueError:
        return None


def _optional_date(iv: dict[str, str], name: str) -> date | None:
    text = iv.get(name, "")
    found = _date(text)
    if text and found is None:
        raise _Wrong(f"{name} is geen datum.", "Schrijf jjjj-mm-dd.")
    return found


def _periode(texts: dict[str, str]) -> Inkomstenperiode:
    aanvang = _date(texts.get("DatAanv", ""))
    srtiv, cdaard = _code(texts.get("SrtIV", "")), _code(texts.get("CdAard", "") or str(GEEN_AARD))
    if aanvang is None:
        raise _Wrong("De Inkomstenperiode heeft geen goede DatAanv.", "Schrijf jjjj-mm-dd.")
    if not srtiv or cdaard is None:
        raise _Wrong("SrtIV of CdAard is geen code van een of twee cijfers.", "Kijk de codes van de periode na.")
    other = "J" in (texts.get("IndAvrLkvAgWn"), texts.get("IndAvrLkvHpAgWn"))
    return Inkomstenperiode(aanvang, srtiv, cdaard, texts.get("IndAvrLkvDgBafSb") == "J", other)


def _amount(iv: dict[str, str], name: str, missing: str = "") -> Decimal:
    text = iv.get(name, "") or missing
    if not text:
        raise _Wrong(f"{name} ontbreekt.", "Vul het in.")
    if "," in text:
        raise _Wrong(f"{name} heeft een komma.", "Schrijf een punt: 12.50.")
    if not _AMOUNT.fullmatch(text):
        raise _Wrong(f"{name} is geen getal met hoogstens twee decimalen.", "Kijk het bedrag of het aantal na.")
    return Decimal(text)


def _code(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,2}", text) else None

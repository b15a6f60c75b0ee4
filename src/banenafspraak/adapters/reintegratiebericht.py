"""Reads re-integratieberichten about the Praktijkroute: XML, one `Bericht` for each loonwaarde a college established.

The three elements that the Inlichtingenbureau demands for the Praktijkroute are here under its names (code
arbeidsvermogen onder WML, datum begin re-integratie-inzet, percentage loonwaarde); the form around them is ours
(docs/reintegratieberichten.md), until the message of the Digitaal Klantdossier itself can be had. DTDs, entities and
external references are refused by defusedxml before they are read; size, depth and length of a text are capped. No
message repeats a value out of the file.
"""

import xml.sax
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from banenafspraak.access.bsn import Bsn, BsnError
from banenafspraak.adapters.bestand import Bestand, Formaat, blocks, recognise
from banenafspraak.register.praktijkroute import LoonwaardeRecord
from banenafspraak.register.records import Regelfout
from banenafspraak.wet.feiten import as_date
from banenafspraak.wet.loonwaarde import LoonwaardeFeiten

MAX_BYTES = 50_000_000
MAX_TEXT = 200
ROOT = "ReintegratieBerichten"
BERICHT = "Bericht"
REQUIRED = (
    "Kenmerk",
    "Gemeentecode",
    "Burgerservicenr",
    "Geboortedatum",
    "CdArbeidsvermogenOnderWml",
    "DatBReintegratieInzet",
)
OPTIONAL = ("PercentageLoonwaarde", "IndForfaitair", "IndOndersteuningPwet7", "IndLoonkostensubsidie10d2")
_YES_NO = {"1": True, "2": False}
_BLOCK = 1 << 16
_MAX_DEPTH = 3


class _Berichtfout(Exception):
    """What is wrong with the message at hand, and the cure."""

    def __init__(self, melding: str, herstel: str) -> None:
        super().__init__(melding)
        self.melding, self.herstel = melding, herstel


def recognise_berichten(pad: Path) -> Bestand:
    """Look at a file from outside; raises `Onbruikbaar` for what cannot hold re-integratieberichten."""
    bestand = recognise(pad)
    if bestand.formaat is not Formaat.XML:
        raise bestand.onbruikbaar("Dit is geen bestand met re-integratieberichten: dat is XML.", "Lever XML aan.")
    if bestand.grootte > MAX_BYTES:
        reden = f"Dit bestand is {bestand.grootte // 1_000_000} MB; de grens is {MAX_BYTES // 1_000_000} MB."
        raise bestand.onbruikbaar(reden, "Splits het bestand.")
    return bestand


def read_berichten(bestand: Bestand) -> Iterator[LoonwaardeRecord | Regelfout]:
    """The messages in order, each as a record or as what is wrong with it; `regel` is the line it begins on.

    Raises `Onbruikbaar` for a file that is not well-formed, carries a DTD or entities, or has another root or nothing.
    """
    handler = _Handler(bestand)
    parser = DefusedExpatParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setContentHandler(handler)
    handler.setDocumentLocator(parser)  # which `parse` would have done, but not `feed`
    try:
        for block in blocks(bestand, _BLOCK):
            parser.feed(block)
            yield from handler.take()
        parser.close()
    except DefusedXmlException:
        reden = "Dit bestand bevat een DTD of entiteiten; die horen hier niet."
        raise bestand.onbruikbaar(reden, "Haal de DOCTYPE eruit.", regel=handler.line) from None
    except xml.sax.SAXParseException as error:
        line = error.getLineNumber()
        reden = "Dit is geen volledige, goed gevormde XML: hier houdt het op of klopt het niet meer."
        raise bestand.onbruikbaar(reden, "Lever het bestand opnieuw aan.", regel=line) from None
    yield from handler.take()
    if not handler.seen:
        raise bestand.onbruikbaar("In dit bestand staat geen enkel bericht.", "Lever het bestand opnieuw aan.")


class _Handler(xml.sax.ContentHandler):
    """Keeps the texts of one message; what is done waits in `take`."""

    def __init__(self, bestand: Bestand) -> None:
        super().__init__()
        self._bestand = bestand
        self._locator: Locator | None = None
        self._path: list[str] = []
        self._values: dict[str, str] = {}
        self._fault: _Berichtfout | None = None
        self._begun = 0
        self._done: list[LoonwaardeRecord | Regelfout] = []
        self.seen = 0

    def setDocumentLocator(self, locator: Locator) -> None:
        """Where in the file the parser is."""
        self._locator = locator

    @property
    def line(self) -> int | None:
        """The line the parser is at."""
        return self._locator.getLineNumber() if self._locator is not None else None

    def take(self) -> list[LoonwaardeRecord | Regelfout]:
        """What is done since the last call."""
        done, self._done = self._done, []
        return done

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        """An element begins."""
        self._path.append(name)
        depth = len(self._path)
        if depth == 1 and name != ROOT:
            reden = f"Dit is geen bestand met re-integratieberichten: het begint niet met {ROOT}."
            raise self._bestand.onbruikbaar(reden, "Lever het juiste bestand aan.", regel=self.line)
        if depth == 2:
            self._values, self._fault, self._begun = {}, None, self.line or 0
            if name != BERICHT:
                self._blame(f"Hier staat iets anders dan een {BERICHT}.", "Haal het weg.")
        elif depth == _MAX_DEPTH:
            if name not in REQUIRED + OPTIONAL:
                self._blame("Dit bericht heeft een element dat niet bestaat.", "Kijk de namen van de elementen na.")
            elif name in self._values:
                self._blame(f"{name} staat er twee keer.", "Laat er een staan.")
            else:
                self._values[name] = ""
        elif depth > _MAX_DEPTH:
            self._blame("Er staan elementen in een veld.", "Zet in elk veld alleen een waarde.")

    def characters(self, content: str) -> None:
        """Text, in any number of pieces."""
        if len(self._path) != _MAX_DEPTH:
            if content.strip():
                self._blame("Er staat tekst buiten de velden.", "Haal die weg.")
            return
        name = self._path[-1]
        if name in self._values:
            self._values[name] += content
            if len(self._values[name]) > MAX_TEXT:
                self._values[name] = ""
                self._blame(f"{name} is onmogelijk lang.", "Kijk of het bestand klopt.")

    def endElement(self, name: str) -> None:
        """An element ends; at the end of a message it is judged."""
        if len(self._path) == 2:
            self.seen += 1
            self._done.append(self._judge())
        self._path.pop()

    def _blame(self, melding: str, herstel: str) -> None:
        self._fault = self._fault or _Berichtfout(melding, herstel)

    def _judge(self) -> LoonwaardeRecord | Regelfout:
        values = {name: text.strip() for name, text in self._values.items()}
        try:
            if self._fault is not None:
                raise self._fault
            return _record(self._begun, values)
        except _Berichtfout as fout:
            return Regelfout(self._begun, fout.melding, fout.herstel)


def _record(regel: int, values: dict[str, str]) -> LoonwaardeRecord:
    missing = [name for name in REQUIRED if not values.get(name)]
    if missing:
        raise _Berichtfout(f"In dit bericht ontbreekt: {', '.join(missing)}.", "Vul het aan.")
    try:
        bsn = Bsn.parse(values["Burgerservicenr"])
    except BsnError:
        melding = "Dit BSN klopt niet: het heeft geen negen cijfers, of het voldoet niet aan de elfproef."
        raise _Berichtfout(melding, "Kijk het BSN na, ook de nullen vooraan.") from None
    forfaitair = _yes_no("IndForfaitair", values) or False
    percentage = _percentage(values)
    below = _yes_no("CdArbeidsvermogenOnderWml", values)
    if forfaitair and percentage is not None:
        melding = "Bij forfaitaire loonkostensubsidie is er geen gemeten loonwaarde."
        raise _Berichtfout(melding, "Haal PercentageLoonwaarde of IndForfaitair weg.")
    if not forfaitair and percentage is None:
        raise _Berichtfout("In dit bericht ontbreekt: PercentageLoonwaarde.", "Vul het percentage in.")
    if percentage is not None and below is not (percentage < 100):
        herstel = "Code 1 hoort bij minder dan 100%, code 2 bij 100% of meer. Herstel een van beide."
        raise _Berichtfout("De code en het percentage spreken elkaar tegen.", herstel)
    feiten = LoonwaardeFeiten(
        vastgesteld_op=_date("DatBReintegratieInzet", values),
        vastgesteld_percentage=percentage,
        forfaitair=forfaitair,
        ondersteuning_pwet_7_1_a=_yes_no("IndOndersteuningPwet7", values),
        loonkostensubsidie_pwet_10d_2=_yes_no("IndLoonkostensubsidie10d2", values),
    )
    gemeente = f"GM{values['Gemeentecode'].removeprefix('GM')}"
    geboortedatum = _date("Geboortedatum", values)
    return LoonwaardeRecord(regel, values["Kenmerk"], gemeente, bsn, geboortedatum, feiten)


def _date(name: str, values: dict[str, str]) -> date:
    day = as_date(values[name])
    if day is None:
        raise _Berichtfout(f"In {name} staat geen datum.", "Schrijf een datum als 2018-03-31.")
    return day


def _yes_no(name: str, values: dict[str, str]) -> bool | None:
    if not values.get(name):
        return None
    if values[name] not in _YES_NO:
        raise _Berichtfout(f"{name} heeft een waarde die niet bestaat.", "Gebruik 1 (ja) of 2 (nee).")
    return _YES_NO[values[name]]


def _percentage(values: dict[str, str]) -> int | None:
    text = values.get("PercentageLoonwaarde", "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 3 or int(text) > 200:
        melding = "PercentageLoonwaarde is geen heel getal van 0 tot en met 200."
        raise _Berichtfout(melding, "Schrijf het zonder %-teken.")
    return int(text)

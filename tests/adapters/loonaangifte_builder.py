"""Wage returns of made-up employers and people, as the XML that salary software sends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

# Valid by the elfproef; the persons lie in the range kept for made-up people.
BSN_A, BSN_B, BSN_C = "999990019", "999990020", "999990032"
LHNR, OTHER_LHNR = "123456782L01", "111222333L01"


@dataclass(frozen=True)
class Iv:
    """One inkomstenverhouding of a return."""

    bsn: str | None = BSN_A
    numiv: str = "1"
    uren: str = "120"
    loon_sv: str = "1800.00"
    ufo: str = "0"
    perioden: Sequence[tuple[str, str, str]] = (("2026-01-01", "15", "1"),)
    aanvang: str = "2026-01-01"
    einde: str | None = None

    def xml(self) -> str:
        sofi = f"<SofiNr>{escape(self.bsn)}</SofiNr>" if self.bsn is not None else ""
        perioden = "".join(
            f"<Inkomstenperiode><DatAanv>{begin}</DatAanv><SrtIV>{srtiv}</SrtIV>"
            + (f"<CdAard>{cdaard}</CdAard>" if cdaard else "")
            + "<LbTab>012</LbTab><IndWAO>J</IndWAO></Inkomstenperiode>\n"
            for begin, srtiv, cdaard in self.perioden
        )
        einde = f"<DatEind>{self.einde}</DatEind>" if self.einde else ""
        return (
            f"<InkomstenverhoudingInitieel>\n<NumIV>{self.numiv}</NumIV><DatAanv>{self.aanvang}</DatAanv>{einde}"
            f"<PersNr>P1</PersNr>\n<NatuurlijkPersoon>{sofi}<SignNm>Vermeulen</SignNm><Gebdat>1990-05-01</Gebdat>"
            "<AdresBinnenland><Str>Dorpsstraat</Str><HuisNr>1</HuisNr></AdresBinnenland></NatuurlijkPersoon>\n"
            f"{perioden}<Werknemersgegevens><LnLbPh>2000.00</LnLbPh><LnSV>{self.loon_sv}</LnSV>"
            f"<PrLnUfo>{self.ufo}</PrLnUfo><AantVerlU>{self.uren}</AantVerlU></Werknemersgegevens>\n"
            "<Sector><DatAanvSect>2026-01-01</DatAanvSect><Sect>44</Sect></Sector></InkomstenverhoudingInitieel>\n"
        )


@dataclass(frozen=True)
class Weg:
    """A withdrawn inkomstenverhouding."""

    bsn: str | None = BSN_A
    numiv: str = "1"
    persnr: str | None = None

    def xml(self) -> str:
        sofi = f"<SofiNr>{self.bsn}</SofiNr>" if self.bsn else ""
        persnr = f"<PersNr>{self.persnr}</PersNr>" if self.persnr else ""
        return (
            f"<InkomstenverhoudingIntrekking><NumIV>{self.numiv}</NumIV>{sofi}{persnr}</InkomstenverhoudingIntrekking>"
        )


COLLECTIEF = "<CollectieveAangifte><TotLnLbPh>2000</TotLnLbPh><TotGen>0</TotGen></CollectieveAangifte>\n"


def dates(begin: date | str, end: date | str) -> str:
    """First and last day of a tijdvak."""
    return f"<DatAanvTv>{begin}</DatAanvTv><DatEindTv>{end}</DatEindTv>\n"


def volledig(begin: date | str, end: date | str, *inhoud: Iv | Weg, soort: str = "VolledigeAangifte") -> str:
    """A tijdvak of a return."""
    rows = "".join(deel.xml() for deel in inhoud)
    return f"<TijdvakAangifte>\n{dates(begin, end)}<{soort}>{COLLECTIEF}{rows}</{soort}></TijdvakAangifte>\n"


def aanvullend(begin: date | str, end: date | str, *inhoud: Iv | Weg) -> str:
    """A tijdvak in which only these inkomstenverhoudingen change."""
    return volledig(begin, end, *inhoud, soort="AanvullendeAangifte")


def correctie(begin: date | str, end: date | str, *inhoud: Iv | Weg, omhulsel: str = "") -> str:
    """A correction of an earlier tijdvak; `omhulsel` is an element around its content."""
    rows = COLLECTIEF + "".join(deel.xml() for deel in inhoud)
    inside = f"<{omhulsel}>{rows}</{omhulsel}>" if omhulsel else rows
    return f"<TijdvakCorrectie>\n{dates(begin, end)}{inside}</TijdvakCorrectie>\n"


def bericht(*tijdvakken: str, jaar: int = 2026, lhnr: str = LHNR, encoding: str = "UTF-8", head: str = "") -> bytes:
    """The whole message."""
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n{head}'
        f'<Loonaangifte xmlns="http://xml.belastingdienst.nl/schemas/Loonaangifte/{jaar}/01" version="2.0">\n'
        "<Bericht><IdBer>X1</IdBer><DatTdAanm>2026-02-01T10:00:00</DatTdAanm><ContPers>Zoë</ContPers></Bericht>\n"
        f"<AdministratieveEenheid><LhNr>{lhnr}</LhNr><NmIP>Bakkerij De Proef</NmIP>\n"
        + "".join(tijdvakken)
        + "</AdministratieveEenheid>\n</Loonaangifte>\n"
    )
    return text.encode(encoding)

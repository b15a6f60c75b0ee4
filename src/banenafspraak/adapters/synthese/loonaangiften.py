"""Wage returns of a made-up employer, message by message as salary software sends them: for the demo and for tests.

The employees are made-up people. Most who are registered have the LKV asked for, some are forgotten; one who is not
registered has it asked for as well, and one who may have it by transitional law. The last message corrects an earlier
month: fewer hours for one, and one who should not have been in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

MAP: Final = "voorbeeld-loonaangiften"
"""Where the demo keeps its own, under DATA_DIR."""
EERSTE_JAAR: Final = 2026
_FORGOTTEN = 3
"""Of so many registered people the LKV is not asked for."""


@dataclass(frozen=True)
class Werknemer:
    """Somebody on the payroll: hours in a month, wage in cents an hour, and whether the LKV is asked for."""

    bsn: str
    persnr: str
    uren: int
    loon: int
    aanvang: date
    geboren: date
    lkv: bool = False
    aard: int = 1


def payroll(registered: Sequence[str], others: Sequence[str]) -> list[Werknemer]:
    """The staff: who is registered works less, and the others mostly full-time."""
    staff = [
        Werknemer(
            bsn=number,
            persnr=f"P{100 + place}",
            uren=80 + place * 7 % 56,
            loon=1550,
            aanvang=date(2021 + place % 5, 1 + place % 12, 1),
            geboren=date(1985 + place % 18, 1 + place % 12, 1 + place % 28),
            lkv=place >= _FORGOTTEN,
        )
        for place, number in enumerate(registered)
    ]
    for place, number in enumerate(others):
        # The first asks for what is not due; the second may have the rest of three years.
        begin = date(2019, 3, 1) if place == 0 else date(2025, 3, 1) if place == 1 else date(2018 + place % 8, 1, 1)
        born = date(1970 + place, 1 + place % 12, 15)
        staff.append(Werknemer(number, f"P{200 + place}", 152, 2100, begin, born, lkv=place < 2))
    return staff


def messages(*, lhnr: str, jaar: int, tot: date, staff: Sequence[Werknemer]) -> list[tuple[str, bytes]]:
    """Names and contents: a return of each month of the year that began before `tot`, and a correction of the second.

    Without a second month there is no correction.
    """
    months = [maand for maand in range(1, 13) if date(jaar, maand, 1) < tot]
    found = []
    for maand in months:
        text = _return(lhnr, jaar, maand, staff)
        found.append((f"loonaangifte-{jaar}-{maand:02d}.xml", text))
    if len(months) > 1:
        first = staff[0]
        corrected = _iv(replace(first, uren=first.uren // 2), date(jaar, 2, 1))
        gone = (
            f"<InkomstenverhoudingIntrekking><NumIV>1</NumIV><SofiNr>{staff[-1].bsn}</SofiNr>"
            "</InkomstenverhoudingIntrekking>"
        )
        body = _tijdvak("TijdvakCorrectie", jaar, 2, f"<AanvullendeAangifte>{gone}{corrected}</AanvullendeAangifte>")
        found.append((f"loonaangifte-{jaar}-correctie.xml", _message(lhnr, jaar, 13, body)))
    return found


def write(map: Path, *, lhnr: str, jaar: int, tot: date, staff: Sequence[Werknemer]) -> list[Path]:
    """Write the messages as files; returns where they are."""
    map.mkdir(parents=True, exist_ok=True)
    paden = []
    for naam, inhoud in messages(lhnr=lhnr, jaar=jaar, tot=tot, staff=staff):
        (map / naam).write_bytes(inhoud)
        paden.append(map / naam)
    return paden


def year_of(vandaag: date) -> int:
    """Last year, or this one while the format of last year is not read."""
    return max(EERSTE_JAAR, vandaag.year - 1)


def _return(lhnr: str, jaar: int, maand: int, staff: Sequence[Werknemer]) -> bytes:
    begin = date(jaar, maand, 1)
    rows = "".join(_iv(one, begin) for one in staff if one.aanvang <= _end(begin))
    body = _tijdvak("TijdvakAangifte", jaar, maand, f"<VolledigeAangifte>{rows}</VolledigeAangifte>")
    return _message(lhnr, jaar, maand, body)


def _message(lhnr: str, jaar: int, nummer: int, body: str) -> bytes:
    made = date(jaar, 1, 1) + timedelta(days=29 * nummer)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Loonaangifte xmlns="http://xml.belastingdienst.nl/schemas/Loonaangifte/{jaar}/01" version="2.0">'
        f"<Bericht><IdBer>VOORBEELD{jaar}{nummer:02d}</IdBer><DatTdAanm>{made}T09:00:00</DatTdAanm></Bericht>"
        f"<AdministratieveEenheid><LhNr>{escape(lhnr)}</LhNr><NmIP>Voorbeeldbakkerij</NmIP>\n{body}"
        "</AdministratieveEenheid></Loonaangifte>\n"
    ).encode()


def _tijdvak(element: str, jaar: int, maand: int, body: str) -> str:
    begin = date(jaar, maand, 1)
    return f"<{element}><DatAanvTv>{begin}</DatAanvTv><DatEindTv>{_end(begin)}</DatEindTv>{body}</{element}>\n"


def _end(begin: date) -> date:
    return (begin + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _iv(one: Werknemer, begin: date) -> str:
    since = max(one.aanvang, date(begin.year, 1, 1))
    return (
        f"<InkomstenverhoudingInitieel><NumIV>1</NumIV><DatAanv>{one.aanvang}</DatAanv><PersNr>{one.persnr}</PersNr>"
        f"<NatuurlijkPersoon><SofiNr>{one.bsn}</SofiNr><Gebdat>{one.geboren}</Gebdat></NatuurlijkPersoon>"
        f"<Inkomstenperiode><DatAanv>{since}</DatAanv><SrtIV>15</SrtIV><CdAard>{one.aard}</CdAard>"
        f"<IndAvrLkvDgBafSb>{'J' if one.lkv else 'N'}</IndAvrLkvDgBafSb></Inkomstenperiode>"
        f"<Werknemersgegevens><LnSV>{one.uren * one.loon / 100:.2f}</LnSV><AantVerlU>{one.uren}</AantVerlU>"
        "</Werknemersgegevens></InkomstenverhoudingInitieel>\n"
    )

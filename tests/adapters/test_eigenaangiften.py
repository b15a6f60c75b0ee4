"""An employer's own returns out of memory: what is read of them, and that hostile files come to a message."""

import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.access.bsn import Bsn
from banenafspraak.adapters import eigenaangiften
from banenafspraak.adapters.synthese import loonaangiften
from banenafspraak.register.loonopgaven import Leesfout, Tijdvakopgave, combine, lezer
from tests.adapters.loonaangifte_builder import BSN_A, BSN_B, LHNR, Iv, Weg, aanvullend, bericht, correctie, volledig
from tests.factories import bsn, lhnr

JANUARI = ("2026-01-01", "2026-01-31")
FEBRUARI = ("2026-02-01", "2026-02-28")
STAFF = loonaangiften.payroll([bsn(n).reveal() for n in range(5)], [bsn(n).reveal() for n in range(5, 9)])


def read(content: bytes, naam: str = "aangifte.xml") -> list[Tijdvakopgave | Leesfout]:
    return list(eigenaangiften.read(naam, content, alleen_test=True))


def opgave(content: bytes) -> Tijdvakopgave:
    [found] = read(content)
    assert isinstance(found, Tijdvakopgave)
    return found


def fault(content: bytes, naam: str = "aangifte.xml") -> Leesfout:
    [found] = read(content, naam)
    assert isinstance(found, Leesfout)
    return found


def test_the_settings_name_this_reader() -> None:
    assert lezer() is eigenaangiften


def test_a_full_return_says_who_worked_how_long() -> None:
    found = opgave(bericht(volledig(*JANUARI, Iv(), Iv(bsn=BSN_B, uren="80"), Iv(bsn=None))))

    assert (found.begin, found.einde, found.volledig) == (date(2026, 1, 1), date(2026, 1, 31), True)
    assert (found.lhnr, found.zonder_bsn, found.gemaakt_at) == (LHNR, 1, datetime(2026, 2, 1, 10))  # noqa: DTZ001  a return says no zone
    assert [(one.bsn, one.uren, one.persnr, one.geboortedatum) for one in found.opgaven] == [
        (Bsn.parse(BSN_A), 120, "P1", date(1990, 5, 1)),
        (Bsn.parse(BSN_B), 80, "P1", date(1990, 5, 1)),
    ]


def test_a_correction_comes_with_the_return_it_is_in() -> None:
    content = bericht(volledig(*FEBRUARI, Iv()), correctie(*JANUARI, Iv(uren="20"), omhulsel="AanvullendeAangifte"))

    found = [part for part in read(content) if isinstance(part, Tijdvakopgave)]

    assert [(one.begin.month, one.volledig, one.opgaven[0].uren) for one in found] == [(2, True, 120), (1, False, 20)]


def test_a_withdrawal_is_named() -> None:
    assert opgave(bericht(aanvullend(*JANUARI, Weg()))).intrekkingen == {(BSN_A, 1)}


@pytest.mark.parametrize(
    ("flags", "lkv", "anders"),
    [
        ("", False, False),
        ("<IndAvrLkvDgBafSb>J</IndAvrLkvDgBafSb>", True, False),
        ("<IndAvrLkvDgBafSb>N</IndAvrLkvDgBafSb>", False, False),
        ("<IndLhKort>J</IndLhKort>", False, False),
        ("<IndAvrLkvAgWn>J</IndAvrLkvAgWn>", False, True),
        ("<IndAvrLkvHpAgWn>J</IndAvrLkvHpAgWn>", False, True),
    ],
)
def test_which_lkv_is_asked_for(flags: str, lkv: bool, anders: bool) -> None:
    content = bericht(volledig(*JANUARI, Iv())).replace(b"<LbTab>", flags.encode() + b"<LbTab>")

    [one] = opgave(content).opgaven

    assert (one.lkv, one.lkv_anders) == (lkv, anders)


def test_an_inkomstenperiode_of_long_ago_does_not_ask_for_anything() -> None:
    ended = "<Inkomstenperiode><DatAanv>2025-01-01</DatAanv><SrtIV>15</SrtIV><IndAvrLkvDgBafSb>J</IndAvrLkvDgBafSb>"
    content = bericht(volledig(*FEBRUARI, Iv())).replace(
        b"<Inkomstenperiode>", ended.encode() + b"</Inkomstenperiode><Inkomstenperiode>", 1
    )

    assert not opgave(content).opgaven[0].lkv


def test_four_weeks_go_to_the_months_of_the_year_in_which_they_end() -> None:
    [one] = opgave(bericht(volledig("2025-12-29", "2026-01-25", Iv(uren="112")))).opgaven

    assert one.uren_per_maand == ((1, Decimal(112)),)


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
GOOD = bericht(volledig(*JANUARI, Iv()))


def zipped() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("bom.xml", b"0" * 10_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "reden"),
    [
        (GOOD.replace(b"<Loonaangifte", f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]><Loonaangifte'.encode()), "DTD"),
        (GOOD.replace(b"<Loonaangifte", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><Loonaangifte'), "DTD"),
        (zipped(), "zip-bestand"),
        (GOOD.replace(b"UTF-8", b"UTF-7"), "tekencodering"),
        (GOOD.decode().encode("utf-16"), "UTF-16"),
        (GOOD.replace(b"<Bericht>", b"<Bericht>" + b"<a>" * 50 + b"</a>" * 50), "onmogelijk diep"),
        (GOOD.replace(b"<ContPers>", b"<ContPers>" + b"x" * 5000), "langer dan"),
        (GOOD[:-40], "goed gevormd"),
        (GOOD.replace(b"/2026/01", b"/2019/01"), "Belastingjaar 2019 is niet bekend"),
        (b"<html></html>", "geen loonaangifte"),
        (b"bsn;uren\n", "geen loonaangifte: dat is XML"),
        (b"  ", "leeg"),
        (bericht(), "geen aangifte in dit bericht"),
        (bericht(volledig(*JANUARI, Iv(bsn="123456782"))), "niet van een verzonnen persoon"),
    ],
)
def test_a_hostile_or_broken_file_comes_to_a_message_and_a_cure(content: bytes, reden: str) -> None:
    faults = [part for part in read(content) if isinstance(part, Leesfout)]

    assert len(faults) == 1
    assert reden in faults[0].reden
    assert faults[0].oplossing


def test_the_name_of_a_file_gives_no_bsn_away() -> None:
    assert BSN_A not in fault(b"", f"C:\\loon\\{BSN_A}.xml").bestand


@given(st.integers(0, len(GOOD) - 1), st.binary(max_size=6), st.integers(0, 40))
def test_whatever_is_damaged_the_reader_answers_and_shows_no_value(place: int, noise: bytes, gone: int) -> None:
    for part in read(GOOD[:place] + noise + GOOD[place + gone :]):
        if isinstance(part, Leesfout):
            assert BSN_A not in part.reden + part.oplossing + part.bestand


# --- The made-up returns ------------------------------------------------------------------------------------------


def messages(**more: object) -> list[tuple[str, bytes]]:
    return loonaangiften.messages(**({"lhnr": lhnr(), "jaar": 2026, "tot": date(2027, 2, 1), "staff": STAFF} | more))


def test_the_made_up_returns_are_read_without_a_fault() -> None:
    found = [part for naam, content in messages() for part in read(content, naam)]

    assert all(isinstance(part, Tijdvakopgave) for part in found)
    assert sorted({part.einde.month for part in found if isinstance(part, Tijdvakopgave) and part.volledig}) == list(
        range(1, 13)
    )


def test_the_made_up_correction_is_the_last_word() -> None:
    stand = combine(part for _, content in messages() for part in read(content) if isinstance(part, Tijdvakopgave))

    january, february = stand[0], stand[1]
    first = (bsn(0).reveal(), 1)
    assert february.opgaven[first].uren == january.opgaven[first].uren // 2
    assert len(february.opgaven) == len(january.opgaven) - 1


def test_a_single_month_has_nothing_to_correct() -> None:
    assert [naam for naam, _ in messages(tot=date(2026, 1, 9))] == ["loonaangifte-2026-01.xml"]


def test_the_made_up_returns_are_written_as_files(tmp_path: Path) -> None:
    paden = loonaangiften.write(tmp_path / "map", lhnr=lhnr(), jaar=2026, tot=date(2027, 1, 1), staff=STAFF)

    assert [pad.read_bytes() for pad in paden] == [content for _, content in messages(tot=date(2027, 1, 1))]


@pytest.mark.parametrize(
    ("vandaag", "jaar"), [(date(2026, 11, 1), 2026), (date(2027, 1, 1), 2026), (date(2028, 1, 1), 2027)]
)
def test_the_made_up_year_is_one_that_may_be_asked_about(vandaag: date, jaar: int) -> None:
    assert loonaangiften.year_of(vandaag) == jaar

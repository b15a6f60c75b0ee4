"""The reader of wage returns: what it understands, and what it refuses."""

import calendar
import itertools
import tracemalloc
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.adapters.bestand import Fout, Onbruikbaar, recognise
from banenafspraak.adapters.loonaangifte import (
    Aangifte,
    Inkomstenperiode,
    Inkomstenverhouding,
    Intrekking,
    Tijdvak,
    ZonderBsn,
    maanddelen,
    read,
    spread,
)
from tests.adapters.loonaangifte_builder import (
    BSN_A,
    BSN_B,
    LHNR,
    Iv,
    Weg,
    aanvullend,
    bericht,
    correctie,
    dates,
    volledig,
)

JANUARI = ("2026-01-01", "2026-01-31")


def parts(tmp_path: Path, content: bytes, **options) -> list:
    file = tmp_path / "aangifte.xml"
    file.write_bytes(content)
    return list(read(recognise(file), **{"alleen_test": True, **options}))


def the_fault(found: list) -> Fout:
    faults = [part for part in found if isinstance(part, Fout)]
    assert len(faults) == 1, faults
    return faults[0]


def refusal(tmp_path: Path, content: bytes, **options) -> Fout:
    with pytest.raises(Onbruikbaar) as refused:
        parts(tmp_path, content, **options)
    return refused.value.fout


@pytest.mark.parametrize("jaar", [2026, 2027])
def test_reads_a_full_return(tmp_path, jaar):
    found = parts(tmp_path, bericht(volledig(f"{jaar}-03-01", f"{jaar}-03-31", Iv(uren="151", ufo="12.50")), jaar=jaar))
    aangifte, iv = found
    assert (aangifte.lhnr, aangifte.volledig, aangifte.tijdvak.soort) == (LHNR, True, "maand")
    assert (iv.bsn, iv.numiv, iv.verloonde_uren, iv.met_loon, iv.ufo) == (BSN_A, 1, Decimal(151), True, True)
    assert iv.perioden == (Inkomstenperiode(date(2026, 1, 1), 15, 1),)


def test_reads_iso_8859_1(tmp_path):
    assert len(parts(tmp_path, bericht(volledig(*JANUARI, Iv()), encoding="ISO-8859-1"))) == 2


def test_reads_with_byte_order_mark(tmp_path):
    assert len(parts(tmp_path, b"\xef\xbb\xbf" + bericht(volledig(*JANUARI, Iv())))) == 2


def test_additional_return_is_not_a_full_one_and_withdraws(tmp_path):
    aangifte, iv, weg = parts(tmp_path, bericht(aanvullend(*JANUARI, Iv(), Weg(bsn=BSN_B))))
    assert not aangifte.volledig
    assert isinstance(iv, Inkomstenverhouding)
    assert weg == Intrekking(BSN_B, 1, weg.regel)


def test_correction_names_what_changes_in_an_earlier_period(tmp_path):
    found = parts(
        tmp_path,
        bericht(
            volledig("2026-02-01", "2026-02-28", Iv()),
            correctie(*JANUARI, Iv(uren="80"), Weg(bsn=BSN_B)),
        ),
    )
    aangiften = [part for part in found if isinstance(part, Aangifte)]
    assert [(a.tijdvak.aanvang.month, a.volledig) for a in aangiften] == [(2, True), (1, False)]
    assert isinstance(found[-1], Intrekking)


def test_correction_with_a_full_return_inside_replaces_the_period(tmp_path):
    found = parts(
        tmp_path,
        bericht(volledig("2026-02-01", "2026-02-28"), correctie(*JANUARI, Iv(), omhulsel="VolledigeAangifte")),
    )
    assert [part.volledig for part in found if isinstance(part, Aangifte)] == [True, True]


def test_correction_without_people_is_a_return_about_nobody(tmp_path):
    found = parts(tmp_path, bericht(volledig("2026-02-01", "2026-02-28"), correctie(*JANUARI)))
    assert [part.tijdvak.aanvang.month for part in found] == [2, 1]


def test_thirteen_corrections_are_read_and_fourteen_are_not(tmp_path):
    weeks = [date(2026, 1, 1) + timedelta(days=28 * n) for n in range(12)]
    many = [correctie(begin, begin + timedelta(days=27)) for begin in weeks]
    many.append(correctie("2026-12-03", "2026-12-31"))
    assert len(parts(tmp_path, bericht(*many))) == 13
    assert "13 correcties" in refusal(tmp_path, bericht(*many, correctie(*JANUARI))).reden


def test_benefit_without_kind_of_work_is_kept(tmp_path):
    _, iv = parts(tmp_path, bericht(volledig(*JANUARI, Iv(perioden=[("2026-01-01", "31", "")]))))
    assert iv.perioden[0].cdaard == 0


@pytest.mark.parametrize("bsn", [None, "000000000"])
def test_somebody_without_bsn_is_counted_apart(tmp_path, bsn):
    assert isinstance(parts(tmp_path, bericht(volledig(*JANUARI, Iv(bsn=bsn))))[-1], ZonderBsn)


def test_memory_does_not_grow_with_the_message(tmp_path):
    def peak(count: int) -> int:
        rows = [Iv(bsn=BSN_A, numiv=str(n % 10_000)) for n in range(count)]
        file = tmp_path / f"{count}.xml"
        file.write_bytes(bericht(volledig(*JANUARI, *rows)))
        tracemalloc.start()
        for _ in read(recognise(file), alleen_test=True):
            pass
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    # Only the keys of the inkomstenverhoudingen stay: a small part of the ten times larger message.
    assert peak(5_000) - peak(500) < 1_500_000


@pytest.mark.parametrize(
    ("iv", "reden"),
    [
        (Iv(bsn="999990018"), "elfproef"),
        (Iv(bsn="99999001"), "elfproef"),
        (Iv(bsn="123456782"), "verzonnen persoon"),
        (Iv(numiv="10000"), "NumIV"),
        (Iv(numiv="x"), "NumIV"),
        (Iv(uren="-1"), "verloonde uren"),
        (Iv(uren="745"), "verloonde uren"),
        (Iv(uren="120,5"), "komma"),
        (Iv(uren=""), "ontbreekt"),
        (Iv(uren="veel"), "geen getal"),
        (Iv(uren="120.125"), "twee decimalen"),
        (Iv(loon_sv="1.800,00"), "komma"),
        (Iv(perioden=[]), "Inkomstenperiode"),
        (Iv(perioden=[("2026-13-01", "15", "1")]), "DatAanv"),
        (Iv(perioden=[("2026-01-01", "", "1")]), "SrtIV"),
        (Iv(perioden=[("2026-01-01", "A", "1")]), "SrtIV"),
        (Iv(aanvang="2026-02-30"), "datum"),
        (Iv(einde="gisteren"), "datum"),
    ],
)
def test_wrong_value_is_a_fault_with_its_line(tmp_path, iv, reden):
    content = bericht(volledig(*JANUARI, Iv(bsn=BSN_B), iv))
    fault = the_fault(parts(tmp_path, content))
    assert reden in fault.reden
    assert fault.oplossing
    line = content.decode().splitlines()[fault.regel - 1]
    assert line.startswith("<InkomstenverhoudingInitieel>")
    assert fault.regel > content.decode().splitlines().index("<InkomstenverhoudingInitieel>") + 1


def test_same_relationship_twice_names_both_lines(tmp_path):
    fault = the_fault(parts(tmp_path, bericht(volledig(*JANUARI, Iv(), Iv(uren="3")))))
    assert "staat ook op regel" in fault.reden


@pytest.mark.parametrize("lhnr", ["123456783L01", "123456782", "123456782B01", ""])
def test_wrong_loonheffingennummer_is_a_fault(tmp_path, lhnr):
    found = parts(tmp_path, bericht(volledig(*JANUARI, Iv()), lhnr=lhnr))
    assert "loonheffingennummer" in the_fault(found).reden


@pytest.mark.parametrize(
    ("begin", "end", "reden"),
    [
        ("2026-01-01", "2026-02-15", "geen maand"),
        ("2026-01-31", "2026-01-01", "begin- en einddatum"),
        ("2026-1-1", "2026-01-31", "begin- en einddatum"),
        ("2025-03-01", "2025-03-31", "belastingjaar 2026"),
    ],
)
def test_impossible_period_is_a_fault(tmp_path, begin, end, reden):
    found = parts(tmp_path, bericht(volledig(begin, end, Iv())))
    assert any(reden in part.reden for part in found if isinstance(part, Fout))


def test_same_period_twice_is_a_fault(tmp_path):
    found = parts(tmp_path, bericht(volledig(*JANUARI, Iv()), correctie(*JANUARI, Iv(uren="1"))))
    assert "twee keer" in the_fault(found).reden


def test_period_without_a_return_is_a_fault(tmp_path):
    tijdvak = f"<TijdvakAangifte>{dates(*JANUARI)}</TijdvakAangifte>"
    assert "geen volledige" in parts(tmp_path, bericht(tijdvak))[0].reden


def test_withdrawal_in_a_full_return_is_a_fault(tmp_path):
    assert "volledige aangifte" in the_fault(parts(tmp_path, bericht(volledig(*JANUARI, Weg())))).reden


def test_withdrawal_by_personnel_number_only_is_a_fault(tmp_path):
    found = parts(tmp_path, bericht(aanvullend(*JANUARI, Weg(bsn=None, persnr="P1"))))
    assert "personeelsnummer" in the_fault(found).reden


def test_real_bsn_is_read_where_real_people_are(tmp_path):
    _, iv = parts(tmp_path, bericht(volledig(*JANUARI, Iv(bsn="123456782"))), alleen_test=False)
    assert iv.bsn == "123456782"


def test_stops_after_a_hundred_faults(tmp_path):
    rows = [Iv(numiv=str(n), uren="-1") for n in range(2_000)]
    faults = [part for part in parts(tmp_path, bericht(volledig(*JANUARI, *rows))) if isinstance(part, Fout)]
    assert 100 <= len(faults) < 2_000


@pytest.mark.parametrize("jaar", [2019, 2025, 2028])
def test_unknown_year_is_refused_by_name(tmp_path, jaar):
    fault = refusal(tmp_path, bericht(volledig(*JANUARI, Iv()), jaar=jaar))
    assert str(jaar) in fault.reden
    assert "2026 en 2027" in fault.reden


@pytest.mark.parametrize(
    "content",
    [
        b"<Loonaangifte><LhNr>1</LhNr></Loonaangifte>",
        b'<html xmlns="http://www.w3.org/1999/xhtml"></html>',
        b'<x:Polis xmlns:x="http://xml.belastingdienst.nl/schemas/Loonaangifte/2026/01"/>',
        b'<Loonaangifte xmlns="http://xml.belastingdienst.nl/schemas/Loonaangifte/2026/02"/>',
    ],
)
def test_other_xml_is_refused(tmp_path, content):
    assert "geen loonaangifte" in refusal(tmp_path, content).reden


def test_message_without_a_return_is_a_fault(tmp_path):
    assert "geen aangifte" in the_fault(parts(tmp_path, bericht())).reden


def test_element_of_another_namespace_is_refused(tmp_path):
    assert "hoort niet" in refusal(tmp_path, bericht('<x xmlns="urn:vreemd"/>')).reden


BILLION_LAUGHS = (
    '<!DOCTYPE lol [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 10 + '"><!ENTITY c "' + "&b;" * 10 + '">'
    '<!ENTITY d "' + "&c;" * 10 + '"><!ENTITY e "' + "&d;" * 10 + '">]>'
)


@pytest.mark.parametrize(
    "head",
    [
        BILLION_LAUGHS,
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x"> %e;]>',
        "<!DOCTYPE Loonaangifte>",
    ],
)
def test_dtd_and_entities_are_refused(tmp_path, head):
    fault = refusal(tmp_path, bericht(volledig(*JANUARI, Iv()), head=head))
    assert "DTD" in fault.reden
    assert fault.regel


def test_undefined_entity_is_refused(tmp_path):
    broken = bericht(volledig(*JANUARI, Iv())).replace(b"Bakkerij", b"&bom;")
    assert refusal(tmp_path, broken).regel == 4


def test_a_gigabyte_is_refused_before_it_is_read(tmp_path):
    file = tmp_path / "groot.xml"
    with file.open("wb") as stream:
        stream.write(b"<?xml version='1.0'?>" + b" " * 5_000)
        stream.truncate(1_000_000_000)
    heard: list[int] = []
    with pytest.raises(Onbruikbaar, match="1000 MB; de grens is 200 MB"):
        list(read(recognise(file), alleen_test=True, progress=heard.append))
    assert heard == []


def test_the_size_limit_is_a_setting(tmp_path):
    assert "grens" in refusal(tmp_path, bericht(volledig(*JANUARI, Iv())), max_bytes=100).reden


@pytest.mark.parametrize(
    ("part", "reden"),
    [
        ("<NmIP>" + "x" * 5_000 + "</NmIP>", "langer dan 4000"),
        ("<a>" * 20 + "</a>" * 20, "diep"),
        ("<!--" + "x" * 2_000_000 + "-->", "onmogelijk lang"),
        (f'<a b="{"x" * 2_000_000}"/>', "onmogelijk lang"),
    ],
)
def test_monstrous_content_is_refused(tmp_path, part, reden):
    assert reden in refusal(tmp_path, bericht(part)).reden


def test_endless_relationship_is_refused(tmp_path):
    periode = [("2026-01-01", "15", "1")] * 2_000
    assert "onmogelijk lang" in refusal(tmp_path, bericht(volledig(*JANUARI, Iv(perioden=periode)))).reden


@pytest.mark.parametrize("encoding", ["UTF-16", "windows-1252", "ASCII85"])
def test_other_encoding_is_refused(tmp_path, encoding):
    content = bericht(volledig(*JANUARI, Iv())).replace(b'encoding="UTF-8"', b'encoding="%s"' % encoding.encode())
    assert encoding in refusal(tmp_path, content).reden


def test_text_that_is_not_in_the_promised_encoding_is_refused(tmp_path):
    assert refusal(tmp_path, bericht(encoding="ISO-8859-1").replace(b"ISO-8859-1", b"UTF-8")).regel == 3


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_half_a_message_is_refused_with_its_line(tmp_path, part):
    content = bericht(volledig(*JANUARI, Iv(), Iv(bsn=BSN_B)))
    fault = refusal(tmp_path, content[: int(len(content) * part)])
    assert "volledig" in fault.reden
    assert fault.regel


@given(data=st.data())
def test_no_cut_or_changed_byte_gets_past_in_silence(tmp_path_factory, data):
    content = bytearray(bericht(volledig(*JANUARI, Iv(), Iv(bsn=BSN_B))))
    whole = parts(tmp_path_factory.mktemp("x"), bytes(content))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255))
    try:
        found = parts(tmp_path_factory.mktemp("x"), bytes(content))
    except Onbruikbaar:
        return
    if not any(isinstance(part, Fout) for part in found):
        assert [type(part) for part in found if not isinstance(part, ZonderBsn)] == [
            type(part) for part in whole if not isinstance(part, ZonderBsn)
        ] or any(isinstance(part, ZonderBsn) for part in found)


@given(content=st.binary(max_size=300).map(lambda tail: b"<?xml version='1.0'?><" + tail))
def test_noise_is_refused(tmp_path_factory, content):
    with pytest.raises(Onbruikbaar):
        parts(tmp_path_factory.mktemp("x"), content)


@given(data=st.data())
def test_no_message_holds_a_bsn(tmp_path_factory, data):
    wrong = data.draw(
        st.sampled_from([Iv(uren="-5"), Iv(bsn="999990018"), Iv(loon_sv="1,0"), Iv(numiv=BSN_A), Iv(einde=BSN_A)])
    )
    content = bericht(volledig(*JANUARI, Iv(bsn=BSN_B), wrong, Iv(bsn=BSN_B)))
    cut = data.draw(st.integers(1, len(content)))
    try:
        messages = [str(part) for part in parts(tmp_path_factory.mktemp("x"), content[:cut]) if isinstance(part, Fout)]
    except Onbruikbaar as refused:
        messages = [str(refused), repr(refused), str(refused.__cause__ or "")]
    assert not any(number in text for text in messages for number in ("99999", "123456782"))


# --- Hours to calendar months ------------------------------------------------------------------------------------


@given(hundredths=st.integers(0, 10**7), days=st.lists(st.integers(0, 31), min_size=1, max_size=12))
def test_spread_hours_add_up_and_follow_the_days(hundredths, days):
    shares = spread(hundredths, days)
    assert sum(shares) == hundredths
    total = sum(days)
    for share, part in zip(shares, days, strict=True):
        if total:
            assert abs(share - hundredths * part / total) < 1
        if total and not part:
            assert share == 0


@given(begin=st.dates(date(2025, 12, 25), date(2026, 12, 1)), length=st.integers(22, 36))
def test_months_of_a_period_are_exactly_its_days(begin, length):
    tijdvak = Tijdvak(begin, begin + timedelta(days=length - 1))
    months = tijdvak.maanden()
    assert months[0][1] == tijdvak.aanvang
    assert months[-1][2] == tijdvak.tot
    assert all(a[2] == b[1] for a, b in itertools.pairwise(months))
    assert all(f"{van:%Y-%m}" == maand == f"{tot - timedelta(days=1):%Y-%m}" for maand, van, tot in months)


def iv_of(uren: str, *, aanvang: str | None = None, einde: str | None = None, perioden=(("2026-01-01", 15, 1),)):
    return Inkomstenverhouding(
        bsn=BSN_A,
        numiv=1,
        aanvang=date.fromisoformat(aanvang) if aanvang else None,
        einde=date.fromisoformat(einde) if einde else None,
        perioden=tuple(Inkomstenperiode(date.fromisoformat(p[0]), p[1], p[2]) for p in perioden),
        verloonde_uren=Decimal(uren),
        met_loon=True,
        ufo=False,
        regel=1,
    )


def aangifte_of(begin: str, end: str) -> Aangifte:
    return Aangifte(LHNR, Tijdvak(date.fromisoformat(begin), date.fromisoformat(end)), True, 1)


def test_four_weeks_over_two_months_go_by_days():
    delen = maanddelen(aangifte_of("2026-01-26", "2026-02-22"), iv_of("140"))
    assert [(deel.maand, deel.uren) for deel in delen] == [("2026-01", 3000), ("2026-02", 11000)]


def test_hours_stay_within_the_days_somebody_was_employed():
    delen = maanddelen(aangifte_of("2026-01-26", "2026-02-22"), iv_of("80", aanvang="2026-02-10"))
    assert [(deel.uren, deel.met_loon) for deel in delen] == [(0, False), (8000, True)]


def test_wage_paid_afterwards_goes_by_the_days_of_the_period():
    delen = maanddelen(aangifte_of("2026-01-26", "2026-02-22"), iv_of("28", einde="2025-12-31"))
    assert [deel.uren for deel in delen] == [600, 2200]


def test_year_goes_to_twelve_months():
    delen = maanddelen(aangifte_of("2026-01-01", "2026-12-31"), iv_of("365"))
    assert [deel.uren for deel in delen] == [calendar.monthrange(2026, month)[1] * 100 for month in range(1, 13)]


def test_half_year_goes_to_six_months():
    delen = maanddelen(aangifte_of("2026-07-01", "2026-12-31"), iv_of("184"))
    assert sum(deel.uren for deel in delen) == 18400
    assert len(delen) == 6


def test_the_code_at_the_end_of_the_month_counts():
    perioden = (("2025-01-01", 15, 1), ("2026-02-10", 15, 83), ("2026-03-01", 31, 0))
    delen = maanddelen(aangifte_of("2026-01-26", "2026-02-22"), iv_of("100", perioden=perioden))
    assert [(deel.srtiv, deel.cdaard) for deel in delen] == [(15, 1), (15, 83)]


def test_code_that_starts_after_the_days_is_used_when_there_is_no_other():
    delen = maanddelen(aangifte_of(*JANUARI), iv_of("100", perioden=(("2026-05-01", 13, 18),)))
    assert (delen[0].srtiv, delen[0].cdaard) == (13, 18)


@pytest.mark.parametrize(
    ("begin", "end", "soort", "uren"),
    [
        ("2026-02-01", "2026-02-28", "maand", 744),
        ("2026-01-26", "2026-02-22", "vier weken", 672),
        ("2025-12-29", "2026-01-25", "vier weken", 672),
        ("2026-01-01", "2026-06-30", "halfjaar", 4464),
        ("2026-01-01", "2026-12-31", "jaar", 8928),
        ("2026-02-01", "2026-07-31", None, 4344),
        ("2026-01-01", "2026-01-14", None, 336),
    ],
)
def test_kinds_of_periods(begin, end, soort, uren):
    tijdvak = Tijdvak(date.fromisoformat(begin), date.fromisoformat(end))
    assert (tijdvak.soort, tijdvak.max_uren) == (soort, uren)

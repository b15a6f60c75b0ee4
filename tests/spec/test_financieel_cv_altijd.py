"""Financieel CV: which answers are refused with their reason, and what holds for every answer (drawn facts)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.wet.feiten import FeitenFout
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.cv_feiten import CvRegel, FinancieelCvFeiten, Instrument, Vastheid
from banenafspraak.wet.instrumenten.financieel_cv import financieel_cv
from banenafspraak.wet.parameters import ParameterFout
from tests.spec.test_financieel_cv import NU, WAJONGER, ask

# --- What cannot be asked ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"loonwaarde_percentage": 0}, "loonwaarde_percentage: geef een getal van 1 tot en met 100"),
        ({"loonwaarde_percentage": 101}, "loonwaarde_percentage: geef een getal van 1 tot en met 100"),
        ({"loon_per_uur": 14.98}, "minder dan het minimumloon van € 14,99 op 1-7-2026"),
        ({"einde_dienstbetrekking": "2026-06-30"}, "einde_dienstbetrekking ligt voor begin_dienstbetrekking"),
        ({"leeftijd": 15}, "jonger dan 16 jaar"),
        ({"leeftijd": 68}, "AOW-leeftijd al bereikt"),
        (
            {"leeftijd": None, "geboortedatum": "1959-09-15", "begin_dienstbetrekking": "2026-09-15"},
            "op 15-9-2026 is de AOW-leeftijd al bereikt",
        ),
        ({"begin_dienstbetrekking": "2012-12-31"}, "ligt voor 1-1-2013"),
        ({"in_register": False}, "grond is ingevuld maar in_register is onwaar"),
        ({"grond": "geen", "in_register": True}, "grond is geen maar in_register is waar"),
        ({"loonwaarde_vastgesteld": True}, "loonwaarde_percentage ontbreekt"),
        ({"leeftijd": None}, "leeftijd ontbreekt"),
        ({"leeftijd": None, "geboortedatum": "2026-07-01"}, "geboortedatum ligt niet voor begin_dienstbetrekking"),
    ],
)
def test_onbruikbare_antwoorden_worden_geweigerd_met_de_reden(anders: dict[str, Any], melding: str) -> None:
    with pytest.raises(FeitenFout, match=melding):
        ask(WAJONGER | anders)


def test_ook_zonder_formulier_wordt_tegenspraak_geweigerd() -> None:
    feiten_van_een_plaatsing = FinancieelCvFeiten(
        begin_dienstbetrekking=date(2026, 7, 1),
        einde_dienstbetrekking=date(2026, 6, 30),
        uren_per_week=Decimal(28),
        leeftijd=24,
    )

    with pytest.raises(FeitenFout, match="einde_dienstbetrekking ligt voor begin_dienstbetrekking"):
        financieel_cv(feiten_van_een_plaatsing, peildatum=NU)


@pytest.mark.parametrize("begin", ["2027-01-01", "2030-05-01"])
def test_na_de_laatste_bekende_dag_noemt_de_fout_die_dag(begin: str) -> None:
    with pytest.raises(ParameterFout, match="bekend tot en met 31-12-2026"):
        ask(WAJONGER | {"begin_dienstbetrekking": begin})


def test_een_baan_van_voor_2015_heeft_geen_bedragen() -> None:
    with pytest.raises(ParameterFout, match="Voor 1-1-2015"):
        ask(WAJONGER | {"begin_dienstbetrekking": "2013-01-01", "einde_dienstbetrekking": "2014-12-31"})


def test_precies_het_minimumloon_mag() -> None:
    assert ask(WAJONGER | {"loon_per_uur": 14.99}).vol_jaar.loon == ask(WAJONGER).vol_jaar.loon


def test_het_loon_volgt_het_minimumloon_als_dat_het_inhaalt() -> None:
    one = ask(WAJONGER | {"begin_dienstbetrekking": "2026-01-01", "loon_per_uur": 14.80})
    none = ask(WAJONGER | {"begin_dienstbetrekking": "2026-01-01"})

    assert one.vol_jaar.loon == none.vol_jaar.loon
    assert one.jaren[0].loon > none.jaren[0].loon


# --- What always holds ---------------------------------------------------------------------------------------------

_UREN = st.integers(1, 40)
_GEEN_WIA = (Grond.WAJONG, Grond.PWET_LKS_UWV_LOONWAARDE, Grond.PWET_UWV_WML_EIGEN_VERZOEK)
_BEGIN = st.dates(date(2022, 1, 1), date(2026, 12, 31))
_GROND = st.sampled_from(list(Grond))
_LOONWAARDE = st.one_of(st.none(), st.integers(1, 100).map(Decimal))


@st.composite
def _feiten(draw: st.DrawFn) -> FinancieelCvFeiten:
    begin = draw(_BEGIN)
    end = draw(st.one_of(st.none(), st.dates(begin, date(2027, 12, 31))))
    value = draw(_LOONWAARDE)
    return FinancieelCvFeiten(
        begin_dienstbetrekking=begin,
        einde_dienstbetrekking=end,
        uren_per_week=Decimal(draw(_UREN)),
        leeftijd=draw(st.integers(16, 60)),
        grond=draw(_GROND),
        wia_bij_begin=draw(st.sampled_from([True, False])),
        loonwaarde_percentage=value,
        loonwaarde_vastgesteld=draw(st.sampled_from([None, True])) if value else None,
        doelgroepverklaring=draw(st.sampled_from([None, True, False])),
    )


def _one_of(regels: tuple[CvRegel, ...], group: tuple[Instrument, ...], jaar: int, which: str) -> int:
    amounts = [getattr(j, which) for r in regels if r.instrument in group for j in r.jaren if j.jaar == jaar]
    return max(amounts, default=0)


@given(_feiten())
def test_een_jaartotaal_is_de_som_van_de_regels_met_een_van_elke_groep(gegeven: FinancieelCvFeiten) -> None:
    found = financieel_cv(gegeven, peildatum=NU).waarde
    wage_tax = (Instrument.LKV_BANENAFSPRAAK, Instrument.LKV_ARBEIDSGEHANDICAPTE, Instrument.LIV)
    wages = (Instrument.LOONKOSTENSUBSIDIE, Instrument.LOONDISPENSATIE)

    for year in found.jaren:
        for which in ("zeker", "hoogstens"):
            expected = sum(_one_of(found.regels, group, year.jaar, which) for group in (wage_tax, wages))
            assert getattr(year, which) == expected


@given(_feiten())
def test_niets_loopt_na_het_einde_van_het_werk_en_geen_bedrag_na_de_laatste_bekende_dag(
    gegeven: FinancieelCvFeiten,
) -> None:
    found = financieel_cv(gegeven, peildatum=NU).waarde
    end = gegeven.einde_dienstbetrekking

    for regel in found.regels:
        for period in regel.periodes:
            assert period.tot is None or period.vanaf < period.tot
            if end is not None:
                assert period.tot is not None
                assert (period.tot - end).days <= 1
            if period.per_maand is not None:
                assert period.tot is not None
                assert (period.tot - found.bekend_tot_en_met).days <= 1


@given(_feiten())
def test_wat_niet_geldt_heeft_geen_bedrag_en_wat_geldt_heeft_een_periode(gegeven: FinancieelCvFeiten) -> None:
    for regel in financieel_cv(gegeven, peildatum=NU).waarde.regels:
        assert bool(regel.periodes) is (regel.vastheid is not Vastheid.NIET)
        assert regel.stappen
        if regel.vastheid is Vastheid.NIET:
            assert not any(j.hoogstens for j in regel.jaren)


@given(_feiten())
def test_zeker_is_nooit_meer_dan_hoogstens(gegeven: FinancieelCvFeiten) -> None:
    found = financieel_cv(gegeven, peildatum=NU).waarde

    for year in (*found.jaren, found.vol_jaar):
        assert 0 <= year.zeker <= year.hoogstens


@given(_feiten(), st.sampled_from(["grond", "loonwaarde_percentage", "doelgroepverklaring", "wia_bij_begin"]))
def test_een_vraag_open_laten_maakt_niets_zekerder(gegeven: FinancieelCvFeiten, open_vraag: str) -> None:
    known = {name: getattr(gegeven, name) for name in gegeven.__slots__}
    unknown = known | {open_vraag: None}
    if open_vraag == "loonwaarde_percentage":
        unknown["loonwaarde_vastgesteld"] = None
    answered_by_law = {Grond.WIA_IVA_EXPERIMENT: True, **dict.fromkeys(_GEEN_WIA, False)}.get(gegeven.grond)
    if open_vraag == "wia_bij_begin" and answered_by_law is not None and gegeven.wia_bij_begin is not answered_by_law:
        return

    certain = financieel_cv(gegeven, peildatum=NU).waarde
    less = financieel_cv(FinancieelCvFeiten(**unknown), peildatum=NU).waarde

    for one, other in zip(certain.jaren, less.jaren, strict=True):
        assert other.zeker <= one.zeker
    sure = {r.instrument for r in certain.regels if r.vastheid is Vastheid.ZEKER}
    assert {r.instrument for r in less.regels if r.vastheid is Vastheid.ZEKER} <= sure

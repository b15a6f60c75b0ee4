"""What hangs on a registration and what on its ground, and under which label a ground is handed on."""

from datetime import date

import pytest

from banenafspraak.wet.gevolgen import ARTIKELEN, Gevolg, gevolgen
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.grondlabel import Grondlabel, article_of, grounds_of, label_of
from banenafspraak.wet.instrumenten.bij_werk import SoortBaan, gevolgen_bij_werk
from banenafspraak.wet.instrumenten.loonkostenvoordeel import Dienst

DAG = date(2026, 4, 1)
GRONDEN = [grond for grond in Grond if grond is not Grond.GEEN]


@pytest.mark.parametrize("grond", GRONDEN)
def test_het_loonkostenvoordeel_hangt_bij_elke_grond_aan_de_registratie(grond: Grond) -> None:
    found = gevolgen(grond, peildatum=DAG)

    assert Gevolg.LKV in found.op_registratie
    assert Gevolg.LKV not in found.op_grond


@pytest.mark.parametrize(
    ("dag", "gevolg"), [(date(2025, 12, 31), Gevolg.LKV_DRIE_JAAR), (date(2026, 1, 1), Gevolg.LKV)]
)
def test_vanaf_2026_heeft_het_loonkostenvoordeel_geen_einde(dag: date, gevolg: Gevolg) -> None:
    assert gevolgen(Grond.WAJONG, peildatum=dag).op_registratie[0] is gevolg


@pytest.mark.parametrize(
    "grond",
    [
        Grond.AMVB_38B_1_D,
        Grond.PWET_UWV_WML_EIGEN_VERZOEK,
        Grond.OVERGANGSRECHT_38B_1_F,
        Grond.JONGGEHANDICAPT_UWV_OORDEEL,
    ],
)
def test_de_no_riskpolis_hangt_aan_de_registratie_bij_d_e_f_en_lid_2(grond: Grond) -> None:
    found = gevolgen(grond, peildatum=DAG)

    assert Gevolg.NO_RISK_REGISTRATIE in found.op_registratie
    assert Gevolg.NO_RISK_GROND not in found.op_grond


@pytest.mark.parametrize("grond", [Grond.PWET_LKS_UWV_LOONWAARDE, Grond.WSW, Grond.WAJONG])
def test_bij_participatiewet_wsw_en_wajong_hangt_de_no_riskpolis_aan_de_grond(grond: Grond) -> None:
    found = gevolgen(grond, peildatum=DAG)

    assert Gevolg.NO_RISK_GROND in found.op_grond
    assert len(found.op_registratie) == 1


def test_wie_op_lid_6_blijft_staan_heeft_de_no_riskpolis_alleen_voor_ziekte_van_voor_het_einde() -> None:
    assert gevolgen(Grond.BLIJFGROND_38B_6, peildatum=DAG).op_registratie == (
        Gevolg.LKV,
        Gevolg.NO_RISK_VOOR_HET_EINDE,
    )


def test_een_wiw_of_id_baan_geeft_geen_no_riskpolis() -> None:
    found = gevolgen(Grond.WIW_ID, peildatum=DAG)

    assert (found.op_registratie, found.op_grond) == ((Gevolg.LKV,), ())


@pytest.mark.parametrize("grond", GRONDEN)
def test_loonkostensubsidie_en_loondispensatie_gaan_nooit_samen(grond: Grond) -> None:
    op_grond = gevolgen(grond, peildatum=DAG).op_grond

    assert not {Gevolg.LOONKOSTENSUBSIDIE, Gevolg.LOONDISPENSATIE} <= set(op_grond)


@pytest.mark.parametrize("grond", GRONDEN)
def test_loonkostensubsidie_hoort_alleen_bij_de_participatiewet(grond: Grond) -> None:
    found = Gevolg.LOONKOSTENSUBSIDIE in gevolgen(grond, peildatum=DAG).op_grond

    assert found is (grond is Grond.PWET_LKS_UWV_LOONWAARDE)


def test_elk_gevolg_heeft_een_artikel() -> None:
    assert set(ARTIKELEN) == set(Gevolg)


@pytest.mark.parametrize(
    ("grond", "label"),
    [
        (Grond.PWET_LKS_UWV_LOONWAARDE, "a"),
        (Grond.WSW, "b"),
        (Grond.WAJONG, "c"),
        (Grond.AMVB_38B_1_D, "d"),
        (Grond.PWET_UWV_WML_EIGEN_VERZOEK, "e"),
        (Grond.JONGGEHANDICAPT_UWV_OORDEEL, "lid 2"),
        (Grond.WIW_ID, "38f lid 5"),
    ],
)
def test_het_besluit_suwi_noemt_zeven_labels(grond: Grond, label: str) -> None:
    assert label_of(grond).value == label


@pytest.mark.parametrize("grond", [Grond.OVERGANGSRECHT_38B_1_F, Grond.WIA_IVA_EXPERIMENT, Grond.BLIJFGROND_38B_6])
def test_f_g_en_lid_6_hebben_geen_label(grond: Grond) -> None:
    assert label_of(grond) is Grondlabel.NIET_VERMELD


def test_elke_grond_heeft_een_artikel_en_valt_onder_een_label() -> None:
    assert all(article_of(grond).startswith("Wfsv art. 38") for grond in GRONDEN)
    assert sorted(g for label in Grondlabel for g in grounds_of(label)) == sorted(GRONDEN)
    assert grounds_of(Grondlabel.A) == {Grond.PWET_LKS_UWV_LOONWAARDE}
    assert grounds_of(Grondlabel.NIET_VERMELD) == {
        Grond.OVERGANGSRECHT_38B_1_F,
        Grond.WIA_IVA_EXPERIMENT,
        Grond.BLIJFGROND_38B_6,
    }


@pytest.mark.parametrize("ask", [label_of, article_of, lambda grond: gevolgen(grond, peildatum=DAG)])
def test_wie_niet_in_het_register_staat_heeft_geen_label(ask) -> None:
    with pytest.raises(ValueError, match=r"^nobody is registered on the ground 'geen'$"):
        ask(Grond.GEEN)


# --- And which of them fit the work ----------------------------------------------------------------------------------

BESCHUT, PROEF = SoortBaan(dienst=Dienst.BESCHUT_WERK_PWET), SoortBaan(met_loon=False, op_proef=True)


def test_voor_2018_bestond_het_loonkostenvoordeel_niet() -> None:
    assert gevolgen(Grond.WAJONG, peildatum=date(2017, 12, 31)).op_registratie == ()
    assert gevolgen(Grond.WAJONG, peildatum=date(2018, 1, 1)).op_registratie == (Gevolg.LKV_DRIE_JAAR,)


@pytest.mark.parametrize("grond", [Grond.WAJONG, Grond.PWET_LKS_UWV_LOONWAARDE, Grond.AMVB_38B_1_D])
def test_beschut_werk_geeft_geen_loonkostenvoordeel(grond: Grond) -> None:
    assert Gevolg.LKV not in gevolgen_bij_werk(grond, BESCHUT, peildatum=DAG)
    assert Gevolg.LKV in gevolgen_bij_werk(grond, SoortBaan(), peildatum=DAG)


@pytest.mark.parametrize("grond", [Grond.JONGGEHANDICAPT_UWV_OORDEEL, Grond.WIW_ID])
def test_bij_lid_2_en_38f_sluit_beschut_werk_de_doelgroep_niet_uit(grond: Grond) -> None:
    assert Gevolg.LKV in gevolgen_bij_werk(grond, BESCHUT, peildatum=DAG)


def test_zonder_loon_blijven_alleen_hulp_en_proefplaats_over() -> None:
    found = gevolgen_bij_werk(Grond.PWET_LKS_UWV_LOONWAARDE, PROEF, peildatum=DAG)

    assert set(found) == {Gevolg.BEGELEIDING_GEMEENTE, Gevolg.PROEFPLAATS_GEMEENTE}


@pytest.mark.parametrize("grond", GRONDEN)
def test_met_loon_is_er_geen_proefplaats(grond: Grond) -> None:
    found = gevolgen_bij_werk(grond, SoortBaan(), peildatum=DAG)

    assert not {Gevolg.PROEFPLAATS_GEMEENTE, Gevolg.PROEFPLAATS_UWV} & set(found)


@pytest.mark.parametrize("grond", GRONDEN)
def test_een_wsw_dienstbetrekking_geeft_geen_subsidie_en_geen_no_riskpolis(grond: Grond) -> None:
    found = gevolgen_bij_werk(grond, SoortBaan(dienst=Dienst.WSW_ARTIKEL_2), peildatum=DAG)

    assert set(found) <= {Gevolg.VOORZIENING, Gevolg.BEGELEIDING_GEMEENTE}


@pytest.mark.parametrize("dienst", [Dienst.GEWOON, Dienst.BESCHUT_WERK_PWET])
@pytest.mark.parametrize("grond", sorted(set(GRONDEN) - {Grond.WIA_IVA_EXPERIMENT, Grond.WIW_ID}))
def test_in_gewoon_en_beschut_werk_loopt_de_no_riskpolis_van_de_grond(grond: Grond, dienst: Dienst) -> None:
    found = gevolgen_bij_werk(grond, SoortBaan(dienst=dienst), peildatum=DAG)

    assert {Gevolg.NO_RISK_GROND, Gevolg.NO_RISK_REGISTRATIE, Gevolg.NO_RISK_VOOR_HET_EINDE} & set(found)


def test_begeleid_werken_heeft_de_no_riskpolis_en_geen_loonkostensubsidie() -> None:
    found = gevolgen_bij_werk(
        Grond.PWET_LKS_UWV_LOONWAARDE, SoortBaan(dienst=Dienst.WSW_BEGELEID_WERKEN), peildatum=DAG
    )

    assert Gevolg.NO_RISK_GROND in found
    assert Gevolg.LOONKOSTENSUBSIDIE not in found


def test_beschut_werk_heeft_loonkostensubsidie() -> None:
    assert Gevolg.LOONKOSTENSUBSIDIE in gevolgen_bij_werk(Grond.PWET_LKS_UWV_LOONWAARDE, BESCHUT, peildatum=DAG)


def test_voor_2026_hoort_het_lkv_bij_een_verklaring() -> None:
    assert Gevolg.LKV_DRIE_JAAR in gevolgen_bij_werk(Grond.WAJONG, SoortBaan(), peildatum=date(2025, 6, 15))


def test_een_recht_loopt_door_als_alleen_het_bedrag_nog_niet_bekend_is() -> None:
    assert Gevolg.LKV in gevolgen_bij_werk(Grond.WAJONG, SoortBaan(), peildatum=date(2027, 3, 1))

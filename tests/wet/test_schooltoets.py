"""After vso and praktijkonderwijs only the school's data count; where an assessment is needed, there is one."""

from datetime import date
from typing import Any

import pytest

from banenafspraak.wet.arbeidsvermogen import (
    AbaOordeel,
    AbaUitkomst,
    ArbeidsvermogenFeiten,
    Drempelfunctie,
    SoortAanvraag,
    next_question,
    schooltoets,
)
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.feiten import FeitOntbreekt
from banenafspraak.wet.gronden import Aanvrager, Onderwijs

DAY = date(2026, 7, 1)


def feiten(onderwijs: Onderwijs, **fields: Any) -> ArbeidsvermogenFeiten:
    known: dict[str, Any] = {
        "verzocht_op": date(2026, 6, 1),
        "duurzaam_geen_vastgesteld": False,
        "schoolgegevens_kloppen": True,
    }
    known |= {"aanvrager": Aanvrager.PERSOON, "gevraagd": SoortAanvraag.BANENAFSPRAAK}
    return ArbeidsvermogenFeiten(onderwijs=onderwijs, **(known | fields))


@pytest.mark.parametrize(("onderwijs", "route"), [(Onderwijs.VSO, Route.VSO), (Onderwijs.PRO, Route.PRO)])
def test_confirmed_data_open_the_register(onderwijs: Onderwijs, route: Route) -> None:
    assert schooltoets(feiten(onderwijs), peildatum=DAY).waarde == AbaOordeel(
        AbaUitkomst.DOELGROEP_BANENAFSPRAAK, SoortAanvraag.BANENAFSPRAAK, False, Grond.AMVB_38B_1_D, route
    )


@pytest.mark.parametrize("fields", [{"schoolgegevens_kloppen": False}, {"duurzaam_geen_vastgesteld": True}])
def test_otherwise_the_register_stays_closed_and_nothing_medical_is_asked(fields: dict[str, bool]) -> None:
    asked = feiten(Onderwijs.VSO, **fields)
    assert next_question(asked, peildatum=DAY, rule=schooltoets) is None
    assert schooltoets(asked, peildatum=DAY).waarde == AbaOordeel(
        AbaUitkomst.GEEN, SoortAanvraag.BANENAFSPRAAK, False, None, None
    )


def test_the_decision_says_nothing_of_switching_and_names_the_article_of_the_school() -> None:
    stappen = schooltoets(feiten(Onderwijs.VSO), peildatum=DAY).stappen
    assert [stap.artikel for stap in stappen if "onderwijs" in stap.feiten] == ["2.24 en 2.25 Besluit Wfsv"]
    assert stappen[-1].uitkomst == "Doelgroep banenafspraak."


def test_a_gemeente_that_said_all_is_asked_nothing_more() -> None:
    able = {"kan_taak_uitvoeren": True, "heeft_werknemersvaardigheden": True, "kan_uur_aaneengesloten_werken": True}
    asked = feiten(
        Onderwijs.GEEN,
        **able,
        aanvrager=Aanvrager.COLLEGE,
        vier_uur_belastbaar=True,
        drempelfunctie=Drempelfunctie.ZELFSTANDIG,
    )
    assert next_question(asked, peildatum=DAY) is None


def test_for_vso_no_assessment_was_needed_before_that_of_pro_ended() -> None:
    asked = feiten(Onderwijs.VSO, verzocht_op=date(2016, 10, 27))
    assert schooltoets(asked, peildatum=DAY).waarde.route is Route.VSO


@pytest.mark.parametrize(
    ("onderwijs", "since"), [(Onderwijs.ENTREE, date(2026, 6, 1)), (Onderwijs.PRO, date(2016, 10, 27))]
)
def test_where_an_assessment_is_needed_it_is_made(onderwijs: Onderwijs, since: date) -> None:
    with pytest.raises(FeitOntbreekt, match="kan_taak_uitvoeren"):
        schooltoets(feiten(onderwijs, verzocht_op=since, ondersteuning_pwet_7_1_a=True), peildatum=DAY)

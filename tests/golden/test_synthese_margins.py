"""The generator alone: whatever the seed, an obvious count of its deliveries gives the published figures."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from banenafspraak.adapters.synthese.bevolking import VOORBEELD, draw_exact
from banenafspraak.adapters.synthese.leveringen import write_leveringen
from banenafspraak.adapters.synthese.marges import load_marges
from banenafspraak.adapters.synthese.nummers import Nummervoorraad
from tests.golden.plain_count import GOOI_EN_VECHTSTREEK, Tellijst, half_up, percentage
from tests.golden.published import GEPUBLICEERD

ZADEN = (1, 2, 7, 99, 2018, 123_456)

pytestmark = pytest.mark.xdist_group("synthese")


def peildatum(kwartaal: str) -> date:
    """The last day of a quarter."""
    jaar, nummer = int(kwartaal[:4]), int(kwartaal[5])
    return date(jaar + nummer // 4, nummer * 3 % 12 + 1, 1) - timedelta(days=1)


@pytest.fixture(scope="module", params=ZADEN)
def lijst(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tellijst:
    zaad: int = request.param
    bevolking = draw_exact("AM12", Nummervoorraad(zaad), zaad)
    leveringen = write_leveringen(bevolking, tmp_path_factory.mktemp("synthese"), load_marges(VOORBEELD).reeks)
    return Tellijst(leveringen.register, leveringen.lonen, GOOI_EN_VECHTSTREEK)


def test_stocks_and_jobs_of_the_four_published_moments(lijst: Tellijst) -> None:
    kort = GEPUBLICEERD["cijfers_in_het_kort"]
    standen = [lijst.stand(peildatum(kwartaal)) for kwartaal in kort["peildata"]]
    assert [stand.banen for stand in standen] == kort["banen"]
    assert [stand.personen() for stand in standen] == kort["personen"]
    assert [stand.werkzaam() for stand in standen] == kort["werkzaam"]


def test_jobs_of_the_third_quarter_of_2017(lijst: Tellijst) -> None:
    derde = GEPUBLICEERD["banen_vorig_kwartaal"]
    assert lijst.stand(peildatum(derde["kwartaal"])).banen == derde["aantal"]


def test_share_of_markt_overheid_and_inleen(lijst: Tellijst) -> None:
    stand = lijst.stand(peildatum("2018Q1"))
    shares = {kolom: percentage(half_up(banen), stand.banen) for kolom, banen in stand.banen_per_kolom.items()}
    assert shares == {kolom: GEPUBLICEERD["verdeling_percentage"][kolom] for kolom in shares}


def test_persons_per_category(lijst: Tellijst) -> None:
    stand, vorige = lijst.stand(peildatum("2018Q1")), lijst.stand(peildatum("2017Q4"))
    published = GEPUBLICEERD["personen_per_categorie"]
    for categorie in ("wsw", "wajong", "participatiewet"):
        assert stand.personen(categorie) == published[categorie]
    toename = stand.personen("participatiewet") - vorige.personen("participatiewet")
    assert toename == GEPUBLICEERD["participatiewet_toename"]["aantal"]


def test_five_quarters_of_working_wajong_and_participatiewet(lijst: Tellijst) -> None:
    published = GEPUBLICEERD["werkenden"]
    for i, kwartaal in enumerate(published["kwartalen"]):
        stand = lijst.stand(peildatum(kwartaal))
        for naam, groep in (("wajong",) * 2, ("participatiewet",) * 2, ("totaal", "wajong participatiewet")):
            categorieen = groep.split()
            werkzaam = stand.werkzaam(*categorieen)
            assert [werkzaam, percentage(werkzaam, stand.personen(*categorieen))] == published[naam][i]


def test_inflow_through_the_praktijkroute(lijst: Tellijst) -> None:
    published = GEPUBLICEERD["praktijkroute"]
    for kwartaal, instroom in zip(published["kwartalen"], published["instroom"], strict=True):
        day = peildatum(kwartaal)
        assert lijst.praktijkroute(date(day.year, day.month - 2, 1), day) == instroom
    toename = lijst.stand(peildatum("2017Q4")).personen("participatiewet") - lijst.stand(peildatum("2016Q4")).personen(
        "participatiewet"
    )
    assert percentage(published["in_2017"], toename) == published["percentage_van_toename"]


def test_flow_of_the_first_quarter_of_2018(lijst: Tellijst) -> None:
    verloop = lijst.verloop(peildatum("2017Q4"), peildatum("2018Q1"))
    werk, afgeleid = GEPUBLICEERD["werk_vinden_en_verliezen"], GEPUBLICEERD["afgeleid"]
    assert (verloop.baanvinders, verloop.baanverliezers) == (werk["baanvinders"], werk["baanverliezers"])
    assert verloop.instroom.total() == afgeleid["instroom"]
    assert verloop.instroom[True] - verloop.uitstroom[True] == afgeleid["werkende_instroom_min_uitstroom"]


def test_outflow_by_reason(lijst: Tellijst) -> None:
    uitstroom = GEPUBLICEERD["uitstroom"]
    verloop = lijst.verloop(peildatum("2017Q4"), peildatum("2018Q1"))
    assert verloop.uitstroom.total() == uitstroom["aantal"]
    assert verloop.redenen == {reden: aantal for reden, aantal in uitstroom["aantallen"].items() if aantal}
    for reden, gedrukt in uitstroom["percentage"].items():
        assert percentage(verloop.redenen[reden], uitstroom["aantal"]) == gedrukt


def test_no_earlier_quarter_has_so_many_who_lose_their_work(lijst: Tellijst) -> None:
    kwartalen = ["2016Q4", "2017Q1", "2017Q2", "2017Q3", "2017Q4"]
    for vorige, nu in pairwise(kwartalen):
        verloop = lijst.verloop(peildatum(vorige), peildatum(nu))
        assert verloop.baanverliezers < GEPUBLICEERD["werk_vinden_en_verliezen"]["baanverliezers"]


def test_identities_of_every_flow(lijst: Tellijst) -> None:
    kwartalen = ["2012Q4", "2016Q4", "2017Q1", "2017Q2", "2017Q3", "2017Q4", "2018Q1"]
    for vorige, nu in pairwise(kwartalen):
        toen, straks = lijst.stand(peildatum(vorige)), lijst.stand(peildatum(nu))
        v = lijst.verloop(peildatum(vorige), peildatum(nu))
        assert straks.personen() - toen.personen() == v.instroom.total() - v.uitstroom.total()
        werk = v.baanvinders - v.baanverliezers + v.instroom[True] - v.uitstroom[True]
        assert straks.werkzaam() - toen.werkzaam() == werk

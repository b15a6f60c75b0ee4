"""Loonkostenvoordeel: before and since 2026, the transition, and only the highest."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from banenafspraak.wet.instrumenten.loonkostenvoordeel import tegemoetkoming_van_het_jaar
from tests.spec.regel import Geval, Regel, wet

_OUD, _NIEUW, _OVER = "Wtl 2.10 - 2.13 (2024)", "Wtl 2.10 - 2.13 (2026)", "Wtl 6.2 (2026)"
_DOSSIER = "Dossier financieel CV (MinBZK, 2026)"


def _g(titel: str, dag: str, verwacht: dict[str, Any], bron: str, uitleg: str = "", **feiten: Any) -> Geval:
    return Geval(titel, {"verloonde_uren": 100, **feiten}, date.fromisoformat(dag), verwacht, bron, uitleg)


def _ja(bedrag: float = 101, soort: str = "banenafspraak", **meer: Any) -> dict[str, Any]:
    return {"recht": True, "toegekend": soort, "bedrag": bedrag, **meer}


_NEE = {"recht": False, "toegekend": None, "bedrag": 0}
_IN = {"geregistreerd": True}
_VERKLARING = {"grond": "wajong", "doelgroepverklaring": True}


def _oud(begin: str = "2024-03-04", **meer: Any) -> dict[str, Any]:
    return {"begin_dienstbetrekking": begin, **_VERKLARING, **meer}


def _nieuw(begin: str = "2026-02-01", **meer: Any) -> dict[str, Any]:
    return {"begin_dienstbetrekking": begin, **meer}


REGEL = Regel(
    slug="instrument-3-loonkostenvoordeel",
    titel="Loonkostenvoordeel",
    uitleg=(
        "Een werkgever krijgt € 1,01 per verloond uur, ten hoogste € 2.000 per werknemer per kalenderjaar, voor wie "
        "tot de "
        "doelgroep banenafspraak hoort. Sinds 2026 is het register het bewijs: wie in een aangiftetijdvak "
        "arbeidsbeperkte "
        "is, telt, ook als de registratie later begon dan het werk, en zo lang als het duurt.",
        "Tot 2026 moest bij het begin een grond bestaan, mocht de werknemer in de zes maanden ervoor niet bij dezelfde "
        "werkgever werken, en was een doelgroepverklaring nodig, aangevraagd binnen drie maanden. Het voordeel "
        "duurde drie "
        "jaar. Wie toen recht had en geen arbeidsbeperkte is (of op eigen verzoek is uitgeschreven), houdt de rest "
        "van de "
        "drie jaar.",
        "Voor arbeidsgehandicapten (WIA) is het € 3,05, ten hoogste € 6.000, drie jaar; bij herplaatsen een jaar. Van "
        "verschillende voordelen telt alleen het hoogste.",
        "Begint of eindigt het recht in een aangiftetijdvak, dan telt het hele tijdvak.",
    ),
    artikelen=("2.1, 2.6 tot en met 2.17, 4.1, 4.2 en 6.2 Wet tegemoetkomingen loondomein",),
    antwoord=wet("lkv"),
    vraag="lkv",
    parameters=tuple(
        ("loonkostenvoordeel", naam)
        for naam in ("banenafspraak", "arbeidsgehandicapte", "herplaatsen", "stelsel", "gronden", "peilmoment",
                     "duur_jaren", "herplaatsen_jaren", "verklaring_maanden", "eerder_in_dienst_maanden", "kalender")
    ),
    let_op=(
        "Het Kennisdocument van 2023 noemt drie jaar en een verklaring: dat is sinds 2026 oud. Een webpagina die "
        "zegt dat de "
        "drie jaar al in 2020 verviel, klopt niet met de wetteksten.",
        "Voor nieuwe groepen (een deel van de Wajong en de WIA) was de registratie pas in maart 2026 te zien.",
        "Voor werk van voor 2018 gold overgangsrecht van de premiekorting. Dat is hier niet uitgewerkt; de gewone "
        "voorwaarden zijn toegepast.",
        "Het LKV oudere werknemer (alleen nog voor werk van voor 2024) is hier niet uitgewerkt.",
    ),
    gevallen=(
        _g("Koen: 1.664 uur in 2026", "2026-07-01", _ja(1680.64, tot=None), _DOSSIER, **_nieuw("2025-11-03",
           verloonde_uren=1664, geregistreerd_vanaf="2025-11-03", grond="pwet_lks_uwv_loonwaarde")),
        _g("Sadee: een Wajonger is geen arbeidsgehandicapte", "2026-07-01", _ja(1680.64), _DOSSIER, "Niet € 5.075,20.",
           **_nieuw(verloonde_uren=1664, geregistreerd=True, grond="wajong")),
        _g("Ten hoogste 2.000 euro per jaar", "2026-07-01", _ja(2000), _NIEUW, **_nieuw(verloonde_uren=1981, **_IN)),
        _g("Net onder het maximum", "2026-07-01", _ja(1999.8), _NIEUW, **_nieuw(verloonde_uren=1980, **_IN)),
        _g("Een volgend tijdvak krijgt wat er nog over is", "2026-07-01", _ja(40.4), _NIEUW,
           **_nieuw(eerder_verloonde_uren=1940.2, **_IN)),
        _g("Is het maximum op, dan niets meer", "2026-07-01", _ja(0), _NIEUW, **_nieuw(eerder_verloonde_uren=1990,
        **_IN)),
        _g("Ook wie later in het register kwam", "2026-07-01", _ja(tot=None), _NIEUW,
           **_nieuw("2020-01-01", geregistreerd_vanaf="2026-07-31")),
        _g("Een dag na het tijdvak in het register", "2026-07-01", _NEE, _NIEUW,
           **_nieuw(geregistreerd_vanaf="2026-08-01")),
        _g("Op de eerste dag van het tijdvak nog in het register", "2026-07-15", _ja(tot="2026-07-02"), _NIEUW,
           "Het hele tijdvak telt.", **_nieuw(geregistreerd=True, geregistreerd_tot="2026-07-02")),
        _g("Voor het tijdvak uitgeschreven", "2026-07-15", _NEE, _NIEUW,
           **_nieuw(geregistreerd=True, geregistreerd_tot="2026-07-01")),
        _g("Een tijdvak van vier weken", "2026-07-15", _ja(), _NIEUW, **_nieuw(tijdvak_begin="2026-07-13",
           tijdvak_einde="2026-08-09", geregistreerd_vanaf="2026-08-09")),
        _g("Na drie jaar gaat het sinds 2026 door", "2026-07-01", _ja(tot=None), _OVER,
           **_oud("2022-01-01", geregistreerd=True)),
        _g("Sinds 2026 is geen verklaring nodig", "2026-01-01", _ja(), _NIEUW, **_oud(geregistreerd=True,
           doelgroepverklaring=False)),
        _g("Op 31-12-2025 nog wel", "2025-12-31", _NEE, _OUD, **_oud(geregistreerd=True, doelgroepverklaring=False)),
        _g("Ook wie kort ervoor al in dienst was, sinds 2026", "2026-07-01", _ja(), _NIEUW,
           **_nieuw(geregistreerd=True, eerder_in_dienst_tot="2026-01-31")),
        _g("Niet geregistreerd", "2026-07-01", _NEE, _NIEUW, **_nieuw(geregistreerd=False)),
        _g("Geen grond", "2026-07-01", _NEE, _NIEUW, **_nieuw(grond="geen")),
        _g("Alleen de grond: de registratie is aangenomen", "2026-07-01", _ja(), _NIEUW, **_nieuw(grond="wsw")),
        _g("Scholingsbelemmerd telt sinds 2026 niet meer", "2026-07-01", _NEE, _NIEUW,
           **_nieuw(geregistreerd=False, scholingsbelemmerd=True, doelgroepverklaring=True)),
        _g("Scholingsbelemmerd voor 2026 begonnen: de rest van drie jaar", "2026-07-01", _ja(tot="2027-03-04"), _OVER,
           **_oud(grond=None, geregistreerd=False, scholingsbelemmerd=True)),
        _g("Het laatste tijdvak van die drie jaar telt helemaal", "2026-12-31", _ja(tot="2026-12-02"), _OVER,
           **_oud("2023-12-02", geregistreerd=False, scholingsbelemmerd=True)),
        _g("Het tijdvak daarna niet", "2026-12-31", _NEE, _OVER,
           **_oud("2023-12-01", geregistreerd=False, scholingsbelemmerd=True)),
        _g("Op eigen verzoek uitgeschreven: de rest van drie jaar", "2026-07-01", _ja(tot="2027-03-04"),
           "Wtl 6.2 lid 4", **_oud(geregistreerd=True, geregistreerd_tot="2026-02-01", grond="amvb_38b_1_d")),
        _g("Verklaring nog in 2026 gevraagd, binnen drie maanden", "2026-02-10", _ja(), "Wtl 6.2 lid 2",
           **_oud("2025-12-15", geregistreerd=False, scholingsbelemmerd=True, doelgroepverklaring=None,
                  doelgroepverklaring_aangevraagd_op="2026-03-16")),
        _g("Verklaring een werkdag te laat", "2026-02-10", _NEE, "Wtl 2.11",
           "15-3-2026 is een zondag, dus tot en met maandag 16 maart.", **_oud("2025-12-15", geregistreerd=False,
           scholingsbelemmerd=True, doelgroepverklaring=None, doelgroepverklaring_aangevraagd_op="2026-03-17")),
        _g("Wsw artikel 2 zonder terbeschikkingstelling", "2026-07-01", _NEE, _NIEUW,
           **_nieuw(geregistreerd=True, dienstbetrekking="wsw_artikel_2")),
        _g("Wsw met terbeschikkingstelling, sinds 2026", "2026-07-01", _ja(), _NIEUW,
           **_nieuw(geregistreerd=True, dienstbetrekking="wsw_ter_beschikking")),
        _g("Wsw met terbeschikkingstelling, voor 2026", "2025-07-01", _NEE, _OUD,
           **_oud(grond="wsw", dienstbetrekking="wsw_ter_beschikking")),
        _g("Begeleid werken", "2025-07-01", _ja(), _OUD, **_oud(grond="wsw", dienstbetrekking="wsw_begeleid_werken")),
        _g("Beschut werk", "2026-07-01", _NEE, "38b lid 1 Wfsv",
           **_nieuw(geregistreerd=True, dienstbetrekking="beschut_werk_pwet")),
        _g("Beschut werk sluit lid 2 niet uit", "2026-07-01", _ja(), "38b lid 1 en 2 Wfsv", **_nieuw(geregistreerd=True,
           grond="jonggehandicapt_uwv_oordeel", dienstbetrekking="beschut_werk_pwet")),
        _g("AOW op de eerste dag van het tijdvak", "2026-07-01", _NEE, _NIEUW,
           **_nieuw(geregistreerd=True, geboortedatum="1959-07-01")),
        _g("AOW een dag later: het tijdvak telt", "2026-07-01", _ja(), _NIEUW,
           **_nieuw(geregistreerd=True, geboortedatum="1959-07-02")),
        _g("Zonder verzoek niets", "2026-07-01", _NEE, "Wtl 2.1", **_nieuw(verzoek_in_loonaangifte=False, **_IN)),
        _g("Het werk begint pas na het tijdvak", "2026-07-01", _NEE, _NIEUW, **_nieuw("2026-08-01", **_IN)),
        _g("Het werk is voor het tijdvak geëindigd", "2026-07-01", _NEE, _NIEUW,
           **_nieuw(einde_dienstbetrekking="2026-06-30", **_IN)),
        _g("Het werk eindigt op de eerste dag", "2026-07-01", _ja(), _NIEUW,
           **_nieuw(einde_dienstbetrekking="2026-07-01", **_IN)),
        _g("Voor 2026: een Wajonger met verklaring", "2024-06-01", _ja(tot="2027-03-04"), _OUD, **_oud()),
        _g("Voor 2026: de laatste maand van drie jaar telt helemaal", "2025-12-01", _ja(tot="2025-12-02"), _OUD,
           **_oud("2022-12-02")),
        _g("Voor 2026: drie jaar voorbij", "2025-12-01", _NEE, _OUD, **_oud("2022-12-01")),
        _g("Voor 2026: zes maanden uit dienst", "2024-06-01", _ja(), _OUD, **_oud(eerder_in_dienst_tot="2023-09-03")),
        _g("Voor 2026: een dag te kort uit dienst", "2024-06-01", _NEE, _OUD,
        **_oud(eerder_in_dienst_tot="2023-09-04")),
        _g("Voor 2026: verklaring op de laatste dag gevraagd", "2024-06-01", _ja(), "Wtl 2.11",
           **_oud(doelgroepverklaring_aangevraagd_op="2024-06-04")),
        _g("Voor 2026: verklaring een dag te laat", "2024-06-01", _NEE, "Wtl 2.11",
           **_oud(doelgroepverklaring_aangevraagd_op="2024-06-05")),
        _g("Voor 2026: op de eerste dag in het register", "2024-06-01", _ja(), _OUD,
           **_oud(grond="pwet_lks_uwv_loonwaarde", geregistreerd_vanaf="2024-03-04")),
        _g("Praktijkroute na het begin: geen recht voor 2026", "2024-06-01", _NEE, _OUD,
           **_oud(grond="pwet_lks_uwv_loonwaarde", geregistreerd_vanaf="2024-03-05")),
        _g("In 2018 moest de grond er de maand ervoor zijn", "2018-06-01", _NEE, "Wtl 2.10 (2018)",
           **_oud("2018-03-05", geregistreerd_vanaf="2018-03-01")),
        _g("De laatste dag van die maand is genoeg", "2018-06-01", _ja(), "Wtl 2.10 (2018)",
           **_oud("2018-03-05", geregistreerd_vanaf="2018-02-28")),
        _g("Een maand voor het begin nog in het register", "2024-06-01", _ja(), _OUD,
           **_oud(geregistreerd=True, geregistreerd_tot="2024-02-05")),
        _g("Meer dan een maand ervoor eruit", "2024-06-01", _NEE, _OUD,
           **_oud(geregistreerd=True, geregistreerd_tot="2024-02-04")),
        _g("Participatiewet: werk van voor 2016 niet", "2018-06-01", _NEE, "Wtl 2.10 lid 1 a 3°",
           **_oud("2015-12-31", grond="pwet_lks_uwv_loonwaarde")),
        _g("Participatiewet: werk vanaf 2016 wel", "2018-06-01", _ja(), "Wtl 2.10 lid 1 a 3°",
           **_oud("2016-01-01", grond="pwet_lks_uwv_loonwaarde")),
        _g("Lid 2 in 2019: alleen bij een geactiveerd quotum", "2019-06-01", _NEE, "Wtl 2.10 (2018)",
           **_oud("2019-01-02", grond="jonggehandicapt_uwv_oordeel")),
        _g("Lid 2 in 2019 bij de overheid", "2019-06-01", _ja(), "Wtl 2.10 (2018)",
           **_oud("2019-01-02", grond="jonggehandicapt_uwv_oordeel", quotum_geactiveerd=True)),
        _g("Lid 2 vanaf 2020", "2020-01-01", _ja(), "Wtl 2.10 (2020)",
           **_oud("2019-01-02", grond="jonggehandicapt_uwv_oordeel")),
        _g("Onderdeel f pas vanaf 2020", "2019-12-31", _NEE, "Wtl 2.10 (2018)",
           **_oud("2019-01-02", grond="overgangsrecht_38b_1_f")),
        _g("De nieuwe grond g gaf tot 2026 geen recht", "2025-12-31", _NEE, _OUD, **_oud(grond="wia_iva_experiment")),
        _g("De nieuwe grond g sinds 2026 wel", "2026-01-01", _ja(), _NIEUW,
           **_oud(grond="wia_iva_experiment", geregistreerd=True)),
        _g("Arbeidsgehandicapte met WIA", "2026-07-01", _ja(305, "arbeidsgehandicapte", tot="2029-02-01"),
        "Wtl 2.6 - 2.9",
           **_nieuw(geregistreerd=False, wia_bij_begin=True, verklaring_arbeidsgehandicapt=True)),
        _g("Alleen het hoogste telt", "2026-07-01", _ja(305, "arbeidsgehandicapte"), "Wtl 4.1 lid 3",
           **_nieuw(geregistreerd=True, wia_bij_begin=True, verklaring_arbeidsgehandicapt=True)),
        _g("Zonder verklaring alleen de banenafspraak", "2026-07-01", _ja(), "Wtl 2.7",
           **_nieuw(geregistreerd=True, wia_bij_begin=True)),
        _g("Arbeidsgehandicapte: ten hoogste 6.000 euro", "2026-07-01", _ja(6000, "arbeidsgehandicapte"), "Wtl 2.9",
           **_nieuw(verloonde_uren=1968, geregistreerd=False, wia_bij_begin=True, verklaring_arbeidsgehandicapt=True)),
        _g("Arbeidsgehandicapte na drie jaar", "2026-07-01", _NEE, "Wtl 2.8",
           **_nieuw("2023-07-01", geregistreerd=False, wia_bij_begin=True, verklaring_arbeidsgehandicapt=True)),
        _g("Arbeidsgehandicapte kort ervoor in dienst", "2026-07-01", _NEE, "Wtl 2.6", **_nieuw(geregistreerd=False,
           wia_bij_begin=True, verklaring_arbeidsgehandicapt=True, eerder_in_dienst_tot="2025-08-01")),
        _g("Arbeidsgehandicapte in beschut werk", "2026-07-01", _NEE, "Wtl 2.6 lid 3", **_nieuw(geregistreerd=False,
           wia_bij_begin=True, verklaring_arbeidsgehandicapt=True, dienstbetrekking="beschut_werk_pwet")),
        _g("Herplaatst: een jaar", "2026-07-01", _ja(305, "herplaatsen", tot="2027-07-31"), "Wtl 2.14 - 2.17",
           **_nieuw("2010-01-01", geregistreerd=False, herplaatst_op="2026-07-31", verklaring_arbeidsgehandicapt=True)),
        _g("Herplaatst: na het jaar niet", "2026-07-01", _NEE, "Wtl 2.16",
           **_nieuw("2010-01-01", geregistreerd=False, herplaatst_op="2025-07-01", verklaring_arbeidsgehandicapt=True)),
        _g("Herplaatst: het tijdvak waarin het jaar eindigt telt", "2026-07-01", _ja(305, "herplaatsen"),
        "Wtl 2.16 lid 2",
           **_nieuw("2010-01-01", geregistreerd=False, herplaatst_op="2025-07-02", verklaring_arbeidsgehandicapt=True)),
        _g("Herplaatst: nog niet begonnen", "2026-07-01", _NEE, "Wtl 2.16", **_nieuw("2010-01-01", geregistreerd=False,
           herplaatst_op="2026-08-01", verklaring_arbeidsgehandicapt=True)),
        _g("Herplaatst: niet bij artikel 2 Wsw", "2026-07-01", _NEE, "Wtl 2.14 lid 2", **_nieuw("2010-01-01",
           geregistreerd=False, herplaatst_op="2026-02-01", verklaring_arbeidsgehandicapt=True,
           dienstbetrekking="wsw_artikel_2")),
        _g("Herplaatst: verklaring te laat", "2026-07-01", _NEE, "Wtl 2.15", **_nieuw("2010-01-01", geregistreerd=False,
           herplaatst_op="2026-02-02", verklaring_arbeidsgehandicapt_aangevraagd_op="2026-05-05")),
        _g("Tot 2025 kon het LIV hoger zijn", "2024-06-01", _ja(120, "liv"), "Wtl 4.1 lid 3 (2024)",
        **_oud(liv_bedrag=120)),
        _g("In december 2024 kon het LIV nog hoger zijn", "2024-12-15", _ja(120, "liv"), "Wtl 4.1 lid 3 (2024)",
        **_oud(liv_bedrag=120)),
        _g("Is het LIV gelijk, dan het eerste van de wet", "2024-06-01", _ja(101), "Wtl 4.1 lid 3 (2024)",
           **_oud(liv_bedrag=101)),
        _g("De dagen waarop iets moet gebeuren", "2026-07-01", {"verzoek_voor_overzicht": "2027-01-31",
           "overzicht_voor": "2027-03-15", "correctie_tot_en_met": "2027-05-01", "besluit_voor": "2027-08-01"},
           "Wtl 4.1 en 4.2", **_nieuw(**_IN)),
    ),
)  # fmt: skip


@REGEL.cases()
def test_loonkostenvoordeel(geval: Geval) -> None:
    REGEL.check(geval)


@pytest.mark.parametrize(
    ("bedragen", "betaald"),
    [
        # 1.664 uur in 2022: LKV banenafspraak € 1,01, arbeidsgehandicapte € 3,05, LIV € 0,78 per uur
        ([Decimal("1680.64"), Decimal("5075.20"), Decimal("1297.92")], Decimal("5075.20")),
        ([Decimal("1680.64"), Decimal(0), Decimal("1297.92")], Decimal("1680.64")),
        ([Decimal(0), Decimal(0), Decimal("1297.92")], Decimal("1297.92")),
        ([Decimal(2000), Decimal(2000)], Decimal(2000)),
        ([Decimal(0), Decimal(0), Decimal(0)], Decimal(0)),
    ],
)
def test_over_een_kalenderjaar_wordt_alleen_de_hoogste_tegemoetkoming_betaald(
    bedragen: list[Decimal], betaald: Decimal
) -> None:
    """Wtl 4.1 lid 3: de bedragen worden niet opgeteld, en zonder recht is er niets."""
    assert tegemoetkoming_van_het_jaar(bedragen) == betaald

"""Factsheets made by hand for tests of pages: the published figures of Gooi en Vechtstreek, and their edges."""

from dataclasses import replace
from datetime import date

from banenafspraak.metingen.grootheden import AantalBanen as B
from banenafspraak.metingen.grootheden import AantalPersonen as P
from banenafspraak.metingen.rapportage import (
    Aandeel,
    Banencijfers,
    Factsheet,
    PerCategorie,
    Personencijfers,
    Praktijkroutekwartaal,
    Reekskwartaal,
    Regio,
    Stroom,
    Verdeling,
    Verloopcijfers,
    Verloopdeel,
    Werkendenkwartaal,
)

REDENEN = {
    "duurzaam_geen_arbeidsvermogen": 6,
    "vertrek_uit_regio": 22,
    "wsw_beschut_werk": 7,
    "aow": 0,
    "overlijden": 7,
    "beschikking_beschut_werk": 1,
    "vrijwillige_uitschrijving": 0,
    "t_plus_2": 0,
    "overig": 0,
}


def gooi(*, afgerond: bool = False) -> Factsheet:
    """Gooi en Vechtstreek, first quarter of 2018, as UWV published it; what UWV left out is filled in consistently."""
    werkenden = [
        ("2017Q1", (458, 34), (99, 34), (557, 34)),
        ("2017Q2", (478, 39), (147, 42), (625, 39)),
        ("2017Q3", (494, 40), (168, 45), (662, 41)),
        ("2017Q4", (495, 44), (207, 50), (702, 45)),
        ("2018Q1", (492, 44), (225, 49), (717, 45)),
    ]
    reeks = [
        ("2012Q4", (455, 25, 35), (430, 1869, 0), (190, 302, 0)),
        ("2017Q1", (560, 40, 75), (93, 1340, 290), (78, 458, 99)),
        ("2017Q2", (598, 42, 85), (93, 1240, 350), (79, 478, 147)),
        ("2017Q3", (640, 46, 108), (93, 1240, 373), (79, 494, 168)),
        ("2017Q4", (694, 50, 115), (93, 1130, 418), (79, 495, 207)),
        ("2018Q1", (700, 52, 112), (96, 1120, 463), (81, 492, 225)),
    ]
    deel = Verloopdeel(Stroom(P(0), P(0)), Stroom(P(0), P(0)), P(0), P(0), P(0), P(0))
    return Factsheet(
        regio=Regio("AM12", "Gooi en Vechtstreek"),
        kwartaal="2018Q1",
        peildatum=date(2018, 3, 31),
        afgerond=afgerond,
        banen=Banencijfers(
            B(864), B(515), B(349), B(859), B(675), B(492), 71, Verdeling(700, 52, 112), Verdeling(81, 6, 13)
        ),
        personen=Personencijfers(P(1679), P(2299), P(1641), P(1723), PerCategorie(P(96), P(1120), P(463))),
        werkzaam=Personencijfers(P(798), P(492), P(781), P(635), PerCategorie(P(81), P(492), P(225))),
        werkenden=tuple(
            Werkendenkwartaal(k, Aandeel(P(w[0]), w[1]), Aandeel(P(p[0]), p[1]), Aandeel(P(t[0]), t[1]))
            for k, w, p, t in werkenden
        ),
        verloop=Verloopcijfers(
            instroom=Stroom(P(32), P(49)),
            uitstroom=Stroom(P(8), P(35)),
            baanvinders=P(55),
            baanverliezers=P(62),
            baanbehouders=P(711),
            niet_werkend_gebleven=P(770),
            uitstroomredenen={naam: P(aantal) for naam, aantal in REDENEN.items()},
            uitstroomredenen_percentage={
                "duurzaam_geen_arbeidsvermogen": 14,
                "vertrek_uit_regio": 51,
                "wsw_beschut_werk": 16,
                "aow": 0,
                "overlijden": 16,
                "beschikking_beschut_werk": 2,
                "vrijwillige_uitschrijving": 0,
                "t_plus_2": 0,
                "overig": 0,
            },
            per_categorie={"wsw": deel, "wajong": deel, "participatiewet": deel},
        ),
        praktijkroute=tuple(
            Praktijkroutekwartaal(k, P(n))
            for k, n in [("2017Q1", 19), ("2017Q2", 29), ("2017Q3", 4), ("2017Q4", 18), ("2018Q1", 9)]
        ),
        reeks=tuple(
            Reekskwartaal(
                k, Verdeling(*banen), B(sum(banen)), PerCategorie(*map(P, personen)), PerCategorie(*map(P, werkzaam))
            )
            for k, banen, personen, werkzaam in reeks
        ),
        zegel="ab" * 32,
        versoepeld=0,
    )


def first_ever() -> Factsheet:
    """A region's first quarter: nothing to compare with, no target, nobody left, no flow."""
    return replace(
        gooi(afgerond=True),
        banen=Banencijfers(B(0), None, None, None, None, None, None, Verdeling(0, 0, 0), None),
        werkzaam=Personencijfers(P(0), None, None, None, PerCategorie(P(0), P(0), P(0))),
        personen=Personencijfers(P(10), None, None, None, PerCategorie(P(0), P(10), P(0))),
        werkenden=(Werkendenkwartaal("2018Q1", Aandeel(P(0), 0), Aandeel(P(0), None), Aandeel(P(0), 0)),),
        verloop=None,
        praktijkroute=(Praktijkroutekwartaal("2018Q1", P(0)),),
        reeks=(
            Reekskwartaal(
                "2018Q1",
                Verdeling(0, 0, 0),
                B(0),
                PerCategorie(P(0), P(10), P(0)),
                PerCategorie(P(0), P(0), P(0)),
            ),
        ),
        zegel="cd" * 32,
    )

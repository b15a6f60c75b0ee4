"""Every question the law can answer here: its name, the facts it needs and the function that answers.

The command line and the web API ask through this list, so that they can never differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from banenafspraak.wet import (
    arbeidsvermogen,
    banen,
    beschutwerk,
    doelgroep,
    inzagetermijn,
    loonwaarde,
    quotum,
    quotumuren,
    raadpleging,
    registratie,
    termijnen,
    uitschrijving,
)
from banenafspraak.wet.instrumenten import (
    cv_feiten,
    financieel_cv,
    jobcoach,
    lageinkomensvoordeel,
    loondispensatie,
    loonkostensubsidie,
    loonkostenvoordeel,
    minimumloon,
    noriskpolis,
    proefplaatsing,
    werkvoorziening,
)
from banenafspraak.wet.uitkomst import Uitkomst


@dataclass(frozen=True)
class Rule:
    """A question the law can answer: the facts it needs, and the function that answers."""

    facts: type[Any]
    answer: Callable[..., Uitkomst[Any]]


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "antwoordtermijn": Rule(inzagetermijn.InzageFeiten, inzagetermijn.antwoordtermijn),
        "arbeidsvermogen": Rule(arbeidsvermogen.ArbeidsvermogenFeiten, arbeidsvermogen.beoordeel),
        "banen": Rule(banen.Werk, banen.tel),
        "beschutwerk": Rule(beschutwerk.BeschutWerkFeiten, beschutwerk.beschut_werk),
        "categorie": Rule(doelgroep.CategorieFeiten, doelgroep.categorie_van),
        "doelgroep": Rule(doelgroep.DoelgroepFeiten, doelgroep.beoordeel),
        "financieel-cv": Rule(cv_feiten.FinancieelCvFeiten, financieel_cv.financieel_cv),
        "jobcoach": Rule(jobcoach.JobcoachFeiten, jobcoach.jobcoach),
        "liv": Rule(lageinkomensvoordeel.LivFeiten, lageinkomensvoordeel.lageinkomensvoordeel),
        "lkv": Rule(loonkostenvoordeel.LkvFeiten, loonkostenvoordeel.loonkostenvoordeel),
        "lks": Rule(loonkostensubsidie.LksFeiten, loonkostensubsidie.loonkostensubsidie),
        "loondispensatie": Rule(loondispensatie.LoondispensatieFeiten, loondispensatie.loondispensatie),
        "loonwaarde": Rule(loonwaarde.LoonwaardeFeiten, loonwaarde.loonwaarde),
        "minimumloon": Rule(minimumloon.MinimumloonFeiten, minimumloon.minimumloon),
        "no-riskpolis": Rule(noriskpolis.NoRiskFeiten, noriskpolis.noriskpolis),
        "proefplaatsing": Rule(proefplaatsing.ProefplaatsingFeiten, proefplaatsing.proefplaatsing),
        "quotum": Rule(quotum.QuotumFeiten, quotum.quotum),
        "quotumpercentage": Rule(quotum.QuotumpercentageFeiten, quotum.quotumpercentage),
        "quotumuren": Rule(quotumuren.QuotumurenFeiten, quotumuren.quotumuren),
        "raadpleging": Rule(raadpleging.RaadplegingFeiten, raadpleging.mededeling),
        "registratie": Rule(registratie.RegistratieFeiten, registratie.registratie),
        "termijn": Rule(termijnen.TermijnFeiten, termijnen.beslistermijn),
        "uitschrijving": Rule(uitschrijving.UitschrijvingFeiten, uitschrijving.uitschrijving),
        "werkvoorziening": Rule(werkvoorziening.WerkvoorzieningFeiten, werkvoorziening.werkvoorziening),
    }
)

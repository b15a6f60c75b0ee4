"""Noise: rows that are true to life and must not change any figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from banenafspraak.adapters.synthese import loonregels as codes
from banenafspraak.adapters.synthese.loonregels import Loonregel, wage
from banenafspraak.adapters.synthese.nummers import Nummervoorraad
from banenafspraak.adapters.synthese.paden import Pad
from banenafspraak.adapters.synthese.personen import Persoon, Registratie, Soort, Woongebied, Woonplaats
from banenafspraak.adapters.synthese.trekking import choose, day_between
from banenafspraak.adapters.synthese.werkgevers import Arbeidsmarkt, Werkgever, Werkgeversoort
from banenafspraak.metingen.grootheden import Kwartaal
from banenafspraak.wet.aow import add_months
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden

_COLLEGAS_PER_WERKENDE: Final = 0.15
_WERKT_ELDERS: Final = 0.4
_WERKT_BESCHUT: Final = 0.85
_UITKERING_WERKLOOS: Final = 0.8
_UITKERING_WERKEND: Final = 0.3
_DGA: Final = 0.004
_NUL_LOON: Final = 0.02
_OOK_BESCHUT: Final = 0.06


def draw_collegas(
    reeks: Sequence[Kwartaal], werkenden: int, markt: Arbeidsmarkt, nummers: Nummervoorraad, rng: np.random.Generator
) -> list[Loonregel]:
    """Employees outside the register, in every month: at least one at each employer with Ufo wages.

    Without them an overheidswerkgever could be missing from the December that decides on its sector.
    """
    soorten = (Werkgeversoort.OVERHEID, Werkgeversoort.OVERHEID_GEMENGD, Werkgeversoort.GEPRIVATISEERD)
    employers = list(markt.of(*soorten, Werkgeversoort.MARKT_MET_UFO) * 2)
    anywhere = {w: w.gewicht for w in markt.werkgevers if w.soort != Werkgeversoort.UITKERINGSINSTANTIE}
    employers += [choose(anywhere, rng) for _ in range(round(_COLLEGAS_PER_WERKENDE * werkenden))]
    regels = []
    for werkgever in employers:
        bsn, per_uur, uren = nummers.next_bsn(), int(rng.integers(1100, 3900)), int(rng.integers(60, 166))
        for kwartaal in reeks:
            loon = wage(uren, per_uur)
            regels.append(Loonregel(kwartaal, bsn, werkgever.lhnr, 1, codes.SRTIV_LOON, _cdaard(werkgever), uren, loon))
    return regels


def draw_uitkeringen(
    personen: Sequence[Persoon], reeks: Sequence[Kwartaal], markt: Arbeidsmarkt, rng: np.random.Generator
) -> list[Loonregel]:
    """Income that is no wage from work, and rows without wage: who has only these does not work.

    Benefits; a director who is not insured as an employee, with hours; and a contract without any hours or wage.
    """
    instantie = markt.of(Werkgeversoort.UITKERINGSINSTANTIE)[0]
    regels = []
    for persoon in personen:
        eigen_bedrijf = rng.random() < _DGA
        for index, kwartaal in enumerate(reeks):
            toestand = persoon.pad.toestanden[index]
            if toestand is None:
                continue
            if rng.random() < (_UITKERING_WERKEND if toestand.werkt else _UITKERING_WERKLOOS):
                bijstand = persoon.soort == Soort.PARTICIPATIEWET
                srtiv = codes.SRTIV_BIJSTAND if bijstand else codes.SRTIV_WAJONG
                regels.append(_regel(kwartaal, persoon, instantie, srtiv, codes.CDAARD_OVERIG_FICTIEF, 0, rng))
            if eigen_bedrijf:
                werkgever = choose({w: w.gewicht for w in markt.of(Werkgeversoort.MARKT)}, rng)
                dga = _regel(kwartaal, persoon, werkgever, codes.SRTIV_DGA_NIET_VERZEKERD, 1, 160, rng)
                regels.append(replace(dga, numiv=9))
            elif not toestand.werkt and rng.random() < _NUL_LOON:
                werkgever = choose({w: w.gewicht for w in markt.of(Werkgeversoort.MARKT)}, rng)
                nul = _regel(kwartaal, persoon, werkgever, codes.SRTIV_LOON, codes.CDAARD_ARBEIDSOVEREENKOMST, 0, rng)
                regels.append(replace(nul, loon=wage(0, 0)))
    return regels


def draw_buiten_register(
    personen: Sequence[Persoon], reeks: Sequence[Kwartaal], markt: Arbeidsmarkt, rng: np.random.Generator
) -> list[Loonregel]:
    """Work of people in months in which the register does not have them as residents of this region.

    Before their registration, after its end (sheltered work too), or while they live elsewhere.
    """
    regels = []
    for persoon in personen:
        for index, kwartaal in enumerate(reeks):
            if not _outside(persoon, index, kwartaal.peildatum):
                continue
            if beschut := _beschut_after(persoon, index):
                if rng.random() < _WERKT_BESCHUT:
                    werkgever = markt.of(Werkgeversoort.SW_BEDRIJF)[0]
                    uren = int(rng.integers(60, 150))
                    regels.append(_regel(kwartaal, persoon, werkgever, codes.SRTIV_LOON, beschut, uren, rng))
            elif rng.random() < _WERKT_ELDERS:
                werkgever = choose({w: w.gewicht for w in markt.of(Werkgeversoort.MARKT, Werkgeversoort.OVERHEID)}, rng)
                uren = int(rng.integers(20, 170))
                regels.append(_regel(kwartaal, persoon, werkgever, codes.SRTIV_LOON, _cdaard(werkgever), uren, rng))
    return regels


def draw_beschut_beside(
    personen: Sequence[Persoon], reeks: Sequence[Kwartaal], markt: Arbeidsmarkt, rng: np.random.Generator
) -> list[Loonregel]:
    """Sheltered hours of people who also have other work: the person works, these hours are no job."""
    sw_bedrijf = markt.of(Werkgeversoort.SW_BEDRIJF)[0]
    regels = []
    for persoon in personen:
        for index, kwartaal in enumerate(reeks):
            toestand = persoon.pad.toestanden[index]
            if toestand and toestand.werkt and toestand.categorie == "wsw" and rng.random() < _OOK_BESCHUT:
                uren = int(rng.integers(8, 60))
                regel = _regel(kwartaal, persoon, sw_bedrijf, codes.SRTIV_LOON, codes.CDAARD_WSW_BESCHUT, uren, rng)
                regels.append(replace(regel, numiv=9))
    return regels


def draw_eendagsregistraties(
    reeks: Sequence[Kwartaal], aantal: int, gebied: Woongebied, nummers: Nummervoorraad, rng: np.random.Generator
) -> list[Persoon]:
    """People registered for exactly one day, a peildatum: the publications leave such registrations out."""
    personen = []
    for _ in range(aantal):
        peildatum = reeks[int(rng.integers(1, len(reeks)))].peildatum
        registratie = Registratie(
            Grond.AMVB_38B_1_D, Route.VSO, peildatum, peildatum + timedelta(days=1), EindeReden.OVERIG
        )
        personen.append(_bystander(registratie, len(reeks), gebied, nummers, rng))
    return personen


def draw_passanten(
    reeks: Sequence[Kwartaal], aantal: int, gebied: Woongebied, nummers: Nummervoorraad, rng: np.random.Generator
) -> list[Persoon]:
    """People registered and gone again between two peildata: no peildatum has seen them."""
    personen = []
    for _ in range(aantal):
        kwartaal = reeks[int(rng.integers(2, len(reeks)))]
        vanaf = day_between(rng, kwartaal.begin_op, kwartaal.begin_op + timedelta(days=30))
        tot = day_between(rng, vanaf + timedelta(days=5), kwartaal.peildatum)
        registratie = Registratie(Grond.AMVB_38B_1_D, Route.ENTREE, vanaf, tot, EindeReden.OVERIG)
        personen.append(_bystander(registratie, len(reeks), gebied, nummers, rng))
    return personen


def _bystander(
    registratie: Registratie, kwartalen: int, gebied: Woongebied, nummers: Nummervoorraad, rng: np.random.Generator
) -> Persoon:
    geboren = add_months(registratie.geldig_vanaf, -12 * 18) - timedelta(days=int(rng.integers(10, 900)))
    woont = Woonplaats(choose(gebied.gemeenten, rng), geboren)
    pad = Pad((None,) * kwartalen, {}, {})
    return Persoon(nummers.next_bsn(), geboren, None, (registratie,), (woont,), Soort.PARTICIPATIEWET, pad)


def _outside(persoon: Persoon, index: int, peildatum: date) -> bool:
    volwassen = peildatum >= add_months(persoon.geboortedatum, 12 * 17)
    leeft = persoon.overleden_op is None or persoon.overleden_op > peildatum
    return persoon.pad.toestanden[index] is None and volwassen and leeft


def _beschut_after(persoon: Persoon, index: int) -> int | None:
    """CdAard of the sheltered work for which the registration ended, if it did."""
    redenen = {reden for i, reden in persoon.pad.uitstroom.items() if i <= index}
    if EindeReden.WSW_BESCHUT_WERK in redenen:
        return codes.CDAARD_WSW_BESCHUT
    return codes.CDAARD_PWET_BESCHUT if EindeReden.BESCHIKKING_BESCHUT_WERK in redenen else None


def _cdaard(werkgever: Werkgever) -> int:
    match werkgever.soort:
        case Werkgeversoort.UITZENDBUREAU:
            return codes.CDAARD_UITZENDKRACHT
        case Werkgeversoort.OVERHEID:
            return codes.CDAARD_AANSTELLING
        case _:
            return codes.CDAARD_ARBEIDSOVEREENKOMST


def _regel(
    kwartaal: Kwartaal,
    persoon: Persoon,
    werkgever: Werkgever,
    srtiv: int,
    cdaard: int,
    uren: int,
    rng: np.random.Generator,
) -> Loonregel:
    """A row with a wage by the hour, or for a benefit without hours a fixed amount."""
    loon = wage(uren, int(rng.integers(905, 1500))) if uren else wage(1, int(rng.integers(30_000, 120_000)))
    return Loonregel(kwartaal, persoon.bsn, werkgever.lhnr, 1, srtiv, cdaard, uren, loon)

"""Synthetic deliveries: people who do not exist, in the formats in which real ones arrive.

Everything is drawn by a seed. Where figures of a region were published (`marges/`), exactly those figures come out of
the deliveries, whatever the seed; the rest is free, and plausible where that costs nothing.

Only 9.091 test BSNs (9999xxxxx) pass the elfproef, and no number is ever given twice: people who were ever in the
register, their colleagues and their employers together cannot be more than that. That is about three regions the size
of Gooi en Vechtstreek, or one fiftieth of the country.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from banenafspraak.adapters.synthese.bevolking import VOORBEELD, draw_exact, draw_scaled
from banenafspraak.adapters.synthese.leveringen import Leveringen, write_leveringen
from banenafspraak.adapters.synthese.marges import load_marges
from banenafspraak.adapters.synthese.nummers import Nummervoorraad
from banenafspraak.adapters.synthese.profielen import draw_klanten, write_profielen

_DEMO_REGIOS: Final = {"AM18": 0.045, "AM13": 0.05, "AM11": 0.07, "AM14": 0.07, "AM37": 0.05, "AM25": 0.03}
"""Regions beside the exact one in the demonstration, and their scale: neighbours, and one far away."""


DEMO_GEMEENTE: Final = "GM0402"
"""Delivers the profiles of its own people in the demonstration, out of Sonar; the region delivers the others."""
_BESCHIKBAAR: Final = 0.65
"""Of the public profiles in the demonstration: in 2019 there were so few (8%) that hardly any card could be shown."""


def write_demo(uit: Path, zaad: int, *, op: date) -> Leveringen:
    """Write the deliveries of the demonstration: Gooi en Vechtstreek exact, six other regions small.

    Register and wages for 2012Q4 and 2017Q1 up to and including 2018Q1, plus December 2016 for the sectors of 2017.
    Profiles as on the day `op`. The same seed and day give the same files. Takes a few seconds.
    """
    nummers = Nummervoorraad(zaad)
    bevolking = draw_exact(VOORBEELD, nummers, zaad)
    for regio, schaal in _DEMO_REGIOS.items():
        bevolking += draw_scaled(regio, schaal, nummers, zaad)
    kwartalen = [kwartaal for kwartaal in load_marges(VOORBEELD).reeks if str(kwartaal) != "2016Q4"]
    leveringen = write_leveringen(bevolking, uit, kwartalen)
    klanten = [
        klant
        for regio in (VOORBEELD, *_DEMO_REGIOS)
        for klant in draw_klanten(bevolking.personen, regio, zaad, op=op, beschikbaar=_BESCHIKBAAR)
    ]
    profielen = write_profielen(klanten, uit, apart=(DEMO_GEMEENTE,))
    return replace(leveringen, profielen=profielen, klanten=klanten)

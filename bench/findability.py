"""Who can be found at all: of everybody who is public and available, the share that some search brings to the front.

1,000 seeded searches (`_kandidaten.queries`), each by another employer, on the published cards of `--mensen` made-up
people of whom 42% gave no level of education, as in 2019. Somebody is found when a card they are on is in the first
five pages of at least one search. Who waits for others to share a card with, or is on no card, is not found.

- `findable`: the Kandidatenverkenner. `findable_strict`: the same cards and searches when an unknown answer leaves
  somebody out, as filters usually do.
- `findable_strict_profiles`: when each search would strictly filter the answers themselves, and show everybody it finds
  on as many pages as it takes; an upper bound for any search of that kind.
- `findable_twice`: on at least two of the searches. `findable_first_100`: within the first hundred cards of one.
"""

import argparse
import json
import sys
from collections import Counter
from typing import Any

from bench import ready
from bench._kandidaten import MISSING_NIVEAU, people, queries, seed

PAGES = 5
QUERIES = 1000


def main(argv: list[str]) -> dict[str, Any]:
    """Count."""
    parser = argparse.ArgumentParser(prog="bench.findability")
    parser.add_argument("--mensen", type=int, default=150_000)
    parser.add_argument("--snel", action="store_true", help="10,000 people")
    options = parser.parse_args(argv)
    number = 10_000 if options.snel else options.mensen
    with ready("zoeken"):
        return _count(number)


def _count(number: int) -> dict[str, Any]:
    from django.db import transaction
    from django.utils import timezone

    from banenafspraak.access import database
    from banenafspraak.access.actor import Actor
    from banenafspraak.bemiddeling import kaartnummers, klassen, verkenner, zoekregels
    from banenafspraak.bemiddeling.models import Klasselid
    from banenafspraak.bemiddeling.vensterindex import INDEX
    from bench._kandidaten import employer

    now = timezone.now()
    today = timezone.localtime(now).date()
    seed(people(number, missing_niveau=MISSING_NIVEAU), now)
    done = klassen.publish(actor=Actor.system(doel="bench"), now=now)
    actor, _ = employer()
    size = Counter(Klasselid.objects.values_list("klasse_id", flat=True))
    asked = queries(QUERIES)
    first = PAGES * verkenner.PER_PAGE
    found: Counter[int] = Counter()
    strict: set[int] = set()
    hundred: set[int] = set()
    with transaction.atomic(), database.acting(actor), INDEX.fresh(today):
        for place, wens in enumerate(asked):
            order = kaartnummers.order_key(organisatie_id=1_000_000 + place, now=now)
            rows = verkenner._ranked(INDEX, wens, INDEX.alive, order)[:first]
            found.update(INDEX.numbers[rows].tolist())
            hundred.update(INDEX.numbers[rows[:100]].tolist())
            rows = verkenner._ranked(INDEX, wens, INDEX.alive, order, strict=True)[:first]
            strict.update(INDEX.numbers[rows].tolist())
        cards = int(INDEX.alive.sum())
    with transaction.atomic():
        visible = [one for one in zoekregels.read(None, peildatum=today) if one.is_visible_on(today)]
    return {
        "findable": _share(sum(size[card] for card in found), len(visible)),
        "findable_strict": _share(sum(size[card] for card in strict), len(visible)),
        "findable_strict_profiles": _share(_strictly(visible, asked), len(visible)),
        "findable_twice": _share(sum(size[card] for card, times in found.items() if times > 1), len(visible)),
        "findable_first_100": _share(sum(size[card] for card in hundred), len(visible)),
        "people": len(visible),
        "on_a_card": _share(sum(size.values()), len(visible)),
        "cards": cards,
        "waiting": done.wachtend,
        "queries": len(asked),
        "pages": PAGES,
        "cards_on_a_page": verkenner.PER_PAGE,
        "missing_education": MISSING_NIVEAU,
        "told_by_cards": _told(),
    }


def _strictly(visible: list[Any], asked: list[Any]) -> int:
    """How many people fit at least one search with every answer known."""
    import numpy as np

    from banenafspraak.bemiddeling import postcodes
    from banenafspraak.bemiddeling.zoekindex import needed_kilometres

    tabel = postcodes.table()
    column = {
        "plek": np.array([one.plek for one in visible]),
        "far": np.array([-1 if one.reisafstand is None else one.reisafstand for one in visible]),
        "niveau": np.array([one.niveau or 0 for one in visible]),
        "least": np.array([one.uren_min or 0 for one in visible]),
        "most": np.array([-1 if one.uren_max is None else one.uren_max for one in visible]),
        "dagen": np.array([one.dagen or 0 for one in visible]),
        "motor": np.array([bool(set(one.vervoermiddelen) & {1, 2, 4}) for one in visible]),
    }
    names = sorted({name for one in visible for name in one.werkvelden})
    wants = {name: np.array([name in one.werkvelden for one in visible]) for name in names}
    ever = np.zeros(len(visible), dtype=bool)
    for wens in asked:
        fits = np.ones(len(visible), dtype=bool)
        if wens.plek is not None:
            need = needed_kilometres(wens, tabel)[column["plek"]]
            fits &= (column["far"] >= need) & (need < 255)
        if wens.werkvelden:
            fits &= np.any([wants[name] for name in wens.werkvelden if name in wants], axis=0)
        if wens.niveau is not None:
            fits &= column["niveau"] >= wens.niveau
        if wens.uren is not None:
            fits &= (column["least"] <= wens.uren) & (column["most"] >= wens.uren)
        if wens.dagen:
            fits &= column["dagen"] & wens.dagen == wens.dagen
        if wens.gemotoriseerd:
            fits &= column["motor"]
        ever |= fits
    return int(ever.sum())


def _told() -> dict[str, float]:
    """Of the people on a card, the share of whom it tells each kenmerk, 'onbekend' included."""
    from banenafspraak.bemiddeling.kenmerken import KENMERKEN, LANDSDELEN, OP_AANVRAAG
    from banenafspraak.bemiddeling.models import Klasse

    klassen = list(Klasse.objects.filter(open=True))
    every = sum(one.aantal for one in klassen)
    told = {
        kenmerk: _share(sum(one.aantal for one in klassen if getattr(one, kenmerk) != OP_AANVRAAG), every)
        for kenmerk in KENMERKEN
    }
    fine = sum(one.aantal for one in klassen if one.regio not in (OP_AANVRAAG, *LANDSDELEN))
    return told | {"arbeidsmarktregio": _share(fine, every)}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))

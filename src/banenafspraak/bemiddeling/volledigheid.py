"""When a klantprofiel is complete, when it is fresh, and which question helps most now. Plain Python, no tables.

**Volledig** is a profile of which an employer can read the five facts that the Kandidatenverkenner is about: what work
somebody wants, whether and how many hours somebody can work, how far somebody travels, what somebody learned and what
work somebody did. In 2019 42% of the profiles had no education level and a third no sector. What somebody needs at work
never counts: nobody should have to tell of an illness to be complete.

**Vers** is a profile whose `beschikbaar` was said or confirmed at most `DAGEN_VERS` days ago. In 2019 fewer than 8% of
the people that could be found were really there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from banenafspraak.bemiddeling.profielrecord import ProfielRecord, Stap

DAGEN_VERS = 60
"""How many days 'beschikbaar' holds without being confirmed.

An employer who asks wants somebody who can start: in two months most who found work, or fell ill, are known to have.
Shorter would ask people more often than every other month, and who is asked too often stops answering. Ours, no law's.
"""

DAGEN_HERINNERING = (45, 58)
"""After how many days somebody is asked whether it is still so: in time, and once more two days before it ends."""

DAGEN_OUD = 365
"""After how many days another answer is asked again: it rarely changes, and is not wrong because it is old."""

DAGEN_VOORUIT = 365
"""Who can start later than this many days from now is not shown to employers."""


class Onderdeel(StrEnum):
    """A part of a profile that can be missing."""

    WERK = "werk"
    BESCHIKBAAR = "beschikbaar"
    UREN = "uren"
    POSTCODE = "postcode"
    REISAFSTAND = "reisafstand"
    NIVEAU = "niveau"
    ERVARING = "ervaring"
    DAGEN = "dagen"
    VERVOER = "vervoer"
    TAAL = "taal"
    RIJBEWIJS = "rijbewijs"
    CONTACT = "contact"


@dataclass(frozen=True)
class Regel:
    """One part: its share of the score, the step that asks it, whether a complete profile needs it, and why."""

    punten: int
    stap: Stap
    verplicht: bool
    reden: str
    bekend: Callable[[ProfielRecord], bool]


REGELS: Mapping[Onderdeel, Regel] = {
    Onderdeel.WERK: Regel(
        20,
        Stap.WERK,
        True,
        "Zonder soort werk vindt geen werkgever dit profiel.",
        lambda r: bool(r.werksoorten or r.bemiddelingsberoepen or r.sectoren or r.interesses),
    ),
    Onderdeel.BESCHIKBAAR: Regel(
        15,
        Stap.BESCHIKBAAR,
        True,
        "Een werkgever zoekt iemand die kan beginnen.",
        lambda r: r.beschikbaar is not None,
    ),
    Onderdeel.UREN: Regel(
        10,
        Stap.UREN,
        True,
        "Een werkgever wil weten of de uren passen.",
        lambda r: r.aantal_werkuren_per_week_maximaal is not None or r.aantal_werkuren_per_week_minimaal is not None,
    ),
    Onderdeel.POSTCODE: Regel(
        10,
        Stap.REIZEN,
        True,
        "Zonder postcode is niet te zien of het werk dichtbij is.",
        lambda r: bool(r.bemiddelingspostcode),
    ),
    Onderdeel.REISAFSTAND: Regel(
        5,
        Stap.REIZEN,
        True,
        "Dan komt alleen werk waar iemand kan komen.",
        lambda r: r.maximale_reisafstand is not None or r.maximale_reistijd is not None,
    ),
    Onderdeel.NIVEAU: Regel(
        10,
        Stap.OPLEIDING,
        True,
        "Werkgevers zoeken op opleiding.",
        lambda r: r.code_werk_en_denkniveau is not None or r.opleidingen is not None,
    ),
    Onderdeel.ERVARING: Regel(
        10,
        Stap.ERVARING,
        True,
        "Ook weten dat iemand nog geen ervaring heeft, helpt.",
        lambda r: r.werkervaringen is not None,
    ),
    Onderdeel.DAGEN: Regel(5, Stap.UREN, False, "Dan past het rooster beter.", lambda r: r.werkdagen is not None),
    Onderdeel.VERVOER: Regel(
        5, Stap.REIZEN, False, "Dan is de reistijd beter te schatten.", lambda r: bool(r.vervoermiddelen)
    ),
    Onderdeel.TAAL: Regel(3, Stap.TAAL, False, "Voor sommig werk is een taal nodig.", lambda r: bool(r.taalbeheersing)),
    Onderdeel.RIJBEWIJS: Regel(
        2, Stap.RIJBEWIJS, False, "Voor sommig werk is een rijbewijs nodig.", lambda r: r.rijbewijzen is not None
    ),
    Onderdeel.CONTACT: Regel(
        5,
        Stap.OVER_U,
        False,
        "Zonder e-mailadres of telefoonnummer kunnen wij geen vraag van een werkgever doorgeven.",
        lambda r: bool(r.contact.emailadres or r.contact.telefoonnummer),
    ),
}
"""Every part, the most helpful first among equals; together 100 points."""


@dataclass(frozen=True)
class Volledigheid:
    """How complete a profile is on a day.

    `score` is 0 to 100. `ontbreekt` has the missing parts with their reasons (Dutch, B1), the most helpful first.
    `verouderd` are the steps that were answered more than `DAGEN_OUD` days ago, the oldest first. `volgende` is the
    step to ask next, or None when nothing is missing or old.
    """

    score: int
    volledig: bool
    ontbreekt: Mapping[Onderdeel, str]
    verouderd: tuple[Stap, ...]
    volgende: Stap | None


def completeness(record: ProfielRecord, beantwoord: Mapping[str, date], peildatum: date) -> Volledigheid:
    """How complete the record is; `beantwoord` has the day on which each step was answered."""
    missing = {part: regel for part, regel in REGELS.items() if not regel.bekend(record)}
    # Python's sort is stable: equals keep the order of the table.
    order = sorted(missing, key=lambda part: (not missing[part].verplicht, -missing[part].punten))
    limit = peildatum - timedelta(days=DAGEN_OUD)
    old = sorted((day, stap) for stap, day in beantwoord.items() if day < limit and stap in set(Stap))
    verouderd = tuple(Stap(stap) for _, stap in old)
    required = [part for part in order if missing[part].verplicht]
    steps = [missing[part].stap for part in required] + list(verouderd) + [missing[part].stap for part in order]
    return Volledigheid(
        score=sum(regel.punten for part, regel in REGELS.items() if part not in missing),
        volledig=not required,
        ontbreekt={part: missing[part].reden for part in order},
        verouderd=verouderd,
        volgende=next(iter(steps), None),
    )


@dataclass(frozen=True)
class Versheid:
    """Whether 'beschikbaar' still holds on a day; `verloopt_op` is the first day on which it no longer does."""

    vers: bool
    verloopt_op: date | None
    dagen_over: int


def freshness(bevestigd_op: date | None, peildatum: date) -> Versheid:
    """How long the answer 'beschikbaar' of that day still holds; without a day it never did."""
    if bevestigd_op is None:
        return Versheid(vers=False, verloopt_op=None, dagen_over=0)
    expires = bevestigd_op + timedelta(days=DAGEN_VERS + 1)
    return Versheid(vers=peildatum < expires, verloopt_op=expires, dagen_over=max(0, (expires - peildatum).days))


def days_before(peildatum: date, days: int) -> date:
    """The day that many days before the peildatum."""
    return peildatum - timedelta(days=days)


def fresh_since(peildatum: date) -> date:
    """The first day on which a confirmation still holds on the peildatum."""
    return peildatum - timedelta(days=DAGEN_VERS)

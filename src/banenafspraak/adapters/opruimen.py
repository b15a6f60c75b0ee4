"""Erasing what is past its term, in every room: for the command and for the queue, which both read the clock."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.utils import timezone

from banenafspraak.access import bewaren
from banenafspraak.access.actor import Actor
from banenafspraak.access.bewaren import Bewaarregel, Wisser, bewaarregels, latest_due
from banenafspraak.bemiddeling.bewaren_contact import CONTACTEN
from banenafspraak.bemiddeling.bewaren_plaatsing import PLAATSINGEN, WERKGEVERS
from banenafspraak.bemiddeling.bewaren_vacature import VACATURES
from banenafspraak.bemiddeling.bewaren_wsp import OORDELEN
from banenafspraak.register import bewaren as register
from banenafspraak.register.bewaren_quotum import QUOTA
from banenafspraak.register.bewaren_raadpleging import RAADPLEGINGEN

log = structlog.get_logger("banenafspraak.opruimen")

# Cases before people, whom they hold in place.
WISSERS: tuple[Wisser, ...] = (
    register.AANVRAGEN,
    register.UITSCHRIJVINGEN,
    register.LOONWAARDEN,
    register.MELDINGEN,
    register.POPULATIE,
    RAADPLEGINGEN,
    QUOTA,
    CONTACTEN,
    PLAATSINGEN,
    WERKGEVERS,
    VACATURES,
    OORDELEN,
    register.PERSONEN,
    bewaren.GEBRUIKERS,
    bewaren.LOGBOEK,
)


@dataclass(frozen=True)
class Opruiming:
    """What was (or, in a proef, would be) erased for one processing, by table."""

    regel: Bewaarregel
    aantallen: Mapping[str, int]


def ruim_op(*, now: datetime, proef: bool = False) -> list[Opruiming]:
    """Erase everything whose term is over on the day of `now`; `proef` only counts.

    In small transactions: stopped halfway, the next time goes on. A row for each erased person stands in the logboek.
    """
    actor = Actor.system(doel="gegevens wissen na de bewaartermijn")
    peildatum = timezone.localtime(now).date()
    done = []
    for wisser in WISSERS:
        regel = bewaarregels()[wisser.verwerking]
        tot_en_met = latest_due(peildatum, regel.na)
        aantallen: Counter[str] = Counter()
        if proef:
            aantallen.update(wisser.due(tot_en_met, peildatum))
        else:
            while erased := wisser.erase(actor=actor, tot_en_met=tot_en_met, now=now):
                aantallen.update(erased)
            if aantallen:
                log.warning("gewist na bewaartermijn", verwerking=regel.verwerking, **aantallen)
        done.append(Opruiming(regel, aantallen))
    return done

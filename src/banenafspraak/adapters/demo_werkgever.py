"""The demo's employer gets a loonheffingennummer, staff and wage returns, so that its lists and quotum show something.

The demo counts jobs of 2018, and the check is about this year and the last. So these wages are made up apart: some of
the bakery's people are in the demo's register, and some are not.
"""

import csv
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone

from banenafspraak.access import mandaten
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.adapters.synthese import loonaangiften
from banenafspraak.adapters.synthese.nummers import lawful_numbers
from banenafspraak.register.werkrelaties import Relatie, first_month, take_in_werkrelaties

KVK: Final = "00000001"
REGISTERED, OTHERS = 12, 18


def give_staff(register: Path, *, now: datetime) -> None:
    """Link the demo's employer to a number, and give it staff from the delivery of the register and from outside it.

    Its wage returns are written beside the other made-up deliveries, for a visitor to try the quotum with.

    A second time changes nothing. Does nothing when there is no demo employer.
    """
    organisatie_id = mandaten.werkgever_with_kvk(KVK)
    if organisatie_id is None:
        return
    with register.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    named = {line["bsn"] for line in lines}
    running = dict.fromkeys(
        line["bsn"] for line in lines if line["recordsoort"] == "registratie" and not line["geldig_tot"]
    )
    # The last number is nobody's in the demo, which takes them in order: it can be an employer's.
    strangers = [text for text in islice(reversed(list(lawful_numbers())), 10 * OTHERS) if text not in named]
    lhnr = f"{strangers[0]}L01"
    registered, others = list(islice(running, REGISTERED)), strangers[1 : OTHERS + 1]
    people = [*registered, *others]
    actor = Actor.system(doel="demo vullen")
    mandaten.link_loonheffingennummer(actor=actor, organisatie_id=organisatie_id, lhnr=lhnr, now=now)
    take_in_werkrelaties(
        [Relatie(maand, lhnr, Bsn.parse(text)) for maand in _months(now) for text in people], actor=actor, now=now
    )
    today = timezone.localtime(now).date()
    loonaangiften.write(
        settings.DATA_DIR / loonaangiften.MAP,
        lhnr=lhnr,
        jaar=loonaangiften.year_of(today),
        tot=today,
        staff=loonaangiften.payroll(registered, others),
    )


def _months(now: datetime) -> list[date]:
    """Every month from January of last year until this one."""
    begin, today = first_month(now), timezone.localtime(now).date()
    count = (today.year - begin.year) * 12 + today.month
    return [date(begin.year + n // 12, n % 12 + 1, 1) for n in range(count)]

"""How long personal data are kept, as docs/verwerkingsregister.toml says it, and the erasing of what this room keeps.

A term runs from a day: a death, the end of a role, the moment of a row. On its last day everything is still there; on
the day after it may go. Each room brings a `Wisser` for its own processing: what is due, and the erasing of a few, in
one transaction with the rows of the logboek that say so. Erasing takes data out of the tables; what an old copy of the
database still holds under a key becomes unreadable when that key goes (`sleutelwissel.ruim_op`).
"""

import calendar
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import DateField, Exists, F, Func, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from banenafspraak.access import logboek, zegels
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Gebruiker, Lidmaatschap, Logregel, Verwerking, no_password
from banenafspraak.access.permissions import Permission, require

_BATCH = 500
_GEWIST = "@gewist.invalid"
_TERMIJN = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?")


@dataclass(frozen=True)
class Bewaarregel:
    """How the term of one processing is kept: by a program (`na`, `vanaf`), with another (`met`), or by people."""

    verwerking: str
    na: str = ""
    vanaf: str = ""
    met: str = ""
    handmatig: str = ""


def bewaarregels() -> Mapping[str, Bewaarregel]:
    """The rule of every processing, by its name."""
    return _bewaarregels(settings.VERWERKINGSREGISTER)


@cache
def _bewaarregels(path: Path) -> Mapping[str, Bewaarregel]:
    register = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        verwerking["naam"]: Bewaarregel(
            verwerking=verwerking["naam"],
            na=verwerking.get("bewaar_na", ""),
            vanaf=verwerking.get("bewaar_vanaf", ""),
            met=verwerking.get("bewaar_met", ""),
            handmatig=verwerking.get("bewaar_handmatig", ""),
        )
        for verwerking in register["verwerking"]
    }


def last_day(since: date, termijn: str) -> date:
    """The last day of a term in years, months and days (ISO 8601, "P5Y") from that day.

    A day that the month does not have becomes its last one: five years from 29 February end on 28 February (Verordening
    1182/71 art. 3 lid 2 onder c). Raises `ValueError` for another text.
    """
    found = _TERMIJN.fullmatch(termijn)
    if found is None:
        raise ValueError(f"not a term: {termijn}")
    years, months, days = (int(number or 0) for number in found.groups())
    month = since.year * 12 + since.month - 1 + years * 12 + months
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(since.day, calendar.monthrange(year, month)[1])) + timedelta(days=days)


def latest_due(peildatum: date, termijn: str) -> date:
    """The latest day from which a term is over on the peildatum: its last day lies before it."""
    # A term is at most a few days longer or shorter than the same number of days elsewhere in the calendar.
    length = last_day(date(2000, 1, 1), termijn) - date(2000, 1, 1)
    since = peildatum - length + timedelta(days=7)
    while last_day(since, termijn) >= peildatum:
        since -= timedelta(days=1)
    return since


class Erase(Protocol):
    """Erase a few of what is due, in one transaction, and say what by table; nothing is left when it is empty."""

    def __call__(self, *, actor: Actor, tot_en_met: date, now: datetime) -> Mapping[str, int]: ...


@dataclass(frozen=True)
class Wisser:
    """Who carries out the term of a processing: `due` counts what may go, by table, and `erase` erases a few."""

    verwerking: str
    due: Callable[[date, date], Mapping[str, int]]
    """Of (the latest day from which the term is over, the peildatum)."""
    erase: Erase


# --- users: name and address go a year after the last role --------------------------------------------------------


def _users_due(tot_en_met: date, peildatum: date) -> Mapping[str, int]:
    return {"access_gebruiker": _users(tot_en_met, peildatum).count()}


def _users(tot_en_met: date, peildatum: date) -> QuerySet[Gebruiker]:
    """Users whose last role ended on or before that day, or who never had one and came on or before it."""
    running = Lidmaatschap.objects.filter(
        Q(geldig__endswith__isnull=True) | Q(geldig__endswith__gt=peildatum), gebruiker=OuterRef("pk")
    )
    end = Max(Func(F("lidmaatschappen__geldig"), function="upper", output_field=DateField()))
    known = Gebruiker.objects.filter(~Exists(running)).exclude(email__endswith=_GEWIST)
    return known.annotate(since=Coalesce(end, TruncDate("created_at"))).filter(since__lte=tot_en_met).order_by("pk")


@transaction.atomic
def _erase_users(*, actor: Actor, tot_en_met: date, now: datetime) -> Mapping[str, int]:
    require(actor, Permission.GEGEVENS_ERASE)
    peildatum = timezone.localtime(now).date()
    ids = list(_users(tot_en_met, peildatum).values_list("pk", flat=True)[:_BATCH])
    # Locked, and then asked again: somebody may have been given a role in between.
    list(Gebruiker.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    erased = 0
    for pk in _users(tot_en_met, peildatum).filter(pk__in=ids).values_list("pk", flat=True):
        # The row stays, because the logboek points at it; nothing in it says who it was, and every session ends.
        erased += Gebruiker.objects.filter(pk=pk).update(
            naam="gewiste gebruiker",
            email=f"{pk}{_GEWIST}",
            sub=None,
            bsn_verzegeld=None,
            is_active=False,
            password=no_password(),
        )
        logboek.record(actor=actor, handeling="gebruiker gewist na bewaartermijn", onderwerp=str(pk), now=now)
    return {"access_gebruiker": erased} if erased else {}


# --- the logboek: the content of a row goes, its leaf under the seal stays ----------------------------------------


def _log_due(tot_en_met: date, peildatum: date) -> Mapping[str, int]:
    end = after(tot_en_met)
    return {
        "access_logregel": Logregel.objects.filter(blad__isnull=True, recorded_at__lt=end).count(),
        "access_verwerking": Verwerking.objects.filter(blad__isnull=True, start_time__lt=end).count(),
    }


def _erase_log(*, actor: Actor, tot_en_met: date, now: datetime) -> Mapping[str, int]:
    require(actor, Permission.GEGEVENS_ERASE)
    return zegels.erase_content(before=after(tot_en_met), limit=20 * _BATCH)


def after(day: date) -> datetime:
    """The first moment after that day, here."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


GEBRUIKERS = Wisser("Inloggen en rollen", _users_due, _erase_users)
LOGBOEK = Wisser("Logboek", _log_due, _erase_log)

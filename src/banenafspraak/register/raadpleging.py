"""The employer's check: is this person registered, on which day, and in which period; never on which ground.

One function of the database (`register_raadpleeg`) checks who asks, counts the quota, watches for guessing, writes the
logboek and answers, in one transaction that is on disk before the answer leaves. Here a question becomes keyed indexes
on the way in, and an answer of the database a dataclass on the way out. The BSN goes no further than this module.

A repeated request with the same key gets the same answer, as it was known at the first time, and costs nothing.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn, Keyer
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register.models_raadpleging import Raadpleegverzoek
from banenafspraak.register.models_raadpleging import Raadpleging as Raadpleging
from banenafspraak.register.speurder import BUURT, TESTBUURT
from banenafspraak.wet.raadpleging import Raadpleegsoort, RaadplegingFeiten, mededeling

MAX_VRAGEN: Final = 1000
DOEL: Final = "raadpleging van het doelgroepregister door een werkgever"


class Uitkomst(StrEnum):
    """How a question ended."""

    BEANTWOORD = "beantwoord"
    CODE_ONJUIST = "code_onjuist"
    GEBLOKKEERD = "geblokkeerd"
    GEEN_WERKNEMER = "geen_werknemer"
    QUOTUM_OP = "quotum_op"


class AnderVerzoek(Exception):
    """The key of this request was used before, for other questions."""


class DagNietToegestaan(ValueError):
    """Over this day an employer may not ask (Wfsv 38d lid 7)."""


class EchtBsn(ValueError):
    """The number may be of a real person, and this is no productie."""


@dataclass(frozen=True)
class Vraag:
    """One question: about whom, in which relation, over which day.

    `uitlener` is the KvK number of who lends a hired-in worker, `code` what a candidate gave (`kandidaatcodes`).
    """

    bsn: Bsn
    soort: Raadpleegsoort
    dag: date
    uitlener: str = ""
    code: str = ""


@dataclass(frozen=True)
class Periode:
    """Registered from `vanaf` until, not including, `tot`; None: no end in this calendar year is known."""

    vanaf: date
    tot: date | None


@dataclass(frozen=True)
class Antwoord:
    """What came of one question. `geregistreerd` is None when there is no answer, and `perioden` is then empty."""

    uitkomst: Uitkomst
    geregistreerd: bool | None
    perioden: tuple[Periode, ...]
    kost_quotum: bool


@dataclass(frozen=True)
class Antwoorden:
    """The answers to one request, in the order of its questions, and what is left to ask.

    `verzoek` is its number in the history and the logboek. `bekend_op` is when the register was asked, `bijgewerkt_tot`
    the day of the last delivery it had then (None: none yet).
    """

    verzoek: UUID
    bekend_op: datetime
    bijgewerkt_tot: date | None
    ruimte: "Ruimte"
    antwoorden: tuple[Antwoord, ...]


@dataclass(frozen=True)
class Ruimte:
    """How many new people may still be asked about: this year, and right now. `geblokkeerd`: none, until lifted."""

    quotum: int
    gebruikt: int
    nu: int
    geblokkeerd: bool = False

    @property
    def over(self) -> int:
        """What is left of this year."""
        return max(0, self.quotum - self.gebruikt)


_ASK = """
SELECT uitkomst, geregistreerd, perioden, kost_quotum, verzoek, bekend_op, bijgewerkt_tot, quotum, gebruikt, tegoed
FROM register_raadpleeg(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::text[], %s::date[], %s::text[], %s::bytea[],
                        %s::bytea[], %s::bytea[], %s::bytea[], %s::bigint[], %s::bigint[], %s::bigint[],
                        %s::bytea[], %s::bytea[])
"""


def ask(
    *, actor: Actor, vragen: Sequence[Vraag], werkgever_id: int | None = None, sleutel: str = "", now: datetime
) -> Antwoorden:
    """Ask about one to a thousand people, for the actor's own organisation or for `werkgever_id` that gave a mandate.

    `sleutel` makes a retry harmless (Idempotency-Key). The answer may leave only after the transaction around this
    call is committed. Raises `PermissionDenied`, `AnderVerzoek`, `DagNietToegestaan`, `EchtBsn` outside productie, and
    `ValueError` for no questions or too many.
    """
    require(actor, Permission.RAADPLEGING_ASK)
    if not 1 <= len(vragen) <= MAX_VRAGEN:
        raise ValueError(f"a request has 1 to {MAX_VRAGEN} questions")
    check_vragen(vragen, now=now)
    parameters = _parameters(actor, vragen, werkgever_id, sleutel, now)
    rows = _call(_ASK, parameters)
    _uitkomst, *_, verzoek, bekend_op, bijgewerkt_tot, quotum, gebruikt, tegoed = rows[0]
    return Antwoorden(
        verzoek=verzoek,
        bekend_op=bekend_op,
        bijgewerkt_tot=bijgewerkt_tot,
        ruimte=_ruimte(quotum, gebruikt, tegoed),
        antwoorden=tuple(_antwoord(*row[:4]) for row in rows),
    )


def check_vragen(vragen: Sequence[Vraag], *, now: datetime) -> None:
    """Raise `DagNietToegestaan` or `EchtBsn` when one of the questions may not be asked at all."""
    today = timezone.localtime(now).date()
    for soort, dag in {(vraag.soort, vraag.dag) for vraag in vragen}:
        if not _allowed(soort, dag, today):
            raise DagNietToegestaan("over this day may not be asked")
    if settings.OMGEVING != "productie" and not all(vraag.bsn.is_test for vraag in vragen):
        raise EchtBsn("outside productie only made-up people are asked about")


@lru_cache(maxsize=1024)
def _allowed(soort: Raadpleegsoort, dag: date, today: date) -> bool:
    return mededeling(RaadplegingFeiten(soort=soort, gevraagde_dag=dag), peildatum=today).waarde.dag_toegestaan


def count_elfproef_fouten(*, actor: Actor, aantal: int = 1, werkgever_id: int | None = None, now: datetime) -> None:
    """Count numbers that cannot be a BSN: they cost no quota, and are not forgotten. Raises `PermissionDenied`."""
    require(actor, Permission.RAADPLEGING_ASK)
    _call("SELECT register_tel_elfproef(%s, %s, %s, %s, %s)", [*_who(actor, werkgever_id), aantal, now])


def ruimte(*, actor: Actor, werkgever_id: int | None = None, now: datetime) -> Ruimte:
    """What the employer may still ask; changes nothing. Raises `PermissionDenied`."""
    require(actor, Permission.RAADPLEGING_ASK)
    [(quotum, gebruikt, tegoed, geblokkeerd)] = _call(
        "SELECT quotum, gebruikt, tegoed, geblokkeerd FROM register_raadpleegruimte(%s, %s, %s, %s)",
        [*_who(actor, werkgever_id), now],
    )
    return _ruimte(quotum, gebruikt, tegoed, geblokkeerd)


@dataclass(frozen=True)
class Werknemer:
    """One of the own staff who is registered: the BSN, which the employer has, and the period."""

    bsn: Bsn
    perioden: tuple[Periode, ...]


@dataclass(frozen=True)
class Lijst:
    """Own staff under one loonheffingennummer: how many people the wage data names in `maand`, and who is registered.

    `maand` is None when there is no wage data of this or the three months before.
    """

    maand: date | None
    dag: date
    bijgewerkt_tot: date | None
    aantal: int
    geregistreerd: tuple[Werknemer, ...]


def ask_lijst(*, actor: Actor, nummer_id: int, dag: date, werkgever_id: int | None = None, now: datetime) -> Lijst:
    """Who of the own staff is registered on that day, by the wage data of one loonheffingennummer of the employer.

    Everybody on the payroll is looked up and logged, one row for each person; it costs no quota. Raises as `ask`; a
    number of another employer has no people.
    """
    require(actor, Permission.RAADPLEGING_ASK)
    today = timezone.localtime(now).date()
    if not _allowed(Raadpleegsoort.WERKNEMER, dag, today):
        raise DagNietToegestaan("over this day may not be asked")
    with transaction.atomic():
        maand, people = _werknemers(actor, nummer_id, dag, werkgever_id, now)
        found: list[Werknemer] = []
        bijgewerkt_tot = None
        for start in range(0, len(people), MAX_VRAGEN):
            part = people[start : start + MAX_VRAGEN]
            vragen = [Vraag(bsn, Raadpleegsoort.WERKNEMER, dag) for bsn in part]
            answers = ask(actor=actor, vragen=vragen, werkgever_id=werkgever_id, now=now)
            bijgewerkt_tot = answers.bijgewerkt_tot
            found += [
                Werknemer(bsn, antwoord.perioden)
                for bsn, antwoord in zip(part, answers.antwoorden, strict=True)
                if antwoord.geregistreerd
            ]
    return Lijst(maand, dag, bijgewerkt_tot, len(people), tuple(sorted(found, key=lambda w: w.bsn.reveal())))


def ask_loonlijst(
    *, actor: Actor, vragen: Mapping[Bsn, date], nummers: Mapping[int, date], werkgever_id: int, now: datetime
) -> tuple[dict[Bsn, Antwoord], dict[int, tuple[date | None, frozenset[Bsn]]]]:
    """Ask about everybody in the own wage returns, each on a day, and about who else the wage data has on the payroll.

    `nummers` are the loonheffingennummers and the day on which their payroll is compared; of each comes the month that
    the wage data is about and who is in it. Everybody is asked about as own staff and logged, once; it costs no quota,
    and who is no own staff gets no answer. Raises as `ask_lijst`.
    """
    require(actor, Permission.RAADPLEGING_ASK)
    with transaction.atomic():
        lijsten: dict[int, tuple[date | None, frozenset[Bsn]]] = {}
        asked = dict(vragen)
        for nummer_id, dag in nummers.items():
            maand, people = _werknemers(actor, nummer_id, dag, werkgever_id, now)
            lijsten[nummer_id] = (maand, frozenset(people))
            asked = dict.fromkeys(people, dag) | asked
        # Always in the same order: who was asked about first says nothing.
        people = sorted(asked, key=Bsn.reveal)
        answers: dict[Bsn, Antwoord] = {}
        for start in range(0, len(people), MAX_VRAGEN):
            part = people[start : start + MAX_VRAGEN]
            questions = [Vraag(bsn, Raadpleegsoort.WERKNEMER, asked[bsn]) for bsn in part]
            said = ask(actor=actor, vragen=questions, werkgever_id=werkgever_id, now=now)
            answers |= dict(zip(part, said.antwoorden, strict=True))
    return answers, lijsten


def _werknemers(
    actor: Actor, nummer_id: int, dag: date, werkgever_id: int | None, now: datetime
) -> tuple[date | None, list[Bsn]]:
    """Who is on the payroll of a number by the wage data, and of which month that is."""
    rows = _call(
        "SELECT bsn_index, bsn_verzegeld, maand FROM register_werknemers(%s, %s, %s, %s, %s, %s)",
        [*_who(actor, werkgever_id), nummer_id, dag, now],
    )
    people = [Bsn.parse(bsns.unseal(blob, context=werkrelatie_context(bytes(index)))) for index, blob, _ in rows]
    return (rows[0][2] if rows else None), people


def visible_to(actor: Actor) -> QuerySet[Raadpleging]:
    """The questions that were asked for, or by, the actor's organisation, the newest first, with both organisations;
    what came of them, not what the register said. An office sees what it asked itself, also after its mandate ended,
    and not what its employers ask. One query. `actor=None` raises `TypeError`."""
    if actor is None:
        raise TypeError("an actor is required")
    rows = Raadpleging.objects.select_related("verzoek", "verzoek__door", "werkgever").order_by("-asked_at", "-pk")
    own = actor.organisatie_id
    if own is None:
        return rows.none()
    for_others = Raadpleegverzoek.objects.filter(~Q(werkgever=F("door")), door=own)
    return rows.filter(Q(werkgever=own) | Q(verzoek__in=for_others.values("pk")))


def raadpleging_indexes(bsn: Bsn) -> tuple[bytes, ...]:
    """The indexes under which a person stands in the tables of the check, the newest key first."""
    return bsns.keyed(bsn.reveal(), tag="raadpleging")


def werkrelatie_context(bsn_index: bytes) -> str:
    """What the sealed BSN of a werkrelatie is bound to."""
    return f"register.werkrelatie.bsn_verzegeld:{bsn_index.hex()}"


def buurten(bsn: Bsn, keyer: Keyer | None = None) -> tuple[int, int, int]:
    """The keyed neighbourhood of a number, and those below and above it; nobody can count back to the number."""
    keyer = keyer or bsns.keyer("buurt")
    place = int(bsn.reveal()) // (TESTBUURT if bsn.is_test else BUURT)
    own, below, above = (
        int.from_bytes(keyer.indexes(f"{p}")[-1][:8], "big", signed=True) for p in (place, place - 1, place + 1)
    )
    return own, below, above


def code_index(code: str) -> bytes:
    """The index under which a kandidaatcode is kept; always the same key, since a code lives for a month."""
    return bsns.keyed("".join(code.upper().split()).replace("-", ""), tag="kandidaatcode")[-1]


def _who(actor: Actor, werkgever_id: int | None) -> list[Any]:
    if actor.organisatie_id is None:
        raise PermissionDenied("an employer asks for an organisation")
    return [werkgever_id or actor.organisatie_id, actor.organisatie_id, actor.gebruiker_id]


def _parameters(
    actor: Actor, vragen: Sequence[Vraag], werkgever_id: int | None, sleutel: str, now: datetime
) -> list[Any]:
    persons, places = bsns.keyer("raadpleging"), bsns.keyer("buurt")
    registered, logged = bsns.indexer(doel="register"), bsns.indexer(doel="audit")
    own = [persons.indexes(vraag.bsn.reveal()) for vraag in vragen]
    register = [registered.indexes(vraag.bsn) for vraag in vragen]
    audit = [logged.indexes(vraag.bsn)[0] for vraag in vragen]
    near = [buurten(vraag.bsn, places) for vraag in vragen]
    key = bsns.keyed(sleutel, tag="verzoek")[-1] if sleutel else None
    return [
        *_who(actor, werkgever_id),
        actor.rol.value,
        DOEL,
        logboek.trace_id.get(),
        uuid.uuid4(),
        key,
        _inhoud(vragen, werkgever_id) if sleutel else None,
        now,
        [vraag.soort.value for vraag in vragen],
        [vraag.dag for vraag in vragen],
        [vraag.uitlener for vraag in vragen],
        [code_index(vraag.code) if vraag.code else None for vraag in vragen],
        [indexes[0] for indexes in own],
        [indexes[0] for indexes in register],
        audit,
        [own_ for own_, _, _ in near],
        [below for _, below, _ in near],
        [above for _, _, above in near],
        [index for indexes in own for index in indexes[1:]],
        [index for indexes in register for index in indexes[1:]],
    ]


def _inhoud(vragen: Sequence[Vraag], werkgever_id: int | None) -> bytes:
    """A keyed digest of what is asked, to tell a retry from another request under the same key."""
    lines = [f"{werkgever_id or ''}"]
    lines += [f"{v.bsn.reveal()}|{v.soort.value}|{v.dag}|{v.uitlener}|{v.code}" for v in vragen]
    return bsns.keyed("\n".join(lines), tag="inhoud")[-1]


def _call(query: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(query, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows
    except ProgrammingError as error:
        transaction.set_rollback(True)
        if getattr(error.__cause__, "sqlstate", "") == "42501":
            raise PermissionDenied("the database refuses this question") from None
        raise
    except IntegrityError as error:
        transaction.set_rollback(True)
        diagnostics = getattr(error.__cause__, "diag", None)
        if diagnostics is not None and diagnostics.constraint_name is None:
            raise AnderVerzoek("this key belongs to another request") from None
        raise


def _ruimte(quotum: int, gebruikt: int, tegoed: float, geblokkeerd: bool = False) -> Ruimte:
    now = min(int(tegoed + 1e-6), max(0, quotum - gebruikt))
    return Ruimte(quotum, gebruikt, 0 if geblokkeerd else now, geblokkeerd)


def _antwoord(uitkomst: str, geregistreerd: bool, perioden: str, kost_quotum: bool) -> Antwoord:
    answered = uitkomst == Uitkomst.BEANTWOORD
    return Antwoord(
        Uitkomst(uitkomst),
        geregistreerd if answered else None,
        tuple(_periode(text) for text in perioden.split(",") if text),
        kost_quotum,
    )


def _periode(text: str) -> Periode:
    vanaf, _, tot = text.partition("/")
    return Periode(date.fromisoformat(vanaf), date.fromisoformat(tot) if tot else None)

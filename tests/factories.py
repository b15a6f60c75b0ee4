"""Made-up people, organisations and registrations for tests: functions with keywords, one for each thing."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path

from django.db import transaction

from banenafspraak.access import bsn as bsns
from banenafspraak.access import mandaten
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.models import Gebruiker, Lidmaatschap, Organisatie
from banenafspraak.access.permissions import Rol
from banenafspraak.adapters.doelgroepregister import KOLOMMEN
from banenafspraak.register import registraties, werkrelaties
from banenafspraak.register.models import Persoon, Registratie, Woonplaats, bsn_context
from banenafspraak.register.records import PersoonRecord, RegistratieRecord, WoonplaatsRecord
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SINCE = date(2015, 1, 1)


@cache
def _numbers() -> tuple[str, ...]:
    return tuple(text for n in range(999_900_000, 1_000_000_000) if bsns.is_valid(text := str(n)))


def bsn(nummer: int = 0) -> Bsn:
    """The one with this number among the 9,091 numbers that are kept for made-up people."""
    return Bsn.parse(_numbers()[nummer])


@contextmanager
def undone() -> Iterator[None]:
    """Leaves no rows behind: for the many examples of one test, which share its transaction."""
    savepoint = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(savepoint)


def moments() -> Iterator[datetime]:
    """Moments that follow each other, a minute apart."""
    moment = NOW
    while True:
        yield moment
        moment += timedelta(minutes=1)


def make_organisatie(*, soort: str = "uwv", naam: str = "UWV", **fields: object) -> Organisatie:
    return Organisatie.objects.create(soort=soort, naam=naam, **fields)


def make_gebruiker(*, naam: str = "alice", **fields: object) -> Gebruiker:
    return Gebruiker.objects.create(naam=naam, email=f"{naam}@test.invalid", created_at=NOW, **fields)


def make_lidmaatschap(
    *,
    gebruiker: Gebruiker | None = None,
    organisatie: Organisatie | None = None,
    rol: Rol = Rol.BEOORDELAAR,
    vanaf: date = SINCE,
    tot: date | None = None,
) -> Lidmaatschap:
    return Lidmaatschap.objects.create(
        gebruiker=gebruiker or make_gebruiker(),
        organisatie=None if rol is Rol.BURGER else organisatie or make_organisatie(),
        rol=rol.value,
        geldig=(vanaf, tot),
    )


def make_actor(
    rol: Rol,
    *,
    regio: str | None = None,
    gemeente: str | None = None,
    bsn: Bsn | None = None,
    saved: bool = True,
) -> Actor:
    """Somebody in this role; with `saved=False` only a value, for code that asks nothing of the database."""
    lidmaatschap = make_lidmaatschap(gebruiker=make_gebruiker(naam=uuid.uuid4().hex), rol=rol) if saved else None
    return Actor(
        gebruiker_id=lidmaatschap.gebruiker_id if lidmaatschap else uuid.uuid4(),
        organisatie_id=lidmaatschap.organisatie_id if lidmaatschap else None,
        rol=rol,
        regio=regio,
        doel="een test",
        gemeente=gemeente,
        bsn=bsn,
    )


def make_persoon(
    nummer: int = 0, *, geboortedatum: date = date(1990, 5, 1), overleden_op: date | None = None
) -> Persoon:
    persoon = Persoon(geboortedatum=geboortedatum, overleden_op=overleden_op)
    persoon.bsn_index = bsns.index(bsn(nummer), doel="register")
    persoon.bsn_verzegeld = bsns.seal(bsn(nummer), context=bsn_context(persoon.pk))
    persoon.save(force_insert=True)
    return persoon


def make_registratie(
    persoon: Persoon,
    *,
    grond: Grond = Grond.WAJONG,
    route: Route = Route.WAJONG_2015,
    vanaf: date = SINCE,
    tot: date | None = None,
    einde_reden: EindeReden | None = None,
    known_from: datetime = NOW,
    known_until: datetime | None = None,
) -> Registratie:
    return Registratie.objects.create(
        persoon=persoon,
        grond=grond.value,
        route=route.value,
        geldig=(vanaf, tot),
        bekend=(known_from, known_until),
        einde_reden=einde_reden.value if einde_reden else "",
    )


def make_woonplaats(
    persoon: Persoon,
    *,
    gemeente: str = "GM0402",
    vanaf: date = SINCE,
    tot: date | None = None,
    known_from: datetime = NOW,
    known_until: datetime | None = None,
) -> Woonplaats:
    return Woonplaats.objects.create(
        persoon=persoon, gemeente_id=gemeente, geldig=(vanaf, tot), bekend=(known_from, known_until)
    )


def persoon_record(
    nummer: int = 0, *, regel: int = 2, geboortedatum: date = date(1990, 5, 1), overleden_op: date | None = None
) -> PersoonRecord:
    return PersoonRecord(regel, bsn(nummer), geboortedatum, overleden_op)


def registratie_record(
    nummer: int = 0,
    *,
    regel: int = 3,
    grond: Grond = Grond.WAJONG,
    route: Route = Route.WAJONG_2015,
    vanaf: date = SINCE,
    tot: date | None = None,
    einde_reden: EindeReden | None = None,
) -> RegistratieRecord:
    return RegistratieRecord(regel, bsn(nummer), grond, route, vanaf, tot, einde_reden)


def woonplaats_record(
    nummer: int = 0, *, regel: int = 4, gemeente: str = "GM0402", vanaf: date = SINCE, tot: date | None = None
) -> WoonplaatsRecord:
    return WoonplaatsRecord(regel, bsn(nummer), gemeente, vanaf, tot)


def sha256(text: str) -> str:
    """The name of a made-up delivery."""
    return hashlib.sha256(text.encode()).hexdigest()


def delivery_line(recordsoort: str, nummer: int = 0, **fields: str) -> str:
    """One line of a delivery file, with the fields named and the others empty."""
    values = {"recordsoort": recordsoort, "bsn": bsn(nummer).reveal()} | fields
    return ";".join(values.get(kolom, "") for kolom in KOLOMMEN)


def delivery_lines(people: int = 3) -> list[str]:
    """A good delivery: a header and three lines for each person."""
    return [
        ";".join(KOLOMMEN),
        *(
            line
            for nummer in range(people)
            for line in (
                delivery_line("persoon", nummer, geboortedatum="1990-05-01"),
                delivery_line("registratie", nummer, grond="wajong", route="wajong_2015", geldig_vanaf="2015-01-01"),
                delivery_line("woonplaats", nummer, gemeente="GM0402", geldig_vanaf="2010-01-01"),
            )
        ),
    ]


def write_delivery(pad: Path, lines: list[str], *, encoding: str = "utf-8", newline: str = "\n") -> Path:
    pad.write_bytes((newline.join(lines) + newline).encode(encoding))
    return pad


def numbers(count: int) -> list[str]:
    """The first so many numbers kept for made-up people, in plain."""
    return list(islice(_numbers(), count))


def make_werkgever(*, naam: str = "Bakkerij", kvk: str = "00000011", lhnr: str = "") -> Actor:
    """Somebody who acts for an employer, with a loonheffingennummer when there is one."""
    organisatie = make_organisatie(soort="werkgever", naam=naam, kvk=kvk)
    gebruiker = make_gebruiker(naam=f"van-{kvk}")
    make_lidmaatschap(gebruiker=gebruiker, organisatie=organisatie, rol=Rol.WERKGEVER)
    if lhnr:
        mandaten.link_loonheffingennummer(
            actor=Actor.system(doel="test"), organisatie_id=organisatie.pk, lhnr=lhnr, now=NOW
        )
    return Actor(gebruiker.pk, organisatie.pk, Rol.WERKGEVER, None, "test")


def lhnr(nummer: int = 9_000) -> str:
    """A loonheffingennummer of a made-up employer."""
    return f"{bsn(nummer).reveal()}L01"


def make_staff(lhnr: str, nummers: Iterable[int], *, maanden: Iterable[date] = (date(2026, 3, 1),)) -> None:
    """These people had a wage from this employer in these months."""
    months = list(maanden)
    werkrelaties.take_in_werkrelaties(
        [werkrelaties.Relatie(maand, lhnr, bsn(nummer)) for maand in months for nummer in nummers],
        actor=Actor.system(doel="test"),
        now=NOW,
    )


def make_registered(
    nummer: int = 0, *, vanaf: date = SINCE, tot: date | None = None, known_at: datetime | None = None
) -> None:
    """Somebody in the register."""
    registraties.register(
        actor=Actor(
            make_gebruiker(naam=f"beoordelaar-{nummer}-{vanaf}-{uuid.uuid4().hex[:8]}").pk,
            None,
            Rol.BEOORDELAAR,
            None,
            "test",
        ),
        bsn=bsn(nummer),
        geboortedatum=date(1990, 5, 1),
        inhoud=registraties.Inhoud(Grond.WAJONG, Route.WAJONG_2015, vanaf, tot, EindeReden.OVERIG if tot else None),
        now=known_at or NOW - timedelta(days=1) + timedelta(seconds=nummer),
    )

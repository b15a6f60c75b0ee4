"""What the bench of the search, that of findability and the attacks on cards share: made-up profiles and queries.

People live where the postcodes of the country are; 42% of the levels of education are missing, as in 2019, and a fifth
to a third of the other answers. Kinds of work follow a long tail. Everything comes from a seed.
"""

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np

ZAAD = 20261125
MISSING_NIVEAU = 0.42
_HOURS = (8, 12, 16, 20, 24, 28, 32, 36, 40)
_DAYS = (31, 31, 31, 15, 7, 127, 63, 96, 21)


@dataclass(frozen=True)
class Mensen:
    """Made-up answers, a row a person; -1 or an empty tuple is no answer."""

    pc4: np.ndarray
    niveau: np.ndarray
    most: np.ndarray
    dagen: np.ndarray
    reisafstand: np.ndarray
    vervoer: np.ndarray
    kinds: list[tuple[str, ...]]
    ervaring: list[tuple[str, ...] | None]


@cache
def _places() -> tuple[np.ndarray, np.ndarray]:
    """Postcodes with the share of addresses that each has (GeoNames)."""
    from banenafspraak.bemiddeling import postcodes

    counted = {pc4: sum(named.values()) for pc4, named in postcodes._postcodes().items()}
    pc4 = np.array(sorted(counted))
    weight = np.array([counted[one] for one in pc4], dtype=float)
    return pc4, weight / weight.sum()


def people(count: int, *, zaad: int = ZAAD, missing_niveau: float = MISSING_NIVEAU) -> Mensen:
    """So many people."""
    from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN

    rng = np.random.default_rng(zaad)
    pc4, weight = _places()

    def maybe(values: np.ndarray, missing: float) -> np.ndarray:
        return np.where(rng.random(count) < missing, -1, values)

    codes = np.array(list(WERKSOORTEN))
    rng.shuffle(codes)
    share = 1 / np.arange(1, len(codes) + 1) ** 0.8
    share /= share.sum()
    drawn = rng.choice(len(codes), size=(count, 4), p=share)
    number = np.where(rng.random(count) < 0.12, 0, rng.integers(1, 5, count))
    past = np.where(rng.random(count) < 0.3, -1, rng.integers(0, 3, count))
    worked = rng.choice(len(codes), size=(count, 2), p=share)
    return Mensen(
        pc4=rng.choice(pc4, size=count, p=weight),
        niveau=maybe(
            rng.choice([1, 2, 3, 4, 5, 6], size=count, p=[0.02, 0.15, 0.35, 0.38, 0.08, 0.02]), missing_niveau
        ),
        most=maybe(rng.choice(_HOURS, size=count), 0.25),
        dagen=maybe(rng.choice(_DAYS, size=count), 0.3),
        reisafstand=maybe(rng.choice([5, 10, 15, 20, 25, 30, 40, 60], size=count), 0.2),
        vervoer=maybe(rng.choice([1, 3, 5], size=count, p=[0.2, 0.5, 0.3]), 0.25),
        kinds=[tuple(dict.fromkeys(codes[row[:n]].tolist())) for row, n in zip(drawn, number, strict=True)],
        ervaring=[None if n < 0 else tuple(codes[row[:n]].tolist()) for row, n in zip(worked, past, strict=True)],
    )


def regels(mensen: Mensen, today: date, *, zaad: int = ZAAD) -> Iterator[Any]:
    """The people as the index reads them, without a database between."""
    from banenafspraak.bemiddeling import postcodes
    from banenafspraak.bemiddeling.kenmerken import Zoekregel
    from banenafspraak.bemiddeling.postcodes import REGIOS
    from banenafspraak.bemiddeling.zoekregels import _werkvelden

    tabel, chance = postcodes.table(), random.Random(zaad)
    for at in range(len(mensen.pc4)):
        plek = tabel.place_of(int(mensen.pc4[at])) or 0
        most = _none(mensen.most[at])
        past = mensen.ervaring[at]
        yield Zoekregel(
            profiel_id=uuid.UUID(bytes=chance.randbytes(16), version=4),
            versie=1,
            vanaf=today - timedelta(days=30),
            tot=today + timedelta(days=30),
            plek=plek,
            regio=REGIOS[tabel.regio[plek]],
            reisafstand=_none(mensen.reisafstand[at]),
            vervoermiddelen=() if mensen.vervoer[at] < 0 else (int(mensen.vervoer[at]),),
            uren_min=None if most is None else max(0, most - 8),
            uren_max=most,
            dagen=_none(mensen.dagen[at]),
            werksoorten=mensen.kinds[at],
            werkvelden=_werkvelden(mensen.kinds[at]),
            niveau=_none(mensen.niveau[at]),
            ervaring=None if past is None else _werkvelden(past),
        )


def _none(value: Any) -> int | None:
    return None if value < 0 else int(value)


def queries(count: int, *, zaad: int = ZAAD) -> list[Any]:
    """Searches as employers make them: nine in ten name a place, half a field of work, a third one kind of work."""
    from banenafspraak.bemiddeling.wens import Wens, of_query
    from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN, WERKVELDEN

    rng = random.Random(zaad)
    pc4, weight = _places()
    made: list[Wens] = []
    while len(made) < count:
        words: dict[str, str] = {}
        if rng.random() < 0.9:
            words["waar"] = str(rng.choices(pc4, weight)[0])
            if rng.random() < 0.2:
                words["straal"] = str(rng.choice([10, 20, 30, 50]))
        if rng.random() < 0.55:
            words["werkveld"] = rng.choice(list(WERKVELDEN))
        elif rng.random() < 0.35 / 0.45:
            words["werk"] = rng.choice(list(WERKSOORTEN.values())).naam
        if rng.random() < 0.4:
            words["uren"] = str(rng.choice(_HOURS))
        if rng.random() < 0.2:
            words["dagen"] = rng.choice(["31", "96"])
        if rng.random() < 0.3:
            words["niveau"] = str(rng.choice([3, 4, 4, 5]))
        if rng.random() < 0.1:
            words["vervoer"] = "eigen"
        made.append(of_query(words))
    return made


TABLES = (
    "bemiddeling_klantprofiel", "bemiddeling_klasse", "bemiddeling_klasselid", "bemiddeling_profielwijziging",
    "bemiddeling_klassewijziging", "bemiddeling_klassevloer", "bemiddeling_vindbaarheid", "bemiddeling_verberging",
    "bemiddeling_bewaardekaart", "bemiddeling_zoekopdracht",
)  # fmt: skip


def seed(mensen: Mensen, now: datetime, *, zaad: int = ZAAD) -> list[uuid.UUID]:
    """These people in the register of an empty database, each with a public profile; the ids of the profiles.

    Their indexes and envelopes are random and belong to no number. The triggers of the product run as always.
    """
    from django.db import connection, transaction

    from attacks import empty
    from banenafspraak.access import bsn as bsns
    from banenafspraak.access.bsn import SEALED_LENGTH

    empty(*TABLES)
    chance = random.Random(zaad)
    count = len(mensen.pc4)
    persons = [uuid.UUID(bytes=chance.randbytes(16), version=4) for _ in range(count)]
    profiles = [uuid.UUID(bytes=chance.randbytes(16), version=4) for _ in range(count)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_STAGING)
        with cursor.copy("COPY nieuw FROM STDIN") as copy:
            for at in range(count):
                copy.write_row(_row(mensen, at, persons[at], profiles[at], chance))
        cursor.execute(
            "INSERT INTO register_persoon (id, bsn_index, bsn_verzegeld, geboortedatum, index_versie) "
            "SELECT persoon, index, %s, '1990-01-01', %s FROM nieuw",
            [b"\1" * SEALED_LENGTH, bsns.newest_register_versie()],
        )
        cursor.execute(
            "INSERT INTO register_registratie (persoon_id, grond, route, geldig, bekend, einde_reden, levering) "
            "SELECT persoon, 'wajong', 'wajong_2015', daterange('2020-01-01', NULL), tstzrange(%s, NULL), '', ''"
            " FROM nieuw",
            [now - timedelta(days=1)],
        )
        cursor.execute(_PROFILES, {"now": now, "today": now.date()})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return profiles


_STAGING = """
CREATE TEMPORARY TABLE nieuw (
    persoon uuid, profiel uuid, index bytea, pc4 text, niveau int, least int, most int, dagen int, reisafstand int,
    vervoer int[], kinds text[], ervaring jsonb
) ON COMMIT DROP
"""
_PROFILES = """
INSERT INTO bemiddeling_klantprofiel (
    id, persoon_id, status, status_door, niet_openbaar_reden, bronnummer, versie, score, volledig, gemaakt_at,
    gewijzigd_at, beantwoord, beantwoord_door, levering_afdruk, beschikbaar, beschikbaar_bevestigd_op,
    bemiddelingspostcode, maximale_reisafstand, vervoermiddelen, aantal_werkuren_per_week_minimaal,
    aantal_werkuren_per_week_maximaal, werkdagen, typen_arbeidscontract, typen_overeenkomst, sectoren, werksoorten,
    bemiddelingsberoepen, interesses, competenties, code_werk_en_denkniveau, cursussen, werkervaringen, taalbeheersing
)
SELECT profiel, persoon, 'openbaar', '', '', '', 1, 0, false, %(now)s, %(now)s, '{}', '{}', '{}', true, %(today)s, pc4,
       reisafstand, vervoer, least, most, dagen, '{}', '{}', '{}', kinds, '{}', '{}', '{}', niveau, '[]', ervaring, '[]'
FROM nieuw
"""


def _row(mensen: Mensen, at: int, persoon: uuid.UUID, profiel: uuid.UUID, chance: random.Random) -> Sequence[Any]:
    import json

    most, past = _none(mensen.most[at]), mensen.ervaring[at]
    return (
        persoon, profiel, chance.randbytes(32), str(mensen.pc4[at]), _none(mensen.niveau[at]),
        None if most is None else max(0, most - 8), most, _none(mensen.dagen[at]), _none(mensen.reisafstand[at]),
        [] if mensen.vervoer[at] < 0 else [int(mensen.vervoer[at])], list(mensen.kinds[at]),
        None if past is None else json.dumps([{"werksoort": code} for code in past]),
    )  # fmt: skip


def employer(number: int = 0) -> tuple[Any, str]:
    """An employer with a user: the actor, and the cookie of a session in which that user is signed in."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from banenafspraak.access import actor as actors
    from banenafspraak.access.actor import Actor
    from banenafspraak.access.models import Gebruiker, Lidmaatschap, Organisatie
    from banenafspraak.access.permissions import Rol

    organisatie, _ = Organisatie.objects.get_or_create(
        kvk=f"{70_000_000 + number}", defaults={"soort": "werkgever", "naam": f"Zoekende werkgever {number}"}
    )
    gebruiker, _ = Gebruiker.objects.get_or_create(
        email=f"zoeker-{number}@bench.invalid", defaults={"naam": "zoeker", "created_at": timezone.now()}
    )
    member, _ = Lidmaatschap.objects.get_or_create(
        gebruiker=gebruiker, organisatie=organisatie, rol="werkgever", defaults={"geldig": (date(2020, 1, 1), None)}
    )
    client = Client()
    client.force_login(gebruiker)
    session = client.session
    session[actors.SESSION_LIDMAATSCHAP] = member.pk
    session.save()
    actor = Actor(gebruiker.pk, organisatie.pk, Rol.WERKGEVER, None, "bench")
    return actor, f"{settings.SESSION_COOKIE_NAME}={session.session_key}"

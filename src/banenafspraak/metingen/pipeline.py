"""From deliveries to a sealed Meting: count, check, round, write beside, check again, swap in by rename.

A Meting records the digests of everything it was made from, so that it can be made again bit by bit (`rebuild`). A
quarter is measured after the quarter before it, whose stock it starts from. What was measured before is counted again
when something it depends on changed; only when a figure changed too does a new version come out.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import duckdb
import pyarrow as pa
from django.conf import settings
from django.db import connection, transaction

from banenafspraak.access import gebieden, logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.metingen import disclosure, kubus, lonen, store
from banenafspraak.metingen.aanvragen import Aanvragen, count_aanvragen
from banenafspraak.metingen.engine import check_engine, open_engine
from banenafspraak.metingen.grootheden import NULMETING, Kwartaal
from banenafspraak.metingen.kubus import NL, TOTAAL, Cel, Grootheid, Werk
from banenafspraak.metingen.kwartaal import count_kwartaal, gebieden_op
from banenafspraak.metingen.models import Meting
from banenafspraak.register.queries import Meetpopulatie, meetpopulatie
from banenafspraak.wet import banen

_LOCK = 0x6D6574696E67  # "meting"


class GeenLoongegevens(LookupError):
    """The month of the quarter has no wage data; the message (Dutch) says what to do."""


class MetingAfgekeurd(Exception):
    """The figures do not add up or cannot be true: nothing was published. The message (Dutch) says why."""


class BouwBezet(Exception):
    """Another meting is being made."""


@dataclass(frozen=True)
class Gebouwd:
    """A quarter that now has a meting in force, and whether this build made it."""

    kwartaal: str
    zegel: str
    versie: int
    nieuw: bool
    versoepeld: int


@dataclass(frozen=True)
class _Bron:
    """Where a build gets its facts."""

    populatie: Meetpopulatie
    maanden: frozenset[str]
    known_at: datetime
    engine: str
    _slank: dict[str, Path] = field(default_factory=dict)
    _aanvragen: dict[str, Aanvragen] = field(default_factory=dict)

    def slank(self, maand: str) -> Path:
        """The wage rows of these people in a month."""
        if maand not in self._slank:
            self._slank[maand] = lonen.slank(maand, self.populatie.registraties)
        return self._slank[maand]

    def aanvragen(self, kwartaal: Kwartaal) -> Aanvragen:
        """What was decided on applications in the quarter, and beschut werk on its last day."""
        if str(kwartaal) not in self._aanvragen:
            self._aanvragen[str(kwartaal)] = count_aanvragen(kwartaal, known_at=self.known_at)
        return self._aanvragen[str(kwartaal)]


@dataclass(frozen=True)
class _Voorgangers:
    """The sealed figures a meting builds on: those of the quarter before, and of its own earlier version."""

    vorige: store.Inhoud | None
    eerdere: store.Inhoud | None


@dataclass(frozen=True)
class _Ontwerp:
    """A counted and rounded quarter, ready to be written."""

    exact: Mapping[Cel, Decimal]
    afgerond: disclosure.Afgerond
    invoer: Mapping[str, str]


def build(
    kwartaal: Kwartaal,
    *,
    actor: Actor,
    now: datetime,
    known_at: datetime | None = None,
    engine: str = "duckdb",
    progress: Callable[[str], None] = lambda _: None,
) -> list[Gebouwd]:
    """Measure the quarter, after the quarters it is compared with and that have wage data; oldest first.

    `known_at` (default `now`) is the moment whose knowledge of the register counts. `progress` hears the name of each
    quarter as its turn comes. Raises `PermissionDenied`, `GeenLoongegevens`, `MetingAfgekeurd`, `EngineAbsent`,
    `BouwBezet`. Not inside a transaction: each quarter is committed on its own.
    """
    require(actor, Permission.METING_BUILD)
    check_engine(engine)
    maanden = frozenset(lonen.maanden())
    if kwartaal.peilmaand not in maanden:
        known = f"Er zijn wel loongegevens van: {', '.join(sorted(maanden))}." if maanden else "Er zijn er nog geen."
        raise GeenLoongegevens(
            f"Van {kwartaal} ({kwartaal.peilmaand}) zijn geen loongegevens. {known} "
            "Lees ze in met: banenafspraak import_lonen BESTAND."
        )
    with _alone():
        known_at = known_at or now
        bron = _Bron(meetpopulatie(known_at=known_at), maanden, known_at, engine)
        if not bron.populatie.registraties.num_rows:
            raise MetingAfgekeurd("Het register is leeg. Lees het in met: banenafspraak import_register BESTAND.")
        built = []
        for each in needed(kwartaal, maanden):
            progress(str(each))
            built.append(_build_one(each, bron, actor=actor, now=now))
        return built


def needed(kwartaal: Kwartaal, maanden: Collection[str]) -> list[Kwartaal]:
    """The quarters to measure for this one's factsheet, oldest first.

    Those it shows (the nulmeting and the four before it), and whatever directly precedes one of those: as far as there
    is wage data. So the answer does not depend on what was measured before.
    """
    wanted = {NULMETING, *(kwartaal.earlier(n) for n in range(5))}
    found: set[Kwartaal] = set()
    for each in wanted:
        while each.peilmaand in maanden and each not in found and each <= kwartaal:
            found.add(each)
            each = each.earlier()
    return sorted(found)


def rebuild(zegel: str, folder: Path) -> str:
    """Make a meting again from its recorded moment and predecessors, in an empty folder; gives the seal of the result.

    The seal is the same unless code, parameters, or wage data changed since: then `MetingAfgekeurd` says which.
    """
    row = Meting.objects.filter(zegel=zegel).first()
    if row is None:
        raise store.CijfersOntbreken(f"Er is geen meting met zegel {zegel[:16]}.")
    kwartaal = Kwartaal.parse(row.kwartaal)
    maanden = frozenset(lonen.maanden())
    bron = _Bron(meetpopulatie(known_at=row.known_at), maanden, row.known_at, row.engine)
    voorgangers = _Voorgangers(
        vorige=store.read_sealed(row.vorige) if row.vorige else None,
        eerdere=store.read_sealed(row.eerdere) if row.eerdere else None,
    )
    ontwerp = _design(kwartaal, bron, voorgangers)
    changed = sorted(name for name in ontwerp.invoer if ontwerp.invoer[name] != row.invoer.get(name))
    if changed:
        raise MetingAfgekeurd(f"Deze meting is niet meer na te maken; veranderd zijn: {', '.join(changed)}.")
    return _write(kwartaal, ontwerp, bron, folder)[1]


def _build_one(kwartaal: Kwartaal, bron: _Bron, *, actor: Actor, now: datetime) -> Gebouwd:
    last = Meting.objects.filter(kwartaal=str(kwartaal)).order_by("versie").last()
    with_verloop = kwartaal.earlier().peilmaand in bron.maanden
    voorgangers = _Voorgangers(
        vorige=store.read(str(kwartaal.earlier())) if with_verloop else None,
        eerdere=store.read_sealed(last.zegel) if last else None,
    )
    if last and last.invoer == _invoer(kwartaal, bron, voorgangers) | {"eerdere": last.eerdere}:
        return Gebouwd(last.kwartaal, last.zegel, last.versie, nieuw=False, versoepeld=last.versoepeld)
    ontwerp = _design(kwartaal, bron, voorgangers)
    if last and _says_the_same(last, ontwerp, voorgangers):
        return Gebouwd(last.kwartaal, last.zegel, last.versie, nieuw=False, versoepeld=last.versoepeld)
    store.metingen_dir().mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".nieuw-", dir=store.metingen_dir()))
    try:
        draft, zegel = _write(kwartaal, ontwerp, bron, folder)
        _check_written(draft, zegel, ontwerp)
        bestand = f"{kwartaal}-{zegel[:16]}.duckdb"
        versie = last.versie + 1 if last else 1
        with transaction.atomic():
            Meting.objects.create(
                kwartaal=str(kwartaal),
                versie=versie,
                zegel=zegel,
                bestand=bestand,
                known_at=bron.known_at,
                built_at=now,
                engine=bron.engine,
                invoer=dict(ontwerp.invoer),
                vorige=voorgangers.vorige.zegel if voorgangers.vorige else "",
                eerdere=voorgangers.eerdere.zegel if voorgangers.eerdere else "",
                versoepeld=len(ontwerp.afgerond.versoepeld),
            )
            logboek.record(
                actor=actor,
                handeling="meting gemaakt",
                onderwerp=zegel,
                details={"kwartaal": str(kwartaal), "versie": versie},
                now=now,
            )
            # Last, so that a row never speaks of a file that is not there.
            _swap_in(draft, store.metingen_dir() / bestand)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Gebouwd(str(kwartaal), zegel, versie, nieuw=True, versoepeld=len(ontwerp.afgerond.versoepeld))


def _design(kwartaal: Kwartaal, bron: _Bron, voorgangers: _Voorgangers) -> _Ontwerp:
    """Count, check and round."""
    exact = _count(kwartaal, bron, with_verloop=voorgangers.vorige is not None)
    _check(kwartaal, exact, voorgangers.vorige)
    return _Ontwerp(exact, _round(kwartaal, exact, voorgangers), _invoer(kwartaal, bron, voorgangers))


def _count(kwartaal: Kwartaal, bron: _Bron, *, with_verloop: bool) -> dict[Cel, Decimal]:
    with open_engine(bron.engine) as engine:
        counted = count_kwartaal(
            engine,
            kwartaal,
            registraties=engine.load("registratie", bron.populatie.registraties),
            woonplaatsen=engine.load("woonplaats", bron.populatie.woonplaatsen),
            lonen=engine.parquet("loonregel_nu", [bron.slank(kwartaal.peilmaand)]),
            lonen_eerder=(
                engine.parquet("loonregel_eerder", [bron.slank(kwartaal.earlier().peilmaand)]) if with_verloop else None
            ),
        )
    aanvragen = bron.aanvragen(kwartaal)
    return kubus.lay_out(
        replace(
            counted,
            aba=aanvragen.aba,
            beschut_werk=aanvragen.beschut_werk,
            beschut_geplaatst=aanvragen.beschut_geplaatst,
        )
    )


def _relations(cells: Mapping[Cel, object], *, verloop: bool) -> list[kubus.Relation]:
    regios = {code for code, _ in gebieden.regios()} | {
        cel.regio for cel in cells if cel.regio not in (NL, kubus.ONBEKEND, kubus.VERHUISD)
    }
    return list(kubus.relations(regios, verloop=verloop, eerder=verloop))


def _check(kwartaal: Kwartaal, exact: Mapping[Cel, Decimal], vorige: store.Inhoud | None) -> None:
    """Identities, and what cannot be true. Raises `MetingAfgekeurd`."""
    together = {**exact, **(kubus.stock(vorige.exact) if vorige else {})}
    faults = kubus.broken(together, _relations(exact, verloop=vorige is not None))
    if faults:
        raise MetingAfgekeurd(f"De cijfers van {kwartaal} sluiten niet: {faults[0]} en {len(faults) - 1} andere.")
    people = exact.get(Cel(NL, Grootheid.PERSONEN), Decimal(0))
    working = exact.get(Cel(NL, Grootheid.PERSONEN, TOTAAL, Werk.WERKEND), Decimal(0))
    if not people:
        raise MetingAfgekeurd(
            f"Op {kwartaal.peildatum} staat niemand in het register. Controleer de leveringen van het register."
        )
    if not 0 <= working <= people:
        raise MetingAfgekeurd(f"In {kwartaal} werken er meer mensen dan er in het register staan.")
    if any(value < 0 for value in exact.values()):
        raise MetingAfgekeurd(f"In {kwartaal} komen aantallen onder nul voor. Controleer de loonleveringen.")


def _round(kwartaal: Kwartaal, exact: Mapping[Cel, Decimal], voorgangers: _Voorgangers) -> disclosure.Afgerond:
    def figure(cel: Cel, value: Decimal) -> Decimal:
        if cel.grootheid != Grootheid.BANEN:
            return value
        return banen.count_banen(value, peildatum=kwartaal.peildatum)

    vorige, eerdere = voorgangers.vorige, voorgangers.eerdere
    return disclosure.round_cube(
        {cel: figure(cel, value) for cel, value in exact.items()},
        _relations(exact, verloop=vorige is not None),
        fixed=kubus.stock(vorige.afgerond) if vorige else None,
        kept=(
            {cel: eerdere.afgerond.get(cel, 0) for cel, value in exact.items() if eerdere.exact.get(cel) == value}
            if eerdere
            else None
        ),
    )


def _says_the_same(last: Meting, ontwerp: _Ontwerp, voorgangers: _Voorgangers) -> bool:
    """Whether a new version would say nothing new: equal figures, from an equal start."""
    assert voorgangers.eerdere is not None
    if ontwerp.exact != voorgangers.eerdere.exact:
        return False
    if (voorgangers.vorige is None) != (not last.vorige):
        return False
    if voorgangers.vorige is None or last.vorige == voorgangers.vorige.zegel:
        return True
    return kubus.stock(store.read_sealed(last.vorige).afgerond) == kubus.stock(voorgangers.vorige.afgerond)


def _write(kwartaal: Kwartaal, ontwerp: _Ontwerp, bron: _Bron, folder: Path) -> tuple[Path, str]:
    return store.write_sealed(
        folder,
        exact=ontwerp.exact,
        afgerond=ontwerp.afgerond.cellen,
        versoepeld=ontwerp.afgerond.versoepeld,
        kenmerken={
            "kwartaal": str(kwartaal),
            "peildatum": kwartaal.peildatum.isoformat(),
            "peilmaand": kwartaal.peilmaand,
            "bekend_op": bron.known_at.astimezone(UTC).isoformat(),
            "losgelaten": str(len(ontwerp.afgerond.losgelaten)),
            **{f"invoer.{name}": value for name, value in ontwerp.invoer.items()},
        },
    )


def _check_written(draft: Path, zegel: str, ontwerp: _Ontwerp) -> None:
    """Read the file back through the door its readers use."""
    written = store.open_sealed(draft, zegel)
    if written.exact != ontwerp.exact or written.afgerond != ontwerp.afgerond.cellen:
        raise MetingAfgekeurd("Het geschreven bestand is niet gelijk aan wat is geteld. Probeer het opnieuw.")


def _swap_in(draft: Path, path: Path) -> None:
    os.chmod(draft, 0o400)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(draft, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _invoer(kwartaal: Kwartaal, bron: _Bron, voorgangers: _Voorgangers) -> dict[str, str]:
    """The digest of everything the figures depend on, by name."""
    months = {}
    for each in (kwartaal, kwartaal.earlier())[: 1 + (voorgangers.vorige is not None)]:
        months[f"lonen.{each.peilmaand}"] = _digest_slank(bron.slank(each.peilmaand))
        months[f"gebieden.{each}"] = _digest_table(gebieden_op(each.peildatum))
    return {
        **months,
        "register.registraties": _digest_table(bron.populatie.registraties),
        "register.woonplaatsen": _digest_table(bron.populatie.woonplaatsen),
        "register.aanvragen": bron.aanvragen(kwartaal).digest(),
        "parameters": _digest_files("banenafspraak.wet.parameters", ".toml"),
        "code": code_digest(),
        "versie": str(settings.PROJECT_VERSION),
        "duckdb": duckdb.__version__,
        "vorige": voorgangers.vorige.zegel if voorgangers.vorige else "",
        "eerdere": voorgangers.eerdere.zegel if voorgangers.eerdere else "",
    }


def _digest_slank(path: Path) -> str:
    """What the wage rows of a month were made from: the deliveries in force and the months that decide the sector."""
    invoer = json.loads(path.with_name(f"{path.name[:7]}.json").read_text(encoding="utf-8"))["invoer"]
    without_people = {name: value for name, value in invoer.items() if name != "personen"}
    return hashlib.sha256(json.dumps(without_people, sort_keys=True).encode()).hexdigest()


def _digest_table(table: pa.Table) -> str:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return hashlib.sha256(sink.getvalue()).hexdigest()


@cache
def code_digest() -> str:
    """The digest of the code that decides and counts: the rooms `wet` and `metingen`, and the map of regions."""
    return hashlib.sha256(
        "".join(
            _digest_files(package, suffix)
            for package, suffix in (
                ("banenafspraak.wet", ".py"),
                ("banenafspraak.metingen", ".py"),
                ("banenafspraak.access", "gebieden.csv"),
            )
        ).encode()
    ).hexdigest()


@cache
def _digest_files(package: str, suffix: str) -> str:
    digest = hashlib.sha256()
    for name, file in sorted(_walk(files(package), "")):
        if name.endswith(suffix):
            digest.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _walk(place: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for item in place.iterdir():
        if item.is_dir() and item.name != "__pycache__":
            yield from _walk(item, f"{prefix}{item.name}/")
        elif item.is_file():
            yield f"{prefix}{item.name}", item


@contextmanager
def _alone() -> Iterator[None]:
    """One build at a time (an advisory lock, gone with the process). Clears what one that was cut off left behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    if not row or not row[0]:
        raise BouwBezet("Er wordt al een meting gemaakt. Wacht tot die klaar is en probeer het opnieuw.")
    try:
        _sweep()
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _sweep() -> None:
    for leftover in store.metingen_dir().glob(".nieuw-*"):
        shutil.rmtree(leftover, ignore_errors=True)

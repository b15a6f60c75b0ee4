"""Taking in a whole delivery of the register: judge every line, then replace in one transaction what is known.

The lines go straight into a staging table of this transaction, so that memory stays small and the database compares
half a million people with what it holds in a handful of statements. Nothing but keyed indexes and sealed numbers
reaches the database. A delivery states, for each person it names, all registrations and residences of that person:
rows that are new get `bekend` from now on, rows it no longer has get their `bekend` closed, the rest stays untouched.
"""

import heapq
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from psycopg import sql

from banenafspraak.access import bsn as bsns
from banenafspraak.access import gebieden, logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register.models import Registerlevering, bsn_context
from banenafspraak.register.moment import begin_writing, check_moment
from banenafspraak.register.records import (
    Inlezing,
    PersoonRecord,
    Record,
    Regelfout,
    RegistratieRecord,
    Telling,
)
from banenafspraak.wet.doelgroep import Grond

MAX_FOUTEN = 100
# From this many new rows on, the planner's statistics are refreshed before anyone counts with them.
_ANALYZE_FROM = 10_000


def take_in(
    records: Iterable[Record | Regelfout],
    *,
    actor: Actor,
    levering: str,
    bestandsnaam: str = "",
    now: datetime,
    proef: bool = False,
    progress: Callable[[str], None] = lambda stap: None,
) -> Inlezing:
    """Take in the lines of one delivery, all or nothing; returns what changed, or why nothing did.

    `levering` is the sha256 of the file: a file that was taken in before changes nothing. A `Regelfout` among the
    records is a line that could not be read. `proef` judges and counts, and changes nothing. `progress` hears the name
    of each step (Dutch).

    Raises `PermissionDenied`; `ValueError` for a `now` without time zone, or one not later than the last change of a
    person whom the delivery changes, because that would rewrite what was known. Whatever `records` raises undoes
    everything.
    """
    require(actor, Permission.REGISTER_IMPORT)
    fouten = _Fouten()
    with transaction.atomic(), connection.cursor() as cursor:
        if proef:
            check_moment(now)
        else:
            begin_writing(now)
        if _known_levering(levering):
            return Inlezing(aantallen={}, proef=proef, al_ingelezen=True)
        progress("regels lezen")
        _stage(cursor, records, fouten, today=timezone.localtime(now).date())
        progress("regels met elkaar vergelijken")
        _compare_lines(cursor, fouten)
        if fouten.totaal:
            return Inlezing(aantallen={}, fouten=fouten.first(), fouten_totaal=fouten.totaal, proef=proef)
        if not proef:
            # Other writers wait, readers do not; a second delivery waits here too, hence the second look.
            cursor.execute(
                "LOCK TABLE register_persoon, register_registratie, register_woonplaats IN SHARE ROW EXCLUSIVE MODE"
            )
            if _known_levering(levering):
                return Inlezing(aantallen={}, al_ingelezen=True)
        progress("vergelijken met het register")
        aantallen = _compare_register(cursor)
        if not proef:
            progress("opslaan")
            _check_later(cursor, now)
            _store(cursor, aantallen, levering=levering, now=now)
            _log(cursor, aantallen, actor=actor, levering=levering, bestandsnaam=bestandsnaam, now=now)
        return Inlezing(aantallen=aantallen, proef=proef)


def _known_levering(sha256: str) -> bool:
    return Registerlevering.objects.filter(sha256=sha256).exists()


class _Fouten:
    """Counts all errors and keeps the first in the order of the lines, however they come in."""

    def __init__(self) -> None:
        self.totaal = 0
        self._kept: list[tuple[int, int, Regelfout]] = []

    def add(self, fout: Regelfout) -> None:
        self.totaal += 1
        # A heap with the last line on top, so that the one to throw out is at hand.
        heapq.heappush(self._kept, (-fout.regel, -self.totaal, fout))
        if len(self._kept) > MAX_FOUTEN:
            heapq.heappop(self._kept)

    def count_unseen(self, aantal: int) -> None:
        """Errors that are certainly later than `MAX_FOUTEN` others, so only their number matters."""
        self.totaal += aantal

    def first(self) -> tuple[Regelfout, ...]:
        return tuple(fout for *_, fout in sorted(self._kept, key=lambda kept: (-kept[0], -kept[1])))


# --- reading the lines into the staging table -------------------------------------------------------------------

_STAGING = """
DROP TABLE IF EXISTS
    pg_temp.inlezing, pg_temp.inlezing_persoon, pg_temp.inlezing_registratie, pg_temp.inlezing_woonplaats;
CREATE TEMPORARY TABLE inlezing (
    soort text NOT NULL, regel bigint NOT NULL, bsn_index bytea NOT NULL,
    bsn_index_eerder bytea, index_versie smallint,
    persoon_id uuid, audit_index bytea, bsn_verzegeld bytea, geboortedatum date, overleden_op date,
    grond text, route text, gemeente_code text, vanaf date, tot date, einde_reden text,
    geldig daterange GENERATED ALWAYS AS (daterange(vanaf, tot)) STORED
) ON COMMIT DROP
"""
_COPY = """
COPY inlezing (soort, regel, bsn_index, bsn_index_eerder, index_versie,
               persoon_id, audit_index, bsn_verzegeld, geboortedatum, overleden_op,
               grond, route, gemeente_code, vanaf, tot, einde_reden)
FROM STDIN (FORMAT BINARY)
"""
_TYPES = (
    "text", "int8", "bytea", "bytea", "int2",
    "uuid", "bytea", "bytea", "date", "date", "text", "text", "text", "date", "date", "text",
)  # fmt: skip


def _stage(cursor: CursorWrapper, records: Iterable[Record | Regelfout], fouten: _Fouten, *, today: date) -> None:
    cursor.execute(_STAGING)
    with cursor.copy(_COPY) as copy:
        copy.set_types(_TYPES)
        for row in _rows(records, fouten, today=today):
            copy.write_row(row)
    cursor.execute("CREATE INDEX ON inlezing (bsn_index, soort); ANALYZE inlezing")


def _rows(records: Iterable[Record | Regelfout], fouten: _Fouten, *, today: date) -> Iterator[tuple[Any, ...]]:
    only_test = settings.OMGEVING != "productie"
    # The keys of the first line serve all: the lines of one person must find each other.
    indexer = bsns.indexer(doel="register")
    for record in records:
        if isinstance(record, Regelfout):
            fouten.add(record)
            continue
        fout = _judge(record, today=today, only_test=only_test)
        if fout is not None:
            fouten.add(Regelfout(record.regel, *fout))
            continue
        bsn_index, *eerder = indexer.indexes(record.bsn)
        if isinstance(record, PersoonRecord):
            persoon_id = uuid.uuid4()
            yield (
                "p", record.regel, bsn_index, eerder[0] if eerder else None, indexer.versies[0],
                persoon_id, bsns.index(record.bsn, doel="audit"),
                bsns.seal(record.bsn, context=bsn_context(persoon_id)), record.geboortedatum, record.overleden_op,
                None, None, None, None, None, None,
            )  # fmt: skip
        elif isinstance(record, RegistratieRecord):
            yield (
                "r", record.regel, bsn_index, None, None, None, None, None, None, None,
                record.grond.value, record.route.value, None, record.vanaf, record.tot,
                record.einde_reden.value if record.einde_reden else "",
            )  # fmt: skip
        else:
            yield (
                "w", record.regel, bsn_index, None, None, None, None, None, None, None,
                None, None, record.gemeente, record.vanaf, record.tot, None,
            )  # fmt: skip


def _judge(record: Record, *, today: date, only_test: bool) -> tuple[str, str] | None:
    """What is wrong with a line by itself, and the cure. Only what is certain; never a value out of the line."""
    if only_test and not record.bsn.is_test:
        return (
            "Dit BSN kan van een echt mens zijn, en dit is geen productie.",
            "Gebruik hier alleen testnummers: 9999xxxxx.",
        )
    if isinstance(record, PersoonRecord):
        if record.geboortedatum > today or (record.overleden_op is not None and record.overleden_op > today):
            return ("De geboortedatum of de overlijdensdatum ligt in de toekomst.", "Herstel de datum.")
        if record.overleden_op is not None and record.overleden_op < record.geboortedatum:
            return ("De overlijdensdatum ligt voor de geboortedatum.", "Herstel een van beide datums.")
        return None
    if record.tot is not None and record.tot <= record.vanaf:
        return (
            "geldig_tot ligt niet na geldig_vanaf.",
            "geldig_tot is de eerste dag waarop het niet meer geldt. Herstel een van beide datums.",
        )
    if isinstance(record, RegistratieRecord):
        if record.grond is Grond.GEEN:
            return (
                "Wie op geen enkele grond bij de doelgroep hoort, staat niet in het register.",
                "Haal de regel weg.",
            )
        if record.einde_reden is not None and record.tot is None:
            return (
                "Er staat wel een reden van einde, maar geen geldig_tot.",
                "Vul geldig_tot in, of haal de reden weg.",
            )
        return None
    gebied = gebieden.gemeente(record.gemeente)
    if gebied is None:
        return ("Deze gemeente is niet bekend.", "Gebruik de code van het CBS: GM met vier cijfers.")
    if not gebied.exists_on(record.vanaf):
        return (
            "Deze gemeente bestond niet op de dag van geldig_vanaf.",
            "Gebruik de gemeente van toen, en begin een nieuwe woonplaatsregel op de dag van de herindeling.",
        )
    return None


# --- lines that are wrong because of other lines ------------------------------------------------------------------

_PERSONEN = "(SELECT DISTINCT ON (bsn_index) * FROM inlezing WHERE soort = 'p' ORDER BY bsn_index, regel)"

_DOUBLE_PERSON = """
SELECT regel, eerste FROM (
    SELECT regel, first_value(regel) OVER w AS eerste, row_number() OVER w AS nummer
    FROM inlezing WHERE soort = 'p' WINDOW w AS (PARTITION BY bsn_index ORDER BY regel)
) AS genummerd WHERE nummer > 1
"""
_WITHOUT_PERSON = """
SELECT regel, NULL::bigint FROM inlezing AS r WHERE soort <> 'p'
AND NOT EXISTS (SELECT FROM inlezing AS p WHERE p.soort = 'p' AND p.bsn_index = r.bsn_index)
"""
# The latest end so far may belong to any earlier line, not only to the one just before.
_OVERLAP = """
SELECT regel, eerder[2] FROM (
    SELECT regel, vanaf, max(ARRAY[eind - date '0001-01-01', regel]) OVER (
        PARTITION BY bsn_index, grond ORDER BY vanaf, regel ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS eerder
    FROM (SELECT *, coalesce(tot, date '9999-12-31') AS eind FROM inlezing WHERE soort = {soort}) AS rijen
) AS gevolgd WHERE eerder[1] > vanaf - date '0001-01-01'
"""
_BEFORE_BIRTH = """
SELECT r.regel, p.regel FROM inlezing AS r JOIN {personen} AS p USING (bsn_index)
WHERE r.soort <> 'p' AND r.vanaf < p.geboortedatum
"""
_AFTER_DEATH = """
SELECT r.regel, p.regel FROM inlezing AS r JOIN {personen} AS p USING (bsn_index)
WHERE r.soort <> 'p' AND r.vanaf > p.overleden_op
"""
# Besluit SUWI art. 3.2: a registration ends at death. The first day without it is that day or the day after.
_NOT_ENDED_AT_DEATH = """
SELECT r.regel, p.regel FROM inlezing AS r JOIN {personen} AS p USING (bsn_index)
WHERE r.soort = 'r' AND r.vanaf <= p.overleden_op AND (r.tot IS NULL OR r.tot > p.overleden_op + 1)
"""


@dataclass(frozen=True)
class _Regelcheck:
    """A query giving (line, the line it clashes with), and what to say; `{andere}` becomes the other line."""

    query: str
    melding: str
    herstel: str


_CHECKS = (
    _Regelcheck(
        _DOUBLE_PERSON,
        "Deze persoon staat al op regel {andere}.",
        "Geef elke persoon een regel van de soort persoon; haal de dubbele weg.",
    ),
    _Regelcheck(
        _OVERLAP.format(soort="'r'"),
        "Deze registratie valt samen met de registratie op regel {andere}, op dezelfde grond.",
        "Laat de ene eindigen (geldig_tot) voor de andere begint, of haal er een weg.",
    ),
    _Regelcheck(
        _OVERLAP.format(soort="'w'"),
        "Deze woonplaats valt samen met de woonplaats op regel {andere}.",
        "Een persoon woont op elke dag in een gemeente. Herstel geldig_vanaf of geldig_tot.",
    ),
    _Regelcheck(
        _BEFORE_BIRTH.format(personen=_PERSONEN),
        "geldig_vanaf ligt voor de geboortedatum op regel {andere}.",
        "Herstel een van beide datums.",
    ),
    _Regelcheck(
        _AFTER_DEATH.format(personen=_PERSONEN),
        "geldig_vanaf ligt na de overlijdensdatum op regel {andere}.",
        "Herstel een van beide datums, of haal de regel weg.",
    ),
    _Regelcheck(
        _NOT_ENDED_AT_DEATH.format(personen=_PERSONEN),
        "Deze registratie loopt door na de overlijdensdatum op regel {andere}.",
        "Vul bij geldig_tot de dag van overlijden in, of de dag erna.",
    ),
)
_CHECK_PERSON = _Regelcheck(
    _WITHOUT_PERSON,
    "Bij deze regel hoort geen regel van de soort persoon.",
    "Een levering noemt van elke persoon ook de geboortedatum: voeg de persoonsregel toe.",
)


def _compare_lines(cursor: CursorWrapper, fouten: _Fouten) -> None:
    # A person's own line may be one of those that could not be read: then its absence says nothing.
    checks = _CHECKS if fouten.totaal else (*_CHECKS, _CHECK_PERSON)
    for check in checks:
        # The errors may be as many as the lines: count all of them, fetch the first.
        query = sql.SQL("SELECT gevonden.*, count(*) OVER () FROM ({}) AS gevonden(regel, andere) ORDER BY 1 LIMIT {}")
        cursor.execute(query.format(sql.SQL(check.query), sql.Literal(MAX_FOUTEN)))
        rows = cursor.fetchall()
        for regel, andere, _ in rows:
            fouten.add(Regelfout(regel, check.melding.format(andere=andere), check.herstel))
        if rows:
            fouten.count_unseen(rows[0][2] - len(rows))


# --- comparing with, and changing, what the register knows --------------------------------------------------------

# Somebody whom the register knows is there under the newest key or, while keys are being replaced, the one before it;
# the last join is for a process whose key file is one version behind.
_STAGE_PERSONEN = """
CREATE TEMPORARY TABLE inlezing_persoon ON COMMIT DROP AS
SELECT s.bsn_index, s.bsn_index_eerder, s.index_versie, s.audit_index, s.bsn_verzegeld, s.geboortedatum, s.overleden_op,
       coalesce(p.id, s.persoon_id) AS id,
       p.id IS NULL AS nieuw,
       p.id IS NOT NULL
           AND (p.geboortedatum, p.overleden_op) IS DISTINCT FROM (s.geboortedatum, s.overleden_op) AS gewijzigd
FROM inlezing AS s
LEFT JOIN register_persoon AS nu ON nu.bsn_index = s.bsn_index
LEFT JOIN register_persoon AS wacht ON wacht.bsn_index = s.bsn_index_eerder
LEFT JOIN register_persoon AS voor ON voor.bsn_index_eerder = s.bsn_index
LEFT JOIN register_persoon AS p ON p.id = coalesce(nu.id, wacht.id, voor.id)
WHERE s.soort = 'p';
CREATE UNIQUE INDEX ON inlezing_persoon (bsn_index);
CREATE UNIQUE INDEX ON inlezing_persoon (id);
ANALYZE inlezing_persoon
"""
# One row for each row to add (no id) and each row to close (with its id); equal rows fall out on both sides.
_STAGE_CHANGES = """
CREATE TEMPORARY TABLE {changes} ON COMMIT DROP AS
WITH bekend AS (
    SELECT r.* FROM {table} AS r JOIN inlezing_persoon AS p ON p.id = r.persoon_id
    WHERE upper_inf(r.bekend)
), geleverd AS (
    SELECT p.id AS persoon_id, {staged} FROM inlezing AS s JOIN inlezing_persoon AS p USING (bsn_index)
    WHERE s.soort = {soort}
)
SELECT b.id AS bestaand, coalesce(b.persoon_id, g.persoon_id) AS persoon_id, {delivered}
FROM bekend AS b FULL JOIN geleverd AS g ON b.persoon_id = g.persoon_id AND {equal}
WHERE b.id IS NULL OR g.persoon_id IS NULL
"""
_INSERT_PERSONEN = """
INSERT INTO register_persoon
    (id, bsn_index, bsn_index_eerder, index_versie, bsn_verzegeld, geboortedatum, overleden_op)
SELECT id, bsn_index, bsn_index_eerder, index_versie, bsn_verzegeld, geboortedatum, overleden_op
FROM inlezing_persoon WHERE nieuw ORDER BY bsn_index
"""
_UPDATE_PERSONEN = """
UPDATE register_persoon AS p SET geboortedatum = s.geboortedatum, overleden_op = s.overleden_op
FROM inlezing_persoon AS s WHERE s.gewijzigd AND s.id = p.id
"""
_CLOSE = """
UPDATE {table} AS r SET bekend = tstzrange(lower(r.bekend), {now})
FROM {changes} AS c WHERE c.bestaand = r.id
"""
_INSERT = """
INSERT INTO {table} (persoon_id, {columns}, bekend, levering)
SELECT persoon_id, {columns}, tstzrange({now}, NULL), {levering} FROM {changes} WHERE bestaand IS NULL
ORDER BY persoon_id
"""
_CHANGED_PERSONEN = """
SELECT id FROM inlezing_persoon WHERE nieuw OR gewijzigd
UNION SELECT persoon_id FROM inlezing_registratie UNION SELECT persoon_id FROM inlezing_woonplaats
"""
_CHANGED_AUDIT = "SELECT audit_index FROM inlezing_persoon WHERE id IN ({changed}) ORDER BY audit_index"
_LAST_CHANGE = """
SELECT max(moment) FROM ({changed}) AS c(persoon_id), LATERAL (
    SELECT max(greatest(lower(bekend), upper(bekend))) FROM register_registratie WHERE persoon_id = c.persoon_id
    UNION ALL
    SELECT max(greatest(lower(bekend), upper(bekend))) FROM register_woonplaats WHERE persoon_id = c.persoon_id
) AS laatste(moment)
"""


@dataclass(frozen=True)
class _Geschiedenis:
    """A table with `geldig` and `bekend`: its columns that a delivery fills, and how its changes are counted."""

    table: str
    changes: str
    soort: str
    columns: tuple[str, ...]
    telling: tuple[Telling, Telling, Telling]

    def compose(self, statement: str, **values: Any) -> sql.Composed:
        columns = [sql.Identifier(column) for column in self.columns]

        def listed(template: str, separator: str = ", ") -> sql.Composed:
            return sql.SQL(separator).join([sql.SQL(template).format(column) for column in columns])

        return sql.SQL(statement).format(
            table=sql.Identifier(self.table),
            changes=sql.Identifier(self.changes),
            soort=sql.Literal(self.soort),
            columns=listed("{}"),
            staged=listed("s.{}"),
            delivered=listed("g.{}"),
            equal=sql.SQL(" AND ").join([sql.SQL("b.{0} = g.{0}").format(column) for column in columns]),
            **{name: sql.Literal(value) for name, value in values.items()},
        )


_GESCHIEDENISSEN = (
    _Geschiedenis(
        "register_registratie",
        "inlezing_registratie",
        "r",
        ("grond", "route", "geldig", "einde_reden"),
        (Telling.REGISTRATIES, Telling.REGISTRATIES_NIEUW, Telling.REGISTRATIES_VERVALLEN),
    ),
    _Geschiedenis(
        "register_woonplaats",
        "inlezing_woonplaats",
        "w",
        ("gemeente_code", "geldig"),
        (Telling.WOONPLAATSEN, Telling.WOONPLAATSEN_NIEUW, Telling.WOONPLAATSEN_VERVALLEN),
    ),
)


def _compare_register(cursor: CursorWrapper) -> dict[Telling, int]:
    cursor.execute(_STAGE_PERSONEN)
    cursor.execute(
        "SELECT count(*), count(*) FILTER (WHERE nieuw), count(*) FILTER (WHERE gewijzigd) FROM inlezing_persoon"
    )
    aantallen = dict(
        zip((Telling.PERSONEN, Telling.PERSONEN_NIEUW, Telling.PERSONEN_GEWIJZIGD), cursor.fetchone(), strict=True)
    )
    for geschiedenis in _GESCHIEDENISSEN:
        cursor.execute(geschiedenis.compose(_STAGE_CHANGES))
        cursor.execute(
            geschiedenis.compose(
                "SELECT (SELECT count(*) FROM inlezing WHERE soort = {soort}), count(*) - count(bestaand),"
                " count(bestaand) FROM {changes}"
            )
        )
        aantallen |= dict(zip(geschiedenis.telling, cursor.fetchone(), strict=True))
    return aantallen


def _check_later(cursor: CursorWrapper, now: datetime) -> None:
    cursor.execute(_LAST_CHANGE.format(changed=_CHANGED_PERSONEN))
    (last,) = cursor.fetchone()
    if last is not None and now <= last:
        raise ValueError("now must be later than the last change of everybody in the delivery")


def _store(cursor: CursorWrapper, aantallen: dict[Telling, int], *, levering: str, now: datetime) -> None:
    cursor.execute(_INSERT_PERSONEN)
    cursor.execute(_UPDATE_PERSONEN)
    for geschiedenis in _GESCHIEDENISSEN:
        # First close, then add: in between, the two would overlap.
        cursor.execute(geschiedenis.compose(_CLOSE, now=now))
        cursor.execute(geschiedenis.compose(_INSERT, now=now, levering=levering))
    if aantallen[Telling.REGISTRATIES_NIEUW] + aantallen[Telling.WOONPLAATSEN_NIEUW] >= _ANALYZE_FROM:
        cursor.execute("ANALYZE register_persoon, register_registratie, register_woonplaats")


def _log(
    cursor: CursorWrapper,
    aantallen: dict[Telling, int],
    *,
    actor: Actor,
    levering: str,
    bestandsnaam: str,
    now: datetime,
) -> None:
    details = {telling.value: aantal for telling, aantal in aantallen.items()}
    Registerlevering.objects.create(sha256=levering, bestandsnaam=bestandsnaam, ingelezen_at=now, aantallen=details)
    logboek.record(actor=actor, handeling="registerlevering ingelezen", onderwerp=levering, details=details, now=now)
    cursor.execute(_CHANGED_AUDIT.format(changed=_CHANGED_PERSONEN))
    logboek.record_many(
        actor=actor,
        handeling="registratie bijgewerkt uit levering",
        onderwerp=levering,
        persoon_bsn_indexes=[bytes(row[0]) for row in cursor.fetchall()],
        now=now,
    )

"""Who works for which employer, taken in at the door of the wage deliveries while the number is there.

The counting keeps wages under other pseudonyms (`metingen`), which nobody can join to the register. So the door says
here, in the same transaction, who had a wage from whom in which month. A delivery of a whole month replaces the month,
a full return of one employer replaces that employer in it, anything else adds or takes away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from banenafspraak.access import bsn as bsns
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.mandaten import lhnr_indexes
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register.raadpleging import werkrelatie_context

JAREN_TERUG: Final = 1


@dataclass(frozen=True, slots=True)
class Relatie:
    """That somebody had (`bestaat`), or by a correction did not have, a wage from an employer in a month."""

    maand: date
    lhnr: str
    bsn: Bsn
    bestaat: bool = True


@dataclass(frozen=True, slots=True)
class Vervanging:
    """What was known before of a month (of one employer, or of all with lhnr None) is void: the rest follows."""

    maand: date
    lhnr: str | None = None


def first_month(now: datetime) -> date:
    """The first month of which werkrelaties are kept: January of last year."""
    return date(timezone.localtime(now).year - JAREN_TERUG, 1, 1)


_STAGING = """
DROP TABLE IF EXISTS pg_temp.werkrelatie_inname, pg_temp.werkrelatie_vervanging;
CREATE TEMPORARY TABLE werkrelatie_inname (
    nr bigint, lhnr_index bytea, bsn_index bytea, bsn_verzegeld bytea, jaar smallint, bit smallint, bestaat boolean
) ON COMMIT DROP;
CREATE TEMPORARY TABLE werkrelatie_vervanging (nr bigint, lhnr_index bytea, jaar smallint, bit smallint) ON COMMIT DROP
"""
_COPY = """
COPY werkrelatie_inname (nr, lhnr_index, bsn_index, bsn_verzegeld, jaar, bit, bestaat) FROM STDIN (FORMAT BINARY)
"""
_TYPES = ("int8", "bytea", "bytea", "bytea", "int2", "int2", "bool")
_REPLACE = "INSERT INTO werkrelatie_vervanging (nr, lhnr_index, jaar, bit) VALUES (%s, %s, %s, %s)"


def take_in_werkrelaties(records: Iterable[Relatie | Vervanging], *, actor: Actor, now: datetime) -> int:
    """Take in what deliveries say, in their order; returns how many rows were read. Months too long ago are left out.

    Call it in the transaction that puts the wages into force. Raises `PermissionDenied`.
    """
    require(actor, Permission.LEVERING_IMPORT)
    begin, read, keyer = first_month(now), 0, bsns.keyer("raadpleging")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_STAGING)
        replaced: list[tuple[int, bytes | None, int, int]] = []
        with cursor.copy(_COPY) as copy:
            copy.set_types(_TYPES)
            lhnrs: dict[str, bytes] = {}
            for record in records:
                if record.maand < begin:
                    continue
                read += 1
                employer = None
                if record.lhnr is not None:
                    # The oldest key, which is kept for ever: an employer has one index.
                    employer = lhnrs.get(record.lhnr) or lhnrs.setdefault(record.lhnr, lhnr_indexes(record.lhnr)[-1])
                bit = 1 << (record.maand.month - 1)
                if isinstance(record, Vervanging):
                    replaced.append((read, employer, record.maand.year, bit))
                    continue
                # So has a person, or a correction would miss the row it is about.
                person = keyer.indexes(record.bsn.reveal())[-1]
                sealed = bsns.seal(record.bsn, context=werkrelatie_context(person))
                copy.write_row((read, employer, person, sealed, record.maand.year, bit, record.bestaat))
        cursor.execute("DELETE FROM register_werkrelatie WHERE jaar < %s", [begin.year])
        if read:
            cursor.executemany(_REPLACE, replaced)
            cursor.execute(_MERGE)
    return read


_MERGE = """
CREATE INDEX ON werkrelatie_vervanging (jaar, bit, lhnr_index);
ANALYZE werkrelatie_inname, werkrelatie_vervanging;
-- Everything that is replaced goes: bits first, and rows that have none left.
CREATE TEMPORARY TABLE werkrelatie_over ON COMMIT DROP AS
    SELECT w.id, w.maanden & ~bit_or(v.bit)::int AS maanden FROM register_werkrelatie AS w
    JOIN werkrelatie_vervanging AS v ON v.jaar = w.jaar AND (v.lhnr_index IS NULL OR v.lhnr_index = w.lhnr_index)
    GROUP BY w.id, w.maanden;
DELETE FROM register_werkrelatie AS w USING werkrelatie_over AS o WHERE o.id = w.id AND o.maanden = 0;
UPDATE register_werkrelatie AS w SET maanden = o.maanden FROM werkrelatie_over AS o
    WHERE o.id = w.id AND o.maanden <> 0 AND o.maanden <> w.maanden;
DROP TABLE werkrelatie_over;
-- Of a month, an employer and a person the last word counts, when nothing replaced it afterwards.
CREATE TEMPORARY TABLE werkrelatie_nieuw ON COMMIT DROP AS
    SELECT lhnr_index, bsn_index, jaar, coalesce(bit_or(bit) FILTER (WHERE bestaat), 0)::int AS erbij,
           coalesce(bit_or(bit) FILTER (WHERE NOT bestaat), 0)::int AS eraf,
           (array_agg(bsn_verzegeld))[1] AS bsn_verzegeld
    FROM (
        SELECT DISTINCT ON (lhnr_index, bsn_index, jaar, bit) * FROM werkrelatie_inname AS i
        WHERE NOT EXISTS (
            SELECT FROM werkrelatie_vervanging AS v WHERE v.jaar = i.jaar AND v.bit = i.bit AND v.nr > i.nr
            AND (v.lhnr_index IS NULL OR v.lhnr_index = i.lhnr_index))
        ORDER BY lhnr_index, bsn_index, jaar, bit, nr DESC
    ) AS laatste
    GROUP BY lhnr_index, bsn_index, jaar;
INSERT INTO register_werkrelatie AS w (lhnr_index, bsn_index, bsn_verzegeld, jaar, maanden)
    SELECT lhnr_index, bsn_index, bsn_verzegeld, jaar, erbij FROM werkrelatie_nieuw WHERE erbij <> 0
    ON CONFLICT (lhnr_index, bsn_index, jaar) DO UPDATE SET maanden = w.maanden | excluded.maanden;
DELETE FROM register_werkrelatie AS w USING werkrelatie_nieuw AS n
    WHERE n.eraf <> 0 AND w.lhnr_index = n.lhnr_index AND w.bsn_index = n.bsn_index AND w.jaar = n.jaar
    AND w.maanden & ~n.eraf = 0;
UPDATE register_werkrelatie AS w SET maanden = w.maanden & ~n.eraf FROM werkrelatie_nieuw AS n
    WHERE n.eraf <> 0 AND w.lhnr_index = n.lhnr_index AND w.bsn_index = n.bsn_index AND w.jaar = n.jaar;
DROP TABLE werkrelatie_nieuw;
-- The newest month of each employer, and how many people it paid then.
DELETE FROM register_werkgeversomvang AS o
    WHERE EXISTS (SELECT FROM werkrelatie_vervanging AS v WHERE v.lhnr_index IS NULL)
    OR o.lhnr_index IN (SELECT v.lhnr_index FROM werkrelatie_vervanging AS v)
    OR o.lhnr_index IN (SELECT i.lhnr_index FROM werkrelatie_inname AS i);
INSERT INTO register_werkgeversomvang (lhnr_index, maand, werknemers)
    SELECT DISTINCT ON (m.lhnr_index) m.lhnr_index, make_date(m.jaar, m.maand, 1), m.werknemers
    FROM (
        SELECT w.lhnr_index, w.jaar, b.maand, count(*)::int AS werknemers
        FROM register_werkrelatie AS w CROSS JOIN generate_series(1, 12) AS b(maand)
        WHERE w.maanden & (1 << (b.maand - 1)) <> 0
        AND NOT EXISTS (SELECT FROM register_werkgeversomvang AS o WHERE o.lhnr_index = w.lhnr_index)
        GROUP BY w.lhnr_index, w.jaar, b.maand
    ) AS m
    ORDER BY m.lhnr_index, m.jaar DESC, m.maand DESC
"""

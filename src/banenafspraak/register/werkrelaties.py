"""Who works for which employer, taken in at the door of the wage deliveries while the number is there.

The counting keeps wages under other pseudonyms (`metingen`), which nobody can join to the register. So the door says
here, in the same transaction, who had a wage from whom in which month. A delivery of a whole month replaces the month,
a full return of one employer replaces that employer in it, anything else adds or takes away one inkomstenverhouding:
whoever has another with that employer in that month still works there.
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
    """That somebody had (`bestaat`), or by a correction did not have, a wage from an employer in a month.

    `numiv` is the number of the inkomstenverhouding, 0 to 9999: an employer counts those of one person from 1.
    """

    maand: date
    lhnr: str
    bsn: Bsn
    bestaat: bool = True
    numiv: int = 1


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
    nr bigint, lhnr_index bytea, bsn_index bytea, bsn_verzegeld bytea, jaar smallint, numiv smallint, bit smallint,
    bestaat boolean
) ON COMMIT DROP;
CREATE TEMPORARY TABLE werkrelatie_vervanging (nr bigint, lhnr_index bytea, jaar smallint, bit smallint) ON COMMIT DROP
"""
_COPY = """
COPY werkrelatie_inname (nr, lhnr_index, bsn_index, bsn_verzegeld, jaar, numiv, bit, bestaat) FROM STDIN (FORMAT BINARY)
"""
_TYPES = ("int8", "bytea", "bytea", "bytea", "int2", "int2", "int2", "bool")
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
                year = record.maand.year
                copy.write_row((read, employer, person, sealed, year, record.numiv, bit, record.bestaat))
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
-- Of a month, an employer, a person and an inkomstenverhouding the last word counts, if nothing replaced it later.
CREATE TEMPORARY TABLE werkrelatie_nieuw ON COMMIT DROP AS
    SELECT lhnr_index, bsn_index, jaar, numiv, coalesce(bit_or(bit) FILTER (WHERE bestaat), 0)::int AS erbij,
           coalesce(bit_or(bit) FILTER (WHERE NOT bestaat), 0)::int AS eraf,
           (array_agg(bsn_verzegeld))[1] AS bsn_verzegeld
    FROM (
        SELECT DISTINCT ON (lhnr_index, bsn_index, jaar, numiv, bit) * FROM werkrelatie_inname AS i
        WHERE NOT EXISTS (
            SELECT FROM werkrelatie_vervanging AS v WHERE v.jaar = i.jaar AND v.bit = i.bit AND v.nr > i.nr
            AND (v.lhnr_index IS NULL OR v.lhnr_index = i.lhnr_index))
        ORDER BY lhnr_index, bsn_index, jaar, numiv, bit, nr DESC
    ) AS laatste
    GROUP BY lhnr_index, bsn_index, jaar, numiv;
INSERT INTO register_werkrelatie AS w (lhnr_index, bsn_index, bsn_verzegeld, jaar, numiv, maanden)
    SELECT lhnr_index, bsn_index, bsn_verzegeld, jaar, numiv, erbij FROM werkrelatie_nieuw WHERE erbij <> 0
    ON CONFLICT (lhnr_index, bsn_index, jaar, numiv) DO UPDATE SET maanden = w.maanden | excluded.maanden;
-- A row of which nobody kept the number may be any inkomstenverhouding: whatever is taken back, is taken from it too.
CREATE TEMPORARY TABLE werkrelatie_eraf ON COMMIT DROP AS
    SELECT w.id, w.maanden & ~bit_or(n.eraf)::int AS maanden
    FROM werkrelatie_nieuw AS n JOIN register_werkrelatie AS w USING (lhnr_index, bsn_index, jaar)
    WHERE n.eraf <> 0 AND (w.numiv = n.numiv OR w.numiv IS NULL)
    GROUP BY w.id, w.maanden;
DELETE FROM register_werkrelatie AS w USING werkrelatie_eraf AS e WHERE e.id = w.id AND e.maanden = 0;
UPDATE register_werkrelatie AS w SET maanden = e.maanden FROM werkrelatie_eraf AS e
    WHERE e.id = w.id AND e.maanden <> 0;
DROP TABLE werkrelatie_nieuw, werkrelatie_eraf;
-- The newest month of each employer, and how many people it paid then: each once.
DELETE FROM register_werkgeversomvang AS o
    WHERE EXISTS (SELECT FROM werkrelatie_vervanging AS v WHERE v.lhnr_index IS NULL)
    OR o.lhnr_index IN (SELECT v.lhnr_index FROM werkrelatie_vervanging AS v)
    OR o.lhnr_index IN (SELECT i.lhnr_index FROM werkrelatie_inname AS i);
INSERT INTO register_werkgeversomvang (lhnr_index, maand, werknemers)
    WITH nieuwste AS (
        -- Of the largest number the highest bit of its months is the newest month there is.
        SELECT w.lhnr_index, max(w.jaar::int * 4096 + w.maanden) AS jaar_en_maanden
        FROM register_werkrelatie AS w
        WHERE NOT EXISTS (SELECT FROM register_werkgeversomvang AS o WHERE o.lhnr_index = w.lhnr_index)
        GROUP BY w.lhnr_index
    ), laatste AS (
        SELECT lhnr_index, (jaar_en_maanden / 4096)::smallint AS jaar,
               length(ltrim((jaar_en_maanden % 4096)::bit(12)::text, '0')) AS maand
        FROM nieuwste
    )
    SELECT l.lhnr_index, make_date(l.jaar, l.maand, 1), count(DISTINCT w.bsn_index)::int
    FROM laatste AS l
    JOIN register_werkrelatie AS w ON w.lhnr_index = l.lhnr_index AND w.jaar = l.jaar
        AND w.maanden & (1 << (l.maand - 1)) <> 0
    GROUP BY l.lhnr_index, l.jaar, l.maand
"""

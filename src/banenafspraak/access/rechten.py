"""What each role may do in PostgreSQL: the second line behind `permissions` and the querysets, held by the database.

The website logs in as a member of `ba_web`, which by itself reads no personal data. For each request it takes on the
role of its actor, inside the transaction (`database.acting`). A table with personal data is protected: rows show only
to the roles named in its migration, and only those that a condition on the actor's context lets through. Without a
context there are no rows. The owner of the tables runs migrations, imports and jobs, and sees everything.

Nothing here imports Django, so that the supervisor of the private cluster can make the roles before there is a table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WEB = "ba_web"
FUNCTIES = "ba_functies"
"""Owns the functions that answer what their callers may not read themselves; nobody logs in as it."""
ZOEKINDEX = "ba_zoekindex"
"""Fills the search index of a process (`bemiddeling.zoekindex`), for the time of one read; no actor acts in it."""

VUM = "ba_vum"
"""Answers another organisation through the exchange of matching data; a machine, so nobody signs in as it."""

SIGNED_IN = (
    "ba_beheer",
    "ba_beleid",
    "ba_bemiddelaar",
    "ba_beoordelaar",
    "ba_burger",
    "ba_toezicht",
    "ba_werkgever",
)
"""The role of each actor who signs in: `ba_` and the name of the Rol."""

ROLES = (WEB, FUNCTIES, ZOEKINDEX, VUM, *SIGNED_IN)

# Several databases of one server may be migrated at the same time (the tests do), while roles belong to the server.
ENSURE_ROLES = f"""
DO $$
DECLARE
    naam text;
    pogingen int := 0;
BEGIN
    LOOP
        BEGIN
            FOREACH naam IN ARRAY ARRAY[{", ".join(f"'{role}'" for role in ROLES)}] LOOP
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = naam) THEN
                    EXECUTE format('CREATE ROLE %I NOLOGIN %s', naam,
                                   CASE WHEN naam = '{WEB}' THEN 'NOINHERIT' ELSE 'INHERIT' END);
                END IF;
                EXECUTE format('GRANT %I TO CURRENT_USER', naam);
                IF naam NOT IN ('{WEB}', '{FUNCTIES}') THEN
                    EXECUTE format('GRANT %I TO {WEB}', naam);
                END IF;
            END LOOP;
            EXIT;
        EXCEPTION WHEN unique_violation OR duplicate_object OR internal_error OR serialization_failure THEN
            pogingen := pogingen + 1;
            IF pogingen > 50 THEN RAISE; END IF;
            PERFORM pg_sleep(0.1);
        END;
    END LOOP;
END
$$;
"""


@dataclass(frozen=True)
class Toegang:
    """That roles may do something with the rows of a table for which a condition holds.

    `mag` names verbs of SQL ("SELECT", "INSERT", ...), `waar` is an SQL condition on the row, in which the context of
    the actor is `app_gebruiker()`, `app_organisatie()`, `app_gemeente()`, `app_regio()`, `app_burger()` (the keyed
    indexes of the own BSN in the register) and `app_burger_audit()`. `kolommen` narrows SELECT or UPDATE to columns.
    """

    rollen: Sequence[str]
    mag: Sequence[str]
    waar: str = "true"
    kolommen: Sequence[str] = ()


def protect(table: str, *toegangen: Toegang) -> tuple[str, str]:
    """The SQL that protects a table and undoes it, for a migration: `RunSQL(*protect(...))`.

    `FORCE` binds the owner to policies as well, so the owner gets one of its own; everybody else starts with nothing.
    """
    return (
        f"REVOKE ALL ON {table} FROM PUBLIC;\n"
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\nALTER TABLE {table} FORCE ROW LEVEL SECURITY;\n"
        f"CREATE POLICY {table}_eigenaar ON {table} TO CURRENT_USER USING (true) WITH CHECK (true);\n"
        + allow(table, *toegangen),
        f"DO $$ DECLARE p record; BEGIN FOR p IN SELECT policyname FROM pg_policies WHERE tablename = '{table}' LOOP "  # noqa: S608
        f"EXECUTE format('DROP POLICY %I ON {table}', p.policyname); END LOOP; END $$;\n"
        f"REVOKE ALL ON {table} FROM {', '.join(ROLES)};\n"
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;\nALTER TABLE {table} DISABLE ROW LEVEL SECURITY;\n",
    )


def allow(table: str, *toegangen: Toegang) -> str:
    """The SQL that lets roles in at a protected table; a later migration may add to what an earlier one allowed."""
    statements = []
    for toegang in toegangen:
        roles = ", ".join(toegang.rollen)
        columns = f" ({', '.join(toegang.kolommen)})" if toegang.kolommen else ""
        for verb in toegang.mag:
            narrowed = columns if verb in ("SELECT", "UPDATE") else ""
            statements.append(f"GRANT {verb}{narrowed} ON {table} TO {roles};")
            name = f"{table}_{verb.lower()}_{_digest(toegang)}"
            conditions = {
                "SELECT": f"USING ({toegang.waar})",
                "INSERT": f"WITH CHECK ({toegang.waar})",
                "UPDATE": f"USING ({toegang.waar}) WITH CHECK ({toegang.waar})",
                "DELETE": f"USING ({toegang.waar})",
            }[verb]
            statements.append(f"CREATE POLICY {name[:63]} ON {table} FOR {verb} TO {roles} {conditions};")
    return "\n".join(statements) + "\n"


def definer(signature: str, create: str, rollen: Sequence[str]) -> tuple[str, str]:
    """The SQL that makes a function which answers what its callers may not read themselves, and removes it.

    `create` is a CREATE FUNCTION with SECURITY DEFINER and a fixed search_path; `signature` names it with its types.
    It is owned by a role that nobody logs in as and that sees only what its own policies let through.
    """
    return (
        f"{create}\nGRANT CREATE ON SCHEMA public TO {FUNCTIES};\n"
        f"ALTER FUNCTION {signature} OWNER TO {FUNCTIES};\nREVOKE CREATE ON SCHEMA public FROM {FUNCTIES};\n"
        f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC;\n"
        f"GRANT EXECUTE ON FUNCTION {signature} TO {', '.join(rollen)}, CURRENT_USER;\n",
        f"DROP FUNCTION {signature};\n",
    )


def open_to(tables: Iterable[str], rollen: Sequence[str] = (WEB, FUNCTIES, *SIGNED_IN), mag: str = "SELECT") -> str:
    """The SQL that gives verbs on tables without personal data; such a table is not protected row by row."""
    return "".join(f"GRANT {mag} ON {table} TO {', '.join(rollen)};\n" for table in tables)


def _digest(toegang: Toegang) -> str:
    import hashlib

    text = repr((tuple(toegang.rollen), toegang.waar))
    return hashlib.sha256(text.encode()).hexdigest()[:8]

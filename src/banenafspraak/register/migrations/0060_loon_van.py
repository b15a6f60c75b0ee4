"""Whether somebody had a wage in a month, and whether from one employer: yes or no, never from whom else or how much.

For a bemiddelaar who compares what was agreed with what was paid. The caller names people by the index of the wage
relations, which takes the number and a key to make, and the employer by its KvK number.
"""

from django.db import migrations

from banenafspraak.access.rechten import definer

_LOON_VAN = """
CREATE FUNCTION register_loon_van(p_indexen bytea[], p_kvk text[], p_maand date)
RETURNS TABLE (plaats bigint, loon boolean, hier boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT v.plaats,
        EXISTS (
            SELECT FROM register_werkrelatie AS w WHERE w.bsn_index = v.persoon
            AND w.jaar = extract(year FROM p_maand) AND w.maanden & (1 << (extract(month FROM p_maand)::int - 1)) <> 0
        ),
        -- Without a loonheffingennummer of this employer nobody can say.
        CASE WHEN EXISTS (
            SELECT FROM access_loonheffingennummer AS l JOIN access_organisatie AS o ON o.id = l.organisatie_id
            WHERE o.kvk = v.kvk
        ) THEN EXISTS (
            SELECT FROM access_organisatie AS o JOIN access_loonheffingennummer AS l ON l.organisatie_id = o.id
            JOIN register_werkrelatie AS w ON w.lhnr_index = l.lhnr_index AND w.bsn_index = v.persoon
            WHERE o.kvk = v.kvk AND w.jaar = extract(year FROM p_maand)
            AND w.maanden & (1 << (extract(month FROM p_maand)::int - 1)) <> 0
        ) END
    FROM unnest(p_indexen, p_kvk) WITH ORDINALITY AS v(persoon, kvk, plaats)
$$;
"""
_NIEUWSTE = """
CREATE FUNCTION register_nieuwste_loonmaand() RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT max(maand) FROM register_werkgeversomvang
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0053_kantoor_ziet_eigen_vragen"), ("access", "0022_werkgever_rechten")]

    operations = [
        # By person the table has no other index. A hash is the smallest that answers, and the cheapest to keep.
        migrations.RunSQL(
            "CREATE INDEX werkrelatie_van_persoon ON register_werkrelatie USING hash (bsn_index);",
            "DROP INDEX werkrelatie_van_persoon;",
        ),
        migrations.RunSQL(*definer("register_loon_van(bytea[], text[], date)", _LOON_VAN, ["ba_bemiddelaar"])),
        migrations.RunSQL(*definer("register_nieuwste_loonmaand()", _NIEUWSTE, ["ba_bemiddelaar"])),
    ]

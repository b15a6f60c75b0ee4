"""Whether anything changed is asked before every search, so it is one look in an index, and what changed comes apart."""

from django.db import migrations

from banenafspraak.access.rechten import SIGNED_IN, ZOEKINDEX, definer

_PATH = "SECURITY DEFINER SET search_path = pg_catalog, public"

# The horizon to read from next time, and whether there is something to read now. Says nothing of whom. The newest
# change of all, by the index: a search among changes may read the whole table after a large import.
_GEWIJZIGD = f"""
CREATE FUNCTION bemiddeling_gewijzigd_sinds(sinds xid8, OUT horizon xid8, OUT profielen boolean, OUT klassen boolean)
LANGUAGE sql STABLE {_PATH} AS $$
    SELECT pg_snapshot_xmin(pg_current_snapshot()),
           sinds IS NULL
               OR COALESCE((SELECT w.xid FROM bemiddeling_profielwijziging AS w ORDER BY w.xid DESC LIMIT 1) >= sinds, false),
           sinds IS NULL
               OR COALESCE((SELECT w.xid FROM bemiddeling_klassewijziging AS w ORDER BY w.xid DESC LIMIT 1) >= sinds, false)
$$;
"""
_LEVEND = "(SELECT count(*) FROM bemiddeling_klasselid AS l WHERE l.klasse_id = k.id AND l.zichtbaar_tot >= dag)"
_KLASSE = f"""
        SELECT k.id, ARRAY[k.regio, k.opleiding, k.werkveld, k.uren, k.dagen, k.beschikbaar, k.reisafstand, k.vervoer,
                           k.ervaring]::text[],
               CASE WHEN k.open THEN ({_LEVEND} / 10 * 10)::int ELSE 0 END
        FROM bemiddeling_klasse AS k
"""
_HEAD = f"""
CREATE OR REPLACE FUNCTION bemiddeling_klassen_sinds(sinds xid8, dag date) RETURNS TABLE (
    klasse_id bigint, waarden text[], tientallen int
) LANGUAGE plpgsql STABLE {_PATH} AS $$
"""
_KLASSEN_SINDS = f"""{_HEAD}
BEGIN
    IF sinds IS NULL THEN
        RETURN QUERY {_KLASSE} WHERE k.open;
    ELSE
        RETURN QUERY {_KLASSE} WHERE k.id = ANY (ARRAY(
            SELECT DISTINCT w.klasse_id FROM bemiddeling_klassewijziging AS w WHERE w.xid >= sinds));
    END IF;
END
$$;
"""
_KLASSEN_BEFORE = f"""{_HEAD}
BEGIN
    RETURN QUERY {_KLASSE}
        WHERE CASE WHEN sinds IS NULL THEN k.open
              ELSE k.id IN (SELECT w.klasse_id FROM bemiddeling_klassewijziging AS w WHERE w.xid >= sinds) END;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0033_contact_rechten")]

    operations = [
        migrations.RunSQL(*definer("bemiddeling_gewijzigd_sinds(xid8)", _GEWIJZIGD, [ZOEKINDEX, *SIGNED_IN])),
        migrations.RunSQL(_KLASSEN_SINDS, _KLASSEN_BEFORE),
    ]

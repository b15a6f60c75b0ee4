from django.db import migrations

# A change of keys gives a sealed value another envelope and leaves what is sealed alone. Tables whose rows stay as they
# are may take exactly that. The envelope is 63 bytes (access.bsn.ENVELOPE); in JSON a bytea is \x and two digits a byte.
FORWARD = """
CREATE FUNCTION access_only_rewrapped(oud jsonb, nieuw jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog
BEGIN ATOMIC
    SELECT bool_and(n.value IS NOT DISTINCT FROM o.value
        -- What was filled may not be emptied: that comparison is unknown, and unknown is no.
        OR coalesce(key LIKE '%\\_verzegeld' AND length(n.value) = length(o.value)
            AND substr(n.value, 3 + 2 * 63) = substr(o.value, 3 + 2 * 63), false))
    FROM jsonb_each_text(nieuw) AS n FULL JOIN jsonb_each_text(oud) AS o USING (key);
END;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0022_werkgever_rechten")]

    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION access_only_rewrapped(jsonb, jsonb);")]

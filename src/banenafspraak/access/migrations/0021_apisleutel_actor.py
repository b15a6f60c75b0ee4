from django.db import migrations

# The one way from a key to who it acts for. Whoever logs in for the website may call it, and may not read the table.
FORWARD = """
CREATE FUNCTION access_apisleutel_actor(p_hash bytea, p_now timestamptz)
RETURNS TABLE (gebruiker_id uuid, organisatie_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.gebruiker_id, s.organisatie_id
    FROM public.access_apisleutel AS s
    JOIN public.access_gebruiker AS g ON g.id = s.gebruiker_id AND g.is_active
    WHERE s.sleutel_hash = p_hash AND s.ingetrokken_at IS NULL AND s.geldig_tot > p_now
    AND EXISTS (
        SELECT FROM public.access_lidmaatschap AS l
        WHERE l.gebruiker_id = s.gebruiker_id AND l.organisatie_id = s.organisatie_id AND l.rol = 'werkgever'
        AND l.geldig @> (p_now AT TIME ZONE 'Europe/Amsterdam')::date
    )
$$;
REVOKE ALL ON FUNCTION access_apisleutel_actor(bytea, timestamptz) FROM PUBLIC;
"""

REVERSE = "DROP FUNCTION access_apisleutel_actor(bytea, timestamptz);"


class Migration(migrations.Migration):
    dependencies = [("access", "0020_werkgever")]

    operations = [migrations.RunSQL(FORWARD, REVERSE)]

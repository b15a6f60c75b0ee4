from django.db import migrations

from banenafspraak.access.rechten import definer

# One placement for an employer, so that only the person whose page it is stands in the logboek. As with the list: sharing,
# logboek and answer are one function, and there is no answer around the row in the logboek.
_CREATE = """
CREATE FUNCTION bemiddeling_plaatsing_van(
    p_plaatsing uuid, p_werkgever bigint, p_gebruiker uuid, p_doel text, p_trace text, p_now timestamptz
) RETURNS TABLE (
    plaatsing uuid, naam_verzegeld bytea, soort text, met_loonheffing boolean, uren_per_week numeric, begint_op date,
    eindigt_op date, status text, sector text, werkgever_naam text, inlener_naam text, in_register boolean
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    moment timestamptz := public.bemiddeling_moment(p_werkgever, p_gebruiker, p_now);
    nummer text;
    personen bytea[];
BEGIN
    -- What was shown must survive a crash, whatever the database or the session is set to.
    PERFORM set_config('synchronous_commit', 'on', true);
    SELECT o.kvk INTO nummer FROM public.access_organisatie AS o WHERE o.id = p_werkgever;
    IF nummer IS NULL THEN
        RETURN;
    END IF;
    -- Who takes it back waits until this is out, or this waits for that.
    PERFORM FROM public.bemiddeling_plaatsing AS p
        WHERE p.id = p_plaatsing AND nummer = ANY (p.gedeeld_met) AND p.status <> 'ingetrokken' FOR SHARE;
    SELECT coalesce(array_agg(p.betrokkene_index), '{}') INTO personen
    FROM public.bemiddeling_plaatsing AS p
    WHERE p.id = p_plaatsing AND nummer = ANY (p.gedeeld_met) AND p.status <> 'ingetrokken';
    IF cardinality(personen) = 0 THEN
        RETURN;
    END IF;
    PERFORM public.bemiddeling_log_plaatsing(moment, p_gebruiker, p_werkgever, p_doel, p_trace, personen);
    RETURN QUERY
    SELECT p.id, p.naam_verzegeld, p.soort::text, p.met_loonheffing, p.uren_per_week, p.begint_op, p.eindigt_op,
        p.status::text, p.sector::text, p.werkgever_naam::text, p.inlener_naam::text,
        EXISTS (SELECT FROM public.register_registratie AS r WHERE r.persoon_id = p.persoon_id
                AND r.geldig @> (moment AT TIME ZONE 'Europe/Amsterdam')::date AND r.bekend @> moment)
    FROM public.bemiddeling_plaatsing AS p
    WHERE p.id = p_plaatsing AND nummer = ANY (p.gedeeld_met) AND p.status <> 'ingetrokken';
END
$$;
"""
_SIGNATURE = "bemiddeling_plaatsing_van(uuid, bigint, uuid, text, text, timestamptz)"


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0101_wsp_rechten")]

    operations = [migrations.RunSQL(*definer(_SIGNATURE, _CREATE, ["ba_werkgever"]))]

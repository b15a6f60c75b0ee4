from django.db import migrations

# The only way of an employer to a name. Consent, logboek and answer are one function and one transaction: there is no
# answer around the row in the logboek, and none without a consent that lives at that moment. The clock is that of the
# database for everybody who acts as a role; a withdrawal that was committed is seen, and one that is under way waits
# until the answer is out, or the answer waits for it.
#
# That a voorstel is over, withdrawn, not suitable, refused or was never there gives the same: no row.
FORWARD = r"""
CREATE FUNCTION bemiddeling_moment(p_werkgever bigint, p_gebruiker uuid, p_now timestamptz) RETURNS timestamptz
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- A page may only speak for itself, and only about now. Jobs and tests run as the owner and say which moment.
    IF current_setting('role') NOT LIKE 'ba\_%' THEN
        RETURN p_now;
    END IF;
    IF current_setting('role') <> 'ba_werkgever'
        OR p_werkgever::text IS DISTINCT FROM current_setting('app.organisatie', true)
        OR p_gebruiker::text IS DISTINCT FROM current_setting('app.gebruiker', true)
    THEN
        RAISE EXCEPTION 'deze vraag hoort niet bij wie is ingelogd' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN clock_timestamp();
END
$$;
REVOKE ALL ON FUNCTION bemiddeling_moment(bigint, uuid, timestamptz) FROM PUBLIC;

-- Whether the employer may read this now. One place, so that the list and the answer cannot differ.
CREATE FUNCTION bemiddeling_leeft(
    p_status text, p_verzoek text, p_vrij timestamptz, p_einde timestamptz, p_tot date, p_now timestamptz
) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN p_status = 'ja' AND p_verzoek = 'open' AND p_vrij <= p_now AND p_einde IS NULL
    AND (p_now AT TIME ZONE 'Europe/Amsterdam')::date < p_tot;
REVOKE ALL ON FUNCTION bemiddeling_leeft(text, text, timestamptz, timestamptz, date, timestamptz) FROM PUBLIC;

CREATE FUNCTION bemiddeling_log_contact(
    p_now timestamptz, p_gebruiker uuid, p_werkgever bigint, p_doel text, p_trace text, p_handeling text,
    p_onderwerp text, p_persoon bytea, p_details jsonb
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    WITH regel AS (
        INSERT INTO public.access_logregel
            (recorded_at, gebruiker_id, organisatie_id, rol, doel, handeling, onderwerp, details, trace_id)
        VALUES (p_now, p_gebruiker, p_werkgever, 'werkgever', p_doel, p_handeling, p_onderwerp, p_details, p_trace)
        RETURNING operation_id
    )
    INSERT INTO public.access_verwerking
        (parent_operation_id, trace_id, naam, activiteit, status_code, start_time, end_time, betrokkene_index)
    SELECT regel.operation_id, p_trace, p_handeling, 'contact-met-werkgever', 1, p_now, p_now, p_persoon FROM regel;
END
$$;
REVOKE ALL ON FUNCTION bemiddeling_log_contact(
    timestamptz, uuid, bigint, text, text, text, text, bytea, jsonb) FROM PUBLIC;

CREATE FUNCTION bemiddeling_geef_gegevens(
    p_toestemming uuid, p_werkgever bigint, p_gebruiker uuid, p_doel text, p_trace text, p_now timestamptz
) RETURNS TABLE (verzoek uuid, gegevens text[], gegevens_verzegeld bytea, geldig_tot date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    moment timestamptz;
    gevonden record;
BEGIN
    -- What was shown must survive a crash, whatever the database or the session is set to.
    PERFORM set_config('synchronous_commit', 'on', true);
    PERFORM public.bemiddeling_moment(p_werkgever, p_gebruiker, p_now);
    -- Always the proposal before the consent, as everybody who changes them does.
    PERFORM FROM public.bemiddeling_voorstel AS s
        WHERE s.id = (SELECT t.voorstel_id FROM public.bemiddeling_toestemming AS t WHERE t.id = p_toestemming)
        FOR SHARE;
    moment := public.bemiddeling_moment(p_werkgever, p_gebruiker, p_now);
    SELECT s.verzoek_id, s.betrokkene_index, t.gegevens, t.gegevens_verzegeld, t.geldig_tot INTO gevonden
    FROM public.bemiddeling_toestemming AS t
    JOIN public.bemiddeling_voorstel AS s ON s.id = t.voorstel_id
    JOIN public.bemiddeling_contactverzoek AS v ON v.id = s.verzoek_id
    WHERE t.id = p_toestemming AND t.werkgever_id = p_werkgever AND s.werkgever_id = p_werkgever
    AND v.werkgever_id = p_werkgever AND t.doel = v.doel AND t.persoon_id = s.persoon_id
    AND public.bemiddeling_leeft(s.status, v.status, t.vrij_at, t.geeindigd_at, t.geldig_tot, moment);
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM public.bemiddeling_log_contact(
        moment, p_gebruiker, p_werkgever, p_doel, p_trace, 'gegevens bekeken door werkgever',
        'toestemming ' || p_toestemming, gevonden.betrokkene_index,
        jsonb_build_object('gegevens', to_jsonb(gevonden.gegevens)));
    RETURN QUERY SELECT gevonden.verzoek_id, gevonden.gegevens::text[], gevonden.gegevens_verzegeld, gevonden.geldig_tot;
END
$$;

-- Which consents this employer has or had, without a name: nothing before its fixed moment, and nothing at all of one
-- that was over before it.
CREATE FUNCTION bemiddeling_toestemmingen_van(p_werkgever bigint, p_gebruiker uuid, p_now timestamptz)
RETURNS TABLE (verzoek uuid, toestemming uuid, leeft boolean, geldig_tot date, uitkomst text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    moment timestamptz := public.bemiddeling_moment(p_werkgever, p_gebruiker, p_now);
BEGIN
    RETURN QUERY
    SELECT s.verzoek_id, t.id,
        public.bemiddeling_leeft(s.status, v.status, t.vrij_at, t.geeindigd_at, t.geldig_tot, moment),
        t.geldig_tot, s.uitkomst::text
    FROM public.bemiddeling_toestemming AS t
    JOIN public.bemiddeling_voorstel AS s ON s.id = t.voorstel_id
    JOIN public.bemiddeling_contactverzoek AS v ON v.id = s.verzoek_id
    WHERE t.werkgever_id = p_werkgever AND v.werkgever_id = p_werkgever AND t.vrij_at <= moment
    AND (t.geeindigd_at IS NULL OR t.geeindigd_at > t.vrij_at)
    ORDER BY t.vrij_at, t.id;
END
$$;

-- The employer says what came of it: the purpose is over, so the data go.
CREATE FUNCTION bemiddeling_rond_af(
    p_toestemming uuid, p_werkgever bigint, p_gebruiker uuid, p_uitkomst text, p_doel text, p_trace text,
    p_now timestamptz
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    moment timestamptz;
    voorstel uuid;
    persoon bytea;
BEGIN
    PERFORM public.bemiddeling_moment(p_werkgever, p_gebruiker, p_now);
    PERFORM FROM public.bemiddeling_voorstel AS s
        WHERE s.id = (SELECT t.voorstel_id FROM public.bemiddeling_toestemming AS t WHERE t.id = p_toestemming)
        FOR UPDATE;
    moment := public.bemiddeling_moment(p_werkgever, p_gebruiker, p_now);
    SELECT s.id, s.betrokkene_index INTO voorstel, persoon
    FROM public.bemiddeling_toestemming AS t
    JOIN public.bemiddeling_voorstel AS s ON s.id = t.voorstel_id
    JOIN public.bemiddeling_contactverzoek AS v ON v.id = s.verzoek_id
    WHERE t.id = p_toestemming AND t.werkgever_id = p_werkgever AND v.werkgever_id = p_werkgever
    AND public.bemiddeling_leeft(s.status, v.status, t.vrij_at, t.geeindigd_at, t.geldig_tot, moment);
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE public.bemiddeling_voorstel SET status = 'afgerond', uitkomst = p_uitkomst WHERE id = voorstel;
    UPDATE public.bemiddeling_toestemming SET geeindigd_at = moment, gegevens_verzegeld = NULL WHERE id = p_toestemming;
    INSERT INTO public.bemiddeling_voorstelstap (voorstel_id, handeling, van, naar, at, rol, gebruiker_id)
    VALUES (voorstel, 'afronden', 'ja', 'afgerond', moment, 'werkgever', p_gebruiker);
    PERFORM public.bemiddeling_log_contact(
        moment, p_gebruiker, p_werkgever, p_doel, p_trace, 'uitkomst van contact gemeld', 'toestemming ' || p_toestemming,
        persoon, jsonb_build_object('uitkomst', p_uitkomst));
    RETURN true;
END
$$;
"""

REVERSE = """
DROP FUNCTION bemiddeling_rond_af(uuid, bigint, uuid, text, text, text, timestamptz);
DROP FUNCTION bemiddeling_toestemmingen_van(bigint, uuid, timestamptz);
DROP FUNCTION bemiddeling_geef_gegevens(uuid, bigint, uuid, text, text, timestamptz);
DROP FUNCTION bemiddeling_log_contact(timestamptz, uuid, bigint, text, text, text, text, bytea, jsonb);
DROP FUNCTION bemiddeling_leeft(text, text, timestamptz, timestamptz, date, timestamptz);
DROP FUNCTION bemiddeling_moment(bigint, uuid, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0031_bewaking"), ("access", "0006_logboek")]

    operations = [migrations.RunSQL(FORWARD, REVERSE)]

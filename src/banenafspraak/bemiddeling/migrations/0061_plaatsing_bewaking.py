from django.db import migrations

# What a plaatsing may become, whatever a program does: the table of plaatsingen.py, no more than 60 hours a week for one
# person, and none out of a yes that was taken back. The functions that look at other rows than the caller may see
# belong to the role of the functions (migration 0062).
FORWARD = r"""
CREATE FUNCTION bemiddeling_plaatsing_overgang() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'voorgenomen' THEN
            RAISE EXCEPTION 'een plaatsing begint als voornemen' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    -- Where it came from may be erased, and is never put in another place.
    IF (NEW.persoon_id, NEW.betrokkene_index, NEW.gemaakt_at)
        IS DISTINCT FROM (OLD.persoon_id, OLD.betrokkene_index, OLD.gemaakt_at)
        OR NEW.voorstel_id <> OLD.voorstel_id OR (OLD.voorstel_id IS NULL AND NEW.voorstel_id IS NOT NULL)
        OR NEW.vacature_id <> OLD.vacature_id OR (OLD.vacature_id IS NULL AND NEW.vacature_id IS NOT NULL)
        OR NEW.vorige_id <> OLD.vorige_id OR (OLD.vorige_id IS NULL AND NEW.vorige_id IS NOT NULL)
    THEN
        RAISE EXCEPTION 'een plaatsing blijft van dezelfde persoon' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.status <> 'voorgenomen' AND (NEW.soort, NEW.route, NEW.werkgever_kvk, NEW.inlener_kvk, NEW.begint_op)
        IS DISTINCT FROM (OLD.soort, OLD.route, OLD.werkgever_kvk, OLD.inlener_kvk, OLD.begint_op) THEN
        RAISE EXCEPTION 'wat is begonnen, blijft hetzelfde werk bij dezelfde werkgever'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('voorgenomen', 'lopend'), ('voorgenomen', 'ingetrokken'), ('lopend', 'beeindigd')
    ) THEN
        RAISE EXCEPTION 'van % naar % kan niet', OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.status IN ('beeindigd', 'ingetrokken') AND (NEW.eindigt_op, NEW.uren_per_week, NEW.eindreden)
        IS DISTINCT FROM (OLD.eindigt_op, OLD.uren_per_week, OLD.eindreden) THEN
        RAISE EXCEPTION 'wat voorbij is, verandert niet meer' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER plaatsing_gaat_alleen_vooruit
    BEFORE INSERT OR UPDATE ON bemiddeling_plaatsing FOR EACH ROW EXECUTE FUNCTION bemiddeling_plaatsing_overgang();

-- One at a time for each person, so that two at the same moment cannot both fit.
CREATE FUNCTION bemiddeling_plaatsing_uren() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    meeste numeric;
BEGIN
    IF NEW.status = 'ingetrokken' THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('register.persoon:' || NEW.persoon_id, 0));
    SELECT max((
        SELECT sum(p.uren_per_week) FROM public.bemiddeling_plaatsing AS p
        WHERE p.persoon_id = NEW.persoon_id AND p.status <> 'ingetrokken'
        AND p.begint_op <= m.dag AND coalesce(p.eindigt_op, 'infinity') >= m.dag
    )) INTO meeste
    FROM (
        SELECT NEW.begint_op AS dag
        UNION SELECT q.begint_op FROM public.bemiddeling_plaatsing AS q
        WHERE q.persoon_id = NEW.persoon_id AND q.status <> 'ingetrokken'
        AND q.begint_op BETWEEN NEW.begint_op AND coalesce(NEW.eindigt_op, 'infinity')
    ) AS m;
    IF meeste > 60 THEN
        RAISE EXCEPTION 'iemand werkt samen hoogstens 60 uur per week'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'iemand_werkt_samen_hoogstens_60_uur_per_week';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER iemand_werkt_samen_hoogstens_60_uur_per_week
    AFTER INSERT OR UPDATE OF uren_per_week, begint_op, eindigt_op, status ON bemiddeling_plaatsing
    FOR EACH ROW EXECUTE FUNCTION bemiddeling_plaatsing_uren();

-- The yes that a plaatsing comes from lives at that moment, or was used up because the employer said that it led to
-- this. What was taken back, or ran out, leads to nothing.
CREATE FUNCTION bemiddeling_plaatsing_ja() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.voorstel_id IS NULL THEN
        RETURN NEW;
    END IF;
    PERFORM FROM public.bemiddeling_voorstel AS s WHERE s.id = NEW.voorstel_id FOR SHARE;
    IF NOT EXISTS (
        SELECT FROM public.bemiddeling_voorstel AS s
        JOIN public.bemiddeling_toestemming AS t ON t.voorstel_id = s.id
        JOIN public.access_organisatie AS o ON o.id = s.werkgever_id
        WHERE s.id = NEW.voorstel_id AND s.persoon_id = NEW.persoon_id
        AND s.vacature_id IS NOT DISTINCT FROM NEW.vacature_id
        AND o.kvk IN (NEW.werkgever_kvk, NEW.inlener_kvk)
        AND (
            (s.status = 'ja' AND t.geeindigd_at IS NULL
             AND (NEW.gemaakt_at AT TIME ZONE 'Europe/Amsterdam')::date < t.geldig_tot)
            OR (s.status = 'afgerond' AND s.uitkomst IN ('aangenomen', 'proefplaats'))
        )
    ) THEN
        RAISE EXCEPTION 'een plaatsing uit een voordracht heeft een toestemming die leeft'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plaatsing_uit_een_voordracht_heeft_een_toestemming_die_leeft';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER plaatsing_uit_een_voordracht_heeft_een_toestemming_die_leeft
    BEFORE INSERT ON bemiddeling_plaatsing FOR EACH ROW EXECUTE FUNCTION bemiddeling_plaatsing_ja();

CREATE TRIGGER stap_van_een_plaatsing_blijft_staan
    BEFORE UPDATE ON bemiddeling_plaatsingstap FOR EACH ROW EXECUTE FUNCTION register_is_append_only();

CREATE FUNCTION bemiddeling_log_plaatsing(
    p_now timestamptz, p_gebruiker uuid, p_werkgever bigint, p_doel text, p_trace text, p_personen bytea[]
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    WITH regel AS (
        INSERT INTO public.access_logregel
            (recorded_at, gebruiker_id, organisatie_id, rol, doel, handeling, onderwerp, details, trace_id)
        VALUES (p_now, p_gebruiker, p_werkgever, 'werkgever', p_doel, 'plaatsing bekeken door werkgever', '',
                jsonb_build_object('aantal', cardinality(p_personen)), p_trace)
        RETURNING operation_id
    )
    INSERT INTO public.access_verwerking
        (parent_operation_id, trace_id, naam, activiteit, status_code, start_time, end_time, betrokkene_index)
    SELECT regel.operation_id, p_trace, 'plaatsing bekeken door werkgever', 'plaatsing', 1, p_now, p_now, persoon
    FROM regel, unnest(p_personen) AS personen(persoon);
END
$$;
REVOKE ALL ON FUNCTION bemiddeling_log_plaatsing(timestamptz, uuid, bigint, text, text, bytea[]) FROM PUBLIC;

-- The only way of an employer to a plaatsing: those that the person shares with just this employer. Sharing, logboek and
-- answer are one function: there is no answer around the row in the logboek.
CREATE FUNCTION bemiddeling_plaatsingen_van(
    p_werkgever bigint, p_gebruiker uuid, p_doel text, p_trace text, p_now timestamptz
) RETURNS TABLE (
    plaatsing uuid, naam_verzegeld bytea, soort text, route text, verlengd boolean, met_loonheffing boolean,
    uren_per_week numeric, begint_op date, eindigt_op date, status text, sector text, werkgever_naam text,
    inlener_naam text, vacature uuid, in_register boolean
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
        WHERE nummer = ANY (p.gedeeld_met) AND p.status <> 'ingetrokken' ORDER BY p.id FOR SHARE;
    SELECT coalesce(array_agg(DISTINCT p.betrokkene_index), '{}') INTO personen
    FROM public.bemiddeling_plaatsing AS p WHERE nummer = ANY (p.gedeeld_met) AND p.status <> 'ingetrokken';
    IF cardinality(personen) = 0 THEN
        RETURN;
    END IF;
    PERFORM public.bemiddeling_log_plaatsing(moment, p_gebruiker, p_werkgever, p_doel, p_trace, personen);
    RETURN QUERY
    SELECT p.id, p.naam_verzegeld, p.soort::text, p.route::text, p.verlengd, p.met_loonheffing, p.uren_per_week,
        p.begint_op, p.eindigt_op, p.status::text, p.sector::text, p.werkgever_naam::text, p.inlener_naam::text,
        p.vacature_id,
        EXISTS (SELECT FROM public.register_registratie AS r WHERE r.persoon_id = p.persoon_id
                AND r.geldig @> (moment AT TIME ZONE 'Europe/Amsterdam')::date AND r.bekend @> moment)
    FROM public.bemiddeling_plaatsing AS p
    WHERE nummer = ANY (p.gedeeld_met) AND p.status <> 'ingetrokken'
    ORDER BY p.begint_op DESC, p.id;
END
$$;

-- Which yes of a voordracht this employer has or had, without a name: as bemiddeling_toestemmingen_van, with the vacature.
CREATE FUNCTION bemiddeling_voordrachten_van(p_werkgever bigint, p_gebruiker uuid, p_now timestamptz)
RETURNS TABLE (toestemming uuid, vacature uuid, naam_vacature text, van text, vrij_at timestamptz, leeft boolean,
               geldig_tot date, uitkomst text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    moment timestamptz := public.bemiddeling_moment(p_werkgever, p_gebruiker, p_now);
BEGIN
    RETURN QUERY
    SELECT t.id, v.vacature_id, a.naam_vacature::text, o.naam::text, t.vrij_at,
        public.bemiddeling_leeft(s.status, v.status, t.vrij_at, t.geeindigd_at, t.geldig_tot, moment),
        t.geldig_tot, s.uitkomst::text
    FROM public.bemiddeling_toestemming AS t
    JOIN public.bemiddeling_voorstel AS s ON s.id = t.voorstel_id
    JOIN public.bemiddeling_contactverzoek AS v ON v.id = s.verzoek_id
    JOIN public.bemiddeling_vacature AS a ON a.id = v.vacature_id
    JOIN public.access_organisatie AS o ON o.id = v.voordracht_van_id
    WHERE t.werkgever_id = p_werkgever AND v.werkgever_id = p_werkgever AND t.vrij_at <= moment
    AND (t.geeindigd_at IS NULL OR t.geeindigd_at > t.vrij_at)
    ORDER BY t.vrij_at DESC, t.id;
END
$$;

-- A voordracht is for one vacature, and so is the yes to it.
CREATE FUNCTION bemiddeling_voordracht_van_vacature() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zelfde boolean;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        zelfde := NEW.vacature_id IS NOT DISTINCT FROM OLD.vacature_id;
    ELSIF TG_TABLE_NAME = 'bemiddeling_voorstel' THEN
        zelfde := EXISTS (SELECT FROM public.bemiddeling_contactverzoek AS v WHERE v.id = NEW.verzoek_id
                          AND v.vacature_id IS NOT DISTINCT FROM NEW.vacature_id);
    ELSE
        zelfde := EXISTS (SELECT FROM public.bemiddeling_voorstel AS s WHERE s.id = NEW.voorstel_id
                          AND s.vacature_id IS NOT DISTINCT FROM NEW.vacature_id);
    END IF;
    IF NOT zelfde THEN
        RAISE EXCEPTION 'een voordracht blijft bij dezelfde vacature' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER voorstel_hoort_bij_de_vacature_van_het_verzoek
    BEFORE INSERT OR UPDATE OF vacature_id ON bemiddeling_voorstel
    FOR EACH ROW EXECUTE FUNCTION bemiddeling_voordracht_van_vacature();
CREATE TRIGGER toestemming_hoort_bij_de_vacature_van_het_voorstel
    BEFORE INSERT OR UPDATE OF vacature_id ON bemiddeling_toestemming
    FOR EACH ROW EXECUTE FUNCTION bemiddeling_voordracht_van_vacature();

-- What was said with an employer stays as it was written down.
CREATE TRIGGER werkgevercontact_blijft_staan
    BEFORE UPDATE ON bemiddeling_werkgevercontact FOR EACH ROW EXECUTE FUNCTION register_is_append_only();
"""

REVERSE = """
DROP TRIGGER werkgevercontact_blijft_staan ON bemiddeling_werkgevercontact;
DROP TRIGGER toestemming_hoort_bij_de_vacature_van_het_voorstel ON bemiddeling_toestemming;
DROP TRIGGER voorstel_hoort_bij_de_vacature_van_het_verzoek ON bemiddeling_voorstel;
DROP FUNCTION bemiddeling_voordracht_van_vacature();
DROP FUNCTION bemiddeling_voordrachten_van(bigint, uuid, timestamptz);
DROP FUNCTION bemiddeling_plaatsingen_van(bigint, uuid, text, text, timestamptz);
DROP FUNCTION bemiddeling_log_plaatsing(timestamptz, uuid, bigint, text, text, bytea[]);
DROP TRIGGER stap_van_een_plaatsing_blijft_staan ON bemiddeling_plaatsingstap;
DROP TRIGGER plaatsing_uit_een_voordracht_heeft_een_toestemming_die_leeft ON bemiddeling_plaatsing;
DROP FUNCTION bemiddeling_plaatsing_ja();
DROP TRIGGER iemand_werkt_samen_hoogstens_60_uur_per_week ON bemiddeling_plaatsing;
DROP FUNCTION bemiddeling_plaatsing_uren();
DROP TRIGGER plaatsing_gaat_alleen_vooruit ON bemiddeling_plaatsing;
DROP FUNCTION bemiddeling_plaatsing_overgang();
"""


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0060_plaatsing"), ("register", "0011_steps_are_append_only")]

    operations = [migrations.RunSQL(FORWARD, REVERSE)]

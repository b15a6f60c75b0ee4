from django.db import migrations

from banenafspraak.access.rechten import definer

# How many got a job by this vacature, for who follows it and sees only the own people. A number and nobody's name; a
# trial or a place to gain experience fills nothing, and a contract after a contract fills no second place.
_VERVULD = definer(
    "bemiddeling_vervuld(uuid[])",
    """
CREATE FUNCTION bemiddeling_vervuld(p_vacatures uuid[]) RETURNS TABLE (vacature uuid, mensen integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.vacature_id, count(DISTINCT p.persoon_id)::integer FROM public.bemiddeling_plaatsing AS p
    WHERE p.vacature_id = ANY (p_vacatures) AND p.status IN ('voorgenomen', 'lopend', 'beeindigd')
    AND p.soort IN ('dienstverband', 'uitzend', 'detachering', 'bbl', 'beschut')
    GROUP BY p.vacature_id
$$;
""",
    ["ba_bemiddelaar"],
)

# What a bemiddelaar may do to a vacature that another organisation placed: judge it, and close it as filled.
_VAN_EEN_ANDER = """
CREATE FUNCTION bemiddeling_vacature_van_een_ander() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mag text[] := ARRAY['geschikt', 'geschikt_reden', 'geschikt_toelichting', 'geschikt_at', 'geschikt_door_id',
                        'status', 'sluitreden', 'gesloten_at', 'gewijzigd_at', 'versie'];
BEGIN
    IF current_user <> 'ba_bemiddelaar' OR OLD.geplaatst_door_id = public.app_organisatie() THEN
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - mag) IS DISTINCT FROM (to_jsonb(OLD) - mag)
        OR NEW.status IS DISTINCT FROM OLD.status
            AND NOT (NEW.status = 'gesloten' AND NEW.sluitreden = 'vervuld_doelgroep')
        OR NEW.status IS NOT DISTINCT FROM OLD.status AND NEW.sluitreden IS DISTINCT FROM OLD.sluitreden
    THEN
        RAISE EXCEPTION 'deze vacature is van een andere organisatie' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER vacature_van_een_ander_wordt_alleen_beoordeeld_of_vervuld
    BEFORE UPDATE ON bemiddeling_vacature FOR EACH ROW EXECUTE FUNCTION bemiddeling_vacature_van_een_ander();
"""
_WEG = """
DROP TRIGGER vacature_van_een_ander_wordt_alleen_beoordeeld_of_vervuld ON bemiddeling_vacature;
DROP FUNCTION bemiddeling_vacature_van_een_ander();
"""


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0081_vum_rechten")]

    operations = [migrations.RunSQL(*_VERVULD), migrations.RunSQL(_VAN_EEN_ANDER, _WEG)]

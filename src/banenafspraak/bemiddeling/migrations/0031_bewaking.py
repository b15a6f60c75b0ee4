from django.db import migrations

# The life cycle of contact.py once more, held by the database: whatever a program does, from a no nothing leads to a
# yes, a consent is never made longer or given back, and there is none without the yes of just this proposal.
FORWARD = r"""
CREATE FUNCTION bemiddeling_voorstel_overgang() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF (NEW.verzoek_id, NEW.werkgever_id, NEW.doel, NEW.persoon_id, NEW.betrokkene_index)
        IS DISTINCT FROM (OLD.verzoek_id, OLD.werkgever_id, OLD.doel, OLD.persoon_id, OLD.betrokkene_index) THEN
        RAISE EXCEPTION 'een voorstel blijft over dezelfde persoon en hetzelfde verzoek gaan'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('voorgesteld', 'gevraagd'), ('voorgesteld', 'niet_geschikt'), ('voorgesteld', 'verlopen'),
        ('voorgesteld', 'gestopt'), ('gevraagd', 'ja'), ('gevraagd', 'nee'), ('gevraagd', 'verlopen'),
        ('gevraagd', 'gestopt'), ('ja', 'ingetrokken'), ('ja', 'beeindigd'), ('ja', 'afgerond')
    ) THEN
        RAISE EXCEPTION 'van % naar % kan niet', OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER voorstel_gaat_alleen_vooruit
    BEFORE UPDATE ON bemiddeling_voorstel FOR EACH ROW EXECUTE FUNCTION bemiddeling_voorstel_overgang();

CREATE FUNCTION bemiddeling_voorstel_begin() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF NEW.status <> 'voorgesteld' OR NOT EXISTS (
        SELECT FROM public.bemiddeling_contactverzoek AS v
        WHERE v.id = NEW.verzoek_id AND v.werkgever_id = NEW.werkgever_id AND v.doel = NEW.doel
    ) THEN
        RAISE EXCEPTION 'een voorstel hoort bij een verzoek van deze werkgever voor dit doel'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER voorstel_hoort_bij_een_verzoek
    BEFORE INSERT ON bemiddeling_voorstel FOR EACH ROW EXECUTE FUNCTION bemiddeling_voorstel_begin();

CREATE FUNCTION bemiddeling_verzoek_overgang() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF (NEW.werkgever_id, NEW.doel, NEW.controle, NEW.gevraagd_at, NEW.sluit_at)
        IS DISTINCT FROM (OLD.werkgever_id, OLD.doel, OLD.controle, OLD.gevraagd_at, OLD.sluit_at)
        OR (OLD.status = 'ingetrokken' AND NEW.status <> 'ingetrokken')
    THEN
        RAISE EXCEPTION 'een verzoek blijft zoals het is gedaan, of het wordt ingetrokken'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER verzoek_blijft_zoals_het_is_gedaan
    BEFORE UPDATE ON bemiddeling_contactverzoek FOR EACH ROW EXECUTE FUNCTION bemiddeling_verzoek_overgang();

CREATE FUNCTION bemiddeling_toestemming_begin() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.bemiddeling_voorstel AS s WHERE s.id = NEW.voorstel_id AND s.status = 'ja'
        AND s.persoon_id = NEW.persoon_id AND s.werkgever_id = NEW.werkgever_id AND s.doel = NEW.doel
    ) THEN
        RAISE EXCEPTION 'een toestemming hoort bij het ja van deze persoon op dit voorstel'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER toestemming_hoort_bij_een_ja
    BEFORE INSERT ON bemiddeling_toestemming FOR EACH ROW EXECUTE FUNCTION bemiddeling_toestemming_begin();

CREATE FUNCTION bemiddeling_toestemming_slinkt() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF (NEW.id, NEW.voorstel_id, NEW.werkgever_id, NEW.doel, NEW.persoon_id, NEW.gegeven_at, NEW.vrij_at)
        IS DISTINCT FROM
        (OLD.id, OLD.voorstel_id, OLD.werkgever_id, OLD.doel, OLD.persoon_id, OLD.gegeven_at, OLD.vrij_at)
        OR NOT NEW.gegevens <@ OLD.gegevens OR NEW.geldig_tot > OLD.geldig_tot
        OR (OLD.geeindigd_at IS NOT NULL AND NEW.geeindigd_at IS DISTINCT FROM OLD.geeindigd_at)
        OR (OLD.gegevens_verzegeld IS NULL AND NEW.gegevens_verzegeld IS NOT NULL)
    THEN
        RAISE EXCEPTION 'een toestemming wordt alleen kleiner of korter'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER toestemming_wordt_nooit_ruimer
    BEFORE UPDATE ON bemiddeling_toestemming FOR EACH ROW EXECUTE FUNCTION bemiddeling_toestemming_slinkt();

CREATE TRIGGER stap_van_een_voorstel_blijft_staan
    BEFORE UPDATE ON bemiddeling_voorstelstap FOR EACH ROW EXECUTE FUNCTION register_is_append_only();
"""

REVERSE = """
DROP TRIGGER stap_van_een_voorstel_blijft_staan ON bemiddeling_voorstelstap;
DROP TRIGGER toestemming_wordt_nooit_ruimer ON bemiddeling_toestemming;
DROP FUNCTION bemiddeling_toestemming_slinkt();
DROP TRIGGER toestemming_hoort_bij_een_ja ON bemiddeling_toestemming;
DROP FUNCTION bemiddeling_toestemming_begin();
DROP TRIGGER verzoek_blijft_zoals_het_is_gedaan ON bemiddeling_contactverzoek;
DROP FUNCTION bemiddeling_verzoek_overgang();
DROP TRIGGER voorstel_hoort_bij_een_verzoek ON bemiddeling_voorstel;
DROP FUNCTION bemiddeling_voorstel_begin();
DROP TRIGGER voorstel_gaat_alleen_vooruit ON bemiddeling_voorstel;
DROP FUNCTION bemiddeling_voorstel_overgang();
"""


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0030_contact"), ("register", "0011_steps_are_append_only")]

    operations = [migrations.RunSQL(FORWARD, REVERSE)]

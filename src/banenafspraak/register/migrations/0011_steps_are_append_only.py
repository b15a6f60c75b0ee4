from django.db import migrations

# What happened to an aanvraag, what was answered and what was decided stays as it was: rows are only added. Of a
# besluit one thing may change: that an objection came in.
FORWARD = """
CREATE FUNCTION register_is_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'wat is gebeurd blijft staan: % op % is niet toegestaan', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE FUNCTION register_besluit_keeps() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    probe record;
BEGIN
    probe := NEW;
    probe.bezwaar_op := OLD.bezwaar_op;
    IF probe IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'een besluit blijft zoals het was: alleen een bezwaar wordt erbij genoteerd'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER stap_van_een_aanvraag_blijft_staan
    BEFORE UPDATE OR DELETE ON register_aanvraagstap FOR EACH ROW EXECUTE FUNCTION register_is_append_only();
CREATE TRIGGER antwoord_in_een_beoordeling_blijft_staan
    BEFORE UPDATE OR DELETE ON register_aanvraagantwoord FOR EACH ROW EXECUTE FUNCTION register_is_append_only();
CREATE TRIGGER stap_van_een_uitschrijving_blijft_staan
    BEFORE UPDATE OR DELETE ON register_uitschrijfstap FOR EACH ROW EXECUTE FUNCTION register_is_append_only();
CREATE TRIGGER besluit_blijft_zoals_het_was
    BEFORE UPDATE ON register_besluit FOR EACH ROW EXECUTE FUNCTION register_besluit_keeps();
CREATE TRIGGER besluit_blijft_staan
    BEFORE DELETE ON register_besluit FOR EACH ROW EXECUTE FUNCTION register_is_append_only();
"""

REVERSE = """
DROP TRIGGER besluit_blijft_staan ON register_besluit;
DROP TRIGGER besluit_blijft_zoals_het_was ON register_besluit;
DROP TRIGGER stap_van_een_uitschrijving_blijft_staan ON register_uitschrijfstap;
DROP TRIGGER antwoord_in_een_beoordeling_blijft_staan ON register_aanvraagantwoord;
DROP TRIGGER stap_van_een_aanvraag_blijft_staan ON register_aanvraagstap;
DROP FUNCTION register_besluit_keeps();
DROP FUNCTION register_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0010_aanvragen")]

    operations = [migrations.RunSQL(FORWARD, REVERSE)]

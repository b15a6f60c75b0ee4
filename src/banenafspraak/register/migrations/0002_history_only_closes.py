from django.db import migrations

# "Valid on that day, as known at that moment" may never change its answer. So the only change a row of history takes
# is that an open `bekend` gets its end, and nothing else in the row moves.
FORWARD = """
CREATE FUNCTION register_history_only_closes() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    probe record;
BEGIN
    probe := NEW;
    probe.bekend := OLD.bekend;
    IF probe IS DISTINCT FROM OLD
        OR NOT upper_inf(OLD.bekend)
        OR upper_inf(NEW.bekend)
        OR lower(NEW.bekend) <> lower(OLD.bekend)
    THEN
        RAISE EXCEPTION 'wat bekend was blijft zoals het was: sluit de rij op % en voeg een nieuwe toe', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER wat_over_een_registratie_bekend_was_blijft
    BEFORE UPDATE ON register_registratie FOR EACH ROW EXECUTE FUNCTION register_history_only_closes();
CREATE TRIGGER wat_over_een_woonplaats_bekend_was_blijft
    BEFORE UPDATE ON register_woonplaats FOR EACH ROW EXECUTE FUNCTION register_history_only_closes();
"""

REVERSE = """
DROP TRIGGER wat_over_een_woonplaats_bekend_was_blijft ON register_woonplaats;
DROP TRIGGER wat_over_een_registratie_bekend_was_blijft ON register_registratie;
DROP FUNCTION register_history_only_closes();
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, REVERSE)]

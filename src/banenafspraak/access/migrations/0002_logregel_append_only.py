from django.db import migrations

# Row by row against UPDATE and DELETE, and per statement against TRUNCATE, which fires no row triggers.
FORWARD = """
CREATE FUNCTION access_logregel_is_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'logregels blijven staan: % op access_logregel is niet toegestaan', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER logregel_wordt_nooit_gewijzigd_of_verwijderd
    BEFORE UPDATE OR DELETE ON access_logregel
    FOR EACH ROW EXECUTE FUNCTION access_logregel_is_append_only();
CREATE TRIGGER logregel_wordt_nooit_geleegd
    BEFORE TRUNCATE ON access_logregel
    FOR EACH STATEMENT EXECUTE FUNCTION access_logregel_is_append_only();
"""

REVERSE = """
DROP TRIGGER logregel_wordt_nooit_geleegd ON access_logregel;
DROP TRIGGER logregel_wordt_nooit_gewijzigd_of_verwijderd ON access_logregel;
DROP FUNCTION access_logregel_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, REVERSE)]

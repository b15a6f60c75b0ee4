from django.db import migrations

# Row by row against UPDATE and DELETE, and per statement against TRUNCATE, which fires no row triggers.
FORWARD = """
CREATE FUNCTION metingen_meting_is_immutable() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'een meting blijft zoals zij is: % op metingen_meting is niet toegestaan', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER meting_wordt_nooit_gewijzigd_of_verwijderd
    BEFORE UPDATE OR DELETE ON metingen_meting
    FOR EACH ROW EXECUTE FUNCTION metingen_meting_is_immutable();
CREATE TRIGGER meting_wordt_nooit_geleegd
    BEFORE TRUNCATE ON metingen_meting
    FOR EACH STATEMENT EXECUTE FUNCTION metingen_meting_is_immutable();
"""

REVERSE = """
DROP TRIGGER meting_wordt_nooit_geleegd ON metingen_meting;
DROP TRIGGER meting_wordt_nooit_gewijzigd_of_verwijderd ON metingen_meting;
DROP FUNCTION metingen_meting_is_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [("metingen", "0002_meting")]

    operations = [migrations.RunSQL(FORWARD, REVERSE)]

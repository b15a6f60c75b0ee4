from django.db import migrations

_RAADPLEEG = (
    "register_raadpleeg(bigint, bigint, uuid, text, text, text, uuid, bytea, bytea, timestamptz, text[], date[], text[], "
    "bytea[], bytea[], bytea[], bytea[], bigint[], bigint[], bigint[], bytea[], bytea[])"
)
# Plans are kept as long as a connection, and those of a young system were made while its tables were still empty: it
# then reads whole tables for every question, until the statistics are made anew. Here every look has an index.
_PLANS = f"ALTER FUNCTION {_RAADPLEEG} SET enable_seqscan = off;"
# So that the row it points to is looked up inside the function as well, under the same setting, and not at the commit.
_DEFERRED = """
DO $$
DECLARE
    naam text;
BEGIN
    SELECT conname INTO STRICT naam FROM pg_constraint
    WHERE conrelid = 'register_raadpleging'::regclass AND confrelid = 'register_raadpleegverzoek'::regclass;
    EXECUTE format('ALTER TABLE register_raadpleging ALTER CONSTRAINT %I {}', naam);
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0041_sleutels_en_bewaren")]

    operations = [
        migrations.RunSQL(_PLANS, f"ALTER FUNCTION {_RAADPLEEG} RESET enable_seqscan;"),
        migrations.RunSQL(
            _DEFERRED.replace("{}", "NOT DEFERRABLE"), _DEFERRED.replace("{}", "DEFERRABLE INITIALLY DEFERRED")
        ),
    ]

from django.db import migrations

from banenafspraak.access.rechten import SIGNED_IN, WEB, definer

# The rows after the last seal are the last ones written: an index on the transaction finds them.
_LANGST = """
CREATE FUNCTION access_langst_onverzegeld() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
BEGIN ATOMIC
    SELECT min(r.recorded_at) FROM access_logregel AS r
    WHERE r.xid >= coalesce((SELECT max(z.tot_xid) FROM access_logzegel AS z), 0);
END;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0040_omhulsel")]

    operations = [
        migrations.RunSQL(*definer("access_langst_onverzegeld()", _LANGST, [WEB, *SIGNED_IN])),
    ]

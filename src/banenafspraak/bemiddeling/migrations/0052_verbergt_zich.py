"""Who hides from an employer is not proposed for its vacatures either: the index may ask it, of given profiles only."""

from django.db import migrations

from banenafspraak.access.rechten import ZOEKINDEX, definer

_PATH = "SECURITY DEFINER SET search_path = pg_catalog, public"
_VERBERGT = f"""
CREATE FUNCTION bemiddeling_verbergt_zich(voor bigint, ids uuid[]) RETURNS TABLE (profiel_id uuid)
LANGUAGE sql STABLE {_PATH} AS $$
    SELECT h.profiel_id FROM bemiddeling_verberging AS h WHERE h.organisatie_id = voor AND h.profiel_id = ANY (ids)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0051_beroep_rechten")]

    operations = [migrations.RunSQL(*definer("bemiddeling_verbergt_zich(bigint, uuid[])", _VERBERGT, [ZOEKINDEX]))]

from django.db import migrations

from banenafspraak.access.rechten import FUNCTIES, SIGNED_IN, WEB, Toegang, definer, open_to, protect

# The exact day is asked by the query; here a bemiddelaar never gets beyond who lives or lived in the own part.
_HERE = (
    "(gemeente_code = (SELECT app_gemeente()) OR ((SELECT app_gemeente()) IS NULL AND gemeente_code IN ("
    "SELECT i.gemeente_id FROM access_gemeenteindeling AS i WHERE i.regio_id = (SELECT app_regio()))))"
)
_OWN = "persoon_id IN (SELECT register_eigen_persoon())"
# A function, because policies that look into each other's tables would go round in circles.
_EIGEN_PERSOON = """
CREATE FUNCTION register_eigen_persoon() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public
BEGIN ATOMIC SELECT id FROM register_persoon WHERE bsn_index = ANY ((SELECT app_burger())::bytea[]); END;
"""
_LIVES_HERE = "EXISTS (SELECT FROM register_woonplaats AS w WHERE w.persoon_id = {})"


class Migration(migrations.Migration):
    dependencies = [("register", "0002_history_only_closes"), ("access", "0005_rechten")]

    operations = [
        migrations.RunSQL(
            *protect(
                "register_persoon",
                Toegang(["ba_beoordelaar"], ["SELECT", "INSERT", "UPDATE"]),
                Toegang([FUNCTIES], ["SELECT"]),
                Toegang(["ba_burger"], ["SELECT"], "bsn_index = ANY ((SELECT app_burger())::bytea[])"),
                Toegang(["ba_bemiddelaar"], ["SELECT"], _LIVES_HERE.format("register_persoon.id")),
            )
        ),
        migrations.RunSQL(*definer("register_eigen_persoon()", _EIGEN_PERSOON, ["ba_burger"])),
        migrations.RunSQL(
            *protect(
                "register_registratie",
                Toegang(["ba_beoordelaar"], ["SELECT", "INSERT", "UPDATE"]),
                Toegang([FUNCTIES], ["SELECT"]),
                Toegang(["ba_burger"], ["SELECT"], _OWN),
                Toegang(["ba_bemiddelaar"], ["SELECT"], _LIVES_HERE.format("register_registratie.persoon_id")),
            )
        ),
        migrations.RunSQL(
            *protect(
                "register_woonplaats",
                Toegang(["ba_beoordelaar"], ["SELECT", "INSERT", "UPDATE"]),
                Toegang([FUNCTIES], ["SELECT"]),
                Toegang(["ba_burger"], ["SELECT"], _OWN),
                Toegang(["ba_bemiddelaar"], ["SELECT"], _HERE),
            )
        ),
        # A delivery says when the register was last brought up to date, and names nobody.
        migrations.RunSQL(open_to(["register_registerlevering"], [WEB, FUNCTIES, *SIGNED_IN]), migrations.RunSQL.noop),
    ]

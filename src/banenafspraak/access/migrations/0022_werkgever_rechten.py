from django.db import migrations

from banenafspraak.access.rechten import FUNCTIES, WEB, Toegang, allow, definer, protect

_ACTOR = "access_apisleutel_actor(bytea, timestamptz)"
_MINE = "werkgever_id = (SELECT app_organisatie()) OR kantoor_id = (SELECT app_organisatie())"
_OWN = "organisatie_id = (SELECT app_organisatie())"
# The office sees the numbers of the employers it acts for today.
_MANDATED = (
    "organisatie_id IN (SELECT m.werkgever_id FROM access_mandaat AS m WHERE m.kantoor_id = (SELECT app_organisatie())"
    " AND m.stand = 'aanvaard' AND m.geldig @> (now() AT TIME ZONE 'Europe/Amsterdam')::date)"
)


class Migration(migrations.Migration):
    dependencies = [("access", "0021_apisleutel_actor")]

    operations = [
        migrations.RunSQL(
            *protect(
                "access_mandaat",
                Toegang(["ba_werkgever"], ["SELECT", "UPDATE"], _MINE),
                Toegang(["ba_werkgever"], ["INSERT"], "werkgever_id = (SELECT app_organisatie()) AND stand = 'gegeven'"),
                Toegang([FUNCTIES], ["SELECT"]),
            )
        ),
        migrations.RunSQL(
            *protect(
                "access_loonheffingennummer",
                Toegang(["ba_werkgever"], ["SELECT"], f"{_OWN} OR {_MANDATED}"),
                Toegang(["ba_beheer"], ["SELECT", "INSERT"]),
                Toegang([FUNCTIES], ["SELECT"]),
            )
        ),
        migrations.RunSQL(
            *protect(
                "access_apisleutel",
                Toegang(["ba_werkgever"], ["SELECT", "INSERT", "UPDATE"], _OWN),
                Toegang([FUNCTIES], ["SELECT"]),
            )
        ),
        migrations.RunSQL(
            allow("access_gebruiker", Toegang([FUNCTIES], ["SELECT"]))
            + allow("access_lidmaatschap", Toegang([FUNCTIES], ["SELECT"])),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(definer(_ACTOR, "", [WEB])[0], migrations.RunSQL.noop),
    ]

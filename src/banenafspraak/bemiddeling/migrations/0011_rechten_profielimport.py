from django.db import migrations

from banenafspraak.access.rechten import Toegang, protect

_MINE = "organisatie_id = (SELECT app_organisatie()) AND gebruiker_id = (SELECT app_gebruiker())"
_OURS = "organisatie_id = (SELECT app_organisatie())"


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0010_profielimport")]

    operations = [
        migrations.RunSQL(
            *protect(
                "bemiddeling_profielupload",
                Toegang(["ba_bemiddelaar"], ["SELECT", "INSERT", "UPDATE", "DELETE"], _MINE),
            )
        ),
        migrations.RunSQL(
            *protect("bemiddeling_kolomindeling", Toegang(["ba_bemiddelaar"], ["SELECT", "INSERT", "UPDATE"], _OURS))
        ),
    ]

from django.db import migrations

from banenafspraak.access.rechten import Toegang, protect


class Migration(migrations.Migration):
    dependencies = [("register", "0050_herstel")]

    operations = [
        migrations.RunSQL(
            *protect(
                "register_herstel",
                # Made once and never changed. Who reads a reason may also read the registration that it is about.
                Toegang(["ba_beoordelaar"], ["SELECT", "INSERT"]),
                Toegang(["ba_burger"], ["SELECT"], "persoon_id IN (SELECT register_eigen_persoon())"),
            )
        ),
    ]

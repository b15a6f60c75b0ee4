from django.db import migrations

from banenafspraak.access.rechten import FUNCTIES, Toegang, protect

_SIU = ["SELECT", "INSERT", "UPDATE"]
# Whom a bemiddelaar may see at all is said by the policies of register_woonplaats; the exact day by the query.
_LIVES_HERE = "EXISTS (SELECT FROM register_woonplaats AS w WHERE w.persoon_id = bemiddeling_klantprofiel.persoon_id)"


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0001_klantprofiel"), ("register", "0003_rechten")]

    operations = [
        migrations.RunSQL(
            *protect(
                "bemiddeling_klantprofiel",
                Toegang(["ba_burger"], _SIU, "persoon_id IN (SELECT register_eigen_persoon())"),
                Toegang(["ba_bemiddelaar"], _SIU, _LIVES_HERE),
                Toegang([FUNCTIES], ["SELECT"]),
            )
        ),
    ]

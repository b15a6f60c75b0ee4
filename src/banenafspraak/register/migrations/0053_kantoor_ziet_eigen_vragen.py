from django.db import migrations, models
from django.db.models import F, Q

from banenafspraak.access.rechten import Toegang, allow

# What an organisation asked for another, with a mandate: the request says who asked.
_ASKED_BY = (
    "verzoek_id IN (SELECT v.id FROM register_raadpleegverzoek AS v"
    " WHERE v.door_id = (SELECT app_organisatie()) AND v.werkgever_id <> v.door_id)"
)
_TOEGANG = Toegang(["ba_werkgever"], ["SELECT"], _ASKED_BY)
_DROP = "DROP POLICY {} ON register_raadpleging;"


class Migration(migrations.Migration):
    dependencies = [("register", "0052_inkomstenverhouding")]

    operations = [
        migrations.AddIndex(
            model_name="raadpleegverzoek",
            index=models.Index(
                name="raadpleegverzoek_van_kantoor", fields=["door"], condition=~Q(werkgever=F("door"))
            ),
        ),
        migrations.RunSQL(
            allow("register_raadpleging", _TOEGANG),
            _DROP.format(allow("register_raadpleging", _TOEGANG).split("CREATE POLICY ")[1].split(" ")[0]),
        ),
    ]

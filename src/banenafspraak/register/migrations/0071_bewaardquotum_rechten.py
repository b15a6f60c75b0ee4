"""Only the employer itself reads, keeps and throws away what it kept of its own quotum; nobody changes it."""

from django.db import migrations

from banenafspraak.access.rechten import Toegang, protect


class Migration(migrations.Migration):
    dependencies = [("register", "0070_bewaardquotum")]

    operations = [
        migrations.RunSQL(
            *protect(
                "register_bewaardquotum",
                Toegang(
                    ["ba_werkgever"], ["SELECT", "INSERT", "DELETE"], "organisatie_id = (SELECT app_organisatie())"
                ),
            )
        )
    ]

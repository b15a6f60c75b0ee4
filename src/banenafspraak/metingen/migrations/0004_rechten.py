from django.db import migrations

from banenafspraak.access.rechten import open_to


class Migration(migrations.Migration):
    dependencies = [("metingen", "0003_meting_immutable"), ("access", "0005_rechten")]

    # What was published is everybody's to read; only the owner, who counts, adds to it.
    operations = [migrations.RunSQL(open_to(["metingen_levering", "metingen_meting"]), migrations.RunSQL.noop)]

from django.db import migrations

from banenafspraak.access.gebieden import load_gebieden


def forward(apps, schema_editor):
    load_gebieden(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    # A new edition of gebieden.csv comes with a new migration like this one.
    dependencies = [("access", "0002_logregel_append_only")]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]

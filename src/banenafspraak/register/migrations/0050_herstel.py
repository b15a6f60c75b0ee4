import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0042_raadpleeg_plannen'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Herstel',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('soort', models.CharField(choices=[('gewijzigd', 'gewijzigd'), ('toegevoegd', 'toegevoegd'), ('vervallen', 'vervallen')], max_length=10)),
                ('reden_verzegeld', models.BinaryField()),
                ('hersteld_at', models.DateTimeField()),
                ('gebruiker', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('melding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.melding')),
                ('nieuw', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.registratie')),
                ('oud', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.registratie')),
                ('persoon', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.persoon')),
            ],
            options={
                'verbose_name': 'herstel',
                'verbose_name_plural': 'herstellingen',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('nieuw__isnull', False), ('oud__isnull', False), ('soort', 'gewijzigd')), models.Q(('nieuw__isnull', False), ('oud__isnull', True), ('soort', 'toegevoegd')), models.Q(('nieuw__isnull', True), ('oud__isnull', False), ('soort', 'vervallen')), _connector='OR'), name='herstel_noemt_wat_er_stond_en_wat_er_nu_staat', violation_error_message='Noem welke registratie wordt hersteld, en wat er dan staat.')],
            },
        ),
    ]

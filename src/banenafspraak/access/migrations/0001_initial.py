import banenafspraak.access.models
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import uuid
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Gebruiker',
            fields=[
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('password', models.CharField(default=banenafspraak.access.models.no_password, editable=False, max_length=128)),
                ('sub', models.CharField(blank=True, max_length=255, null=True, unique=True)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('naam', models.CharField(max_length=200)),
                ('is_active', models.BooleanField(default=True)),
                ('is_demo', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'gebruiker',
                'verbose_name_plural': 'gebruikers',
                'constraints': [models.CheckConstraint(condition=models.Q(('password__startswith', '!')), name='gebruiker_heeft_nooit_een_wachtwoord', violation_error_message='Een gebruiker heeft hier geen wachtwoord: inloggen gaat via de inlogdienst.'), models.CheckConstraint(condition=models.Q(('naam', ''), _negated=True), name='gebruiker_heeft_een_naam', violation_error_message='Vul de naam van de gebruiker in.')],
            },
        ),
        migrations.CreateModel(
            name='Arbeidsmarktregio',
            fields=[
                ('code', models.CharField(max_length=4, primary_key=True, serialize=False)),
                ('naam', models.CharField(max_length=100, unique=True)),
                ('eerdere_namen', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), blank=True, default=list, size=None)),
            ],
            options={
                'verbose_name': 'arbeidsmarktregio',
                'verbose_name_plural': "arbeidsmarktregio's",
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^AM[0-9]{2}$')), name='regiocode_is_am_met_twee_cijfers', violation_error_message='Een regiocode is AM met twee cijfers, bijvoorbeeld AM12.')],
            },
        ),
        migrations.CreateModel(
            name='Gemeente',
            fields=[
                ('code', models.CharField(max_length=6, primary_key=True, serialize=False)),
                ('naam', models.CharField(max_length=100)),
                ('geldig', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'verbose_name': 'gemeente',
                'verbose_name_plural': 'gemeenten',
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^GM[0-9]{4}$')), name='gemeentecode_is_gm_met_vier_cijfers', violation_error_message='Een gemeentecode is GM met vier cijfers, bijvoorbeeld GM0402.')],
            },
        ),
        migrations.CreateModel(
            name='Organisatie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('soort', models.CharField(choices=[('gemeente', 'Gemeente'), ('ministerie', 'Ministerie'), ('toezichthouder', 'Toezichthouder'), ('uwv', 'UWV'), ('werkgever', 'Werkgever'), ('wsp', 'Werkgeversservicepunt')], max_length=20)),
                ('naam', models.CharField(max_length=200)),
                ('oin', models.CharField(blank=True, max_length=20, null=True, unique=True)),
                ('kvk', models.CharField(blank=True, max_length=8, null=True, unique=True)),
                ('gemeente', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='access.gemeente')),
                ('regio', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='access.arbeidsmarktregio')),
            ],
            options={
                'verbose_name': 'organisatie',
                'verbose_name_plural': 'organisaties',
            },
        ),
        migrations.CreateModel(
            name='Logregel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(db_index=True)),
                ('rol', models.CharField(max_length=20)),
                ('doel', models.CharField(max_length=200)),
                ('handeling', models.CharField(max_length=100)),
                ('onderwerp', models.CharField(blank=True, max_length=200)),
                ('persoon_bsn_index', models.BinaryField(max_length=32, null=True)),
                ('details', models.JSONField(blank=True, default=dict)),
                ('gebruiker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisatie', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisatie')),
            ],
            options={
                'verbose_name': 'logregel',
                'verbose_name_plural': 'logregels',
            },
        ),
        migrations.CreateModel(
            name='Lidmaatschap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rol', models.CharField(choices=[('beheer', 'Beheerder'), ('beleid', 'Beleidsadviseur'), ('bemiddelaar', 'Bemiddelaar'), ('beoordelaar', 'Beoordelaar'), ('burger', 'Burger'), ('toezicht', 'Toezichthouder'), ('werkgever', 'Werkgever')], max_length=20)),
                ('geldig', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('gebruiker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lidmaatschappen', to=settings.AUTH_USER_MODEL)),
                ('organisatie', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lidmaatschappen', to='access.organisatie')),
            ],
            options={
                'verbose_name': 'lidmaatschap',
                'verbose_name_plural': 'lidmaatschappen',
            },
        ),
        migrations.CreateModel(
            name='GemeenteIndeling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('geldig', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('zekerheid', models.CharField(choices=[('cbs', 'cbs'), ('datum_onbekend', 'datum_onbekend'), ('teruggelezen', 'teruggelezen')], max_length=20)),
                ('gemeente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indelingen', to='access.gemeente')),
                ('regio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indelingen', to='access.arbeidsmarktregio')),
            ],
            options={
                'verbose_name': 'gemeente-indeling',
                'verbose_name_plural': 'gemeente-indelingen',
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('gemeente'), '='), (models.F('geldig'), '&&')], name='gemeente_ligt_op_elke_dag_in_hoogstens_een_regio', violation_error_message='Deze gemeente hoort in (een deel van) deze tijd al bij een andere regio.'), models.CheckConstraint(condition=models.Q(('geldig__isempty', False)), name='indeling_duurt_minstens_een_dag', violation_error_message='De einddatum moet na de begindatum liggen.'), models.CheckConstraint(condition=models.Q(('zekerheid__in', ['cbs', 'datum_onbekend', 'teruggelezen'])), name='indeling_zegt_hoe_zeker_ze_is', violation_error_message='Zeg hoe zeker deze indeling is.')],
            },
        ),
        migrations.AddConstraint(
            model_name='organisatie',
            constraint=models.CheckConstraint(condition=models.Q(('oin__isnull', True), ('oin__regex', '^[0-9]{20}$'), _connector='OR'), name='oin_is_twintig_cijfers', violation_error_message='Een OIN heeft twintig cijfers.'),
        ),
        migrations.AddConstraint(
            model_name='organisatie',
            constraint=models.CheckConstraint(condition=models.Q(('kvk__isnull', True), ('kvk__regex', '^[0-9]{8}$'), _connector='OR'), name='kvk_nummer_is_acht_cijfers', violation_error_message='Een KvK-nummer heeft acht cijfers.'),
        ),
        migrations.AddConstraint(
            model_name='organisatie',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('soort', 'gemeente'), _negated=True), ('gemeente__isnull', False), _connector='OR'), name='organisatie_van_soort_gemeente_noemt_haar_gemeente', violation_error_message='Kies de gemeente waar deze organisatie voor werkt.'),
        ),
        migrations.AddConstraint(
            model_name='organisatie',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('soort', 'wsp'), _negated=True), ('regio__isnull', False), _connector='OR'), name='werkgeversservicepunt_noemt_zijn_regio', violation_error_message='Kies de arbeidsmarktregio van dit werkgeversservicepunt.'),
        ),
        migrations.AddConstraint(
            model_name='organisatie',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('soort', 'werkgever'), _negated=True), ('kvk__isnull', False), ('oin__isnull', False), _connector='OR'), name='werkgever_is_te_herkennen_aan_kvk_of_oin', violation_error_message='Vul het KvK-nummer of het OIN van de werkgever in.'),
        ),
        migrations.AddIndex(
            model_name='logregel',
            index=models.Index(condition=models.Q(('persoon_bsn_index__isnull', False)), fields=['persoon_bsn_index', 'recorded_at'], name='logregel_per_persoon'),
        ),
        migrations.AddConstraint(
            model_name='logregel',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('handeling', ''), _negated=True), models.Q(('doel', ''), _negated=True)), name='logregel_noemt_handeling_en_doel', violation_error_message='Een logregel noemt wat er gebeurde en waarvoor.'),
        ),
        migrations.AddConstraint(
            model_name='lidmaatschap',
            constraint=models.CheckConstraint(condition=models.Q(('rol__in', ['beheer', 'beleid', 'bemiddelaar', 'beoordelaar', 'burger', 'toezicht', 'werkgever'])), name='lidmaatschap_heeft_een_bekende_rol', violation_error_message='Kies een rol die bestaat.'),
        ),
        migrations.AddConstraint(
            model_name='lidmaatschap',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisatie__isnull', True), ('rol', 'burger')), models.Q(models.Q(('rol', 'burger'), _negated=True), ('organisatie__isnull', False)), _connector='OR'), name='alleen_een_burger_handelt_zonder_organisatie', violation_error_message='Een burger handelt voor zichzelf; elke andere rol hoort bij een organisatie.'),
        ),
        migrations.AddConstraint(
            model_name='lidmaatschap',
            constraint=models.CheckConstraint(condition=models.Q(('geldig__isempty', False)), name='lidmaatschap_duurt_minstens_een_dag', violation_error_message='De einddatum moet na de begindatum liggen.'),
        ),
        migrations.AddConstraint(
            model_name='lidmaatschap',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('gebruiker'), '='), (models.Func(models.F('organisatie'), 0, function='COALESCE'), '='), (models.F('rol'), '='), (models.F('geldig'), '&&')], name='lidmaatschap_staat_er_op_elke_dag_hoogstens_een_keer', violation_error_message='Deze gebruiker heeft deze rol in (een deel van) deze tijd al.'),
        ),
    ]

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.lookups
import uuid
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0003_gebieden'),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Persoon',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('bsn_index', models.BinaryField(max_length=32, unique=True)),
                ('bsn_verzegeld', models.BinaryField()),
                ('geboortedatum', models.DateField()),
                ('overleden_op', models.DateField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'persoon',
                'verbose_name_plural': 'personen',
                'constraints': [models.CheckConstraint(condition=models.Q(('overleden_op__isnull', True), ('overleden_op__gte', models.F('geboortedatum')), _connector='OR'), name='persoon_overlijdt_niet_voor_zijn_geboorte', violation_error_message='De overlijdensdatum ligt voor de geboortedatum.'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.Func(models.F('bsn_index'), function='octet_length', output_field=models.IntegerField()), 32)), name='bsn_index_van_persoon_is_een_hele_hmac', violation_error_message='De index van het BSN is niet compleet.'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.Func(models.F('bsn_verzegeld'), function='octet_length', output_field=models.IntegerField()), 100)), name='bsn_van_persoon_is_verzegeld', violation_error_message='Het BSN is niet verzegeld.')],
            },
        ),
        migrations.CreateModel(
            name='Registerlevering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('bestandsnaam', models.CharField(max_length=255)),
                ('ingelezen_at', models.DateTimeField()),
                ('aantallen', models.JSONField()),
            ],
            options={
                'verbose_name': 'registerlevering',
                'verbose_name_plural': 'registerleveringen',
                'ordering': ['ingelezen_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='registerlevering_heeft_een_sha256', violation_error_message='De sha256 van het bestand ontbreekt.')],
            },
        ),
        migrations.CreateModel(
            name='Registratie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grond', models.CharField(choices=[('pwet_lks_uwv_loonwaarde', 'pwet_lks_uwv_loonwaarde'), ('wsw', 'wsw'), ('wajong', 'wajong'), ('amvb_38b_1_d', 'amvb_38b_1_d'), ('pwet_uwv_wml_eigen_verzoek', 'pwet_uwv_wml_eigen_verzoek'), ('overgangsrecht_38b_1_f', 'overgangsrecht_38b_1_f'), ('wia_iva_experiment', 'wia_iva_experiment'), ('jonggehandicapt_uwv_oordeel', 'jonggehandicapt_uwv_oordeel'), ('blijfgrond_38b_6', 'blijfgrond_38b_6'), ('wiw_id', 'wiw_id')], max_length=40)),
                ('route', models.CharField(choices=[('owajong', 'owajong'), ('nwajong_studieregeling', 'nwajong_studieregeling'), ('nwajong_werkregeling', 'nwajong_werkregeling'), ('wajong_2015', 'wajong_2015'), ('wsw_begeleid_werken', 'wsw_begeleid_werken'), ('wsw_detachering', 'wsw_detachering'), ('wsw_wachtlijst', 'wsw_wachtlijst'), ('wiw_id', 'wiw_id'), ('indicatie_banenafspraak', 'indicatie_banenafspraak'), ('praktijkroute', 'praktijkroute'), ('vso', 'vso'), ('pro', 'pro'), ('entree', 'entree'), ('afgewezen_wajong', 'afgewezen_wajong'), ('tijdelijke_registratie', 'tijdelijke_registratie'), ('werken_met_voorziening', 'werken_met_voorziening'), ('iva_experiment', 'iva_experiment')], max_length=40)),
                ('geldig', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('bekend', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('einde_reden', models.CharField(blank=True, choices=[('duurzaam_geen_arbeidsvermogen', 'duurzaam_geen_arbeidsvermogen'), ('wsw_beschut_werk', 'wsw_beschut_werk'), ('aow', 'aow'), ('overlijden', 'overlijden'), ('beschikking_beschut_werk', 'beschikking_beschut_werk'), ('vrijwillige_uitschrijving', 'vrijwillige_uitschrijving'), ('t_plus_2', 't_plus_2'), ('overig', 'overig')], default='', max_length=40)),
                ('levering', models.CharField(blank=True, default='', max_length=64)),
                ('persoon', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='registraties', to='register.persoon')),
            ],
            options={
                'verbose_name': 'registratie',
                'verbose_name_plural': 'registraties',
                'constraints': [models.CheckConstraint(condition=models.Q(('geldig__isempty', False), ('geldig__startswith__isnull', False)), name='registratie_geldt_minstens_een_dag_vanaf_een_bekende_dag', violation_error_message='De einddatum moet na de begindatum liggen, en de begindatum moet er zijn.'), models.CheckConstraint(condition=models.Q(('bekend__isempty', False), ('bekend__lower_inc', True), ('bekend__startswith__isnull', False), ('bekend__upper_inc', False)), name='registratie_is_bekend_vanaf_een_moment_tot_een_later_moment', violation_error_message='Dit gegeven is intussen gewijzigd. Probeer het opnieuw.'), models.CheckConstraint(condition=models.Q(('grond__in', ['amvb_38b_1_d', 'blijfgrond_38b_6', 'jonggehandicapt_uwv_oordeel', 'overgangsrecht_38b_1_f', 'pwet_lks_uwv_loonwaarde', 'pwet_uwv_wml_eigen_verzoek', 'wajong', 'wia_iva_experiment', 'wiw_id', 'wsw'])), name='registratie_heeft_een_grond_uit_de_wet', violation_error_message='Kies een grond die de wet kent.'), models.CheckConstraint(condition=models.Q(('route__in', ['afgewezen_wajong', 'entree', 'indicatie_banenafspraak', 'iva_experiment', 'nwajong_studieregeling', 'nwajong_werkregeling', 'owajong', 'praktijkroute', 'pro', 'tijdelijke_registratie', 'vso', 'wajong_2015', 'werken_met_voorziening', 'wiw_id', 'wsw_begeleid_werken', 'wsw_detachering', 'wsw_wachtlijst'])), name='registratie_heeft_een_bekende_route', violation_error_message='Kies een route die bestaat.'), models.CheckConstraint(condition=models.Q(('einde_reden', ''), models.Q(('einde_reden__in', ['aow', 'beschikking_beschut_werk', 'duurzaam_geen_arbeidsvermogen', 'overig', 'overlijden', 't_plus_2', 'vrijwillige_uitschrijving', 'wsw_beschut_werk']), ('geldig__endswith__isnull', False)), _connector='OR'), name='registratie_noemt_een_bekende_reden_alleen_bij_een_einde', violation_error_message='Een reden van einde hoort bij een einddatum, en moet bestaan.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('persoon'), '='), (models.F('grond'), '='), (models.F('geldig'), '&&'), (models.F('bekend'), '&&')], name='persoon_staat_op_elke_dag_hoogstens_een_keer_op_een_grond', violation_error_message='Deze persoon staat in (een deel van) deze tijd al op deze grond ingeschreven.')],
            },
        ),
        migrations.CreateModel(
            name='Woonplaats',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('geldig', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('bekend', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('levering', models.CharField(blank=True, default='', max_length=64)),
                ('gemeente', models.ForeignKey(db_column='gemeente_code', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.gemeente')),
                ('persoon', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='woonplaatsen', to='register.persoon')),
            ],
            options={
                'verbose_name': 'woonplaats',
                'verbose_name_plural': 'woonplaatsen',
                'constraints': [models.CheckConstraint(condition=models.Q(('geldig__isempty', False), ('geldig__startswith__isnull', False)), name='woonplaats_geldt_minstens_een_dag_vanaf_een_bekende_dag', violation_error_message='De einddatum moet na de begindatum liggen, en de begindatum moet er zijn.'), models.CheckConstraint(condition=models.Q(('bekend__isempty', False), ('bekend__lower_inc', True), ('bekend__startswith__isnull', False), ('bekend__upper_inc', False)), name='woonplaats_is_bekend_vanaf_een_moment_tot_een_later_moment', violation_error_message='Dit gegeven is intussen gewijzigd. Probeer het opnieuw.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('persoon'), '='), (models.F('geldig'), '&&'), (models.F('bekend'), '&&')], name='persoon_woont_op_elke_dag_in_hoogstens_een_gemeente', violation_error_message='Deze persoon heeft in (een deel van) deze tijd al een woonplaats.')],
            },
        ),
    ]

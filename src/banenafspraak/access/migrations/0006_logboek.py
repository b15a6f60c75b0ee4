import django.contrib.postgres.indexes
import django.db.models.expressions
import django.db.models.lookups
from django.db import migrations, models

from banenafspraak.access.rechten import FUNCTIES, SIGNED_IN, WEB, Toegang, open_to, protect

# What was known of a person before there was a table for it.
COPY_PERSONS = """
INSERT INTO access_verwerking
    (parent_operation_id, trace_id, naam, activiteit, status_code, start_time, end_time, betrokkene_index)
SELECT operation_id, '', handeling, 'registratie', 1, recorded_at, recorded_at, persoon_bsn_index
FROM access_logregel WHERE persoon_bsn_index IS NOT NULL
"""

# The one change the logboek takes: after five years the content of a row goes, and the hash of it stays (`blad`).
APPEND_ONLY = """
DROP TRIGGER logregel_wordt_nooit_gewijzigd_of_verwijderd ON access_logregel;
CREATE FUNCTION access_only_content_is_erased() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    moment timestamptz := coalesce(to_jsonb(OLD) ->> 'recorded_at', to_jsonb(OLD) ->> 'start_time')::timestamptz;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.blad IS NULL AND length(NEW.blad) = 32 AND NEW.id = OLD.id AND NEW.xid = OLD.xid
        AND moment < now() - interval '5 years' AND length(NEW.salt) = 0
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'logregels blijven staan: % op % is niet toegestaan', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER logregel_wordt_nooit_gewijzigd_of_verwijderd
    BEFORE UPDATE OR DELETE ON access_logregel FOR EACH ROW EXECUTE FUNCTION access_only_content_is_erased();
CREATE TRIGGER verwerking_wordt_nooit_gewijzigd_of_verwijderd
    BEFORE UPDATE OR DELETE ON access_verwerking FOR EACH ROW EXECUTE FUNCTION access_only_content_is_erased();
CREATE TRIGGER verwerking_wordt_nooit_geleegd
    BEFORE TRUNCATE ON access_verwerking FOR EACH STATEMENT EXECUTE FUNCTION access_logregel_is_append_only();
CREATE TRIGGER logzegel_wordt_nooit_gewijzigd_of_verwijderd
    BEFORE UPDATE OR DELETE ON access_logzegel FOR EACH ROW EXECUTE FUNCTION access_logregel_is_append_only();
CREATE TRIGGER logzegel_wordt_nooit_geleegd
    BEFORE TRUNCATE ON access_logzegel FOR EACH STATEMENT EXECUTE FUNCTION access_logregel_is_append_only();
"""
NOT_APPEND_ONLY = """
DROP TRIGGER logzegel_wordt_nooit_geleegd ON access_logzegel;
DROP TRIGGER logzegel_wordt_nooit_gewijzigd_of_verwijderd ON access_logzegel;
DROP TRIGGER verwerking_wordt_nooit_geleegd ON access_verwerking;
DROP TRIGGER verwerking_wordt_nooit_gewijzigd_of_verwijderd ON access_verwerking;
DROP TRIGGER logregel_wordt_nooit_gewijzigd_of_verwijderd ON access_logregel;
DROP FUNCTION access_only_content_is_erased();
CREATE TRIGGER logregel_wordt_nooit_gewijzigd_of_verwijderd
    BEFORE UPDATE OR DELETE ON access_logregel FOR EACH ROW EXECUTE FUNCTION access_logregel_is_append_only();
"""

_AS_ITSELF = (
    "gebruiker_id = (SELECT app_gebruiker()) AND organisatie_id IS NOT DISTINCT FROM (SELECT app_organisatie())"
    " AND rol = (SELECT app_rol())"
)
_ABOUT_ME = (
    "EXISTS (SELECT FROM access_verwerking AS v WHERE v.parent_operation_id = access_logregel.operation_id"
    " AND v.betrokkene_index = ANY ((SELECT app_burger_audit())::bytea[]))"
)
_WITHOUT_USER = (
    "recorded_at", "organisatie_id", "rol", "doel", "handeling", "onderwerp", "operation_id", "trace_id",
)


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0005_rechten'),
    ]

    operations = [
        migrations.CreateModel(
            name='Logzegel',
            fields=[
                ('nummer', models.BigIntegerField(primary_key=True, serialize=False)),
                ('van_xid', models.BigIntegerField(unique=True)),
                ('tot_xid', models.BigIntegerField(unique=True)),
                ('aantal', models.BigIntegerField()),
                ('wortel', models.BinaryField(max_length=32)),
                ('vorige', models.BinaryField(max_length=32)),
                ('handtekening', models.BinaryField(max_length=64)),
                ('verzegeld_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'logzegel',
                'verbose_name_plural': 'logzegels',
            },
        ),
        migrations.CreateModel(
            name='Verwerking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.BinaryField(db_default=django.db.models.expressions.RawSQL('uuid_send(gen_random_uuid())', ()))),
                ('xid', models.BigIntegerField(db_default=django.db.models.expressions.RawSQL('pg_current_xact_id()::text::bigint', ()), editable=False)),
                ('blad', models.BinaryField(max_length=32, null=True)),
                ('operation_id', models.CharField(db_default=django.db.models.expressions.RawSQL("left(encode(uuid_send(gen_random_uuid()), 'hex'), 16)", ()), max_length=16)),
                ('parent_operation_id', models.CharField(max_length=16)),
                ('trace_id', models.CharField(blank=True, default='', max_length=32)),
                ('naam', models.CharField(max_length=100)),
                ('activiteit', models.CharField(max_length=60)),
                ('status_code', models.SmallIntegerField(default=1)),
                ('start_time', models.DateTimeField()),
                ('end_time', models.DateTimeField()),
                ('betrokkene_index', models.BinaryField(max_length=32, null=True)),
            ],
            options={
                'verbose_name': 'verwerking',
                'verbose_name_plural': 'verwerkingen',
            },
        ),
        migrations.RemoveConstraint(
            model_name='logregel',
            name='logregel_noemt_handeling_en_doel',
        ),
        migrations.AddField(
            model_name='logregel',
            name='blad',
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name='logregel',
            name='operation_id',
            field=models.CharField(db_default=django.db.models.expressions.RawSQL("left(encode(uuid_send(gen_random_uuid()), 'hex'), 16)", ()), max_length=16),
        ),
        migrations.AddField(
            model_name='logregel',
            name='salt',
            field=models.BinaryField(db_default=django.db.models.expressions.RawSQL('uuid_send(gen_random_uuid())', ())),
        ),
        migrations.AddField(
            model_name='logregel',
            name='trace_id',
            field=models.CharField(blank=True, default='', max_length=32),
        ),
        migrations.AddField(
            model_name='logregel',
            name='xid',
            field=models.BigIntegerField(db_default=django.db.models.expressions.RawSQL('pg_current_xact_id()::text::bigint', ()), editable=False),
        ),
        migrations.AddIndex(
            model_name='logregel',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['xid'], name='logregel_per_transactie'),
        ),
        migrations.AddConstraint(
            model_name='logregel',
            constraint=models.UniqueConstraint(fields=('operation_id',), name='operatie_staat_een_keer_in_het_logboek'),
        ),
        migrations.AddConstraint(
            model_name='logregel',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('handeling', ''), _negated=True), models.Q(('doel', ''), _negated=True)), ('blad__isnull', False), _connector='OR'), name='logregel_noemt_handeling_en_doel', violation_error_message='Een logregel noemt wat er gebeurde en waarvoor.'),
        ),
        migrations.AddConstraint(
            model_name='logzegel',
            constraint=models.CheckConstraint(condition=models.Q(('tot_xid__gt', models.F('van_xid'))), name='logzegel_gaat_over_later_dan_het_vorige', violation_error_message='Een zegel eindigt na zijn begin.'),
        ),
        migrations.AddIndex(
            model_name='verwerking',
            index=models.Index(fields=['betrokkene_index', '-start_time'], name='verwerking_per_betrokkene'),
        ),
        migrations.AddIndex(
            model_name='verwerking',
            index=models.Index(fields=['parent_operation_id'], name='verwerking_per_operatie'),
        ),
        migrations.AddIndex(
            model_name='verwerking',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['xid'], name='verwerking_per_transactie'),
        ),
        migrations.AddConstraint(
            model_name='verwerking',
            constraint=models.CheckConstraint(condition=models.Q(('status_code__in', [0, 1, 2])), name='verwerking_heeft_een_status_van_de_standaard', violation_error_message='De status van een verwerking is 0, 1 of 2.'),
        ),
        migrations.AddConstraint(
            model_name='verwerking',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.Func(models.F('betrokkene_index'), function='octet_length', output_field=models.IntegerField()), 32), ('blad__isnull', False), _connector='OR'), name='verwerking_gaat_over_een_persoon', violation_error_message='Een verwerking gaat over een persoon.'),
        ),
        migrations.RunSQL(COPY_PERSONS, migrations.RunSQL.noop),
        migrations.RemoveIndex(
            model_name='logregel',
            name='logregel_per_persoon',
        ),
        migrations.RemoveField(
            model_name='logregel',
            name='persoon_bsn_index',
        ),
        migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY),
        migrations.RunSQL(
            *protect(
                "access_logregel",
                Toegang(SIGNED_IN, ["INSERT"], _AS_ITSELF),
                Toegang([WEB], ["INSERT"], "rol = 'anoniem' AND gebruiker_id IS NULL"),
                Toegang([FUNCTIES], ["SELECT", "INSERT"]),
                Toegang(["ba_toezicht"], ["SELECT"]),
                # Named recipients, never the user: AVG art. 15 and HvJ EU C-579/21.
                Toegang(["ba_burger"], ["SELECT"], _ABOUT_ME, _WITHOUT_USER),
            )
        ),
        migrations.RunSQL(
            *protect(
                "access_verwerking",
                Toegang([WEB, *SIGNED_IN], ["INSERT"]),
                Toegang([FUNCTIES], ["SELECT", "INSERT"]),
                Toegang(["ba_toezicht"], ["SELECT"]),
                Toegang(["ba_burger"], ["SELECT"], "betrokkene_index = ANY ((SELECT app_burger_audit())::bytea[])"),
            )
        ),
        migrations.RunSQL(open_to(["access_logzegel"]), migrations.RunSQL.noop),
    ]

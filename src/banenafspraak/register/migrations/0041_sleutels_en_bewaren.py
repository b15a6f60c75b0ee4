from django.db import migrations

from banenafspraak.access.rechten import definer

# As before, and found or made under every key in use (`persoonsindex`): whoever came first is the one.
_VIND_OF_MAAK = """
CREATE FUNCTION register_vind_of_maak_persoon(
    nieuw uuid, indexen bytea[], versie integer, verzegeld bytea, geboren date
) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    gevonden uuid;
BEGIN
    IF app_rol() = 'burger' AND NOT indexen <@ app_burger() THEN
        RAISE EXCEPTION 'iemand vraagt alleen voor zichzelf' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT id INTO gevonden FROM register_persoon
    WHERE bsn_index = ANY (indexen) OR bsn_index_eerder = ANY (indexen);
    IF gevonden IS NULL THEN
        INSERT INTO register_persoon (id, bsn_index, bsn_index_eerder, index_versie, bsn_verzegeld, geboortedatum)
        VALUES (nieuw, indexen[1], indexen[2], versie, verzegeld, geboren) ON CONFLICT DO NOTHING;
        SELECT id INTO gevonden FROM register_persoon
        WHERE bsn_index = ANY (indexen) OR bsn_index_eerder = ANY (indexen);
    END IF;
    RETURN gevonden;
END
$$;
"""
_ROLLEN = ["ba_beoordelaar", "ba_bemiddelaar", "ba_burger"]

# What happened stays as it was, but for two things: a new key gives what is sealed another envelope, and five years
# later it may be erased. Who may erase is a matter of rights: nobody but the owner of the tables.
_TRIGGERS = """
CREATE OR REPLACE FUNCTION register_is_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    moment timestamptz := coalesce(to_jsonb(OLD) ->> 'recorded_at', to_jsonb(OLD) ->> 'gegeven_at',
                                   to_jsonb(OLD) ->> 'genomen_at')::timestamptz;
BEGIN
    IF TG_OP = 'UPDATE' AND access_only_rewrapped(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND moment < now() - interval '5 years' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'wat is gebeurd blijft staan: % op % is niet toegestaan', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE OR REPLACE FUNCTION register_besluit_keeps() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    probe record;
BEGIN
    probe := NEW;
    probe.bezwaar_op := OLD.bezwaar_op;
    IF NOT access_only_rewrapped(to_jsonb(OLD), to_jsonb(probe)) THEN
        RAISE EXCEPTION 'een besluit blijft zoals het was: alleen een bezwaar wordt erbij genoteerd'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0040_sleutelversies"), ("access", "0040_omhulsel")]

    operations = [
        migrations.RunSQL("DROP FUNCTION register_vind_of_maak_persoon(uuid, bytea[], bytea, date);", migrations.RunSQL.noop),
        migrations.RunSQL(
            *definer("register_vind_of_maak_persoon(uuid, bytea[], integer, bytea, date)", _VIND_OF_MAAK, _ROLLEN)
        ),
        migrations.RunSQL(_TRIGGERS, migrations.RunSQL.noop),
    ]

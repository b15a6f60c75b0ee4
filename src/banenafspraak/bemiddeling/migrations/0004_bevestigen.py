from django.db import migrations

from banenafspraak.access.rechten import FUNCTIES, SIGNED_IN, WEB, Toegang, allow, definer, protect

# Whoever answers a link is not signed in and sees nothing: these two functions are the whole way in. The secret is
# 256 random bits; a link that was used, is over its date or never was gives the same answer: none.
_OPEN = """
CREATE FUNCTION bemiddeling_link_werkt(p_hash bytea, p_now timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM bemiddeling_bevestigingslink
                   WHERE geheim_hash = p_hash AND gebruikt_at IS NULL AND verloopt_at > p_now);
END;
"""
_BEVESTIG = """
CREATE FUNCTION bemiddeling_bevestig(
    p_hash bytea, p_antwoord text, p_dag date, p_weer_op date, p_now timestamptz, OUT link uuid, OUT betrokkene bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    van_wie uuid;
BEGIN
    UPDATE bemiddeling_bevestigingslink SET gebruikt_at = p_now, antwoord = p_antwoord
    WHERE geheim_hash = p_hash AND gebruikt_at IS NULL AND verloopt_at > p_now
    RETURNING id, betrokkene_verzegeld, profiel_id INTO link, betrokkene, van_wie;
    IF link IS NULL THEN
        RETURN;
    END IF;
    UPDATE bemiddeling_klantprofiel SET
        beschikbaar = (p_antwoord = 'ja'),
        beschikbaar_bevestigd_op = p_dag,
        verlopen_op = NULL,
        vraag_weer_op = CASE WHEN p_antwoord = 'pauze' THEN p_weer_op END,
        beantwoord = beantwoord || jsonb_build_object('beschikbaar', p_dag::text),
        beantwoord_door = beantwoord_door || jsonb_build_object('beschikbaar', 'burger'),
        versie = versie + 1,
        gewijzigd_at = p_now
    WHERE id = van_wie;
END
$$;
"""
_KOLOMMEN = (
    "beschikbaar", "beschikbaar_bevestigd_op", "verlopen_op", "vraag_weer_op", "beantwoord", "beantwoord_door",
    "versie", "gewijzigd_at",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0003_profiel_bijhouden")]

    operations = [
        migrations.RunSQL(
            *protect(
                "bemiddeling_bevestigingslink",
                Toegang([FUNCTIES], ["SELECT"]),
                Toegang([FUNCTIES], ["UPDATE"], kolommen=("gebruikt_at", "antwoord")),
            )
        ),
        migrations.RunSQL(
            allow("bemiddeling_klantprofiel", Toegang([FUNCTIES], ["UPDATE"], kolommen=_KOLOMMEN)),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(*definer("bemiddeling_link_werkt(bytea, timestamptz)", _OPEN, [WEB, *SIGNED_IN])),
        migrations.RunSQL(*definer("bemiddeling_bevestig(bytea, text, date, date, timestamptz)", _BEVESTIG, [WEB, *SIGNED_IN])),
    ]

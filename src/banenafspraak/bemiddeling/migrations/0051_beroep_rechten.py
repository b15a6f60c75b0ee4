"""Everybody may read the lists of occupations; the index reads a few answers more, for matching.

Of taalbeheersing it reads how well somebody speaks Dutch, and of a job before also the URI of its occupation. What
somebody needs at work lies sealed and is not among them.
"""

from importlib import import_module

from django.db import migrations

from banenafspraak.access.rechten import FUNCTIES, SIGNED_IN, WEB, ZOEKINDEX, definer, open_to

_BEFORE = import_module("banenafspraak.bemiddeling.migrations.0021_venster_rechten")
_SIGNATURE = "bemiddeling_zoekregels(xid8, date, uuid[])"
_PATH = "SECURITY DEFINER SET search_path = pg_catalog, public"
_ZOEKREGELS = f"""
CREATE FUNCTION bemiddeling_zoekregels(sinds xid8, dag date, alleen uuid[]) RETURNS TABLE (
    profiel_id uuid, versie int, vanaf date, tot date, postcode text, gemeente text, reisafstand int, vervoermiddelen int[],
    rijbewijzen text[], uren_min int, uren_max int, dagen int, beschikbaar_vanaf date, sectoren int[],
    werksoorten text[], genoemd text[], niveau int, niveaus int[], ervaring text[], onregelmatig boolean,
    kantoortijden boolean, taal int, contracten text[], overeenkomsten text[]
)
LANGUAGE plpgsql STABLE {_PATH} AS $$
DECLARE
    ids uuid[];
BEGIN
    IF alleen IS NOT NULL THEN
        ids := alleen;
    ELSIF sinds IS NULL THEN
        SELECT array_agg(id) INTO ids FROM bemiddeling_klantprofiel;
    ELSE
        SELECT array_agg(DISTINCT w.profiel_id) INTO ids FROM bemiddeling_profielwijziging AS w WHERE w.xid >= sinds;
    END IF;
    IF ids IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT g.id, p.versie, z.vanaf, z.tot, p.bemiddelingspostcode::text, o.gemeente_code::text,
               p.maximale_reisafstand::int, p.vervoermiddelen::int[], p.rijbewijzen::text[],
               p.aantal_werkuren_per_week_minimaal::int, p.aantal_werkuren_per_week_maximaal::int, p.werkdagen::int,
               p.datum_aanvang_beschikbaar_voor_werk, p.sectoren::int[], p.werksoorten::text[],
               (p.bemiddelingsberoepen || p.interesses)::text[], p.code_werk_en_denkniveau::int,
               CASE WHEN jsonb_typeof(p.opleidingen) = 'array' THEN ARRAY(
                   SELECT (x ->> 'code_niveau_opleiding')::int FROM jsonb_array_elements(p.opleidingen) AS x
                   WHERE x ->> 'code_niveau_opleiding' IS NOT NULL) END,
               CASE WHEN jsonb_typeof(p.werkervaringen) = 'array' THEN ARRAY(
                   SELECT COALESCE(NULLIF(x ->> 'werksoort', ''), NULLIF(x ->> 'code_beroepsnaam', ''),
                                   x ->> 'naam_beroep', '')
                   FROM jsonb_array_elements(p.werkervaringen) AS x) END,
               p.indicatie_onregelmatig_werk_of_ploegendienst, p.indicatie_kantoortijden,
               CASE WHEN jsonb_typeof(p.taalbeheersing) = 'array' THEN (
                   SELECT max((x ->> 'mondeling')::int) FROM jsonb_array_elements(p.taalbeheersing) AS x
                   WHERE x ->> 'code_taal' = 'nld') END,
               p.typen_arbeidscontract::text[], p.typen_overeenkomst::text[]
        FROM unnest(ids) AS g (id)
        LEFT JOIN bemiddeling_klantprofiel AS p ON p.id = g.id
        LEFT JOIN bemiddeling_zicht(ids) AS z ON z.profiel_id = g.id
        LEFT JOIN register_woonplaats AS o ON o.persoon_id = p.persoon_id AND o.geldig @> dag AND upper_inf(o.bekend);
END
$$;
"""
_MAKE, _DROP = definer(_SIGNATURE, _ZOEKREGELS, [ZOEKINDEX])
_MAKE_BEFORE, _ = definer(_SIGNATURE, _BEFORE._ZOEKREGELS, [ZOEKINDEX])


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0050_beroep")]

    operations = [
        migrations.RunSQL(
            open_to(
                ["bemiddeling_beroep", "bemiddeling_beroepsgroep", "bemiddeling_beroepenlevering"],
                [WEB, FUNCTIES, ZOEKINDEX, *SIGNED_IN],
            ),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(_DROP + _MAKE, _DROP + _MAKE_BEFORE),
    ]

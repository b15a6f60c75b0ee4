"""Who answers through VUM reads: in a role of its own, that sees only what is shared, and what a supplier brought in.

The condition on the row is `_DEELBAAR`; that somebody is registered is asked by the function that fills the index.
"""

from django.db import migrations

from banenafspraak.access.rechten import ENSURE_ROLES, FUNCTIES, VUM, WEB, Toegang, allow, definer, open_to, protect

_PATH = "SECURITY DEFINER SET search_path = pg_catalog, public"
_DEELBAAR = (
    "{p}status = 'openbaar' AND {p}beschikbaar IS NOT FALSE AND length({p}bemiddelingspostcode) = 6"
    " AND ({p}delen_vum IN ('profiel', 'volledig')"
    " OR ({p}delen_vum IN ('', 'geleverd') AND {p}status_door = 'levering'))"
)
_OWN = "(SELECT app_organisatie())"
# A profile without a supplier is answered for by the gemeente where somebody lives when that is here, and else by UWV.
_BRON = """COALESCE(p.bron_id,
    (SELECT min(a.id) FROM access_organisatie AS a WHERE a.soort = 'gemeente' AND a.gemeente_id = o.gemeente_code
     AND a.oin IS NOT NULL),
    (SELECT min(a.id) FROM access_organisatie AS a WHERE a.soort = 'uwv'))"""
_VUMREGELS = f"""
CREATE FUNCTION bemiddeling_vumregels(sinds xid8, dag date) RETURNS TABLE (
    profiel_id uuid, bron bigint, postcode text, reisafstand int, uren_min int, uren_max int, kantoortijden boolean,
    onregelmatig boolean, aanvang date, contracten text[], rijbewijzen text[], beroepen text[], talen jsonb
) LANGUAGE plpgsql STABLE {_PATH} AS $$
DECLARE
    ids uuid[];
BEGIN
    IF sinds IS NULL THEN
        SELECT array_agg(p.id) INTO ids FROM bemiddeling_klantprofiel AS p WHERE {_DEELBAAR.format(p="p.")};
    ELSE
        SELECT array_agg(DISTINCT w.profiel_id) INTO ids FROM bemiddeling_profielwijziging AS w WHERE w.xid >= sinds;
    END IF;
    RETURN QUERY
        SELECT g.id, {_BRON}, p.bemiddelingspostcode::text, p.maximale_reisafstand::int,
               p.aantal_werkuren_per_week_minimaal::int, p.aantal_werkuren_per_week_maximaal::int,
               p.indicatie_kantoortijden, p.indicatie_onregelmatig_werk_of_ploegendienst,
               p.datum_aanvang_beschikbaar_voor_werk, p.typen_arbeidscontract::text[],
               COALESCE(p.rijbewijzen, ARRAY[]::varchar[])::text[], p.bemiddelingsberoepen::text[], p.taalbeheersing
        FROM unnest(ids) AS g (id)
        LEFT JOIN bemiddeling_klantprofiel AS p ON p.id = g.id AND {_DEELBAAR.format(p="p.")}
            AND (p.datum_einde_beschikbaar_voor_werk IS NULL OR p.datum_einde_beschikbaar_voor_werk >= dag)
            AND EXISTS (SELECT FROM register_registratie AS r
                        WHERE r.persoon_id = p.persoon_id AND r.geldig @> dag AND upper_inf(r.bekend))
        LEFT JOIN register_woonplaats AS o
            ON o.persoon_id = p.persoon_id AND o.geldig @> dag AND upper_inf(o.bekend);
END
$$;
"""
_VERBORGEN = f"""
CREATE FUNCTION bemiddeling_vum_verborgen_voor_mij() RETURNS SETOF uuid LANGUAGE sql STABLE {_PATH} AS $$
    SELECT b.profiel_id FROM bemiddeling_verberging AS b WHERE b.organisatie_id = app_organisatie()
$$;
"""
# Who delivers acts with a gemeente or a region, and UWV with the whole country; who searches with none of these, and so
# sees nobody by them.
_HERE = (
    "(gemeente_code = (SELECT app_gemeente()) OR ((SELECT app_gemeente()) IS NULL AND gemeente_code IN ("
    "SELECT i.gemeente_id FROM access_gemeenteindeling AS i WHERE i.regio_id = (SELECT app_regio()))))"
)
_EVERYBODY = "(SELECT app_regio()) = 'NL'"
_LIVES_HERE = f"({_EVERYBODY} OR EXISTS (SELECT FROM register_woonplaats AS w WHERE w.persoon_id = {{}}))"
_SUPPLIED = f"bron_id = {_OWN}"
_OF_PROFIEL = _LIVES_HERE.format("bemiddeling_klantprofiel.persoon_id")
_AS_ITSELF = f"gebruiker_id IS NULL AND organisatie_id = {_OWN} AND rol = (SELECT app_rol())"
_TABLES_READ = ("access_gemeente", "access_arbeidsmarktregio", "access_gemeenteindeling", "access_organisatie",
                "access_logzegel", "bemiddeling_postcode", "bemiddeling_postcodelevering")  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0080_vum"), ("access", "0041_achterstand"), ("register", "0012_rechten")]

    operations = [
        migrations.RunSQL(ENSURE_ROLES, migrations.RunSQL.noop),
        migrations.RunSQL(open_to(["bemiddeling_vumpartij"], [WEB, FUNCTIES, VUM]), migrations.RunSQL.noop),
        migrations.RunSQL(
            *protect(
                "bemiddeling_vumvraag",
                Toegang([VUM], ["SELECT", "INSERT", "UPDATE", "DELETE"], f"partij_id = {_OWN}"),
            )
        ),
        migrations.RunSQL(f"GRANT USAGE ON SEQUENCE bemiddeling_vumvraag_id_seq TO {VUM};", migrations.RunSQL.noop),
        migrations.RunSQL(open_to(_TABLES_READ, [VUM]), migrations.RunSQL.noop),
        migrations.RunSQL(
            allow(
                "bemiddeling_klantprofiel",
                Toegang([VUM], ["SELECT"], f"({_DEELBAAR.format(p='')}) OR {_SUPPLIED} OR {_OF_PROFIEL}"),
                Toegang([VUM], ["INSERT"], f"{_SUPPLIED} AND {_OF_PROFIEL}"),
            )
            # One without a supplier becomes that of who delivers it; that of another stays.
            + f"GRANT UPDATE ON bemiddeling_klantprofiel TO {VUM};\n"
            f"CREATE POLICY klantprofiel_update_door_vum ON bemiddeling_klantprofiel FOR UPDATE TO {VUM}"
            f" USING ((bron_id IS NULL OR {_SUPPLIED}) AND {_OF_PROFIEL}) WITH CHECK ({_SUPPLIED});\n"
            + allow(
                "register_woonplaats",
                Toegang([VUM], ["SELECT"], f"{_HERE} OR {_EVERYBODY}", ("persoon_id", "gemeente_code", "geldig", "bekend")),
            )
            + allow(
                "register_registratie",
                Toegang(
                    [VUM],
                    ["SELECT"],
                    _LIVES_HERE.format("register_registratie.persoon_id"),
                    ("persoon_id", "geldig", "bekend"),
                ),
            )
            + allow(
                "register_persoon",
                Toegang(
                    [VUM],
                    ["SELECT"],
                    "EXISTS (SELECT FROM bemiddeling_klantprofiel AS k WHERE k.persoon_id = register_persoon.id)"
                    f" OR {_LIVES_HERE.format('register_persoon.id')}",
                    ("id", "bsn_index", "bsn_verzegeld"),
                ),
            )
            + allow(
                "bemiddeling_vacature",
                Toegang(
                    [VUM],
                    ["SELECT"],
                    "(soort = 'vacature' AND ((status = 'open' AND openbaar) OR (status = 'concept' AND bron = 'levering')))"
                    f" OR geplaatst_door_id = {_OWN}",
                ),
                Toegang([VUM], ["INSERT", "UPDATE"], f"geplaatst_door_id = {_OWN} AND bron = 'levering'"),
            )
            + allow(
                "bemiddeling_vacaturetaak",
                Toegang([VUM], ["SELECT"], "vacature_id IN (SELECT v.id FROM bemiddeling_vacature AS v)"),
                Toegang(
                    [VUM],
                    ["INSERT", "UPDATE", "DELETE"],
                    f"vacature_id IN (SELECT v.id FROM bemiddeling_vacature AS v WHERE v.geplaatst_door_id = {_OWN})",
                ),
            )
            + allow("access_logregel", Toegang([VUM], ["INSERT"], _AS_ITSELF))
            + allow("access_verwerking", Toegang([VUM], ["INSERT"])),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(*definer("bemiddeling_vumregels(xid8, date)", _VUMREGELS, [VUM])),
        migrations.RunSQL(*definer("bemiddeling_vum_verborgen_voor_mij()", _VERBORGEN, [VUM])),
        migrations.RunSQL(
            f"GRANT EXECUTE ON FUNCTION bemiddeling_gewijzigd_sinds(xid8) TO {VUM};",
            migrations.RunSQL.noop,
        ),
    ]

"""The promise about the cards, as far as the database itself holds it.

A member leaves its class in the transaction that makes somebody invisible, whoever runs it and from whichever table it
comes; the class closes in the same statement when fewer than ten are left, and says so to every server process through
a table that only grows. An employer reads no profile and no member: only what the functions below answer.
"""

from django.db import migrations

from banenafspraak.access.rechten import ENSURE_ROLES, FUNCTIES, SIGNED_IN, WEB, ZOEKINDEX, Toegang, definer, open_to, protect

_PATH = "SECURITY DEFINER SET search_path = pg_catalog, public"
_ALL = ["SELECT", "INSERT", "UPDATE", "DELETE"]
_OWN_PROFILE = "profiel_id IN (SELECT id FROM bemiddeling_klantprofiel)"
_OWN_ORGANISATION = "organisatie_id = (SELECT app_organisatie())"

# What changed, for the index in each process; a card of one person stands among the classes under its number below zero. A reader asks for everything from the oldest transaction that still ran
# when it last read: a change that is committed later than another, but began earlier, is not missed.
_FEEDS = """
CREATE TABLE bemiddeling_profielwijziging (
    profiel_id uuid NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    gewijzigd_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX profielwijziging_naar_xid ON bemiddeling_profielwijziging (xid);
CREATE TABLE bemiddeling_klassewijziging (
    klasse_id bigint NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    gewijzigd_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX klassewijziging_naar_xid ON bemiddeling_klassewijziging (xid);
"""
_DROP_FEEDS = "DROP TABLE bemiddeling_profielwijziging; DROP TABLE bemiddeling_klassewijziging;"

# From which day to which somebody can be shown to employers; no row for who cannot be shown at all. The period of the
# register is the first one that does not end before the confirmation.
_ZICHT = f"""
CREATE FUNCTION bemiddeling_zicht(ids uuid[]) RETURNS TABLE (profiel_id uuid, vanaf date, tot date)
LANGUAGE sql STABLE {_PATH} AS $$
    SELECT p.id,
           GREATEST(lower(r.deel), (p.datum_aanvang_beschikbaar_voor_werk - interval '1 year')::date),
           LEAST(p.beschikbaar_bevestigd_op + 60, p.datum_einde_beschikbaar_voor_werk, upper(r.deel) - 1)
    FROM bemiddeling_klantprofiel AS p
    CROSS JOIN LATERAL (
        SELECT d.deel FROM (
            SELECT unnest(range_agg(g.geldig)) AS deel FROM register_registratie AS g
            WHERE g.persoon_id = p.persoon_id AND upper_inf(g.bekend)
        ) AS d
        WHERE upper_inf(d.deel) OR upper(d.deel) > p.beschikbaar_bevestigd_op
        ORDER BY lower(d.deel) LIMIT 1
    ) AS r
    WHERE p.id = ANY (ids) AND p.status = 'openbaar' AND p.beschikbaar AND p.beschikbaar_bevestigd_op IS NOT NULL
$$;
"""

# The lock that the weekly publication waits for, and that waits for it: nobody becomes invisible between its look and
# its writing. Taken as a statement of its own, so that what follows sees what was committed before.
_HERZIE = f"""
CREATE FUNCTION bemiddeling_herzie(ids uuid[]) RETURNS void LANGUAGE plpgsql {_PATH} AS $$
BEGIN
    LOCK TABLE bemiddeling_klasselid IN ROW EXCLUSIVE MODE;
    INSERT INTO bemiddeling_profielwijziging (profiel_id) SELECT DISTINCT unnest(ids);
    INSERT INTO bemiddeling_klassewijziging (klasse_id)
        SELECT -v.id FROM bemiddeling_vindbaarheid AS v WHERE v.profiel_id = ANY (ids);
    DELETE FROM bemiddeling_klasselid AS l WHERE l.profiel_id = ANY (ids)
        AND NOT EXISTS (SELECT FROM bemiddeling_zicht(ids) AS z WHERE z.profiel_id = l.profiel_id);
    UPDATE bemiddeling_klasselid AS l SET zichtbaar_tot = z.tot FROM bemiddeling_zicht(ids) AS z
        WHERE z.profiel_id = l.profiel_id AND z.tot <> l.zichtbaar_tot;
    DELETE FROM bemiddeling_vindbaarheid AS v WHERE v.profiel_id = ANY (ids)
        AND NOT EXISTS (SELECT FROM bemiddeling_klantprofiel AS p WHERE p.id = v.profiel_id AND p.status = 'openbaar');
END
$$;
"""

_PROFIEL = f"""
CREATE FUNCTION bemiddeling_profiel_gewijzigd() RETURNS trigger LANGUAGE plpgsql {_PATH} AS $$
DECLARE
    ids uuid[];
BEGIN
    IF TG_OP = 'DELETE' THEN
        SELECT array_agg(id) INTO ids FROM oud;
    ELSE
        SELECT array_agg(id) INTO ids FROM nieuw;
    END IF;
    IF ids IS NOT NULL THEN
        PERFORM bemiddeling_herzie(ids);
    END IF;
    RETURN NULL;
END
$$;
"""
_REGISTRATIE = f"""
CREATE FUNCTION bemiddeling_registratie_gewijzigd() RETURNS trigger LANGUAGE plpgsql {_PATH} AS $$
DECLARE
    ids uuid[];
BEGIN
    -- Before the look: a profile that is being published now must be seen here, or see this.
    LOCK TABLE bemiddeling_klasselid IN ROW EXCLUSIVE MODE;
    IF TG_OP = 'DELETE' THEN
        SELECT array_agg(DISTINCT p.id) INTO ids FROM oud AS o JOIN bemiddeling_klantprofiel AS p USING (persoon_id);
    ELSE
        SELECT array_agg(DISTINCT p.id) INTO ids FROM nieuw AS n JOIN bemiddeling_klantprofiel AS p USING (persoon_id);
    END IF;
    IF ids IS NOT NULL THEN
        PERFORM bemiddeling_herzie(ids);
    END IF;
    RETURN NULL;
END
$$;
"""
_TELLING = f"""
CREATE FUNCTION bemiddeling_klassen_hertel(ids bigint[], verschillen int[]) RETURNS void LANGUAGE plpgsql {_PATH} AS $$
BEGIN
    -- Always in the same order, so that two who leave the same classes wait for each other and not for ever.
    PERFORM FROM bemiddeling_klasse WHERE id = ANY (ids) ORDER BY id FOR UPDATE;
    UPDATE bemiddeling_klasse AS k SET aantal = k.aantal + d.n, open = k.open AND k.aantal + d.n >= 10
        FROM (SELECT id, sum(n) AS n FROM unnest(ids, verschillen) AS u (id, n) GROUP BY id) AS d WHERE k.id = d.id;
    INSERT INTO bemiddeling_klassewijziging (klasse_id) SELECT DISTINCT unnest(ids);
END
$$;
"""
_LID = f"""
CREATE FUNCTION bemiddeling_klasselid_gewijzigd() RETURNS trigger LANGUAGE plpgsql {_PATH} AS $$
DECLARE
    ids bigint[] := '{{}}';
    verschillen int[] := '{{}}';
    deel_ids bigint[];
    deel int[];
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT array_agg(klasse_id), array_agg(n) INTO deel_ids, deel
            FROM (SELECT klasse_id, -count(*)::int AS n FROM oud GROUP BY klasse_id) AS t;
        ids := ids || deel_ids;
        verschillen := verschillen || deel;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        SELECT array_agg(klasse_id), array_agg(n) INTO deel_ids, deel
            FROM (SELECT klasse_id, count(*)::int AS n FROM nieuw GROUP BY klasse_id) AS t;
        ids := ids || deel_ids;
        verschillen := verschillen || deel;
    END IF;
    IF TG_OP = 'DELETE' THEN
        INSERT INTO bemiddeling_klassevloer (profiel_id, klasse_id, tot_at)
            SELECT o.profiel_id, o.klasse_id, now() + interval '30 days' FROM oud AS o
            WHERE EXISTS (SELECT FROM bemiddeling_klantprofiel AS p WHERE p.id = o.profiel_id)
            ON CONFLICT (profiel_id) DO UPDATE SET klasse_id = EXCLUDED.klasse_id, tot_at = EXCLUDED.tot_at;
    END IF;
    IF cardinality(ids) > 0 THEN
        PERFORM bemiddeling_klassen_hertel(ids, verschillen);
    END IF;
    RETURN NULL;
END
$$;
"""
_OPENT = f"""
CREATE FUNCTION bemiddeling_klasse_opent() RETURNS trigger LANGUAGE plpgsql {_PATH} AS $$
BEGIN
    IF NEW.open AND NOT OLD.open THEN
        IF NEW.aantal < 15 THEN
            RAISE EXCEPTION 'een klasse gaat pas open bij vijftien mensen'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'klasse_gaat_open_bij_vijftien_mensen';
        END IF;
        INSERT INTO bemiddeling_klassewijziging (klasse_id) VALUES (NEW.id);
    END IF;
    IF ROW (NEW.regio, NEW.opleiding, NEW.werkveld, NEW.uren, NEW.dagen, NEW.beschikbaar, NEW.reisafstand, NEW.vervoer,
            NEW.ervaring)
        IS DISTINCT FROM ROW (OLD.regio, OLD.opleiding, OLD.werkveld, OLD.uren, OLD.dagen, OLD.beschikbaar,
            OLD.reisafstand, OLD.vervoer, OLD.ervaring) THEN
        RAISE EXCEPTION 'wat een klasse zegt verandert nooit'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'klasse_zegt_altijd_hetzelfde';
    END IF;
    RETURN NEW;
END
$$;
"""
_VINDBAAR = f"""
CREATE FUNCTION bemiddeling_vindbaarheid_gewijzigd() RETURNS trigger LANGUAGE plpgsql {_PATH} AS $$
BEGIN
    LOCK TABLE bemiddeling_klasselid IN ROW EXCLUSIVE MODE;
    IF TG_OP = 'INSERT' THEN
        DELETE FROM bemiddeling_klasselid WHERE profiel_id = NEW.profiel_id;
        INSERT INTO bemiddeling_klassewijziging (klasse_id) VALUES (-NEW.id);
    ELSE
        INSERT INTO bemiddeling_klassewijziging (klasse_id) VALUES (-OLD.id);
    END IF;
    RETURN NULL;
END
$$;
"""
_TRIGGERS = """
CREATE TRIGGER klantprofiel_erbij AFTER INSERT ON bemiddeling_klantprofiel
    REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION bemiddeling_profiel_gewijzigd();
CREATE TRIGGER klantprofiel_gewijzigd AFTER UPDATE ON bemiddeling_klantprofiel
    REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION bemiddeling_profiel_gewijzigd();
CREATE TRIGGER klantprofiel_weg AFTER DELETE ON bemiddeling_klantprofiel
    REFERENCING OLD TABLE AS oud FOR EACH STATEMENT EXECUTE FUNCTION bemiddeling_profiel_gewijzigd();
CREATE TRIGGER klasselid_erbij AFTER INSERT ON bemiddeling_klasselid
    REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION bemiddeling_klasselid_gewijzigd();
CREATE TRIGGER klasselid_gewijzigd AFTER UPDATE ON bemiddeling_klasselid
    REFERENCING OLD TABLE AS oud NEW TABLE AS nieuw FOR EACH STATEMENT
    EXECUTE FUNCTION bemiddeling_klasselid_gewijzigd();
CREATE TRIGGER klasselid_weg AFTER DELETE ON bemiddeling_klasselid
    REFERENCING OLD TABLE AS oud FOR EACH STATEMENT EXECUTE FUNCTION bemiddeling_klasselid_gewijzigd();
CREATE TRIGGER klasse_opent BEFORE UPDATE ON bemiddeling_klasse
    FOR EACH ROW EXECUTE FUNCTION bemiddeling_klasse_opent();
CREATE TRIGGER vindbaarheid_gewijzigd AFTER INSERT OR UPDATE OR DELETE ON bemiddeling_vindbaarheid
    FOR EACH ROW EXECUTE FUNCTION bemiddeling_vindbaarheid_gewijzigd();
"""
_DROP_TRIGGERS = """
DROP TRIGGER vindbaarheid_gewijzigd ON bemiddeling_vindbaarheid;
DROP TRIGGER klasse_opent ON bemiddeling_klasse;
DROP TRIGGER klasselid_weg ON bemiddeling_klasselid;
DROP TRIGGER klasselid_gewijzigd ON bemiddeling_klasselid;
DROP TRIGGER klasselid_erbij ON bemiddeling_klasselid;
DROP TRIGGER klantprofiel_weg ON bemiddeling_klantprofiel;
DROP TRIGGER klantprofiel_gewijzigd ON bemiddeling_klantprofiel;
DROP TRIGGER klantprofiel_erbij ON bemiddeling_klantprofiel;
"""
_REGISTER_TRIGGERS = """
CREATE TRIGGER registratie_erbij_ziet_de_kaart AFTER INSERT ON register_registratie
    REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION bemiddeling_registratie_gewijzigd();
CREATE TRIGGER registratie_gewijzigd_ziet_de_kaart AFTER UPDATE ON register_registratie
    REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION bemiddeling_registratie_gewijzigd();
CREATE TRIGGER registratie_weg_ziet_de_kaart AFTER DELETE ON register_registratie
    REFERENCING OLD TABLE AS oud FOR EACH STATEMENT EXECUTE FUNCTION bemiddeling_registratie_gewijzigd();
"""
_DROP_REGISTER_TRIGGERS = """
DROP TRIGGER registratie_weg_ziet_de_kaart ON register_registratie;
DROP TRIGGER registratie_gewijzigd_ziet_de_kaart ON register_registratie;
DROP TRIGGER registratie_erbij_ziet_de_kaart ON register_registratie;
"""

# --- What an employer may know ----------------------------------------------------------------------------------

# Members who expired and whom the hourly job did not take out yet do not count.
_LEVEND = "(SELECT count(*) FROM bemiddeling_klasselid AS l WHERE l.klasse_id = k.id AND l.zichtbaar_tot >= dag)"
_KLASSEN_SINDS = f"""
CREATE FUNCTION bemiddeling_klassen_sinds(sinds xid8, dag date) RETURNS TABLE (
    klasse_id bigint, waarden text[], tientallen int
) LANGUAGE plpgsql STABLE {_PATH} AS $$
BEGIN
    RETURN QUERY
        SELECT k.id, ARRAY[k.regio, k.opleiding, k.werkveld, k.uren, k.dagen, k.beschikbaar, k.reisafstand, k.vervoer,
                           k.ervaring]::text[],
               CASE WHEN k.open THEN ({_LEVEND} / 10 * 10)::int ELSE 0 END
        FROM bemiddeling_klasse AS k
        WHERE CASE WHEN sinds IS NULL THEN k.open
              ELSE k.id IN (SELECT w.klasse_id FROM bemiddeling_klassewijziging AS w WHERE w.xid >= sinds) END;
END
$$;
"""
_VINDBAREN_SINDS = f"""
CREATE FUNCTION bemiddeling_vindbaren_sinds(sinds xid8, dag date) RETURNS TABLE (
    nummer bigint, kaart jsonb
) LANGUAGE plpgsql STABLE {_PATH} AS $$
BEGIN
    RETURN QUERY
        WITH gewijzigd AS (
            SELECT DISTINCT -w.klasse_id AS id FROM bemiddeling_klassewijziging AS w
            WHERE w.xid >= sinds AND w.klasse_id < 0
            UNION SELECT x.id FROM bemiddeling_vindbaarheid AS x WHERE sinds IS NULL
        )
        SELECT g.id, CASE WHEN dag BETWEEN z.vanaf AND z.tot THEN v.kaart END
        FROM gewijzigd AS g
        LEFT JOIN bemiddeling_vindbaarheid AS v ON v.id = g.id
        LEFT JOIN bemiddeling_zicht(ARRAY(SELECT y.profiel_id FROM bemiddeling_vindbaarheid AS y
                                          JOIN gewijzigd AS h ON h.id = y.id)) AS z ON z.profiel_id = v.profiel_id;
END
$$;
"""
_VERBORGEN = f"""
CREATE FUNCTION bemiddeling_verborgen_voor_mij(dag date) RETURNS TABLE (klasse_id bigint, nummer bigint, tientallen int)
LANGUAGE sql STABLE {_PATH} AS $$
    SELECT k.id, NULL::bigint,
           (({_LEVEND} - count(*)) / 10 * 10)::int
    FROM bemiddeling_verberging AS b
    JOIN bemiddeling_klasselid AS m ON m.profiel_id = b.profiel_id AND m.zichtbaar_tot >= dag
    JOIN bemiddeling_klasse AS k ON k.id = m.klasse_id
    WHERE b.organisatie_id = app_organisatie() GROUP BY k.id
    UNION ALL
    SELECT NULL, v.id, 0 FROM bemiddeling_verberging AS b JOIN bemiddeling_vindbaarheid AS v USING (profiel_id)
    WHERE b.organisatie_id = app_organisatie()
$$;
"""
# A saved card lives as long as ten of those who were in its class when it was saved are still shown there (G3).
_BEWAARD = f"""
CREATE FUNCTION bemiddeling_bewaarde_stand(dag date, nu timestamptz) RETURNS TABLE (
    kaart_id uuid, klasse_id bigint, waarden text[], kaart jsonb, tientallen int
) LANGUAGE sql STABLE {_PATH} AS $$
    SELECT b.id, k.id,
           ARRAY[k.regio, k.opleiding, k.werkveld, k.uren, k.dagen, k.beschikbaar, k.reisafstand, k.vervoer,
                 k.ervaring]::text[],
           v.kaart,
           CASE
               WHEN b.vervalt_at <= nu THEN 0
               WHEN v.id IS NOT NULL THEN
                   (SELECT count(*) FROM bemiddeling_zicht(ARRAY[v.profiel_id]) AS z WHERE dag BETWEEN z.vanaf AND z.tot
                    AND NOT EXISTS (SELECT FROM bemiddeling_verberging AS h
                                    WHERE h.profiel_id = v.profiel_id AND h.organisatie_id = b.organisatie_id))::int
               WHEN k.open THEN (SELECT count(*) / 10 * 10 FROM bemiddeling_klasselid AS l
                                 WHERE l.klasse_id = k.id AND l.zichtbaar_tot >= dag AND l.sinds_at <= b.bewaard_at
                                 AND NOT EXISTS (SELECT FROM bemiddeling_verberging AS h WHERE
                                     h.profiel_id = l.profiel_id AND h.organisatie_id = b.organisatie_id))::int
               ELSE 0
           END
    FROM bemiddeling_bewaardekaart AS b
    LEFT JOIN bemiddeling_klasse AS k ON k.id = b.klasse_id
    LEFT JOIN bemiddeling_vindbaarheid AS v ON v.id = b.vindbaarheid_id
    WHERE b.organisatie_id = app_organisatie()
$$;
"""
# How many others somebody is shown together with; only of the own profile.
_MIJN_KLASSE = f"""
CREATE FUNCTION bemiddeling_mijn_klasse(dag date) RETURNS TABLE (waarden text[], open boolean, anderen int)
LANGUAGE sql STABLE {_PATH} AS $$
    SELECT ARRAY[k.regio, k.opleiding, k.werkveld, k.uren, k.dagen, k.beschikbaar, k.reisafstand, k.vervoer,
                 k.ervaring]::text[], k.open AND {_LEVEND} >= 10, ({_LEVEND} - 1)::int
    FROM bemiddeling_klantprofiel AS p
    JOIN bemiddeling_klasselid AS m ON m.profiel_id = p.id
    JOIN bemiddeling_klasse AS k ON k.id = m.klasse_id
    WHERE p.persoon_id IN (SELECT register_eigen_persoon())
$$;
"""

# --- What the index in the process may read, in a role of its own ------------------------------------------------

_KOLOMMEN = """
    profiel_id uuid, versie int, vanaf date, tot date, postcode text, gemeente text, reisafstand int, vervoermiddelen int[],
    rijbewijzen text[], uren_min int, uren_max int, dagen int, beschikbaar_vanaf date, sectoren int[],
    werksoorten text[], genoemd text[], niveau int, niveaus int[], ervaring text[]
"""
_ZOEKREGELS = f"""
CREATE FUNCTION bemiddeling_zoekregels(sinds xid8, dag date, alleen uuid[]) RETURNS TABLE ({_KOLOMMEN})
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
                   SELECT COALESCE(NULLIF(x ->> 'werksoort', ''), x ->> 'naam_beroep', '')
                   FROM jsonb_array_elements(p.werkervaringen) AS x) END
        FROM unnest(ids) AS g (id)
        LEFT JOIN bemiddeling_klantprofiel AS p ON p.id = g.id
        LEFT JOIN bemiddeling_zicht(ids) AS z ON z.profiel_id = g.id
        LEFT JOIN register_woonplaats AS o ON o.persoon_id = p.persoon_id AND o.geldig @> dag AND upper_inf(o.bekend);
END
$$;
"""
_KLASSELEDEN = f"""
CREATE FUNCTION bemiddeling_klasseleden(
    van_klasse bigint, van_nummer bigint, voor bigint, dag date, bewaard timestamptz
) RETURNS TABLE (profiel_id uuid) LANGUAGE sql STABLE {_PATH} AS $$
    SELECT m.profiel_id FROM (
        SELECT l.profiel_id FROM bemiddeling_klasselid AS l JOIN bemiddeling_klasse AS k ON k.id = l.klasse_id
        WHERE l.klasse_id = van_klasse AND l.zichtbaar_tot >= dag AND k.open
        AND 10 <= (SELECT count(*) FROM bemiddeling_klasselid AS c WHERE c.klasse_id = k.id AND c.zichtbaar_tot >= dag
                   AND (bewaard IS NULL OR c.sinds_at <= bewaard) AND NOT EXISTS (
                       SELECT FROM bemiddeling_verberging AS h
                       WHERE h.profiel_id = c.profiel_id AND h.organisatie_id = voor))
        UNION ALL
        SELECT v.profiel_id FROM bemiddeling_vindbaarheid AS v
        JOIN bemiddeling_zicht(ARRAY(SELECT x.profiel_id FROM bemiddeling_vindbaarheid AS x WHERE x.id = van_nummer))
            AS z ON z.profiel_id = v.profiel_id AND dag BETWEEN z.vanaf AND z.tot
        WHERE v.id = van_nummer
    ) AS m
    WHERE NOT EXISTS (SELECT FROM bemiddeling_verberging AS h
                      WHERE h.profiel_id = m.profiel_id AND h.organisatie_id = voor)
$$;
"""

_WERKGEVER, _BURGER = ["ba_werkgever"], ["ba_burger"]
_ONLY_FUNCTIES = [FUNCTIES]


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0020_venster"), ("access", "0005_rechten"), ("register", "0012_rechten")]

    operations = [
        migrations.RunSQL(ENSURE_ROLES, migrations.RunSQL.noop),
        migrations.RunSQL(_FEEDS, _DROP_FEEDS),
        migrations.RunSQL(*protect("bemiddeling_profielwijziging", Toegang([FUNCTIES], ["SELECT", "INSERT"]))),
        migrations.RunSQL(*protect("bemiddeling_klassewijziging", Toegang([FUNCTIES], ["SELECT", "INSERT"]))),
        migrations.RunSQL(
            open_to(["bemiddeling_postcode", "bemiddeling_postcodelevering"], [WEB, FUNCTIES, ZOEKINDEX, *SIGNED_IN]),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(*protect("bemiddeling_klasse", Toegang([FUNCTIES], ["SELECT", "UPDATE"]))),
        migrations.RunSQL(*protect("bemiddeling_klasselid", Toegang([FUNCTIES], _ALL))),
        migrations.RunSQL(*protect("bemiddeling_klassevloer", Toegang([FUNCTIES], _ALL))),
        migrations.RunSQL(
            *protect(
                "bemiddeling_vindbaarheid",
                Toegang([FUNCTIES], ["SELECT", "DELETE"]),
                Toegang(_BURGER, _ALL, _OWN_PROFILE),
            )
        ),
        migrations.RunSQL(
            *protect(
                "bemiddeling_verberging",
                Toegang([FUNCTIES], ["SELECT"]),
                Toegang(_BURGER, ["SELECT", "INSERT", "DELETE"], _OWN_PROFILE),
            )
        ),
        migrations.RunSQL(
            *protect(
                "bemiddeling_bewaardekaart",
                Toegang([FUNCTIES], ["SELECT"]),
                Toegang(_WERKGEVER, ["SELECT", "INSERT", "DELETE"], _OWN_ORGANISATION),
            )
        ),
        migrations.RunSQL(
            *protect(
                "bemiddeling_zoekopdracht",
                Toegang(
                    _WERKGEVER, _ALL, f"{_OWN_ORGANISATION} AND gebruiker_id = (SELECT app_gebruiker())"
                ),
            )
        ),
        migrations.RunSQL(
            "".join(
                f"GRANT USAGE ON SEQUENCE bemiddeling_{table}_id_seq TO {role};\n"
                for table, role in (("vindbaarheid", "ba_burger"), ("verberging", "ba_burger"))
            ),
            migrations.RunSQL.noop,
        ),
        *(
            migrations.RunSQL(*definer(signature, create, roles))
            for signature, create, roles in (
                ("bemiddeling_zicht(uuid[])", _ZICHT, _ONLY_FUNCTIES),
                ("bemiddeling_herzie(uuid[])", _HERZIE, _ONLY_FUNCTIES),
                ("bemiddeling_profiel_gewijzigd()", _PROFIEL, _ONLY_FUNCTIES),
                ("bemiddeling_registratie_gewijzigd()", _REGISTRATIE, _ONLY_FUNCTIES),
                ("bemiddeling_klassen_hertel(bigint[], int[])", _TELLING, _ONLY_FUNCTIES),
                ("bemiddeling_klasselid_gewijzigd()", _LID, _ONLY_FUNCTIES),
                ("bemiddeling_klasse_opent()", _OPENT, _ONLY_FUNCTIES),
                ("bemiddeling_vindbaarheid_gewijzigd()", _VINDBAAR, _ONLY_FUNCTIES),
                ("bemiddeling_klassen_sinds(xid8, date)", _KLASSEN_SINDS, _WERKGEVER),
                ("bemiddeling_vindbaren_sinds(xid8, date)", _VINDBAREN_SINDS, _WERKGEVER),
                ("bemiddeling_verborgen_voor_mij(date)", _VERBORGEN, _WERKGEVER),
                ("bemiddeling_bewaarde_stand(date, timestamptz)", _BEWAARD, _WERKGEVER),
                ("bemiddeling_mijn_klasse(date)", _MIJN_KLASSE, _BURGER),
                ("bemiddeling_zoekregels(xid8, date, uuid[])", _ZOEKREGELS, [ZOEKINDEX]),
                ("bemiddeling_klasseleden(bigint, bigint, bigint, date, timestamptz)", _KLASSELEDEN, [ZOEKINDEX]),
            )
        ),
        migrations.RunSQL(_TRIGGERS, _DROP_TRIGGERS),
        migrations.RunSQL(_REGISTER_TRIGGERS, _DROP_REGISTER_TRIGGERS),
    ]

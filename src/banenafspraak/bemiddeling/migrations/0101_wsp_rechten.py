"""What the Werkgeversservicepunt reads of a whole region, as counts; and that an employer judges its own outcomes only.

A bemiddelaar of a gemeente sees the people of that gemeente and the voordrachten of the own organisation. How a region
does as a whole is answered by functions that return counts and never a person, for the own region of who asks.
"""

from django.db import migrations

from banenafspraak.access.rechten import FUNCTIES, SIGNED_IN, WEB, Toegang, definer, protect

_S, _I, _U = ["SELECT"], ["INSERT"], ["UPDATE"]
_PUBLIC = (
    "regio_id", "naam", "telefoonnummer", "emailadres", "openingstijden", "straat_en_huisnummer", "postcode",
    "plaatsnaam", "webadres", "versie", "gewijzigd_at",
)  # fmt: skip
_CHANGED = (*_PUBLIC[1:], "gewijzigd_door_id")
_OWN_REGION = "regio_id = (SELECT app_regio())"
_ANY_REGION = "((SELECT app_regio()) IS NULL OR regio_id = (SELECT app_regio()))"
_BY_ME = "gewijzigd_door_id = (SELECT app_gebruiker())"
_OWN_FIRM = "werkgever_id = (SELECT app_organisatie())"
_ME = "gebruiker_id = (SELECT app_gebruiker())"

_HEAD = "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$\n#variable_conflict use_column"
_CHECK = "PERFORM public.bemiddeling_wsp_eigen_regio(p_regio);"
_DAY = "({} AT TIME ZONE 'Europe/Amsterdam')::date"
_QUARTER = "to_char({}, 'YYYY\"Q\"Q')"

_OWN = r"""
CREATE FUNCTION bemiddeling_wsp_eigen_regio(p_regio text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- Who works for one region asks about that one; only policy advisers of the whole country are bound to none.
    -- Jobs and tests run as the owner.
    IF current_setting('role') LIKE 'ba\_%' AND p_regio IS DISTINCT FROM public.app_regio()
        AND NOT (current_setting('role') = 'ba_beleid' AND public.app_regio() IS NULL)
    THEN
        RAISE EXCEPTION 'deze regio hoort niet bij wie is ingelogd' USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;
"""

# What fills a place, as in 0090; a trial or a place to gain experience fills nothing yet.
_WERK = "('dienstverband', 'uitzend', 'detachering', 'bbl', 'beschut')"
_PROEF = "('proefplaatsing', 'werkervaringsplaats')"

# Which open vacatures of a region somebody was put forward for, whether that still goes on, and how many places are
# filled. Says nothing of whom.
_COUPLED = f"""
CREATE FUNCTION bemiddeling_wsp_voorgedragen(p_regio text)
RETURNS TABLE (vacature uuid, laatste_op date, onderweg boolean, vervuld int)
{_HEAD}
BEGIN
    {_CHECK}
    RETURN QUERY
    WITH gevraagd AS (
        SELECT a.id, {_DAY.format("max(v.gevraagd_at)")} AS laatste_op, bool_or(
            v.status = 'open' AND (
                s.status IN ('voorgesteld', 'gevraagd', 'ja')
                OR s.status = 'afgerond' AND s.uitkomst IN ('aangenomen', 'proefplaats')
                AND NOT EXISTS (SELECT FROM public.bemiddeling_plaatsing AS p WHERE p.voorstel_id = s.id)
            )
        ) AS loopt
        FROM public.bemiddeling_vacature AS a
        JOIN public.bemiddeling_contactverzoek AS v ON v.vacature_id = a.id
        LEFT JOIN public.bemiddeling_voorstel AS s ON s.verzoek_id = v.id
        WHERE a.regio = p_regio AND a.status = 'open' AND a.soort = 'vacature'
        GROUP BY a.id
    ), geplaatst AS (
        SELECT a.id, bool_or(p.status = 'voorgenomen' OR p.status = 'lopend' AND p.soort IN {_PROEF}) AS loopt,
            count(DISTINCT p.persoon_id) FILTER (WHERE p.status IN ('lopend', 'beeindigd') AND p.soort IN {_WERK})::int
            AS mensen
        FROM public.bemiddeling_vacature AS a
        JOIN public.bemiddeling_plaatsing AS p ON p.vacature_id = a.id AND p.status <> 'ingetrokken'
        WHERE a.regio = p_regio AND a.status = 'open' AND a.soort = 'vacature'
        GROUP BY a.id
    )
    SELECT coalesce(g.id, p.id), g.laatste_op, coalesce(g.loopt, false) OR coalesce(p.loopt, false),
        coalesce(p.mensen, 0)
    FROM gevraagd AS g FULL JOIN geplaatst AS p ON p.id = g.id;
END
$$;
"""

# From the day a vacature opened to the first voordracht, in days; kwartaal NULL is the whole period.
_FIRST = f"""
CREATE FUNCTION bemiddeling_wsp_eerste_voordracht(p_regio text, p_van date, p_tot date)
RETURNS TABLE (kwartaal text, geplaatst int, voorgedragen int, mediaan numeric, negentig numeric)
{_HEAD}
BEGIN
    {_CHECK}
    RETURN QUERY
    SELECT {_QUARTER.format("a.geopend_op")}, count(*)::int, count(e.dagen)::int,
        (percentile_cont(0.5) WITHIN GROUP (ORDER BY e.dagen))::numeric,
        (percentile_cont(0.9) WITHIN GROUP (ORDER BY e.dagen))::numeric
    FROM public.bemiddeling_vacature AS a
    CROSS JOIN LATERAL (
        SELECT CASE WHEN count(*) > 0 THEN greatest(0, {_DAY.format("min(v.gevraagd_at)")} - a.geopend_op) END AS dagen
        FROM public.bemiddeling_contactverzoek AS v WHERE v.vacature_id = a.id
    ) AS e
    WHERE a.regio = p_regio AND a.soort = 'vacature' AND a.status <> 'concept'
    AND a.geopend_op >= p_van AND a.geopend_op < p_tot
    GROUP BY GROUPING SETS ((), (1));
END
$$;
"""

# Who began on a vacature, once for each chain of placements: a trial that became a contract is that contract.
_FILLED = f"""
CREATE FUNCTION bemiddeling_wsp_vervuld(p_regio text, p_van date, p_tot date)
RETURNS TABLE (kwartaal text, op_proef boolean, grond text, sector text, aantal int)
{_HEAD}
BEGIN
    {_CHECK}
    RETURN QUERY
    WITH RECURSIVE keten AS (
        SELECT p.id, p.soort, p.status, p.begint_op, p.persoon_id, p.sector
        FROM public.bemiddeling_plaatsing AS p
        JOIN public.bemiddeling_vacature AS a ON a.id = p.vacature_id
        WHERE a.regio = p_regio AND NOT EXISTS (
            SELECT FROM public.bemiddeling_plaatsing AS e WHERE e.id = p.vorige_id AND e.soort NOT IN {_PROEF})
        UNION
        SELECT q.id, q.soort, q.status, q.begint_op, q.persoon_id, q.sector
        FROM public.bemiddeling_plaatsing AS q
        JOIN keten AS k ON q.vorige_id = k.id AND k.soort IN {_PROEF}
    )
    SELECT {_QUARTER.format("k.begint_op")}, k.soort IN {_PROEF}, coalesce(r.grond, '')::text, k.sector::text,
        count(*)::int
    FROM keten AS k
    LEFT JOIN LATERAL (
        SELECT r.grond FROM public.register_registratie AS r
        WHERE r.persoon_id = k.persoon_id AND r.geldig @> k.begint_op AND upper_inf(r.bekend)
        ORDER BY lower(r.geldig) DESC, r.id LIMIT 1
    ) AS r ON true
    WHERE k.status IN ('lopend', 'beeindigd') AND k.begint_op >= p_van AND k.begint_op < p_tot
    GROUP BY 1, 2, 3, 4;
END
$$;
"""

_CLOSED = f"""
CREATE FUNCTION bemiddeling_wsp_gesloten(p_regio text, p_van date, p_tot date)
RETURNS TABLE (kwartaal text, sluitreden text, aantal int)
{_HEAD}
BEGIN
    {_CHECK}
    RETURN QUERY
    SELECT {_QUARTER.format(_DAY.format("a.gesloten_at"))}, a.sluitreden::text, count(*)::int
    FROM public.bemiddeling_vacature AS a
    WHERE a.regio = p_regio AND a.soort = 'vacature' AND a.status = 'gesloten' AND a.geopend_op IS NOT NULL
    AND {_DAY.format("a.gesloten_at")} >= p_van AND {_DAY.format("a.gesloten_at")} < p_tot
    GROUP BY 1, 2;
END
$$;
"""

# Of less than five answers nobody gets the sum, whatever a program asks; kwartaal NULL is the whole period.
_SATISFIED = f"""
CREATE FUNCTION bemiddeling_wsp_tevredenheid(p_regio text, p_van date, p_tot date)
RETURNS TABLE (kwartaal text, antwoorden int, som int)
{_HEAD}
BEGIN
    {_CHECK}
    RETURN QUERY
    SELECT {_QUARTER.format("o.afgelopen_op")}, count(*)::int,
        CASE WHEN count(*) >= 5 THEN sum(o.cijfer)::int END
    FROM public.bemiddeling_werkgeversoordeel AS o
    WHERE o.regio_id = p_regio AND o.cijfer IS NOT NULL AND o.afgelopen_op >= p_van AND o.afgelopen_op < p_tot
    GROUP BY GROUPING SETS ((), (1));
END
$$;

CREATE FUNCTION bemiddeling_wsp_toelichtingen(p_regio text, p_van date, p_tot date)
RETURNS TABLE (oordeel uuid, toelichting_verzegeld bytea)
{_HEAD}
BEGIN
    {_CHECK}
    -- Behind less than five answers somebody can be guessed, and a part of a year beside the whole would betray the
    -- rest of it. In no order that says when or by whom.
    IF date_trunc('year', p_van) <> p_van OR p_tot <> (p_van + interval '1 year')::date THEN
        RAISE EXCEPTION 'toelichtingen zijn er per jaar' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    SELECT o.id, o.toelichting_verzegeld
    FROM public.bemiddeling_werkgeversoordeel AS o
    WHERE o.regio_id = p_regio AND o.toelichting_verzegeld IS NOT NULL
    AND o.afgelopen_op >= p_van AND o.afgelopen_op < p_tot
    AND (SELECT count(*) FROM public.bemiddeling_werkgeversoordeel AS n
         WHERE n.regio_id = p_regio AND n.cijfer IS NOT NULL
         AND n.afgelopen_op >= p_van AND n.afgelopen_op < p_tot) >= 5
    ORDER BY md5(o.id::text);
END
$$;
"""

# What came to an end for this employer, as far as it knows of it already: without a name, and no placement that the
# person does not share with just this employer.
_OUTCOMES = f"""
CREATE FUNCTION bemiddeling_uitkomsten_van(p_werkgever bigint, p_gebruiker uuid, p_now timestamptz)
RETURNS TABLE (soort text, over uuid, naam_vacature text, regio text, afgelopen_op date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    moment timestamptz := public.bemiddeling_moment(p_werkgever, p_gebruiker, p_now);
    nummer text;
BEGIN
    SELECT o.kvk INTO nummer FROM public.access_organisatie AS o WHERE o.id = p_werkgever;
    RETURN QUERY
    SELECT 'vacature', a.id, a.naam_vacature::text, a.regio::text, {_DAY.format("a.gesloten_at")}
    FROM public.bemiddeling_vacature AS a
    WHERE (a.werkgever_id = p_werkgever OR (a.werkgever_id IS NULL AND a.kvk <> '' AND a.kvk = nummer))
    AND a.status = 'gesloten' AND a.soort = 'vacature' AND a.geopend_op IS NOT NULL AND a.regio <> ''
    UNION ALL
    SELECT 'voordracht', t.id, a.naam_vacature::text, a.regio::text, {_DAY.format("t.geeindigd_at")}
    FROM public.bemiddeling_toestemming AS t
    JOIN public.bemiddeling_voorstel AS s ON s.id = t.voorstel_id
    JOIN public.bemiddeling_contactverzoek AS v ON v.id = s.verzoek_id
    JOIN public.bemiddeling_vacature AS a ON a.id = v.vacature_id
    WHERE t.werkgever_id = p_werkgever AND v.werkgever_id = p_werkgever AND s.status = 'afgerond'
    AND t.vrij_at <= moment AND t.geeindigd_at > t.vrij_at AND a.regio <> ''
    UNION ALL
    SELECT 'plaatsing', p.id, a.naam_vacature::text, a.regio::text, p.eindigt_op
    FROM public.bemiddeling_plaatsing AS p
    CROSS JOIN LATERAL (
        WITH RECURSIVE terug AS (
            SELECT p.id, p.vorige_id, p.vacature_id
            UNION
            SELECT e.id, e.vorige_id, e.vacature_id
            FROM public.bemiddeling_plaatsing AS e JOIN terug AS k ON e.id = k.vorige_id
        )
        SELECT k.vacature_id FROM terug AS k WHERE k.vacature_id IS NOT NULL LIMIT 1
    ) AS begin
    JOIN public.bemiddeling_vacature AS a ON a.id = begin.vacature_id
    WHERE nummer = ANY (p.gedeeld_met) AND p.status = 'beeindigd' AND p.eindreden <> 'overgegaan' AND a.regio <> '';
END
$$;

CREATE FUNCTION bemiddeling_werkgeversoordeel_klopt() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.werkgever_id, NEW.soort, NEW.over, NEW.regio_id, NEW.afgelopen_op, NEW.gegeven_at)
            IS DISTINCT FROM (OLD.werkgever_id, OLD.soort, OLD.over, OLD.regio_id, OLD.afgelopen_op, OLD.gegeven_at)
        THEN
            RAISE EXCEPTION 'een oordeel blijft over dezelfde uitkomst' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    SELECT u.regio, u.afgelopen_op INTO NEW.regio_id, NEW.afgelopen_op
    FROM public.bemiddeling_uitkomsten_van(NEW.werkgever_id, NEW.gebruiker_id, NEW.gegeven_at) AS u
    WHERE u.soort = NEW.soort AND u.over = NEW.over;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'een werkgever oordeelt over een eigen uitkomst'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'werkgever_oordeelt_over_een_eigen_uitkomst';
    END IF;
    RETURN NEW;
END
$$;
"""
_TRIGGER = (
    """
CREATE TRIGGER werkgever_oordeelt_over_een_eigen_uitkomst
    BEFORE INSERT OR UPDATE ON bemiddeling_werkgeversoordeel
    FOR EACH ROW EXECUTE FUNCTION bemiddeling_werkgeversoordeel_klopt();
""",
    "DROP TRIGGER werkgever_oordeelt_over_een_eigen_uitkomst ON bemiddeling_werkgeversoordeel;",
)
_FIGURES = ["ba_bemiddelaar", "ba_beleid"]
_PERIOD = "(text, date, date)"
_FUNCTIONS: tuple[tuple[str, str, list[str]], ...] = (
    ("bemiddeling_wsp_eigen_regio(text)", _OWN, [FUNCTIES]),
    ("bemiddeling_wsp_voorgedragen(text)", _COUPLED, ["ba_bemiddelaar"]),
    (f"bemiddeling_wsp_eerste_voordracht{_PERIOD}", _FIRST, _FIGURES),
    (f"bemiddeling_wsp_vervuld{_PERIOD}", _FILLED, _FIGURES),
    (f"bemiddeling_wsp_gesloten{_PERIOD}", _CLOSED, _FIGURES),
    (f"bemiddeling_wsp_tevredenheid{_PERIOD}", _SATISFIED, _FIGURES),
    (f"bemiddeling_wsp_toelichtingen{_PERIOD}", "", ["ba_bemiddelaar"]),
    ("bemiddeling_uitkomsten_van(bigint, uuid, timestamptz)", _OUTCOMES, ["ba_werkgever"]),
    ("bemiddeling_werkgeversoordeel_klopt()", "", [FUNCTIES]),
)


class Migration(migrations.Migration):
    dependencies = [("bemiddeling", "0100_wsp")]

    operations = [
        migrations.RunSQL(
            *protect(
                "bemiddeling_contactpunt",
                Toegang([WEB, *SIGNED_IN], _S, "true", _PUBLIC),
                Toegang(["ba_bemiddelaar"], _I, f"{_OWN_REGION} AND {_BY_ME}"),
                Toegang(["ba_bemiddelaar"], _U, _OWN_REGION, _CHANGED),
                Toegang(["ba_beheer"], _I, f"{_ANY_REGION} AND {_BY_ME}"),
                Toegang(["ba_beheer"], _U, _ANY_REGION, _CHANGED),
            )
        ),
        migrations.RunSQL(
            *protect(
                "bemiddeling_vacaturetelling",
                Toegang(["ba_bemiddelaar"], _S, "vacature_id IN (SELECT v.id FROM bemiddeling_vacature AS v)"),
            )
        ),
        # What an employer answered, the bemiddelaar reads as counts only.
        migrations.RunSQL(
            *protect(
                "bemiddeling_werkgeversoordeel",
                Toegang(["ba_werkgever"], _S, _OWN_FIRM),
                Toegang(["ba_werkgever"], _I, f"{_OWN_FIRM} AND {_ME}"),
                Toegang(
                    ["ba_werkgever"], _U, _OWN_FIRM, ("cijfer", "toelichting_verzegeld", "gewijzigd_at", "gebruiker_id")
                ),
                Toegang([FUNCTIES], _S),
            )
        ),
        *(migrations.RunSQL(*definer(signature, create, roles)) for signature, create, roles in _FUNCTIONS),
        migrations.RunSQL(*_TRIGGER),
    ]

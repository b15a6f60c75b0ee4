from django.db import migrations

# Quota, detector, audit and answer in one function and one transaction: there is no way to an answer around the row in
# the logboek, and no limit that a crash or a second web server forgets.
#
# A hit, a miss and a refusal do the same work. Everybody is looked up: whoever is not in the register gets the person
# whose index comes next, and the answer is masked afterwards. The same rows are written, of the same size.
#
# The decision, question by question (`raadpleging.decide` says the same in Python, and a test holds the two together):
#   asked as own staff      answered, free, when the wage data says so; else geen_werknemer
#   with a code             answered, free, when the code is right; else code_onjuist
#   asked before, own staff answered, free
#   blocked                 geblokkeerd
#   no tokens or year used  quotum_op
#   otherwise               answered, costs one
FORWARD = r"""
-- One Logregel for the request, one Verwerking for each person. The organisation is the employer, whom the person may
-- know by name; an office that asked for it stands in the details, and the user in the Logregel only.
CREATE FUNCTION register_log_raadpleging(
    p_now timestamptz, p_gebruiker uuid, p_werkgever bigint, p_door bigint, p_rol text, p_doel text, p_trace text,
    p_onderwerp text, p_personen bytea[], p_uitkomsten text[]
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    WITH regel AS (
        INSERT INTO public.access_logregel
            (recorded_at, gebruiker_id, organisatie_id, rol, doel, handeling, onderwerp, details, trace_id)
        VALUES (p_now, p_gebruiker, p_werkgever, p_rol, p_doel, 'doelgroepregister geraadpleegd', p_onderwerp,
                jsonb_build_object('door', p_door, 'aantal', cardinality(p_personen)), p_trace)
        RETURNING operation_id
    )
    INSERT INTO public.access_verwerking
        (parent_operation_id, trace_id, naam, activiteit, status_code, start_time, end_time, betrokkene_index)
    SELECT regel.operation_id, p_trace,
           CASE WHEN r.uitkomst = 'beantwoord' THEN 'doelgroepregister geraadpleegd' ELSE 'raadpleging geweigerd' END,
           'raadpleging-werkgever', CASE WHEN r.uitkomst = 'beantwoord' THEN 1 ELSE 2 END, p_now, p_now, r.persoon
    FROM regel CROSS JOIN unnest(p_personen, p_uitkomsten) AS r(persoon, uitkomst);
END
$$;
REVOKE ALL ON FUNCTION register_log_raadpleging(
    timestamptz, uuid, bigint, bigint, text, text, text, text, bytea[], text[]) FROM PUBLIC;

CREATE FUNCTION register_raadpleger(p_werkgever bigint, p_door bigint, p_gebruiker uuid, p_now timestamptz)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- A page or program of an employer may only speak for itself, and only about now.
    IF current_setting('role') LIKE 'ba\_%' AND (
        current_setting('role') <> 'ba_werkgever'
        OR p_door::text IS DISTINCT FROM current_setting('app.organisatie', true)
        OR p_gebruiker::text IS DISTINCT FROM current_setting('app.gebruiker', true)
        OR abs(extract(epoch FROM clock_timestamp() - p_now)) > 300
    ) THEN
        RAISE EXCEPTION 'deze vraag hoort niet bij wie is ingelogd' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF p_werkgever <> p_door AND NOT EXISTS (
        SELECT FROM public.access_mandaat AS m
        WHERE m.werkgever_id = p_werkgever AND m.kantoor_id = p_door AND m.stand = 'aanvaard'
        AND m.geldig @> (p_now AT TIME ZONE 'Europe/Amsterdam')::date
    ) THEN
        RAISE EXCEPTION 'geen mandaat van deze werkgever' USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;
REVOKE ALL ON FUNCTION register_raadpleger(bigint, bigint, uuid, timestamptz) FROM PUBLIC;

CREATE FUNCTION register_raadpleegstand_slot(p_organisatie bigint, p_jaar int, p_max float8, p_now timestamptz)
RETURNS public.register_raadpleegstand LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    stand public.register_raadpleegstand;
BEGIN
    LOOP
        SELECT * INTO stand FROM public.register_raadpleegstand AS s WHERE s.organisatie_id = p_organisatie FOR UPDATE;
        EXIT WHEN FOUND;
        INSERT INTO public.register_raadpleegstand
            (organisatie_id, tegoed, tegoed_at, jaar, gebruikt, cusum, gevraagd, treffers, buurten, fouten,
             elfproef_fouten, geblokkeerd)
        VALUES (p_organisatie, p_max, p_now, p_jaar, 0, 0, 0, 0, '{}', 0, 0, false)
        ON CONFLICT DO NOTHING;
    END LOOP;
    IF stand.jaar <> p_jaar THEN
        stand.jaar := p_jaar;
        stand.gebruikt := 0;
    END IF;
    IF stand.fouten_op IS DISTINCT FROM (p_now AT TIME ZONE 'Europe/Amsterdam')::date THEN
        stand.fouten_op := (p_now AT TIME ZONE 'Europe/Amsterdam')::date;
        stand.fouten := 0;
    END IF;
    RETURN stand;
END
$$;
REVOKE ALL ON FUNCTION register_raadpleegstand_slot(bigint, int, float8, timestamptz) FROM PUBLIC;

CREATE FUNCTION register_quotum(p_werkgever bigint) RETURNS int
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
        SELECT 5 + floor(0.25 * coalesce(sum(o.werknemers), 0))::int
        FROM public.access_loonheffingennummer AS l JOIN public.register_werkgeversomvang AS o USING (lhnr_index)
        WHERE l.organisatie_id = p_werkgever
    );
END
$$;
REVOKE ALL ON FUNCTION register_quotum(bigint) FROM PUBLIC;

CREATE FUNCTION register_raadpleeg(
    p_werkgever bigint, p_door bigint, p_gebruiker uuid, p_rol text, p_doel text,
    p_trace text, p_verzoek uuid, p_sleutel bytea, p_inhoud bytea, p_now timestamptz,
    p_soort text[], p_dag date[], p_uitlener text[], p_code bytea[],
    p_bsn bytea[], p_register bytea[], p_audit bytea[],
    p_buurt bigint[], p_buurt_onder bigint[], p_buurt_boven bigint[],
    p_bsn_ouder bytea[], p_register_ouder bytea[]
) RETURNS TABLE (
    volgnummer int, uitkomst text, geregistreerd boolean, perioden text, kost_quotum boolean,
    verzoek uuid, bekend_op timestamptz, bijgewerkt_tot date, quotum int, gebruikt int, tegoed float8
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    aantal int := cardinality(p_bsn);
    bsn_ouder int := cardinality(p_bsn_ouder) / cardinality(p_bsn);
    register_ouder int := cardinality(p_register_ouder) / cardinality(p_bsn);
    vandaag date := (p_now AT TIME ZONE 'Europe/Amsterdam')::date;
    eerste_dag date;
    v_verzoek uuid := p_verzoek;
    v_inhoud bytea;
    v_bekend_op timestamptz := p_now;
    herhaald boolean := false;
    lhnrs bytea[];
    nieuwste date[];
    v_kvk text;
    v_quotum int;
    diepte float8;
    stand public.register_raadpleegstand;
    deur public.register_raadpleegstand;
    twee boolean := p_door <> p_werkgever;
    eigen boolean[]; bekend boolean[]; treffer boolean[]; eerder int[]; v_perioden text[]; codes uuid[];
    uitkomsten text[] := '{}'; kost boolean[] := '{}'; gebruikte_codes uuid[] := '{}';
    gezien boolean[] := '{}';
    v text; k boolean; reden text;
    geweigerd boolean := false;
    foute_codes int := 0;
BEGIN
    -- What is answered must survive a crash, whatever the database or the session is set to.
    PERFORM set_config('synchronous_commit', 'on', true);
    IF aantal IS NULL OR aantal < 1 OR aantal > 1000 THEN
        RAISE EXCEPTION 'een verzoek heeft 1 tot en met 1000 vragen' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM public.register_raadpleger(p_werkgever, p_door, p_gebruiker, p_now);
    -- Wfsv 38d lid 7: since 2026 this and the previous calendar year; before, the day of the question.
    eerste_dag := CASE WHEN vandaag >= date '2026-01-01'
        THEN make_date(extract(year FROM vandaag)::int - 1, 1, 1) ELSE vandaag END;
    IF EXISTS (SELECT FROM unnest(p_dag) AS d(dag) WHERE d.dag NOT BETWEEN eerste_dag AND vandaag OR d.dag IS NULL) THEN
        RAISE EXCEPTION 'over deze dag mag niet worden gevraagd' USING ERRCODE = 'invalid_parameter_value';
    END IF;

    v_quotum := public.register_quotum(p_werkgever);
    diepte := least(10, v_quotum);
    -- Always in the same order, so that two offices never wait for each other.
    IF twee AND p_door < p_werkgever THEN
        deur := public.register_raadpleegstand_slot(p_door, extract(year FROM vandaag)::int, diepte, p_now);
    END IF;
    stand := public.register_raadpleegstand_slot(p_werkgever, extract(year FROM vandaag)::int, diepte, p_now);
    IF twee AND p_door > p_werkgever THEN
        deur := public.register_raadpleegstand_slot(p_door, extract(year FROM vandaag)::int, diepte, p_now);
    END IF;
    stand.tegoed := least(diepte, stand.tegoed
        + v_quotum * greatest(0, extract(epoch FROM p_now - stand.tegoed_at)) / 31536000.0);
    stand.tegoed_at := greatest(p_now, stand.tegoed_at);

    IF p_sleutel IS NOT NULL THEN
        SELECT z.id, z.inhoud, z.asked_at INTO v_verzoek, v_inhoud, v_bekend_op
        FROM public.register_raadpleegverzoek AS z WHERE z.door_id = p_door AND z.sleutel = p_sleutel;
        herhaald := FOUND;
        IF NOT herhaald THEN
            v_verzoek := p_verzoek;
            v_bekend_op := p_now;
        ELSIF v_inhoud IS DISTINCT FROM p_inhoud THEN
            RAISE EXCEPTION 'deze sleutel hoort bij een ander verzoek' USING ERRCODE = 'unique_violation';
        END IF;
    END IF;

    SELECT coalesce(array_agg(l.lhnr_index), '{}'), coalesce(array_agg(o.maand), '{}') INTO lhnrs, nieuwste
    FROM public.access_loonheffingennummer AS l JOIN public.register_werkgeversomvang AS o USING (lhnr_index)
    WHERE l.organisatie_id = p_werkgever;
    SELECT o.kvk INTO v_kvk FROM public.access_organisatie AS o WHERE o.id = p_werkgever;

    SELECT array_agg(q.is_eigen ORDER BY q.nr), array_agg(q.is_bekend ORDER BY q.nr),
           array_agg(q.is_treffer ORDER BY q.nr), array_agg(q.periodetekst ORDER BY q.nr),
           array_agg(q.code_id ORDER BY q.nr), array_agg(q.eerste_nr ORDER BY q.nr)
    INTO eigen, bekend, treffer, v_perioden, codes, eerder
    FROM (
        SELECT vraag.nr,
            first_value(vraag.nr) OVER (PARTITION BY vraag.bsn ORDER BY vraag.nr) AS eerste_nr,
            -- LIMIT keeps the planner to the index on both columns, however old its statistics are.
            EXISTS (
                SELECT FROM unnest(vraag.bsns) AS b(bsn)
                CROSS JOIN unnest(lhnrs, nieuwste) AS l(lhnr, laatste)
                CROSS JOIN LATERAL (SELECT least(date_trunc('month', vraag.dag)::date, l.laatste) AS maand) AS m
                CROSS JOIN LATERAL (
                    SELECT w.maanden FROM public.register_werkrelatie AS w
                    WHERE w.lhnr_index = l.lhnr AND w.bsn_index = b.bsn AND w.jaar = extract(year FROM m.maand)::smallint
                    LIMIT 1
                ) AS w
                -- Wage data comes some weeks after the month; who was there in the newest month still counts.
                WHERE l.laatste >= date_trunc('month', vraag.dag) - interval '3 months'
                AND w.maanden & (1 << (extract(month FROM m.maand)::int - 1)) <> 0
            ) AS is_eigen,
            EXISTS (
                SELECT FROM unnest(vraag.bsns) AS b(bsn)
                CROSS JOIN LATERAL (
                    SELECT FROM public.register_raadpleging AS r
                    WHERE r.bsn_index = b.bsn AND r.werkgever_id = p_werkgever AND r.uitkomst = 'beantwoord'
                    LIMIT 1
                ) AS r
            ) AS is_bekend,
            (
                SELECT c.id FROM unnest(vraag.registers) AS b(bsn)
                CROSS JOIN LATERAL (
                    SELECT c.id FROM public.register_kandidaatcode AS c
                    WHERE c.bsn_index = b.bsn AND c.code_index = vraag.code AND c.ingetrokken_at IS NULL
                    AND c.geldig_tot > p_now AND c.gebruikt_at IS NULL AND c.kvk IN ('', v_kvk)
                    LIMIT 1
                ) AS c
                LIMIT 1
            ) AS code_id,
            coalesce(p.raak AND g.op_dag, false) AS is_treffer,
            CASE WHEN p.raak AND vandaag >= date '2026-01-01' THEN coalesce(g.tekst, '') ELSE '' END AS periodetekst
        FROM (
            SELECT u.nr::int, u.dag, u.bsn, u.code,
                ARRAY[u.bsn] || p_bsn_ouder[(u.nr - 1) * bsn_ouder + 1 : u.nr * bsn_ouder] AS bsns,
                ARRAY[u.register] || p_register_ouder[(u.nr - 1) * register_ouder + 1 : u.nr * register_ouder] AS registers
            FROM unnest(p_dag, p_bsn, p_register, p_code) WITH ORDINALITY AS u(dag, bsn, register, code, nr)
        ) AS vraag
        LEFT JOIN LATERAL (
            SELECT volgende.id, volgende.bsn_index = ANY (vraag.registers) AS raak
            FROM unnest(vraag.registers) AS z(index)
            CROSS JOIN LATERAL (
                SELECT persoon.id, persoon.bsn_index FROM public.register_persoon AS persoon
                WHERE persoon.bsn_index >= z.index ORDER BY persoon.bsn_index LIMIT 1
            ) AS volgende
            UNION ALL
            -- Keys are being replaced, and whoever asks still has the old ones.
            SELECT eerder.id, true
            FROM unnest(vraag.registers) AS z(index)
            CROSS JOIN LATERAL (
                SELECT persoon.id FROM public.register_persoon AS persoon WHERE persoon.bsn_index_eerder = z.index LIMIT 1
            ) AS eerder
            ORDER BY 2 DESC LIMIT 1
        ) AS p ON true
        LEFT JOIN LATERAL (
            SELECT bool_or(s.op_dag) AS op_dag, string_agg(s.tekst, ',' ORDER BY s.vanaf) AS tekst
            FROM (
                SELECT lower(deel) AS vanaf, deel @> vraag.dag AS op_dag,
                    CASE WHEN upper(deel) IS NULL OR upper(deel) > make_date(extract(year FROM vandaag)::int, 12, 31)
                        THEN greatest(lower(deel), eerste_dag) || '/'
                        ELSE greatest(lower(deel), eerste_dag) || '/' || upper(deel) END AS tekst
                FROM (
                    SELECT unnest(range_agg(r.geldig)) AS deel FROM public.register_registratie AS r
                    WHERE r.persoon_id = p.id AND r.bekend @> v_bekend_op AND lower(r.geldig) <= vandaag
                    AND r.geldig && daterange(eerste_dag, NULL)
                ) AS delen
            ) AS s
        ) AS g ON true
    ) AS q;

    IF herhaald THEN
        SELECT array_agg(r.uitkomst::text ORDER BY r.volgnummer), array_agg(r.kost_quotum ORDER BY r.volgnummer)
        INTO uitkomsten, kost FROM public.register_raadpleging AS r WHERE r.verzoek_id = v_verzoek;
    ELSE
        FOR i IN 1 .. aantal LOOP
            k := false;
            -- Asked before, also earlier in this request.
            IF eerder[i] < i AND uitkomsten[eerder[i]] = 'beantwoord' THEN bekend[i] := true; END IF;
            IF p_soort[i] = 'werknemer' THEN
                v := CASE WHEN eigen[i] THEN 'beantwoord' ELSE 'geen_werknemer' END;
            ELSIF p_code[i] IS NOT NULL AND NOT bekend[i] THEN
                v := CASE WHEN codes[i] IS NOT NULL THEN 'beantwoord' ELSE 'code_onjuist' END;
                IF codes[i] IS NOT NULL THEN gebruikte_codes := gebruikte_codes || codes[i];
                ELSE foute_codes := foute_codes + 1; END IF;
            ELSIF bekend[i] OR eigen[i] THEN
                v := 'beantwoord';
            ELSIF stand.geblokkeerd OR (twee AND deur.geblokkeerd) THEN
                v := 'geblokkeerd';
            ELSIF stand.tegoed < 0.999999 OR stand.gebruikt >= v_quotum THEN
                v := 'quotum_op';
                geweigerd := true;
            ELSE
                v := 'beantwoord';
                k := true;
                reden := NULL;
                IF (SELECT greatest(count(*) FILTER (WHERE b IN (p_buurt[i], p_buurt_onder[i])),
                                    count(*) FILTER (WHERE b IN (p_buurt[i], p_buurt_boven[i]))) >= 2
                    FROM unnest(stand.buurten) AS b)
                THEN
                    reden := 'buren';
                    stand.geblokkeerd := true;
                    INSERT INTO public.register_blokkade (organisatie_id, reden, since, gevraagd, treffers, cusum, fouten)
                    VALUES (p_werkgever, reden, p_now, stand.gevraagd, stand.treffers, stand.cusum, stand.fouten);
                END IF;
                IF twee AND (SELECT greatest(count(*) FILTER (WHERE b IN (p_buurt[i], p_buurt_onder[i])),
                                             count(*) FILTER (WHERE b IN (p_buurt[i], p_buurt_boven[i]))) >= 2
                             FROM unnest(deur.buurten) AS b)
                THEN
                    reden := 'buren';
                    deur.geblokkeerd := true;
                    INSERT INTO public.register_blokkade (organisatie_id, reden, since, gevraagd, treffers, cusum, fouten)
                    VALUES (p_door, reden, p_now, deur.gevraagd, deur.treffers, deur.cusum, deur.fouten);
                END IF;
                IF reden IS NOT NULL THEN
                    v := 'geblokkeerd';
                    k := false;
                ELSE
                    stand.tegoed := greatest(0, stand.tegoed - 1);
                    stand.gebruikt := stand.gebruikt + 1;
                    stand.gevraagd := stand.gevraagd + 1;
                    stand.treffers := stand.treffers + treffer[i]::int;
                    -- Page's test: ln((1-p1)/(1-p0)) for a miss, ln(p1/p0) for a hit; p0 = 20%, p1 = 1%.
                    stand.cusum := greatest(0, stand.cusum + CASE WHEN treffer[i] THEN -2.995732273553991
                                                                 ELSE 0.21309321546070817 END);
                    stand.buurten := (p_buurt[i] || stand.buurten)[1 : 19];
                    IF stand.cusum >= 7.0 THEN
                        stand.geblokkeerd := true;
                        INSERT INTO public.register_blokkade
                            (organisatie_id, reden, since, gevraagd, treffers, cusum, fouten)
                        VALUES (p_werkgever, 'weinig_treffers', p_now, stand.gevraagd, stand.treffers, stand.cusum,
                                stand.fouten);
                    END IF;
                    IF twee THEN
                        deur.gevraagd := deur.gevraagd + 1;
                        deur.treffers := deur.treffers + treffer[i]::int;
                        deur.cusum := greatest(0, deur.cusum + CASE WHEN treffer[i] THEN -2.995732273553991
                                                                   ELSE 0.21309321546070817 END);
                        deur.buurten := (p_buurt[i] || deur.buurten)[1 : 19];
                        IF deur.cusum >= 7.0 THEN
                            deur.geblokkeerd := true;
                            INSERT INTO public.register_blokkade
                                (organisatie_id, reden, since, gevraagd, treffers, cusum, fouten)
                            VALUES (p_door, 'weinig_treffers', p_now, deur.gevraagd, deur.treffers, deur.cusum,
                                    deur.fouten);
                        END IF;
                    END IF;
                END IF;
            END IF;
            uitkomsten[i] := v;
            kost[i] := k;
        END LOOP;

        -- Going on when the quota is used, and trying codes, is counted by the request and by the code.
        stand.fouten := stand.fouten + geweigerd::int + foute_codes;
        IF stand.fouten >= 10 AND NOT stand.geblokkeerd THEN
            stand.geblokkeerd := true;
            INSERT INTO public.register_blokkade (organisatie_id, reden, since, gevraagd, treffers, cusum, fouten)
            VALUES (p_werkgever, 'aandringen', p_now, stand.gevraagd, stand.treffers, stand.cusum, stand.fouten);
        END IF;

        INSERT INTO public.register_raadpleegverzoek (id, werkgever_id, door_id, gebruiker_id, asked_at, sleutel, inhoud)
        VALUES (v_verzoek, p_werkgever, p_door, p_gebruiker, p_now, p_sleutel, p_inhoud);
        INSERT INTO public.register_raadpleging
            (verzoek_id, volgnummer, werkgever_id, asked_at, bsn_index, soort, gevraagde_dag, uitlener, uitkomst,
             kost_quotum)
        SELECT v_verzoek, u.nr, p_werkgever, p_now, u.bsn, u.soort, u.dag, u.uitlener, u.uitkomst, u.kost
        FROM unnest(p_bsn, p_soort, p_dag, p_uitlener, uitkomsten, kost)
            WITH ORDINALITY AS u(bsn, soort, dag, uitlener, uitkomst, kost, nr);
        PERFORM public.register_log_raadpleging(
            p_now, p_gebruiker, p_werkgever, p_door, p_rol, p_doel, p_trace, 'verzoek ' || v_verzoek, p_audit, uitkomsten);
        UPDATE public.register_kandidaatcode AS c SET gebruikt_at = p_now, gebruikt_door_id = p_werkgever
        WHERE c.id = ANY (gebruikte_codes);
        UPDATE public.register_raadpleegstand AS s
        SET tegoed = stand.tegoed, tegoed_at = stand.tegoed_at, jaar = stand.jaar, gebruikt = stand.gebruikt,
            cusum = stand.cusum, gevraagd = stand.gevraagd, treffers = stand.treffers, buurten = stand.buurten,
            fouten_op = stand.fouten_op, fouten = stand.fouten, geblokkeerd = stand.geblokkeerd
        WHERE s.organisatie_id = p_werkgever;
        IF twee THEN
            UPDATE public.register_raadpleegstand AS s
            SET cusum = deur.cusum, gevraagd = deur.gevraagd, treffers = deur.treffers, buurten = deur.buurten,
                geblokkeerd = deur.geblokkeerd
            WHERE s.organisatie_id = p_door;
        END IF;
    END IF;

    RETURN QUERY
    SELECT u.nr::int, u.uitkomst, u.uitkomst = 'beantwoord' AND u.treffer,
           CASE WHEN u.uitkomst = 'beantwoord' THEN u.perioden ELSE '' END, u.kost, v_verzoek, v_bekend_op,
           (SELECT (max(b.ingelezen_at) AT TIME ZONE 'Europe/Amsterdam')::date FROM public.register_registerlevering AS b
            WHERE b.ingelezen_at <= v_bekend_op),
           v_quotum, stand.gebruikt, stand.tegoed
    FROM unnest(uitkomsten, treffer, v_perioden, kost) WITH ORDINALITY AS u(uitkomst, treffer, perioden, kost, nr)
    ORDER BY u.nr;
END
$$;
REVOKE ALL ON FUNCTION register_raadpleeg(
    bigint, bigint, uuid, text, text, text, uuid, bytea, bytea, timestamptz, text[], date[], text[], bytea[], bytea[],
    bytea[], bytea[], bigint[], bigint[], bigint[], bytea[], bytea[]) FROM PUBLIC;

-- Numbers that cannot be a BSN reach no question, but they are counted: typing errors look different from guessing.
CREATE FUNCTION register_tel_elfproef(
    p_werkgever bigint, p_door bigint, p_gebruiker uuid, p_aantal int, p_now timestamptz
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.register_raadpleger(p_werkgever, p_door, p_gebruiker, p_now);
    PERFORM public.register_raadpleegstand_slot(
        p_werkgever, extract(year FROM p_now AT TIME ZONE 'Europe/Amsterdam')::int,
        least(10, public.register_quotum(p_werkgever)), p_now);
    UPDATE public.register_raadpleegstand AS s SET elfproef_fouten = s.elfproef_fouten + p_aantal
    WHERE s.organisatie_id = p_werkgever;
END
$$;
REVOKE ALL ON FUNCTION register_tel_elfproef(bigint, bigint, uuid, int, timestamptz) FROM PUBLIC;

-- Own staff in one month under one loonheffingennummer: sealed numbers, for the list. The questions follow from it.
CREATE FUNCTION register_werknemers(
    p_werkgever bigint, p_door bigint, p_gebruiker uuid, p_nummer bigint, p_dag date, p_now timestamptz
) RETURNS TABLE (bsn_index bytea, bsn_verzegeld bytea, maand date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM public.register_raadpleger(p_werkgever, p_door, p_gebruiker, p_now);
    RETURN QUERY
    SELECT w.bsn_index, w.bsn_verzegeld, m.maand
    FROM public.access_loonheffingennummer AS l
    JOIN public.register_werkgeversomvang AS o USING (lhnr_index)
    CROSS JOIN LATERAL (SELECT least(date_trunc('month', p_dag)::date, o.maand) AS maand) AS m
    JOIN public.register_werkrelatie AS w ON w.lhnr_index = l.lhnr_index AND w.jaar = extract(year FROM m.maand)
        AND w.maanden & (1 << (extract(month FROM m.maand)::int - 1)) <> 0
    WHERE l.id = p_nummer AND l.organisatie_id = p_werkgever
    AND o.maand >= date_trunc('month', p_dag) - interval '3 months'
    ORDER BY w.bsn_index;
END
$$;
REVOKE ALL ON FUNCTION register_werknemers(bigint, bigint, uuid, bigint, date, timestamptz) FROM PUBLIC;

-- What is left, for the page that shows it: changes nothing.
CREATE FUNCTION register_raadpleegruimte(
    p_werkgever bigint, p_door bigint, p_gebruiker uuid, p_now timestamptz
) RETURNS TABLE (quotum int, gebruikt int, tegoed float8, geblokkeerd boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v_quotum int;
BEGIN
    PERFORM public.register_raadpleger(p_werkgever, p_door, p_gebruiker, p_now);
    v_quotum := public.register_quotum(p_werkgever);
    RETURN QUERY
    SELECT v_quotum,
        CASE WHEN s.jaar = extract(year FROM p_now AT TIME ZONE 'Europe/Amsterdam') THEN s.gebruikt ELSE 0 END,
        coalesce(least(least(10, v_quotum),
            s.tegoed + v_quotum * greatest(0, extract(epoch FROM p_now - s.tegoed_at)) / 31536000.0), least(10, v_quotum)),
        coalesce(s.geblokkeerd, false)
            OR EXISTS (SELECT FROM public.register_raadpleegstand AS d WHERE d.organisatie_id = p_door AND d.geblokkeerd)
    FROM (SELECT p_werkgever AS id) AS w
    LEFT JOIN public.register_raadpleegstand AS s ON s.organisatie_id = w.id;
END
$$;
REVOKE ALL ON FUNCTION register_raadpleegruimte(bigint, bigint, uuid, timestamptz) FROM PUBLIC;
"""

REVERSE = """
DROP FUNCTION register_raadpleegruimte(bigint, bigint, uuid, timestamptz);
DROP FUNCTION register_werknemers(bigint, bigint, uuid, bigint, date, timestamptz);
DROP FUNCTION register_tel_elfproef(bigint, bigint, uuid, int, timestamptz);
DROP FUNCTION register_raadpleeg(
    bigint, bigint, uuid, text, text, text, uuid, bytea, bytea, timestamptz, text[], date[], text[], bytea[], bytea[],
    bytea[], bytea[], bigint[], bigint[], bigint[], bytea[], bytea[]);
DROP FUNCTION register_quotum(bigint);
DROP FUNCTION register_raadpleegstand_slot(bigint, int, float8, timestamptz);
DROP FUNCTION register_raadpleger(bigint, bigint, uuid, timestamptz);
DROP FUNCTION register_log_raadpleging(timestamptz, uuid, bigint, bigint, text, text, text, text, bytea[], text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0020_raadpleging")]

    operations = [migrations.RunSQL(FORWARD, REVERSE)]

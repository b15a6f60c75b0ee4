from django.db import migrations, models

_RAADPLEEG = (
    "register_raadpleeg(bigint, bigint, uuid, text, text, text, uuid, bytea, bytea, timestamptz, text[], date[], text[], "
    "bytea[], bytea[], bytea[], bytea[], bigint[], bigint[], bigint[], bytea[], bytea[])"
)
_WERKNEMERS = "register_werknemers(bigint, bigint, uuid, bigint, date, timestamptz)"
# A person may now have several rows with one employer in one year. The check looks for one with the month in it, the
# list of own staff names everybody once. The rest of these functions stays as it is, so only these lines are replaced.
_ANY_ROW = (
    _RAADPLEEG,
    "AND w.jaar = extract(year FROM m.maand)::smallint\n",
    "AND w.jaar = extract(year FROM m.maand)::smallint\n"
    "                    AND w.maanden & (1 << (extract(month FROM m.maand)::int - 1)) <> 0\n",
)
_EACH_ONCE = (
    _WERKNEMERS,
    "SELECT w.bsn_index, w.bsn_verzegeld, m.maand\n",
    "SELECT DISTINCT ON (w.bsn_index) w.bsn_index, w.bsn_verzegeld, m.maand\n",
)


def _replace(signature: str, old: str, new: str) -> str:
    """The SQL that replaces one passage of a function and keeps its owner, rights and settings; fails without it."""
    return f"""
DO $replace$
DECLARE
    bron text := pg_get_functiondef('{signature}'::regprocedure);
BEGIN
    IF (length(bron) - length(replace(bron, $old${old}$old$, ''))) <> length($old${old}$old$) THEN
        RAISE EXCEPTION 'the passage to replace stands not exactly once in {signature}';
    END IF;
    EXECUTE replace(bron, $old${old}$old$, $new${new}$new$);
END
$replace$;
"""


# Going back, the inkomstenverhoudingen of a person with an employer become one row again.
_MERGE_BACK = """
CREATE TEMPORARY TABLE werkrelatie_samen ON COMMIT DROP AS
    SELECT min(id) AS id, bit_or(maanden) AS maanden, lhnr_index, bsn_index, jaar
    FROM register_werkrelatie GROUP BY lhnr_index, bsn_index, jaar HAVING count(*) > 1;
DELETE FROM register_werkrelatie AS w USING werkrelatie_samen AS s
    WHERE w.lhnr_index = s.lhnr_index AND w.bsn_index = s.bsn_index AND w.jaar = s.jaar AND w.id <> s.id;
UPDATE register_werkrelatie AS w SET maanden = s.maanden FROM werkrelatie_samen AS s WHERE w.id = s.id;
DROP TABLE werkrelatie_samen;
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0051_herstel_rechten")]

    operations = [
        migrations.AddField(model_name="werkrelatie", name="numiv", field=models.SmallIntegerField(null=True)),
        migrations.RemoveConstraint(model_name="werkrelatie", name="werkrelatie_staat_er_per_jaar_een_keer"),
        migrations.AddConstraint(
            model_name="werkrelatie",
            constraint=models.UniqueConstraint(
                name="werkrelatie_staat_er_per_jaar_een_keer",
                fields=["lhnr_index", "bsn_index", "jaar", "numiv"],
                nulls_distinct=False,
                violation_error_message="Deze werkrelatie staat er al.",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, _MERGE_BACK),
        migrations.RunSQL(_replace(*_ANY_ROW), _replace(_ANY_ROW[0], _ANY_ROW[2], _ANY_ROW[1])),
        migrations.RunSQL(_replace(*_EACH_ONCE), _replace(_EACH_ONCE[0], _EACH_ONCE[2], _EACH_ONCE[1])),
    ]

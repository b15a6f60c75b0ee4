"""A correction of the register in the words of a screen: before and after, for who made it and for whom it is about."""

from django.utils import timezone
from django.utils.translation import gettext as _

from banenafspraak.register.herstel import Hersteld, Herstelsoort, Verschil
from banenafspraak.register.registraties import Inhoud
from banenafspraak.web.components.formulier import in_words
from banenafspraak.web.components.parts import Table, table
from banenafspraak.web.components.registerwoorden import EINDENAMEN, GRONDNAMEN, ROUTES, last_day


def period(inhoud: Inhoud) -> str:
    """From when to when, in days that count."""
    if inhoud.tot is None:
        return _("vanaf %(vanaf)s") % {"vanaf": in_words(inhoud.vanaf)}
    return _("van %(vanaf)s tot en met %(tot)s") % {
        "vanaf": in_words(inhoud.vanaf),
        "tot": in_words(last_day(inhoud.tot)),
    }


def sides(voor: Inhoud | None, na: Inhoud | None, *, id: str, columns: tuple[str, str], caption: str) -> Table:
    """What stood and what comes in its place, line by line."""
    return _table(list(zip(_names(), _texts(voor), _texts(na), strict=True)), id, columns, caption)


def changed_sides(voor: Inhoud | None, na: Inhoud | None, *, id: str, columns: tuple[str, str], caption: str) -> Table:
    """As `sides`, without the lines that stayed the same."""
    lines = zip(_names(), _texts(voor), _texts(na), strict=True)
    return _table([line for line in lines if line[1] != line[2]], id, columns, caption)


def _table(lines: list[tuple[str, str, str]], id: str, columns: tuple[str, str], caption: str) -> Table:
    rows = [(name, [before, after]) for name, before, after in lines]
    return table(id=id, caption=caption, columns=(_("Onderdeel"), *columns), rows=rows, stack=True, words=True)


def change_table(verschil: Verschil) -> Table:
    """What a change would come to, before it is made."""
    return sides(
        verschil.voor, verschil.na, id="verschil", columns=(_("Nu"), _("Wordt")), caption=_("Wat er verandert")
    )


def made(hersteld: list[Hersteld]) -> list[dict[str, object]]:
    """Corrections that were made, for a page: what was done, when, why, and the table."""
    titles = {
        Herstelsoort.GEWIJZIGD: _("Een registratie is veranderd"),
        Herstelsoort.TOEGEVOEGD: _("Een registratie is toegevoegd"),
        Herstelsoort.VERVALLEN: _("Een registratie is weggehaald"),
    }
    return [
        {
            "title": titles[h.soort],
            "day": in_words(timezone.localtime(h.hersteld_at).date()),
            "reason": h.reden,
            "table": changed_sides(
                h.voor,
                h.na,
                id=f"hersteld-{number}",
                columns=(_("Eerst"), _("Nu")),
                caption=_("Wat er stond en wat er nu staat"),
            ),
        }
        for number, h in enumerate(hersteld, start=1)
    ]


def _names() -> tuple[str, ...]:
    return (_("Grond"), _("Route"), _("Eerste dag"), _("Laatste dag"), _("Reden van het einde"))


def _texts(inhoud: Inhoud | None) -> tuple[str, ...]:
    nothing = _("geen registratie")
    if inhoud is None:
        return (nothing, *["–"] * 4)
    return (
        str(GRONDNAMEN[inhoud.grond]),
        str(ROUTES[inhoud.route]),
        in_words(inhoud.vanaf),
        in_words(last_day(inhoud.tot)) if inhoud.tot else _("loopt door"),
        str(EINDENAMEN[inhoud.einde_reden]) if inhoud.einde_reden else "–",
    )

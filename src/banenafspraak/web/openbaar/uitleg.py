"""How the figures of one region and quarter were counted: the rules in force on the peildatum, with their sources."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banenafspraak.access.permissions import Permission, require
from banenafspraak.metingen.grootheden import Kwartaal
from banenafspraak.web import figures
from banenafspraak.web.components.parts import Crumb, Table, number, quarter_short, table
from banenafspraak.web.requests import ActorRequest
from banenafspraak.wet import banen
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.uitkomst import Bron, Uitkomst, show_number


@dataclass(frozen=True)
class Amount:
    """One number of the law as it stood on the peildatum."""

    name: str
    value: str
    source: Bron
    certainty: str


@require_safe
def counting(request: ActorRequest, regio: str, kwartaal: str) -> HttpResponse:
    """The rules behind one factsheet: what a baan is, which work counts, the targets, how figures were rounded."""
    require(request.actor, Permission.CIJFERS_AFGEROND_VIEW)
    sheet = figures.factsheet_or_404(regio, kwartaal)
    peildatum = Kwartaal.parse(kwartaal).peildatum
    context: dict[str, Any] = {
        "sheet": sheet,
        "peildatum": date_format(peildatum, "j F Y"),
        "amounts": _amounts(peildatum),
        "example": _example(peildatum),
        "kinds": _kinds(peildatum),
        "target": banen.doelstelling_regio(regio, peildatum.year),
        "national_target": _national_target(peildatum.year),
        "versoepeld": number(sheet.versoepeld) if sheet.versoepeld else "",
        "crumbs": (
            Crumb(_("Cijfers"), reverse("figures")),
            Crumb(f"{sheet.regio.naam}, {quarter_short(kwartaal)}", reverse("factsheet", args=(regio, kwartaal))),
            Crumb(_("Hoe is er geteld?")),
        ),
    }
    return render(request, "openbaar/counting.html", context)


def _amounts(peildatum: date) -> tuple[Amount, ...]:
    names = {
        "week": _("Uren werk in een week die samen één baan zijn"),
        "maand": _("Uren werk in een maand die samen één baan zijn"),
        "jaar": _("Uren werk in een jaar die samen één baan zijn"),
    }
    standen = {per: banen.uren_per_baan(per).stand_op(peildatum) for per in ("week", "maand", "jaar")}
    return tuple(
        Amount(names[per], show_number(stand.waarde), stand.bron, stand.zekerheid.value)
        for per, stand in standen.items()
    )


def _example(peildatum: date) -> Uitkomst[banen.Telling]:
    """Somebody of the doelgroep who works 36 hours a week on an ordinary contract with a company."""
    work = banen.Werk(
        soort_werk=banen.SoortWerk.ARBEIDSOVEREENKOMST,
        verloonde_uren=Decimal(36),
        per=banen.Tijdvak.WEEK,
        in_doelgroepregister=True,
        in_loonaangifte=True,
        uren_met_ufo_premie=Decimal(0),
        uren_zonder_ufo_premie=Decimal(1000),
    )
    return banen.tel(work, peildatum=peildatum)


def _kinds(peildatum: date) -> Table:
    rows = [
        (aard.naam, [str(code), _("ja") if aard.telt else _("nee"), _("ja") if aard.inleen else _("nee")])
        for code, aard in sorted(banen.aard_arbeidsverhouding(peildatum).items())
    ]
    return table(
        id="tabel-werk",
        caption=_("Soorten werk in de loonaangifte"),
        columns=(_("Soort werk"), _("Code"), _("Telt mee"), _("Uitzenden of detacheren")),
        rows=rows,
    )


def _national_target(jaar: int) -> Uitkomst[Decimal] | None:
    try:
        return banen.doelstelling(jaar)
    except ParameterFout:
        return None

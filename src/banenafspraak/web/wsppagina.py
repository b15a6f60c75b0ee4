"""The figures of a Werkgeversservicepunt, its yearly report and their files: for bemiddelaars and policy alike."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from banenafspraak.access import gebieden
from banenafspraak.bemiddeling import contactpunten, wspcijfers
from banenafspraak.bemiddeling.wspcijfers import Periode, Wspcijfers
from banenafspraak.web.components.formulier import Form, Select
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.components.wspcijfers import build, period_name, to_json, to_rows
from banenafspraak.web.contactpuntpagina import shown
from banenafspraak.web.requests import ActorRequest


@dataclass(frozen=True)
class Plek:
    """Whose page this is: the region, the addresses beside it, and the way back."""

    regio: str
    cijfers: str
    csv: str
    json: str
    jaarverslag: str
    toelichtingen: str
    crumbs: tuple[Crumb, ...]


class PeriodeForm(Form):
    """Which period to show; stands in the address."""

    periode = forms.ChoiceField(label=gettext_lazy("Periode"), required=False, widget=Select)

    def __init__(self, *args: Any, today: date, years_only: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [one for one in wspcijfers.periods(today) if one.kwartaal is None or not years_only]
        choices = [(one.code, period_name(one)) for one in found]
        self.fields["periode"].choices = choices  # type: ignore[attr-defined]


def asked_period(request: ActorRequest, today: date, *, name: str = "periode", years_only: bool = False) -> Periode:
    """The period in the address; this year without one. Raises `Http404` for one that is not there."""
    text = request.GET.get(name, "") or str(today.year)
    found = next((one for one in wspcijfers.periods(today) if one.code == text), None)
    if found is None or (years_only and found.kwartaal is not None):
        raise Http404
    return found


def _looked_at(request: ActorRequest, regio: str, periode: Periode) -> Wspcijfers:
    if regio not in dict(gebieden.regios()):
        raise Http404
    return wspcijfers.look_at(actor=request.actor, regio=regio, periode=periode, now=timezone.now())


def figures(request: ActorRequest, plek: Plek) -> HttpResponse:
    """The figures of a period on a page."""
    today = timezone.localdate()
    periode = asked_period(request, today)
    found = _looked_at(request, plek.regio, periode)
    context = {
        "page": build(found),
        "form": PeriodeForm({"periode": periode.code}, today=today),
        "periode": periode.code,
        "jaar": periode.jaar,
        "plek": plek,
        "crumbs": plek.crumbs,
    }
    return render(request, "wsp/cijfers.html", context)


def report(request: ActorRequest, plek: Plek) -> HttpResponse:
    """The figures of a year as one document, to print or to keep."""
    today = timezone.localdate()
    periode = asked_period(request, today, name="jaar", years_only=True)
    found = _looked_at(request, plek.regio, periode)
    punt = contactpunten.of_region(plek.regio)
    context = {
        "page": build(found),
        "jaar": periode.jaar,
        "running": periode.jaar == today.year,
        "other": [one.jaar for one in wspcijfers.periods(today) if one.kwartaal is None and one.jaar != periode.jaar],
        "kaart": shown(punt) if punt else None,
        "plek": plek,
        "crumbs": plek.crumbs,
    }
    return render(request, "wsp/jaarverslag.html", context)


def as_csv(request: ActorRequest, plek: Plek) -> HttpResponse:
    """The figures of a period, one a line."""
    periode = asked_period(request, timezone.localdate())
    found = _looked_at(request, plek.regio, periode)
    return csv_of(("wat", "waarover", "waarde"), to_rows(found), f"wsp-{plek.regio}-{periode.code}.csv")


def as_json(request: ActorRequest, plek: Plek) -> HttpResponse:
    """The figures of a period for a program."""
    periode = asked_period(request, timezone.localdate())
    response = JsonResponse(
        to_json(_looked_at(request, plek.regio, periode)), json_dumps_params={"ensure_ascii": False}
    )
    response["Content-Disposition"] = f'attachment; filename="wsp-{plek.regio}-{periode.code}.json"'
    return response


def csv_of(head: tuple[str, ...], rows: Any, name: str) -> HttpResponse:
    """A file that spreadsheets here open at once. A cell that begins like a formula is kept from being one."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(head)
    writer.writerows([_plain(str(cell)) for cell in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell

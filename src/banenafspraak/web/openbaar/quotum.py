"""The quotumcalculator: for everybody, without signing in. What is asked stands in the address: company figures."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banenafspraak.web import quotumpagina
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.openbaar.quotum_forms import QuotumForm, latest_year
from banenafspraak.web.requests import ActorRequest
from banenafspraak.wet.feiten import FeitenFout
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.quotum import quotum


@never_cache
@require_safe
def calculator(request: ActorRequest) -> HttpResponse:
    """The questions, and the answer when they were sent. An address without `reken` only fills the questions in."""
    asked = "reken" in request.GET
    year = latest_year(timezone.localdate())
    begun = {name: request.GET[name] for name in QuotumForm.base_fields if request.GET.get(name)}
    form = QuotumForm(request.GET if asked else None, initial={"jaar": str(year)} | begun)
    context: dict[str, Any] = {"form": form, "crumbs": (Crumb(_("Quotumcalculator")),), "blok": None, "address": ""}
    if asked and form.is_valid():
        try:
            uitkomst = quotum(form.feiten(), peildatum=form.peildatum())
            context["blok"] = quotumpagina.show(uitkomst)
            sent = {name: text for name in form.fields if (text := request.GET.get(name))}
            context["address"] = f"{reverse('quotum')}?{urlencode(sent | {'reken': '1'})}"
        except (FeitenFout, ParameterFout) as error:
            form.add_error(None, str(error))
    return render(request, "openbaar/quotum.html", context, status=400 if form.errors else 200)

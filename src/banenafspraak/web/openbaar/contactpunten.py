"""Where employers turn to in their region: find it by a place, read it, and keep it for who works there."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from banenafspraak.access import gebieden
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import contactpunten, postcodes
from banenafspraak.bemiddeling.contactpunten import Bereikbaarheid, Contactpunt
from banenafspraak.register.overgangen import Overtaken
from banenafspraak.web.components.formulier import Form, SearchField, Textarea, TextInput, show_errors
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.contactpuntpagina import readable, shown
from banenafspraak.web.requests import ActorRequest, understood


class WaarForm(Form):
    """Where the work is; stands in the address."""

    waar = SearchField(label=gettext_lazy("Plaats of postcode van uw bedrijf"), max_length=60)


class ContactpuntForm(Form):
    """How to reach the contact point; an office, and never the name of a person."""

    versie = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    naam = forms.CharField(
        label=gettext_lazy("Naam"),
        help_text=gettext_lazy("De naam van het kantoor, niet die van een medewerker."),
        max_length=120,
        error_messages={"required": gettext_lazy("Vul de naam van het Werkgeversservicepunt in.")},
        widget=TextInput,
    )
    telefoonnummer = forms.CharField(
        label=gettext_lazy("Telefoonnummer"),
        max_length=30,
        required=False,
        widget=TextInput({"type": "tel", "autocomplete": "off"}),
    )
    emailadres = forms.CharField(
        label=gettext_lazy("E-mailadres"),
        max_length=200,
        required=False,
        widget=TextInput({"type": "email", "autocomplete": "off"}),
    )
    openingstijden = forms.CharField(
        label=gettext_lazy("Wanneer bent u te bereiken?"),
        help_text=gettext_lazy("Bijvoorbeeld: maandag tot en met vrijdag van 9 tot 17 uur."),
        max_length=300,
        required=False,
        widget=Textarea({"rows": 2}),
    )
    straat_en_huisnummer = forms.CharField(
        label=gettext_lazy("Straat en huisnummer"), max_length=120, required=False, widget=TextInput
    )
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=10, required=False, widget=TextInput)
    plaatsnaam = forms.CharField(label=gettext_lazy("Plaats"), max_length=80, required=False, widget=TextInput)
    webadres = forms.CharField(
        label=gettext_lazy("Website"),
        help_text=gettext_lazy("Begint met https://"),
        max_length=200,
        required=False,
        widget=TextInput({"inputmode": "url"}),
    )


def _region_or_404(regio: str) -> str:
    try:
        return gebieden.regio(regio).naam
    except KeyError:
        raise Http404 from None


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """Every region, and the one of a place when that was asked for."""
    form = WaarForm(request.GET)
    waar = understood(form).get("waar", "").strip()
    found, unknown = None, False
    if waar:
        plek = postcodes.table().find(waar) or postcodes.find_place(waar)
        found = plek.regio if plek and plek.regio else None
        unknown = found is None
    known = {punt.regio_id: punt for punt in contactpunten.of_regions(code for code, _naam in gebieden.regios())}
    regios = sorted(gebieden.regios(), key=lambda one: one[1])
    context = {
        "form": form,
        "unknown": unknown,
        "found": {
            "naam": gebieden.regio(found).naam,
            "kaart": shown(known[found]) if found in known else None,
            "url": reverse("contactpunt", args=[found]),
        }
        if found
        else None,
        "regios": [
            {"naam": naam, "url": reverse("contactpunt", args=[code])} for code, naam in regios if code in known
        ],
        "missing": len(regios) - len(known),
        "crumbs": (Crumb(_("Uw contactpunt")),),
    }
    return render(request, "openbaar/contactpunten.html", context)


@require_safe
def detail(request: ActorRequest, regio: str) -> HttpResponse:
    """The contact point of one region; who keeps it finds the way to change it."""
    naam = _region_or_404(regio)
    punt = contactpunten.of_region(regio)
    context = {
        "regio": naam,
        "kaart": shown(punt) if punt else None,
        "change_url": reverse("contactpunt-wijzigen", args=[regio])
        if contactpunten.may_change(request.actor, regio)
        else "",
        "crumbs": (Crumb(_("Uw contactpunt"), reverse("contactpunten")), Crumb(naam)),
    }
    return render(request, "openbaar/contactpunt.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActorRequest, regio: str) -> HttpResponse:
    """Fill it in or change it."""
    require(request.actor, Permission.CONTACTPUNT_CHANGE)
    naam = _region_or_404(regio)
    if not contactpunten.may_change(request.actor, regio):
        raise PermissionDenied("this is the contact point of another region")
    punt = contactpunten.of_region(regio)
    form = ContactpuntForm(request.POST if request.method == "POST" else None, initial=_initial(punt))
    overtaken = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        versie = data.pop("versie") or 0
        try:
            done = contactpunten.change(
                actor=request.actor,
                regio=regio,
                bereikbaarheid=Bereikbaarheid(**data),
                versie=versie,
                now=timezone.now(),
            )
        except ValidationError as error:
            show_errors(form, error)
        except Overtaken as error:
            overtaken = error.melding
            punt = contactpunten.of_region(regio)
            # What was typed stays; saving it again is then a choice, with the other version in sight.
            form = ContactpuntForm(request.POST.dict() | {"versie": punt.versie if punt else 0})
        else:
            if done:
                messages.success(request, _("Het contactpunt is bewaard. Iedereen kan het nu zien."))
            else:
                messages.info(request, _("Er is niets veranderd."))
            return redirect("contactpunt", regio)
    context = {
        "regio": naam,
        "form": form,
        "overtaken": overtaken,
        "kaart": shown(punt) if punt and overtaken else None,
        "crumbs": (
            Crumb(_("Uw contactpunt"), reverse("contactpunten")),
            Crumb(naam, reverse("contactpunt", args=[regio])),
            Crumb(_("Wijzigen")),
        ),
    }
    status = 409 if overtaken else 400 if form.errors else 200
    return render(request, "openbaar/contactpunt_wijzigen.html", context, status=status)


def _initial(punt: Contactpunt | None) -> dict[str, Any]:
    if punt is None:
        return {"versie": 0}
    known = {name: getattr(punt, name) for name in ContactpuntForm.base_fields}
    return known | {"telefoonnummer": readable(punt.telefoonnummer)}

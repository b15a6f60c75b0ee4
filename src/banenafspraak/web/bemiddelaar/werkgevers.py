"""Employers in the region: who spoke with them, before calling them again."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import werkgevercontacten
from banenafspraak.bemiddeling.werkgevercontacten import Werkgeverbeeld, Werkgevercontact
from banenafspraak.bemiddeling.werkgeverwoorden import Contactaanleiding, Contactwijze
from banenafspraak.web.components.formulier import (
    DateField,
    Form,
    SearchField,
    Select,
    Textarea,
    TextInput,
    in_words,
    show_errors,
)
from banenafspraak.web.components.parts import Crumb, Moment
from banenafspraak.web.requests import ActorRequest, understood
from banenafspraak.web.werkgeverwoorden import AANLEIDINGEN, WIJZEN

PAGE = 25


class WerkgeversForm(Form):
    """Which employers to show; stands in the address."""

    zoek = SearchField(label=gettext_lazy("Naam of KvK-nummer"), max_length=80)
    stand = forms.ChoiceField(
        label=gettext_lazy("Welke werkgevers"),
        choices=[("", gettext_lazy("Alle in de regio")), ("af", gettext_lazy("Afgesproken: nu aan de beurt"))],
        required=False,
        widget=Select,
    )


class ContactForm(Form):
    """That somebody spoke with an employer. `sleutel` makes a second press the same."""

    naam = forms.CharField(
        label=gettext_lazy("Naam van de werkgever"),
        max_length=200,
        error_messages={"required": gettext_lazy("Vul de naam van de werkgever in.")},
        widget=TextInput({"autocomplete": "off"}),
    )
    contact_op = DateField(
        label=gettext_lazy("Wanneer sprak u de werkgever?"),
        error_messages={"required": gettext_lazy("Vul de dag in.")},
    )
    wijze = forms.ChoiceField(
        label=gettext_lazy("Hoe?"),
        choices=[(w.value, WIJZEN[w]) for w in Contactwijze],
        widget=Select,
    )
    aanleiding = forms.ChoiceField(
        label=gettext_lazy("Waarover?"),
        choices=[("", gettext_lazy("Kies")), *((a.value, AANLEIDINGEN[a]) for a in Contactaanleiding)],
        error_messages={"required": gettext_lazy("Kies waarover het ging.")},
        widget=Select,
    )
    werkgever_belde = forms.BooleanField(label=gettext_lazy("De werkgever vroeg er zelf om"), required=False)
    notitie = forms.CharField(
        label=gettext_lazy("Wat is er besproken?"),
        help_text=gettext_lazy("Collega's in de regio lezen dit. Schrijf niets op over een kandidaat."),
        max_length=werkgevercontacten.MAX_NOTITIE,
        required=False,
        widget=Textarea({"rows": 3}),
    )
    vervolg_op = DateField(label=gettext_lazy("Wanneer spreekt u de werkgever weer?"), required=False)
    sleutel = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class RustForm(Form):
    """Until when an employer wants to be left alone."""

    tot_en_met = DateField(
        label=gettext_lazy("Met rust laten tot en met"),
        error_messages={"required": gettext_lazy("Vul de laatste dag in.")},
    )


def _crumbs(*last: Crumb) -> tuple[Crumb, ...]:
    own = Crumb(_("Werkgevers"), reverse("bemiddelaar-werkgevers") if last else "")
    return (Crumb(_("Mijn werk"), reverse("bemiddelaar")), own, *last)


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The employers somebody of the region spoke with; a KvK number that nobody did leads to its page all the same."""
    require(request.actor, Permission.WERKGEVERCONTACT_CHANGE)
    now = timezone.now()
    today = timezone.localtime(now).date()
    form = WerkgeversForm(request.GET)
    chosen = understood(form)
    text = chosen.get("zoek", "").strip()
    found = werkgevercontacten.employers(request.actor, text=text, due=chosen.get("stand") == "af", now=now)
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    shown = list(page)
    resting = werkgevercontacten.kvks_at_rest([one.kvk for one in shown], today=today)
    context = {
        "rows": [_row(one, one.kvk in resting) for one in shown],
        "number": text if text.isascii() and text.isdigit() and len(text) == 8 else "",
        "in_region": request.actor.regio is not None,
        "page": page,
        "form": form,
        "query": urlencode(chosen),
        "filtered": bool(chosen),
        "crumbs": _crumbs(),
    }
    return render(request, "bemiddelaar/werkgevers.html", context)


def _row(one: Werkgevercontact, rests: bool) -> dict[str, Any]:
    return {
        "kvk": one.kvk,
        "naam": one.naam,
        "last": in_words(one.contact_op),
        "by": one.organisatie.naam,
        "about": AANLEIDINGEN[Contactaanleiding(one.aanleiding)],
        "next": in_words(one.vervolg_op) if one.vervolg_op else "",
        "rests": rests,
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: ActorRequest, kvk: str) -> HttpResponse:
    """What to know before calling one employer, and writing down that one did."""
    beeld, now = _beeld_or_404(request, kvk), timezone.now()
    initial = {"naam": beeld.naam, "contact_op": timezone.localtime(now).date()}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            werkgevercontacten.record(
                actor=request.actor,
                kvk=kvk,
                naam=data["naam"],
                contact_op=data["contact_op"],
                wijze=Contactwijze(data["wijze"]),
                aanleiding=Contactaanleiding(data["aanleiding"]),
                notitie=data["notitie"],
                werkgever_belde=data["werkgever_belde"],
                vervolg_op=data["vervolg_op"],
                sleutel=data["sleutel"],
                now=now,
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Het contact is vastgelegd. Collega's in de regio zien het."))
            return redirect("bemiddelaar-werkgever", kvk)
    return _show(request, beeld, form, RustForm())


def _show(request: ActorRequest, beeld: Werkgeverbeeld, form: ContactForm, rust: RustForm) -> HttpResponse:
    recent = [
        _("%(wie)s sprak deze werkgever op %(dag)s: %(waarover)s.")
        % {
            "wie": one.organisatie.naam,
            "dag": in_words(one.contact_op),
            "waarover": str(AANLEIDINGEN[Contactaanleiding(one.aanleiding)]).lower(),
        }
        for one in beeld.kort_geleden
    ]
    context = {
        "kvk": beeld.kvk,
        "naam": beeld.naam or _("Een werkgever die hier nog niet bekend is"),
        "recent": recent,
        "may_call": beeld.may_call,
        "rest_until": in_words(beeld.rust.tot_en_met) if beeld.rust else "",
        "rest_own": beeld.rust is not None and beeld.rust.door_werkgever,
        "appointments": [
            {"by": one.organisatie.naam, "day": in_words(one.vervolg_op)} for one in beeld.afspraken if one.vervolg_op
        ],
        "moments": tuple(_moment(one) for one in beeld.contacten),
        "form": form,
        "rust": rust,
        "errors": rust if rust.errors else form,
        "crumbs": _crumbs(Crumb(beeld.naam or _("Een werkgever"))),
    }
    failed = form.errors or rust.errors
    return render(request, "bemiddelaar/werkgever.html", context, status=400 if failed else 200)


def _moment(one: Werkgevercontact) -> Moment:
    who = f"{one.gebruiker_naam}, {one.organisatie.naam}" if one.gebruiker_naam else one.organisatie.naam
    parts = [f"{WIJZEN[Contactwijze(one.wijze)]}. {who}."]
    if one.werkgever_belde:
        parts.append(_("De werkgever vroeg er zelf om."))
    if one.tegen_rust:
        parts.append(_("De werkgever had om rust gevraagd."))
    if note := werkgevercontacten.note_of(one):
        parts.append(note)
    title = str(AANLEIDINGEN[Contactaanleiding(one.aanleiding)])
    return Moment(title=title, day=in_words(one.contact_op), text=" ".join(parts))


@never_cache
@require_POST
def rest(request: ActorRequest, kvk: str) -> HttpResponse:
    """Write down that an employer wants to be left alone, or that it may be called again."""
    beeld, now = _beeld_or_404(request, kvk), timezone.now()
    if request.POST.get("handeling") == "opheffen":
        if werkgevercontacten.lift_rest(actor=request.actor, kvk=kvk, now=now):
            messages.success(request, _("De werkgever mag weer worden gebeld."))
        else:
            messages.warning(request, _("De werkgever vroeg dit zelf. Alleen de werkgever kan het opheffen."))
        return redirect("bemiddelaar-werkgever", kvk)
    rust = RustForm(request.POST)
    if rust.is_valid():
        try:
            werkgevercontacten.ask_rest(
                actor=request.actor, kvk=kvk, tot_en_met=rust.cleaned_data["tot_en_met"], now=now
            )
        except ValidationError as error:
            show_errors(rust, error)
        else:
            messages.success(request, _("Vastgelegd. Iedereen ziet dat deze werkgever rust wil."))
            return redirect("bemiddelaar-werkgever", kvk)
    initial = {"naam": beeld.naam, "contact_op": timezone.localtime(now).date()}
    return _show(request, beeld, ContactForm(initial=initial), rust)


def _beeld_or_404(request: ActorRequest, kvk: str) -> Werkgeverbeeld:
    require(request.actor, Permission.WERKGEVERCONTACT_CHANGE)
    try:
        return werkgevercontacten.before_calling(actor=request.actor, kvk=kvk, now=timezone.now())
    except ValidationError:
        raise Http404 from None

"""The code for an employer: made by the candidate, shown once, listed with who used it, withdrawn."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.validators import RegexValidator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from banenafspraak.register import inzage, kandidaatcodes
from banenafspraak.register.kandidaatcodes import NieuweCode
from banenafspraak.web.components.formulier import TextInput, in_words, show_errors
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.requests import ActorRequest

MOST = 50


class CodeForm(forms.Form):
    """For which employer; empty for the first who uses it. `nieuwste` is the newest code when the page was made."""

    use_required_attribute = False

    kvk = forms.CharField(
        label=lazy("KvK-nummer van de werkgever"),
        help_text=lazy("Acht cijfers. Laat dit leeg als u het nummer niet weet."),
        required=False,
        validators=[RegexValidator(r"\A[0-9]{8}\Z", lazy("Een KvK-nummer heeft acht cijfers."))],
        widget=TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    nieuwste = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """The own codes and the form for a new one.

    A new code comes with the POST itself and nowhere else. The same page sent twice makes one code: the second time
    the newest code is no longer the one the page was made with.
    """
    inzage.require_own_bsn(request.actor)
    form = CodeForm(request.POST if request.method == "POST" else None)
    made: NieuweCode | None = None
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["nieuwste"] != _newest(request):
            messages.info(request, _("U hebt deze code al gemaakt. Kwijt? Trek hem in en maak een nieuwe."))
            return redirect("burger-codes")
        try:
            kvk = form.cleaned_data["kvk"]
            made = kandidaatcodes.make_kandidaatcode(actor=request.actor, kvk=kvk, now=timezone.now())
        except ValidationError as error:
            show_errors(form, error)
    newest = _newest(request)
    if not form.is_bound or made:
        form = CodeForm(initial={"nieuwste": newest})
    context = {
        "form": form,
        "made": made,
        "until": in_words(timezone.localtime(made.geldig_tot).date()) if made else "",
        "rows": _rows(request),
        "crumbs": (Crumb(_("Mijn overzicht"), reverse("burger")), Crumb(_("Code voor een werkgever"))),
    }
    return render(request, "burger/codes.html", context)


@require_POST
def withdraw(request: ActorRequest, code_id: UUID) -> HttpResponse:
    """Let a code stop."""
    inzage.require_own_bsn(request.actor)
    try:
        kandidaatcodes.withdraw(actor=request.actor, kandidaatcode_id=code_id, now=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    messages.success(request, _("Deze code werkt niet meer."))
    return redirect("burger-codes")


def _newest(request: ActorRequest) -> str:
    newest = kandidaatcodes.visible_to(request.actor).values_list("pk", flat=True).first()
    return str(newest or "")


def _rows(request: ActorRequest) -> list[dict[str, Any]]:
    now = timezone.now()
    rows = []
    for code in kandidaatcodes.visible_to(request.actor).select_related("gebruikt_door")[:MOST]:
        usable = code.gebruikt_at is None and code.ingetrokken_at is None and now < code.geldig_tot
        values = {"dag": "", "werkgever": ""}
        if code.gebruikt_at is not None and code.gebruikt_door is not None:
            values = {"dag": _day(code.gebruikt_at), "werkgever": code.gebruikt_door.naam}
            state = _("Gebruikt op %(dag)s door %(werkgever)s") % values
        elif code.ingetrokken_at is not None:
            state = _("Ingetrokken")
        else:
            state = _("Te gebruiken") if usable else _("Verlopen")
        rows.append(
            {
                "id": code.pk,
                "made": _day(code.made_at),
                "until": _day(code.geldig_tot),
                "kvk": code.kvk,
                "state": state,
                "usable": usable,
            }
        )
    return rows


def _day(moment: Any) -> str:
    return in_words(timezone.localtime(moment).date())

"""UWV offers a window for population files, and decides on what gemeenten ask."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from banenafspraak.access.permissions import Permission, require
from banenafspraak.register import populatieverzoeken
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.register.populatiewoorden import AKKOORD, DOELEN, Gemeentedoel, Verzoekstatus
from banenafspraak.web.components.formulier import DateField, RadioSelect, Textarea, in_words, show_errors
from banenafspraak.web.components.parts import Crumb, number
from banenafspraak.web.components.registerwoorden import last_day
from banenafspraak.web.populatiewoorden import STATUSSEN
from banenafspraak.web.requests import ActorRequest

PER_PAGE = 40


class VensterForm(forms.Form):
    """From when until when gemeenten may ask."""

    use_required_attribute = False

    vanaf = DateField(label=lazy("Eerste dag"), error_messages={"required": lazy("Vul de eerste dag in.")})
    tot_en_met = DateField(label=lazy("Laatste dag"), error_messages={"required": lazy("Vul de laatste dag in.")})


class BesluitForm(forms.Form):
    """Yes or no, and why."""

    use_required_attribute = False

    besluit = forms.ChoiceField(
        label=lazy("Krijgt de gemeente het bestand?"),
        choices=[("ja", lazy("Ja")), ("nee", lazy("Nee"))],
        error_messages={"required": lazy("Kies ja of nee.")},
        widget=RadioSelect,
    )
    reden = forms.CharField(
        label=lazy("Waarom?"),
        help_text=lazy("De gemeente leest dit."),
        max_length=1000,
        error_messages={"required": lazy("Schrijf op waarom u dit besluit neemt.")},
        widget=Textarea({"rows": 4}),
    )


class OpnieuwForm(forms.Form):
    """Why the file may be fetched again."""

    use_required_attribute = False

    reden = forms.CharField(
        label=lazy("Waarom mag de gemeente het bestand opnieuw ophalen?"),
        help_text=lazy("Het worden dezelfde gegevens als de eerste keer."),
        max_length=1000,
        error_messages={"required": lazy("Schrijf op waarom u dit besluit neemt.")},
        widget=Textarea({"rows": 4}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """The windows, the requests in them, and the form that opens a new window."""
    require(request.actor, Permission.POPULATIE_DECIDE)
    form = VensterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            populatieverzoeken.offer(actor=request.actor, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("De periode is vastgelegd."))
            return redirect("beoordelaar-populatie")
    status = request.GET.get("status", "")
    found = populatieverzoeken.visible_to(request.actor)
    if status in {s.value for s in Verzoekstatus}:
        found = found.filter(status=status)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    today = timezone.localdate()
    context = {
        "form": form,
        "windows": [
            (in_words(v.open.lower), in_words(last_day(v.open.upper)), v.open.lower <= today < v.open.upper)
            for v in populatieverzoeken.vensters()
        ],
        "rows": [
            (v, in_words(timezone.localtime(v.ingediend_at).date()), STATUSSEN[Verzoekstatus(v.status)]) for v in page
        ],
        "statuses": [(s.value, naam, s.value == status) for s, naam in STATUSSEN.items()],
        "chosen": status,
        "page": page,
        "query": f"status={status}" if status else "",
        "crumbs": (Crumb(_("Populatiebestanden")),),
    }
    return render(request, "beoordelaar/populatie.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: ActorRequest, verzoek_id: UUID) -> HttpResponse:
    """One request: who asks for what, agreeing to what, and the decision."""
    require(request.actor, Permission.POPULATIE_DECIDE)
    verzoek = populatieverzoeken.visible_to(request.actor).filter(pk=verzoek_id).first()
    if verzoek is None:
        raise Http404
    again = verzoek.status == Verzoekstatus.MISLUKT
    form_class = OpnieuwForm if again else BesluitForm
    form = form_class(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        decide = (
            populatieverzoeken.grant_again
            if again
            else (populatieverzoeken.grant if form.cleaned_data["besluit"] == "ja" else populatieverzoeken.refuse)
        )
        try:
            decide(actor=request.actor, verzoek_id=verzoek_id, reden=form.cleaned_data["reden"], now=timezone.now())
            messages.success(request, _("Uw besluit is vastgelegd. De gemeente kan het lezen."))
        except NietMogelijk as refused:
            messages.warning(request, refused.melding)
        return redirect("beoordelaar-populatieverzoek", verzoek_id)
    context = {
        "verzoek": verzoek,
        "doel": str(DOELEN[Gemeentedoel(verzoek.doel)]),
        "status": STATUSSEN[Verzoekstatus(verzoek.status)],
        "asked_on": in_words(timezone.localtime(verzoek.ingediend_at).date()),
        "decided_on": in_words(timezone.localtime(verzoek.besloten_at).date()) if verzoek.besloten_at else "",
        "agreement": AKKOORD[verzoek.akkoord_versie],
        "delivered": [
            (in_words(timezone.localtime(d.gebruikt_at).date()), d.vorm.upper(), number(d.aantal), d.sha256)
            for d in verzoek.leveringen.all()
            if d.gebruikt_at
        ],
        "form": form if again or verzoek.status == Verzoekstatus.INGEDIEND else None,
        "crumbs": (Crumb(_("Populatiebestanden"), reverse("beoordelaar-populatie")), Crumb(verzoek.gemeente.naam)),
    }
    return render(request, "beoordelaar/populatieverzoek.html", context)

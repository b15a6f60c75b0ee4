"""The register is put right after a melding: see what it says, change it, look at what that comes to, and do it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from banenafspraak.access.permissions import Permission, require
from banenafspraak.register import herstel, meldingen
from banenafspraak.register.herstel import BekendeRegistratie, Dossier, Herstelsoort
from banenafspraak.register.meldingwoorden import Meldingsoort
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web.beoordelaar.herstel_forms import HerstelForm, VervalForm
from banenafspraak.web.components.formulier import in_words, show_errors
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.components.registerwoorden import EINDENAMEN, GRONDNAMEN, ROUTES
from banenafspraak.web.herstelwoorden import change_table, made, period
from banenafspraak.web.meldingwoorden import SOORTNAMEN
from banenafspraak.web.requests import ActorRequest


@never_cache
@require_safe
def registrations(request: ActorRequest, melding_id: UUID) -> HttpResponse:
    """What the register says and said of whoever made this melding, and what can be done about it."""
    dossier = _dossier(request, melding_id)
    if dossier is None:
        return redirect("beoordelaar-melding", melding_id)
    melding = meldingen.visible_to(request.actor).get(pk=melding_id)
    context = {
        "melding_id": melding_id,
        "soort": SOORTNAMEN[Meldingsoort(melding.soort)],
        "about": melding.registratie_id,
        "bsn": dossier.bsn.reveal(),
        "known": [_row(v) for v in dossier.bekend],
        "before": [_row(v) for v in dossier.eerder],
        "mended": made(herstel.made_for(actor=request.actor, melding_id=melding_id)),
        "crumbs": _crumbs(melding_id),
    }
    return render(request, "beoordelaar/registraties.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActorRequest, melding_id: UUID, registratie_id: int | None = None) -> HttpResponse:
    """Correct a registration, or without one add one: a form, then what it comes to, then the act."""
    dossier = _dossier(request, melding_id)
    if dossier is None:
        return redirect("beoordelaar-melding", melding_id)
    found = _found(request, dossier, registratie_id)
    if registratie_id is not None and found is None:
        return redirect("beoordelaar-registraties", melding_id)
    form = HerstelForm(
        request.POST if request.method == "POST" else None,
        now=found.inhoud if found else None,
        stand=dossier.stand,
        ask_birth=dossier.geboortedatum is None,
    )
    title = _("Registratie veranderen") if found else _("Registratie toevoegen")
    return _steps(request, melding_id, form, registratie_id, title)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def lapse(request: ActorRequest, melding_id: UUID, registratie_id: int) -> HttpResponse:
    """Take away a registration that should never have been there: a reason, what it comes to, and the act."""
    dossier = _dossier(request, melding_id)
    if dossier is None:
        return redirect("beoordelaar-melding", melding_id)
    if _found(request, dossier, registratie_id) is None:
        return redirect("beoordelaar-registraties", melding_id)
    form = VervalForm(request.POST if request.method == "POST" else None, stand=dossier.stand)
    return _steps(request, melding_id, form, registratie_id, _("Registratie weghalen"))


def _steps(
    request: ActorRequest, melding_id: UUID, form: HerstelForm | VervalForm, registratie_id: int | None, title: str
) -> HttpResponse:
    step, verschil = request.POST.get("actie", ""), None
    if request.method == "POST" and step not in ("bekijken", "aanpassen", "vastleggen"):
        return HttpResponse(status=400)
    if request.method == "POST" and step != "aanpassen" and form.is_valid():
        voorstel = form.voorstel(registratie_id)
        actor, now, stand = request.actor, timezone.now(), form.cleaned_data["stand"]
        try:
            if step == "vastleggen":
                reden = form.cleaned_data["reden"]
                soort = herstel.carry_out(
                    actor=actor, melding_id=melding_id, voorstel=voorstel, reden=reden, stand=stand, now=now
                )
                messages.success(request, _done(soort))
                return redirect("beoordelaar-registraties", melding_id)
            herstel.check_reden(form.cleaned_data["reden"])
            verschil = herstel.preview(
                actor=actor,
                melding_id=melding_id,
                voorstel=voorstel,
                stand=stand,
                peildatum=timezone.localdate(),
                now=now,
            )
        except ValidationError as error:
            show_errors(form, error)
        except NietMogelijk as refused:
            messages.warning(request, refused.melding)
            return redirect("beoordelaar-registraties", melding_id)
    context = {
        "form": form,
        "title": title,
        "lapse": not isinstance(form, HerstelForm),
        "back": reverse("beoordelaar-registraties", args=[melding_id]),
        "crumbs": _crumbs(melding_id, title),
    }
    if verschil is None:
        return render(request, "beoordelaar/registratie.html", context, status=400 if form.errors else 200)
    context |= {
        "table": change_table(verschil),
        "was": verschil.was_geregistreerd,
        "becomes": verschil.wordt_geregistreerd,
        "reason": form.cleaned_data["reden"],
    }
    return render(request, "beoordelaar/registratie_controleren.html", context)


def _done(soort: Herstelsoort) -> str:
    return {
        Herstelsoort.GEWIJZIGD: _("De registratie is veranderd. De melder ziet dit bij de eigen gegevens."),
        Herstelsoort.TOEGEVOEGD: _("De registratie is toegevoegd. De melder ziet dit bij de eigen gegevens."),
        Herstelsoort.VERVALLEN: _("De registratie is weggehaald. De melder ziet dit bij de eigen gegevens."),
    }[soort]


def _dossier(request: ActorRequest, melding_id: UUID) -> Dossier | None:
    """What the register knows; None, with a word about why, for a melding that this assessor does not have."""
    require(request.actor, Permission.REGISTER_CHANGE)
    try:
        return herstel.look_at(actor=request.actor, melding_id=melding_id, now=timezone.now())
    except (PermissionDenied, ObjectDoesNotExist):
        raise Http404(_("Deze melding is er niet, of u mag haar niet zien.")) from None
    except NietMogelijk as refused:
        messages.warning(request, refused.melding)
        return None


def _found(request: ActorRequest, dossier: Dossier, registratie_id: int | None) -> BekendeRegistratie | None:
    """The registration of the address; when it was replaced, a word about that. 404 for one of somebody else."""
    if registratie_id is None:
        return None
    found = dossier.find(registratie_id)
    if found is None:
        if registratie_id not in {v.id for v in dossier.eerder}:
            raise Http404(_("Deze registratie is er niet."))
        messages.warning(request, herstel.OVERTAKEN)
    return found


def _crumbs(melding_id: UUID, *last: str) -> tuple[Crumb, ...]:
    address = reverse("beoordelaar-registraties", args=[melding_id]) if last else ""
    return (
        Crumb(_("Meldingen"), reverse("beoordelaar-meldingen")),
        Crumb(_("Melding"), reverse("beoordelaar-melding", args=[melding_id])),
        Crumb(_("Registraties"), address),
        *(Crumb(text) for text in last),
    )


def _row(v: BekendeRegistratie) -> dict[str, object]:
    inhoud = v.inhoud
    return {
        "id": v.id,
        "title": GRONDNAMEN[inhoud.grond],
        "route": ROUTES[inhoud.route],
        "period": period(inhoud),
        "end": EINDENAMEN[inhoud.einde_reden] if inhoud.einde_reden else "",
        "written": in_words(timezone.localtime(v.vastgelegd_at).date()),
        "replaced": in_words(timezone.localtime(v.vervangen_at).date()) if v.vervangen_at else "",
    }

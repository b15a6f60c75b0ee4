"""Putting people forward: for which vacature, whom, what they said, and what came of it."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import contact, mensen, toestemmingen, vacatures, voordrachten
from banenafspraak.bemiddeling.contact import MAX_AANTAL, Voorstel
from banenafspraak.bemiddeling.contactwoorden import Contactdoel, Contactstatus, Contactuitkomst, Voorstelstatus
from banenafspraak.bemiddeling.voordrachten import Contactverzoek
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web.bemiddelaar.plaatsing_forms import UitkomstForm
from banenafspraak.web.components.formulier import Form, Select, in_words
from banenafspraak.web.components.parts import Crumb, clock
from banenafspraak.web.contactwoorden import DOELEN, UITKOMSTEN, VOOR_BEMIDDELAAR
from banenafspraak.web.requests import ActorRequest, understood

PAGE = 25


class VoordrachtForm(Form):
    """What the work is for the person; `sleutel` makes a second press the same voordracht."""

    doel = forms.ChoiceField(
        label=gettext_lazy("Wat biedt de werkgever?"),
        choices=[(d.value, DOELEN[d]) for d in Contactdoel],
        initial=Contactdoel.BAAN.value,
        widget=Select,
    )
    sleutel = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class VoordrachtenForm(Form):
    """Which voordrachten to show; stands in the address."""

    stand = forms.ChoiceField(
        label=gettext_lazy("Welke voordrachten"),
        choices=[
            ("", gettext_lazy("Die lopen")),
            ("klaar", gettext_lazy("Die klaar zijn")),
            ("alle", gettext_lazy("Alle")),
        ],
        required=False,
        widget=Select,
    )


def _crumbs(*last: Crumb) -> tuple[Crumb, ...]:
    own = Crumb(_("Voordrachten"), reverse("bemiddelaar-voordrachten") if last else "")
    return (Crumb(_("Mijn werk"), reverse("bemiddelaar")), own, *last)


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The voordrachten of the own organisation and with own people, and the vacatures one can be made for."""
    require(request.actor, Permission.CONTACT_HANDLE)
    now = timezone.now()
    form = VoordrachtenForm(request.GET)
    chosen = understood(form)
    found = voordrachten.visible_to(request.actor, now=now)
    if chosen.get("stand", "") == "":
        found = found.filter(status=Contactstatus.OPEN, sluit_at__gt=now)
    elif chosen["stand"] == "klaar":
        found = found.exclude(status=Contactstatus.OPEN, sluit_at__gt=now)
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    shown = list(page)
    people = voordrachten.proposals_of(request.actor, [v.pk for v in shown], now=now)
    names = _vacature_names(request, [v.vacature_id for v in shown if v.vacature_id])
    context = {
        "rows": [_row(v, people.get(v.pk, []), names, now) for v in shown],
        "vacatures": [
            {"id": v.pk, "naam": v.naam_vacature, "werkgever": v.handelsnaam_organisatie, "plaats": v.plaatsnaam}
            for v in voordrachten.open_vacatures(request.actor)[:PAGE]
        ],
        "page": page,
        "form": form,
        "query": urlencode(chosen),
        "filtered": bool(chosen),
        "crumbs": _crumbs(),
    }
    return render(request, "bemiddelaar/voordrachten.html", context)


def _vacature_names(request: ActorRequest, ids: list[UUID]) -> dict[UUID, str]:
    return dict(vacatures.visible_to(request.actor).filter(pk__in=ids).values_list("pk", "naam_vacature"))


def _row(verzoek: Contactverzoek, people: list[Voorstel], names: dict[UUID, str], now: datetime) -> dict[str, Any]:
    closes, today = timezone.localtime(verzoek.sluit_at).date(), timezone.localtime(now).date()
    runs = verzoek.status == Contactstatus.OPEN and verzoek.sluit_at > now
    said_yes = sum(v.status == Voorstelstatus.JA for v in people)
    return {
        "id": verzoek.pk,
        "vacature": (names.get(verzoek.vacature_id) if verzoek.vacature_id else "") or _("Een vacature"),
        "werkgever": verzoek.werkgever.naam,
        "van": verzoek.voordracht_van.naam if verzoek.voordracht_van else "",
        "doel": DOELEN[Contactdoel(verzoek.doel)],
        "asked": in_words(timezone.localtime(verzoek.gevraagd_at).date()),
        "aantal": len(people),
        "ja": said_yes,
        "wachten": sum(voordrachten.still_waits(v) for v in people),
        "clock": clock(closes - timedelta(days=1), today) if runs else None,
        "runs": runs,
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest, vacature_id: UUID) -> HttpResponse:
    """Choose whom to put forward for a vacature. Everybody shown is logged."""
    require(request.actor, Permission.CONTACT_HANDLE)
    now = timezone.now()
    vacature = voordrachten.open_vacatures(request.actor).filter(pk=vacature_id).first()
    if vacature is None:
        raise Http404
    form = VoordrachtForm(request.POST if request.method == "POST" else None)
    # A list of matches leads here with people that were ticked there.
    given = request.POST if request.method == "POST" else request.GET
    chosen = [pk for text in given.getlist("persoon")[: MAX_AANTAL + 1] if (pk := _uuid(text))]
    if request.method == "POST" and form.is_valid():
        try:
            made = voordrachten.put_forward(
                actor=request.actor,
                vacature_id=vacature_id,
                persoon_ids=chosen,
                doel=Contactdoel(form.cleaned_data["doel"]),
                sleutel=form.cleaned_data["sleutel"],
                now=now,
            )
        except ValidationError as error:
            form.add_error(None, error.messages[0])
        except NietMogelijk as refused:
            form.add_error(None, refused.melding)
        except PermissionDenied:
            raise Http404 from None
        else:
            messages.success(request, _("Deze mensen staan op de lijst. Vraag het hun nu."))
            return redirect("bemiddelaar-voordracht", made)
    shown = voordrachten.people_to_choose(request.actor, vacature_id, chosen=chosen, now=now)
    mensen.log_people(request.actor, [p.persoon_id for p in shown], now=now)
    werk, aanbod = voordrachten.texts_for(vacature)
    context = {
        "form": form,
        "vacature": vacature.naam_vacature,
        "werkgever": vacature.handelsnaam_organisatie,
        "werk": werk,
        "aanbod": aanbod,
        "people": [{"id": p.persoon_id, "naam": mensen.shown_name(p), "chosen": p.persoon_id in chosen} for p in shown],
        "most": MAX_AANTAL,
        "crumbs": _crumbs(Crumb(_("Mensen voordragen"))),
    }
    return render(request, "bemiddelaar/voordragen.html", context, status=400 if form.errors else 200)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@never_cache
@require_safe
def detail(request: ActorRequest, verzoek_id: UUID) -> HttpResponse:
    """One voordracht: who is on the list, what they said, and what came of it. Everybody shown is logged."""
    verzoek, now = _visible_or_404(request, verzoek_id), timezone.now()
    people = voordrachten.proposals_of(request.actor, [verzoek_id], now=now).get(verzoek_id, [])
    names = mensen.names_of(request.actor, [v.persoon_id for v in people], now=now)
    mensen.log_requests(request.actor, people, now=now)
    given = {
        t.voorstel_id: t for t in toestemmingen.visible_to(request.actor, now=now).filter(voorstel__verzoek=verzoek_id)
    }
    werk, aanbod = contact.texts_of(verzoek)
    context = {
        **_row(verzoek, people, _vacature_names(request, [verzoek.vacature_id] if verzoek.vacature_id else []), now),
        "people": [_person(v, names, given.get(v.pk), now) for v in people],
        "may_ask": any(v.status == Voorstelstatus.VOORGESTELD for v in people),
        "may_stop": verzoek.status == Contactstatus.OPEN and verzoek.voordracht_van_id == request.actor.organisatie_id,
        "werk": werk,
        "aanbod": aanbod,
        "crumbs": _crumbs(Crumb(_("Een voordracht"))),
    }
    return render(request, "bemiddelaar/voordracht.html", context)


def _person(
    voorstel: Voorstel, names: dict[UUID, str], given: toestemmingen.Toestemming | None, now: datetime
) -> dict[str, Any]:
    status = Voorstelstatus(voorstel.status)
    presented = ""
    if given is not None and given.vrij_at > now:
        presented = _("De werkgever ziet dit vanaf %(dag)s.") % {
            "dag": in_words(timezone.localtime(given.vrij_at).date())
        }
    elif given is not None and status is Voorstelstatus.JA:
        presented = _("Voorgedragen: de werkgever ziet deze persoon.")
    return {
        "id": voorstel.pk,
        "persoon_id": voorstel.persoon_id,
        "naam": names.get(voorstel.persoon_id) or _("Een persoon zonder profiel"),
        "status": _("Staat op de lijst, nog niet gevraagd")
        if status is Voorstelstatus.VOORGESTELD
        else VOOR_BEMIDDELAAR[status],
        "waits": status is Voorstelstatus.VOORGESTELD,
        "presented": presented,
        "uitkomst": UITKOMSTEN[Contactuitkomst(voorstel.uitkomst)] if voorstel.uitkomst else "",
        "may_place": voordrachten.may_be_placed(voorstel),
        "may_finish": status is Voorstelstatus.JA,
        "form": UitkomstForm(auto_id=f"id_{voorstel.pk.hex[:8]}_%s"),
    }


@require_POST
def act(request: ActorRequest, verzoek_id: UUID) -> HttpResponse:
    """Ask who was chosen, pass on what the employer said, or put nobody forward any more."""
    _visible_or_404(request, verzoek_id)
    now = timezone.now()
    chosen = [pk for text in request.POST.getlist("voorstel")[:MAX_AANTAL] if (pk := _uuid(text))]
    try:
        match request.POST.get("handeling"):
            case "vragen" if chosen:
                done, late = voordrachten.ask(actor=request.actor, verzoek_id=verzoek_id, voorstel_ids=chosen, now=now)
                text = ngettext("%(aantal)d persoon krijgt de vraag.", "%(aantal)d mensen krijgen de vraag.", done)
                messages.success(request, text % {"aantal": done})
                if late:
                    messages.warning(request, _("Een deel was intussen al veranderd."))
            case "uitkomst" if chosen:
                form = UitkomstForm(request.POST)
                if form.is_valid():
                    toestemmingen.pass_on_outcome(
                        actor=request.actor,
                        voorstel_id=chosen[0],
                        uitkomst=Contactuitkomst(form.cleaned_data["uitkomst"]),
                        now=now,
                    )
                    messages.success(request, _("Vastgelegd wat ervan is gekomen."))
                else:
                    messages.warning(request, _("Kies wat ervan is gekomen."))
            case "stoppen":
                voordrachten.stop(actor=request.actor, verzoek_id=verzoek_id, now=now)
                messages.success(request, _("Gestopt. De werkgever ziet van deze voordracht niets meer."))
            case _:
                messages.warning(request, _("Kies eerst een of meer mensen."))
    except NietMogelijk as refused:
        messages.warning(request, refused.melding)
    except PermissionDenied:
        raise Http404 from None
    return redirect("bemiddelaar-voordracht", verzoek_id)


def _visible_or_404(request: ActorRequest, verzoek_id: UUID) -> Contactverzoek:
    require(request.actor, Permission.CONTACT_HANDLE)
    found = voordrachten.visible_to(request.actor, now=timezone.now()).filter(pk=verzoek_id).first()
    if found is None:
        raise Http404
    return found

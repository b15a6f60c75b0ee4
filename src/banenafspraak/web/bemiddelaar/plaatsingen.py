"""Placements on the bemiddelaar's desk: which ask for attention, one with what it counts for, and wages beside them."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.access import organisaties
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import contact, loonafstemming, mensen, plaatsingen, vacatures, voordrachten
from banenafspraak.bemiddeling.loonafstemming import Verschil
from banenafspraak.bemiddeling.meetelling import instrumenten_bij
from banenafspraak.bemiddeling.plaatsingen import LEVENSLOOP, Plaatsing, Plaatsinghandeling
from banenafspraak.bemiddeling.plaatsingwoorden import Eindreden, Plaatsingsoort, Plaatsingstatus
from banenafspraak.register import queries
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web.bemiddelaar.plaatsing_forms import (
    EindForm,
    PlaatsingenForm,
    PlaatsingForm,
    VerlengForm,
    VerschilForm,
    initial_of,
)
from banenafspraak.web.components.formulier import in_words, show_errors
from banenafspraak.web.components.parts import Crumb, Moment
from banenafspraak.web.plaatsingwoorden import (
    EINDREDENEN,
    INSTRUMENTEN,
    ROUTES,
    SECTOREN,
    SOORTEN,
    STAPPEN,
    STATUSSEN,
    decimal,
    feiten_of,
    period,
    telzin,
    watch,
)
from banenafspraak.web.requests import ActorRequest, understood
from banenafspraak.wet.gevolgen import ARTIKELEN
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.proefplaatsing import Loket

PAGE = 25


def _crumbs(*last: Crumb) -> tuple[Crumb, ...]:
    own = Crumb(_("Plaatsingen"), reverse("bemiddelaar-plaatsingen") if last else "")
    return (Crumb(_("Mijn werk"), reverse("bemiddelaar")), own, *last)


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The placements of the own people, by default those that ask for attention, nearest last day first. Logged."""
    require(request.actor, Permission.PLAATSING_CHANGE)
    now = timezone.now()
    today = timezone.localtime(now).date()
    form = PlaatsingenForm(request.GET)
    chosen = understood(form)
    found = _narrowed(request, chosen, now)
    page = Paginator(found.order_by(F("eindigt_op").asc(nulls_last=True), "begint_op", "pk"), PAGE).get_page(
        request.GET.get("pagina")
    )
    shown = list(page)
    names = mensen.names_of(request.actor, [p.persoon_id for p in shown], now=now)
    mensen.log_placements(request.actor, shown, now=now)
    registered = _registered(request, [p.persoon_id for p in shown], now)
    context = {
        "rows": [_row(p, names, p.persoon_id in registered, today) for p in shown],
        "page": page,
        "form": form,
        "query": urlencode(chosen),
        "filtered": bool(chosen),
        "crumbs": _crumbs(),
    }
    return render(request, "bemiddelaar/plaatsingen.html", context)


def _narrowed(request: ActorRequest, chosen: dict[str, str], now: datetime) -> QuerySet[Plaatsing]:
    stand = chosen.get("stand", "")
    found = (
        plaatsingen.visible_to(request.actor, now=now)
        if stand
        else plaatsingen.waiting_for_attention(request.actor, now=now)
    )
    conditions = {
        "lopend": Q(status=Plaatsingstatus.LOPEND),
        "voorgenomen": Q(status=Plaatsingstatus.VOORGENOMEN),
        "klaar": Q(status__in=[Plaatsingstatus.BEEINDIGD, Plaatsingstatus.INGETROKKEN]),
    }
    found = found.filter(conditions.get(stand, Q()))
    return found.filter(soort=chosen["soort"]) if chosen.get("soort") else found


def _registered(request: ActorRequest, ids: list[UUID], now: datetime) -> set[UUID]:
    """Who of these people is in the register today. One query."""
    today = timezone.localtime(now).date()
    people = queries.people_visible_to(request.actor, peildatum=today, known_at=now).filter(pk__in=ids)
    return set(people.values_list("pk", flat=True))


def _row(plaatsing: Plaatsing, names: dict[UUID, str], in_register: bool, today: date) -> dict[str, Any]:
    inhoud, status = plaatsingen.inhoud_of(plaatsing), Plaatsingstatus(plaatsing.status)
    text, left = watch(status, inhoud.begint_op, inhoud.eindigt_op, today)
    return {
        "id": plaatsing.pk,
        "persoon_id": plaatsing.persoon_id,
        "naam": names.get(plaatsing.persoon_id) or _("Een persoon zonder profiel"),
        "soort": SOORTEN[inhoud.soort],
        "werkgever": inhoud.inlener.naam if inhoud.inlener else inhoud.werkgever.naam,
        "period": period(inhoud.begint_op, inhoud.eindigt_op),
        "uren": decimal(inhoud.uren_per_week),
        "status": STATUSSEN[status],
        "telt": telzin(feiten_of(inhoud), status, inhoud.eindigt_op, in_register=in_register, peildatum=today),
        "attention": text,
        "clock": left,
    }


@never_cache
@require_safe
def detail(request: ActorRequest, plaatsing_id: UUID) -> HttpResponse:
    """One placement: what was agreed, whether it counts and why, which instruments may fit, and what happened."""
    plaatsing = _own_or_404(request, plaatsing_id)
    return _show(request, plaatsing, VerlengForm(), EindForm())


def _show(
    request: ActorRequest, plaatsing: Plaatsing, verleng: VerlengForm, einde: EindForm, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    today = timezone.localtime(now).date()
    mensen.log_placements(request.actor, [plaatsing], now=now)
    names = mensen.names_of(request.actor, [plaatsing.persoon_id], now=now)
    gronden = _grounds(request, plaatsing.persoon_id, now)
    inhoud = plaatsingen.inhoud_of(plaatsing)
    row = _row(plaatsing, names, bool(gronden), today)
    help_ = dict.fromkeys(
        (str(INSTRUMENTEN[g]), ARTIKELEN[g]) for g in instrumenten_bij(inhoud.soort, gronden, peildatum=today)
    )
    possible = LEVENSLOOP.possible(plaatsing.status)
    last = plaatsingen.last_day_allowed(inhoud, verlengd=True)
    context = {
        **row,
        "steps": row["telt"].uitkomst,
        "goes_on": plaatsing.status in (Plaatsingstatus.VOORGENOMEN, Plaatsingstatus.LOPEND),
        "werkgever_naam": inhoud.werkgever.naam,
        "werkgever_kvk": inhoud.werkgever.kvk,
        "inlener": inhoud.inlener,
        "sector": SECTOREN[inhoud.sector],
        "route": ROUTES[inhoud.route] if inhoud.route else "",
        "verlengd": inhoud.verlengd,
        "onderbroken": inhoud.onderbroken_dagen,
        "last_allowed": in_words(last) if last else "",
        "vacature": _vacature(request, plaatsing),
        "reden": EINDREDENEN[Eindreden(plaatsing.eindreden)] if plaatsing.eindreden else "",
        "instruments": list(help_),
        "shared": [one.naam for one in (inhoud.werkgever, inhoud.inlener) if one and one.kvk in plaatsing.gedeeld_met],
        "may_begin": Plaatsinghandeling.BEGINNEN in possible and plaatsing.begint_op <= today,
        "may_change": Plaatsinghandeling.WIJZIGEN in possible,
        "may_extend": Plaatsinghandeling.VERLENGEN in possible and plaatsing.eindigt_op is not None,
        "may_end": Plaatsinghandeling.BEEINDIGEN in possible,
        "may_withdraw": Plaatsinghandeling.INTREKKEN in possible,
        "verleng": verleng,
        "einde": einde,
        "errors": einde if einde.errors else verleng,
        "vorige": plaatsing.vorige_id,
        "vervolg": Plaatsing.objects.filter(vorige=plaatsing.pk).values_list("pk", flat=True).first(),
        "moments": tuple(_moment(step) for step in plaatsingen.steps_of(plaatsing)),
        "crumbs": _crumbs(Crumb(_("Een plaatsing"))),
    }
    return render(request, "bemiddelaar/plaatsing.html", context, status=status)


def _vacature(request: ActorRequest, plaatsing: Plaatsing) -> dict[str, Any] | None:
    """The vacature it fills, when this bemiddelaar may still see that, and how many of its places are taken."""
    if plaatsing.vacature_id is None:
        return None
    found = vacatures.visible_to(request.actor).filter(pk=plaatsing.vacature_id).first()
    if found is None:
        return None
    taken = voordrachten.filled(request.actor, [found.pk]).get(found.pk, 0)
    return {"id": found.pk, "naam": found.naam_vacature, "plaatsen": found.aantal_plaatsen, "vervuld": taken}


def _moment(step: Any) -> Moment:
    until = in_words(step.eindigt_op) if step.eindigt_op else _("geen")
    text = _("%(uren)s uur per week, laatste dag: %(tot)s") % {"uren": decimal(step.uren_per_week), "tot": until}
    day = in_words(timezone.localtime(step.at).date())
    return Moment(title=str(STAPPEN[Plaatsinghandeling(step.handeling)]), day=day, text=text)


def _grounds(request: ActorRequest, persoon_id: UUID, now: datetime) -> tuple[Grond, ...]:
    today = timezone.localtime(now).date()
    known = queries.visible_to(request.actor, peildatum=today, known_at=now).filter(persoon=persoon_id)
    return tuple(Grond(grond) for grond in known.order_by("grond").values_list("grond", flat=True))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest, persoon_id: UUID) -> HttpResponse:
    """Write down that one of the own people goes to work; out of a yes when the address names one."""
    require(request.actor, Permission.PLAATSING_CHANGE)
    now = timezone.now()
    name = mensen.names_of(request.actor, [persoon_id], now=now).get(persoon_id)
    if name is None:
        raise Http404
    voorstel_id = _uuid(request.GET.get("voorstel", ""))
    initial = _from_yes(request, persoon_id, voorstel_id, now) if voorstel_id else {}
    form = PlaatsingForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = plaatsingen.plan(
                actor=request.actor,
                persoon_id=persoon_id,
                inhoud=form.inhoud(),
                voorstel_id=voorstel_id,
                sleutel=form.cleaned_data["sleutel"],
                now=now,
            )
        except ValidationError as error:
            show_errors(form, error)
        except PermissionDenied:
            raise Http404 from None
        else:
            messages.success(request, _("De plaatsing is vastgelegd."))
            return redirect("bemiddelaar-plaatsing", made)
    mensen.log_people(request.actor, [persoon_id], now=now)
    context = {
        "form": form,
        "naam": name,
        "title": _("Plaatsing vastleggen"),
        "yes": bool(initial),
        "begun": False,
        "crumbs": _crumbs(
            Crumb(_("Een persoon"), reverse("bemiddelaar-mens", args=[persoon_id])), Crumb(_("Plaatsing vastleggen"))
        ),
    }
    return render(request, "bemiddelaar/plaatsing_vastleggen.html", context, status=400 if form.errors else 200)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _from_yes(request: ActorRequest, persoon_id: UUID, voorstel_id: UUID, now: datetime) -> dict[str, Any]:
    """What a yes already says: the employer. 404 for a yes that is not there or leads to nothing."""
    found = contact.visible_to(request.actor, now=now).filter(pk=voorstel_id, persoon=persoon_id).first()
    if found is None or not voordrachten.may_be_placed(found):
        raise Http404
    known = organisaties.of_id(found.werkgever_id)
    initial: dict[str, Any] = {"werkgever_kvk": known.kvk, "werkgever_naam": known.naam}
    vacature = vacatures.visible_to(request.actor).filter(pk=found.vacature_id).first() if found.vacature_id else None
    if vacature is not None and vacature.aantal_werkuren_per_week_maximaal:
        initial["uren_per_week"] = vacature.aantal_werkuren_per_week_maximaal
    if found.doel == "proefplaatsing":
        initial["soort"] = Plaatsingsoort.PROEFPLAATSING.value
        if request.actor.gemeente:
            initial["route"] = Loket.GEMEENTE.value
    return initial


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActorRequest, plaatsing_id: UUID) -> HttpResponse:
    """Change what was agreed; what has begun keeps its kind of work, its employers and its first day."""
    plaatsing = _own_or_404(request, plaatsing_id)
    if (gone := _not_any_more(request, plaatsing, Plaatsinghandeling.WIJZIGEN)) is not None:
        return gone
    begun = plaatsing.status != Plaatsingstatus.VOORGENOMEN
    initial = initial_of(plaatsingen.inhoud_of(plaatsing))
    form = PlaatsingForm(request.POST if request.method == "POST" else None, initial=initial, begun=begun)
    if request.method == "POST" and form.is_valid():
        try:
            plaatsingen.change(actor=request.actor, plaatsing_id=plaatsing_id, inhoud=form.inhoud(), now=timezone.now())
        except ValidationError as error:
            show_errors(form, error)
        except NietMogelijk as refused:
            messages.warning(request, refused.melding)
            return redirect("bemiddelaar-plaatsing", plaatsing_id)
        else:
            messages.success(request, _("De plaatsing is gewijzigd."))
            return redirect("bemiddelaar-plaatsing", plaatsing_id)
    return _form_page(request, plaatsing, form, _("Plaatsing wijzigen"), begun=begun)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: ActorRequest, plaatsing_id: UUID) -> HttpResponse:
    """How it goes on: a contract after a trial, say. The old placement ends the day before, in the same moment."""
    plaatsing = _own_or_404(request, plaatsing_id)
    if (gone := _not_any_more(request, plaatsing, Plaatsinghandeling.BEEINDIGEN)) is not None:
        return gone
    had = plaatsingen.inhoud_of(plaatsing)
    initial = initial_of(had) | {
        "soort": Plaatsingsoort.DIENSTVERBAND.value if had.soort is Plaatsingsoort.PROEFPLAATSING else had.soort.value,
        "begint_op": timezone.localdate(),
        "eindigt_op": None,
        "route": "",
        "verlengd": False,
        "onderbroken_dagen": None,
    }
    form = PlaatsingForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = plaatsingen.follow_up(
                actor=request.actor,
                plaatsing_id=plaatsing_id,
                inhoud=form.inhoud(),
                sleutel=form.cleaned_data["sleutel"],
                now=timezone.now(),
            )
        except ValidationError as error:
            show_errors(form, error)
        except NietMogelijk as refused:
            messages.warning(request, refused.melding)
            return redirect("bemiddelaar-plaatsing", plaatsing_id)
        else:
            messages.success(request, _("Vastgelegd. De vorige plaatsing is gestopt op de dag ervoor."))
            return redirect("bemiddelaar-plaatsing", made)
    return _form_page(request, plaatsing, form, _("Hoe gaat het verder?"))


def _not_any_more(request: ActorRequest, plaatsing: Plaatsing, handeling: Plaatsinghandeling) -> HttpResponse | None:
    """Back to the placement, when this cannot be done with it; what was sent twice leads to where the first went."""
    if handeling in LEVENSLOOP.possible(plaatsing.status):
        return None
    later = Plaatsing.objects.filter(vorige=plaatsing.pk).values_list("pk", flat=True).first()
    if request.method == "POST" and handeling is Plaatsinghandeling.BEEINDIGEN and later is not None:
        return redirect("bemiddelaar-plaatsing", later)
    messages.warning(request, _("Dit kan nu niet met deze plaatsing."))
    return redirect("bemiddelaar-plaatsing", plaatsing.pk)


def _form_page(
    request: ActorRequest, plaatsing: Plaatsing, form: PlaatsingForm, title: str, begun: bool = False
) -> HttpResponse:
    now = timezone.now()
    mensen.log_placements(request.actor, [plaatsing], now=now)
    names = mensen.names_of(request.actor, [plaatsing.persoon_id], now=now)
    context = {
        "form": form,
        "naam": names.get(plaatsing.persoon_id) or _("Een persoon zonder profiel"),
        "title": title,
        "yes": False,
        "begun": begun,
        "crumbs": _crumbs(
            Crumb(_("Een plaatsing"), reverse("bemiddelaar-plaatsing", args=[plaatsing.pk])), Crumb(title)
        ),
    }
    return render(request, "bemiddelaar/plaatsing_vastleggen.html", context, status=400 if form.errors else 200)


@require_POST
def act(request: ActorRequest, plaatsing_id: UUID) -> HttpResponse:
    """Begin, extend, end or withdraw a placement, or pass on that an employer may not look along any more."""
    plaatsing = _own_or_404(request, plaatsing_id)
    verleng, einde = VerlengForm(), EindForm()
    try:
        match request.POST.get("handeling"):
            case "beginnen":
                plaatsingen.begin(actor=request.actor, plaatsing_id=plaatsing_id, now=timezone.now())
                messages.success(request, _("De plaatsing loopt."))
            case "verlengen":
                verleng = VerlengForm(request.POST)
                if not verleng.is_valid():
                    return _show(request, plaatsing, verleng, einde, 400)
                until = verleng.cleaned_data["eindigt_op"]
                plaatsingen.extend(actor=request.actor, plaatsing_id=plaatsing_id, eindigt_op=until, now=timezone.now())
                messages.success(request, _("De plaatsing is verlengd."))
            case "beeindigen":
                einde = EindForm(request.POST)
                if not einde.is_valid():
                    return _show(request, plaatsing, verleng, einde, 400)
                plaatsingen.end(
                    actor=request.actor,
                    plaatsing_id=plaatsing_id,
                    laatste_dag=einde.cleaned_data["laatste_dag"],
                    reden=Eindreden(einde.cleaned_data["reden"]),
                    now=timezone.now(),
                )
                messages.success(request, _("Vastgelegd dat dit werk is gestopt."))
            case "intrekken":
                plaatsingen.withdraw(actor=request.actor, plaatsing_id=plaatsing_id, now=timezone.now())
                messages.success(request, _("Vastgelegd dat dit niet doorgaat."))
            case "niet-delen":
                for kvk in plaatsing.gedeeld_met:
                    plaatsingen.stop_sharing(
                        actor=request.actor, plaatsing_id=plaatsing_id, kvk=kvk, now=timezone.now()
                    )
                messages.success(request, _("De werkgever ziet deze plaatsing niet meer."))
            case _:
                messages.warning(request, _("Dit kan hier niet."))
    except ValidationError as error:
        form = einde if einde.is_bound else verleng
        show_errors(form, error)
        plaatsing.refresh_from_db()
        return _show(request, plaatsing, verleng, einde, 400)
    except NietMogelijk as refused:
        messages.warning(request, refused.melding)
    return redirect("bemiddelaar-plaatsing", plaatsing_id)


@never_cache
@require_safe
def wages(request: ActorRequest) -> HttpResponse:
    """Who has a placement but no wage, or a wage but no placement, in the newest month of wages. Logged."""
    require(request.actor, Permission.PLAATSING_CHANGE)
    now = timezone.now()
    form = VerschilForm(request.GET)
    verschil = Verschil(understood(form).get("verschil", Verschil.GEEN_LOON))
    found = loonafstemming.look_at(actor=request.actor, verschil=verschil, now=now)
    names = mensen.names_of(request.actor, [r.persoon_id for r in found.regels], now=now)
    context = {
        "rows": [
            {
                "naam": names.get(r.persoon_id) or _("Een persoon zonder profiel"),
                "url": reverse("bemiddelaar-plaatsing", args=[r.plaatsing.pk])
                if r.plaatsing
                else reverse("bemiddelaar-plaatsing-nieuw", args=[r.persoon_id])
                if r.persoon_id in names
                else "",
                "werkgever": r.plaatsing.werkgever_naam if r.plaatsing else "",
                "period": period(r.plaatsing.begint_op, r.plaatsing.eindigt_op) if r.plaatsing else "",
            }
            for r in found.regels
        ],
        "maand": f"{found.maand:%m-%Y}" if found.maand else "",
        "more": found.meer,
        "most": loonafstemming.MEEST,
        "without": verschil is Verschil.GEEN_PLAATSING,
        "form": form,
        "crumbs": _crumbs(Crumb(_("Plaatsingen en loon"))),
    }
    return render(request, "bemiddelaar/plaatsingen_loon.html", context)


def _own_or_404(request: ActorRequest, plaatsing_id: UUID) -> Plaatsing:
    require(request.actor, Permission.PLAATSING_CHANGE)
    found = plaatsingen.visible_to(request.actor, now=timezone.now()).filter(pk=plaatsing_id).first()
    if found is None:
        raise Http404
    return found

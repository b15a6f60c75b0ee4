"""The pages of an employer around the check. A BSN comes in by POST only, and every answer has the same length."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.access import apisleutels, mandaten
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import tevredenheid
from banenafspraak.register import bezwaren, raadpleging
from banenafspraak.register.raadpleging import Antwoord, Periode, Uitkomst, Vraag
from banenafspraak.web import contactpuntpagina
from banenafspraak.web.components.parts import Crumb, table
from banenafspraak.web.requests import ActorRequest
from banenafspraak.web.werkgever import downloads
from banenafspraak.web.werkgever.forms import BezwaarForm, CheckForm, LijstForm, MandaatForm, SleutelForm
from banenafspraak.wet.raadpleging import Raadpleegsoort

# More than the longest result page; the rest is blanks, so that the length says nothing.
RESULT_BYTES = 48_000
PAGE = 50


def _crumbs(*last: str) -> tuple[Crumb, ...]:
    if not last:
        return (Crumb(_("Werkgever")),)
    return (Crumb(_("Werkgever"), reverse("employer")), *(Crumb(text) for text in last))


@never_cache
@require_safe
def hub(request: ActorRequest) -> HttpResponse:
    """What an employer can do here, whom to call, and how many new people may still be asked about."""
    require(request.actor, Permission.RAADPLEGING_ASK)
    now = timezone.now()
    outcomes = tevredenheid.outcomes_of(actor=request.actor, now=now)
    context = {
        "ruimte": raadpleging.ruimte(actor=request.actor, now=now),
        "questions": sum(1 for one in outcomes if one.vraagt),
        "contactkaarten": contactpuntpagina.for_employer(request.actor),
        "crumbs": _crumbs(),
    }
    return render(request, "werkgever/hub.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: ActorRequest) -> HttpResponse:
    """Ask about one person. The answer is the page itself: nothing about a person stays in an address or a session."""
    require(request.actor, Permission.RAADPLEGING_ASK)
    now = timezone.now()
    today = timezone.localtime(now).date()
    werkgevers = mandaten.werkgevers_of(request.actor, peildatum=today)
    form = CheckForm(request.POST if request.method == "POST" else None, werkgevers=werkgevers, initial={"dag": today})
    if request.method == "POST":
        werkgever_id = _chosen(form, request.POST.get("werkgever", ""))
        if form.is_valid():
            response = _answer(request, form, werkgever_id)
            if response is not None:
                return response
        elif form.has_elfproef_fout:
            raadpleging.count_elfproef_fouten(actor=request.actor, werkgever_id=werkgever_id, now=now)
    ruimte = raadpleging.ruimte(actor=request.actor, now=now)
    context = {"form": form, "ruimte": ruimte, "crumbs": _crumbs(_("Staat iemand in het register?"))}
    return render(request, "werkgever/check.html", context, status=400 if form.errors else 200)


def _chosen(form: CheckForm, text: str) -> int | None:
    field = form.fields.get("werkgever")
    return (
        int(text) if field is not None and text in {str(key) for key, _naam in getattr(field, "choices", [])} else None
    )


def _answer(request: ActorRequest, form: CheckForm, werkgever_id: int | None) -> HttpResponse | None:
    """The page with the answer; None when the form says what is wrong."""
    data = form.cleaned_data
    vraag = Vraag(Bsn.parse(data["bsn"]), Raadpleegsoort(data["soort"]), data["dag"], data["uitlener"], data["code"])
    try:
        answers = raadpleging.ask(
            actor=request.actor,
            vragen=[vraag],
            werkgever_id=werkgever_id,
            sleutel=str(data["sleutel"]),
            now=timezone.now(),
        )
    except raadpleging.DagNietToegestaan:
        form.add_error("dag", _("Kies vandaag, of een dag van dit of het vorige kalenderjaar."))
        return None
    except raadpleging.EchtBsn:
        form.add_error("bsn", _("Gebruik hier alleen testnummers: 9999xxxxx."))
        return None
    except raadpleging.AnderVerzoek:
        # The page was sent, changed with the back button, and sent again. The transaction is over: begin anew.
        return HttpResponseBadRequest(_("Dit formulier is al gebruikt. Open de pagina opnieuw."))
    context = {
        "result": _result(answers.antwoorden[0], data["dag"]),
        "answers": answers,
        "bsn": data["bsn"],
        "dag": data["dag"],
        "crumbs": (
            Crumb(_("Werkgever"), reverse("employer")),
            Crumb(_("Staat iemand in het register?"), reverse("employer-check")),
            Crumb(_("Antwoord")),
        ),
    }
    response = render(request, "werkgever/result.html", context)
    response.content = response.content.ljust(RESULT_BYTES)
    response.same_length = True  # type: ignore[attr-defined]
    return response


@dataclass(frozen=True)
class Result:
    """An answer in words: the sentence, the kind of frame, what it means, and the periods."""

    title: str
    kind: str
    texts: tuple[str, ...]
    perioden: tuple[str, ...]
    blocked: bool


def _result(antwoord: Antwoord, dag: date) -> Result:
    day = _day(dag)
    perioden = tuple(_period(periode) for periode in antwoord.perioden)
    if antwoord.uitkomst is Uitkomst.BEANTWOORD and antwoord.geregistreerd:
        title = _("Ja. Deze persoon stond op %(dag)s in het doelgroepregister.") % {"dag": day}
        texts = (
            _("U mag deze persoon meetellen voor de banenafspraak. Waarom iemand in het register staat, ziet u niet."),
        )
        return Result(title, "ok", texts, perioden, False)
    if antwoord.uitkomst is Uitkomst.BEANTWOORD:
        title = _("Nee. Deze persoon stond op %(dag)s niet in het doelgroepregister.") % {"dag": day}
        texts = (
            _(
                "Deze persoon telt op die dag niet mee voor de banenafspraak. "
                "Het register wordt niet elke dag bijgewerkt."
            ),
        )
        return Result(title, "info", texts, perioden, False)
    refusals = {
        Uitkomst.GEEN_WERKNEMER: (
            _("Deze persoon staat niet op uw loonlijst."),
            _("Wij kijken in de loongegevens. Werkt iemand net bij u? Kies dan: wil ik aannemen."),
        ),
        Uitkomst.CODE_ONJUIST: (
            _("Deze code klopt niet."),
            _("De code hoort bij een andere persoon of werkgever, is al gebruikt, of is verlopen. Vraag een nieuwe."),
        ),
        Uitkomst.QUOTUM_OP: (
            _("U kunt nu geen nieuwe mensen opvragen."),
            _(
                "Vraag de kandidaat om een code, of wacht tot er weer ruimte is. "
                "Eigen werknemers kunt u altijd opvragen."
            ),
        ),
        Uitkomst.GEBLOKKEERD: (
            _("U kunt tijdelijk geen nieuwe mensen opvragen."),
            _("Uw vragen leken op raden. Eigen werknemers en kandidaten met een code kunt u nog opvragen."),
        ),
    }
    title, text = refusals[antwoord.uitkomst]
    return Result(title, "warning", (text,), (), antwoord.uitkomst is Uitkomst.GEBLOKKEERD)


def _day(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def _period(periode: Periode) -> str:
    if periode.tot is None:
        return _("vanaf %(vanaf)s") % {"vanaf": _day(periode.vanaf)}
    return _("van %(vanaf)s tot %(tot)s") % {"vanaf": _day(periode.vanaf), "tot": _day(periode.tot)}


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def own_staff(request: ActorRequest) -> HttpResponse:
    """Who of the own staff is registered: a form, then the list by POST, because each look is logged per person."""
    require(request.actor, Permission.RAADPLEGING_ASK)
    now = timezone.now()
    today = timezone.localtime(now).date()
    nummers: dict[int, tuple[str, int]] = {}
    for werkgever_id, naam in mandaten.werkgevers_of(request.actor, peildatum=today):
        for nummer in mandaten.loonheffingennummers(werkgever_id):
            nummers[nummer.id] = (f"{naam}: …{nummer.staart}", werkgever_id)
    choices = [(key, text) for key, (text, _id) in nummers.items()]
    form = LijstForm(request.POST if request.method == "POST" else None, nummers=choices, initial={"dag": today})
    context: dict[str, Any] = {"form": form, "nummers": choices, "crumbs": _crumbs(_("Eigen werknemers"))}
    if request.method != "POST" or not form.is_valid():
        return render(request, "werkgever/own_staff.html", context, status=400 if form.errors else 200)
    chosen = form.cleaned_data["nummer"]
    try:
        lijst = raadpleging.ask_lijst(
            actor=request.actor,
            nummer_id=chosen,
            dag=form.cleaned_data["dag"],
            werkgever_id=nummers[chosen][1],
            now=now,
        )
    except raadpleging.DagNietToegestaan:
        form.add_error("dag", _("Kies vandaag, of een dag van dit of het vorige kalenderjaar."))
        return render(request, "werkgever/own_staff.html", context, status=400)
    if request.POST.get("als") in ("csv", "ods"):
        return _download(lijst, request.POST["als"])
    rows = [(w.bsn.reveal(), [_period(p) for p in w.perioden], w.perioden) for w in lijst.geregistreerd]
    if form.cleaned_data["volgorde"] == "vanaf":
        rows.sort(key=lambda row: row[2][0].vanaf)
    context |= {"lijst": lijst, "rows": rows, "nummer": nummers[chosen][0], "dag": _day(lijst.dag)}
    return render(request, "werkgever/own_staff_list.html", context)


def _download(lijst: raadpleging.Lijst, kind: str) -> HttpResponse:
    table = downloads.rows(lijst)
    if kind == "csv":
        response = HttpResponse(downloads.as_csv(table), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(downloads.as_ods(table), content_type="application/vnd.oasis.opendocument.spreadsheet")
    response.headers["Content-Disposition"] = f'attachment; filename="eigen-werknemers-{lijst.dag}.{kind}"'
    return response


@never_cache
@require_safe
def history(request: ActorRequest) -> HttpResponse:
    """The own questions: when, for which employer, what kind, how they ended; not about whom, and not the answer."""
    require(request.actor, Permission.RAADPLEGING_ASK)
    page = Paginator(raadpleging.visible_to(request.actor), PAGE).get_page(request.GET.get("pagina"))
    columns = (
        _("Gevraagd op"),
        _("Voor wie"),
        _("Soort"),
        _("Gevraagd over"),
        _("Afloop"),
        _("Nummer van deze vraag"),
    )
    shown = table(
        id="vragen",
        caption=_("Vragen, de nieuwste eerst"),
        columns=columns,
        rows=[_asked(vraag, request.actor) for vraag in page],
        stack=True,
        words=True,
    )
    context = {"page": page, "table": shown, "crumbs": _crumbs(_("Uw vragen"))}
    return render(request, "werkgever/history.html", context)


_SOORTEN = {
    Raadpleegsoort.WERKNEMER: lazy("eigen werknemer"),
    Raadpleegsoort.VERWACHT: lazy("wil ik aannemen"),
    Raadpleegsoort.INGELEEND: lazy("leen ik in"),
}


def _asked(vraag: raadpleging.Raadpleging, actor: Actor) -> tuple[str, list[str]]:
    """One question of the history: the moment, and the cells behind it."""
    own, whom = actor.organisatie_id, _("uzelf")
    if vraag.werkgever_id != own:
        whom = vraag.werkgever.naam
    elif vraag.verzoek.door_id != own:
        whom = _("uzelf, gevraagd door %(kantoor)s") % {"kantoor": vraag.verzoek.door.naam}
    ended = _("beantwoord") if vraag.uitkomst == Uitkomst.BEANTWOORD else _("geweigerd")
    counts = ", " + _("telt mee") if vraag.kost_quotum else ""
    at = timezone.localtime(vraag.asked_at)
    kind = str(_SOORTEN[Raadpleegsoort(vraag.soort)])
    return f"{_day(at.date())} {at:%H:%M}", [
        whom,
        kind,
        _day(vraag.gevraagde_dag),
        ended + counts,
        str(vraag.verzoek_id),
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mandates(request: ActorRequest) -> HttpResponse:
    """Who acts for whom: give a mandate, and see what was given."""
    require(request.actor, Permission.WERKGEVER_MANAGE)
    now = timezone.now()
    form = MandaatForm(
        request.POST if request.method == "POST" else None, initial={"vanaf": timezone.localtime(now).date()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            mandaten.give(actor=request.actor, **form.cleaned_data, now=now)
        except ValidationError as error:
            _take_over(form, error)
        else:
            messages.success(request, _("Het mandaat is gegeven. Het kantoor moet het nog aanvaarden."))
            return redirect("employer-mandates")
    context = {
        "form": form,
        "mandates": mandaten.visible_to(request.actor),
        "own": request.actor.organisatie_id,
        "crumbs": _crumbs(_("Mandaten")),
    }
    return render(request, "werkgever/mandates.html", context, status=400 if form.errors else 200)


@never_cache
@require_POST
def mandate_step(request: ActorRequest, mandaat_id: int, action: str) -> HttpResponse:
    """Accept, refuse or withdraw a mandate."""
    require(request.actor, Permission.WERKGEVER_MANAGE)
    if action not in mandaten.OVERGANGEN:
        raise Http404
    try:
        mandaten.step(actor=request.actor, mandaat_id=mandaat_id, action=action, now=timezone.now())
    except mandaten.MandaatGewijzigd:
        if not mandaten.visible_to(request.actor).filter(pk=mandaat_id).exists():
            raise Http404 from None
        messages.warning(request, _("Dit kan niet meer: het mandaat is intussen gewijzigd."))
    else:
        messages.success(request, _("Het mandaat is bijgewerkt."))
    return redirect("employer-mandates")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: ActorRequest) -> HttpResponse:
    """Keys for programs: make one, and see it once."""
    require(request.actor, Permission.WERKGEVER_MANAGE)
    now = timezone.now()
    form = SleutelForm(request.POST if request.method == "POST" else None)
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            made = apisleutels.make(actor=request.actor, naam=form.cleaned_data["naam"], now=now)
            form = SleutelForm()
        except ValidationError as error:
            _take_over(form, error)
    context = {
        "form": form,
        "made": made,
        "keys": apisleutels.visible_to(request.actor),
        "now": now,
        "crumbs": _crumbs(_("Sleutels voor programma's")),
    }
    return render(request, "werkgever/keys.html", context, status=400 if form.errors else 200)


@never_cache
@require_POST
def key_withdraw(request: ActorRequest, sleutel_id: int) -> HttpResponse:
    """Let a key stop."""
    require(request.actor, Permission.WERKGEVER_MANAGE)
    if not apisleutels.withdraw(actor=request.actor, sleutel_id=sleutel_id, now=timezone.now()):
        raise Http404
    messages.success(request, _("De sleutel werkt niet meer."))
    return redirect("employer-keys")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: ActorRequest) -> HttpResponse:
    """Why the employer may not ask about new people, and the objection against that."""
    require(request.actor, Permission.RAADPLEGING_ASK)
    blocks = bezwaren.visible_to(request.actor)
    running = next((b for b in blocks if b.opgeheven_at is None), None)
    form = BezwaarForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and running is None:
        raise Http404(_("U bent niet geblokkeerd."))
    if request.method == "POST" and running is not None and form.is_valid():
        try:
            bezwaren.file(actor=request.actor, blokkade_id=running.pk, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            _take_over(form, error)
        except bezwaren.BezwaarGewijzigd:
            messages.warning(request, _("Uw bezwaar wordt al behandeld."))
            return redirect("employer-block")
        else:
            messages.success(request, _("Uw bezwaar is ingediend. U leest hier wat erover wordt besloten."))
            return redirect("employer-block")
    pending = running is not None and any(b.stand == "ingediend" for b in running.bezwaren.all())
    context = {
        "blocks": blocks,
        "running": running,
        "pending": pending,
        "form": form,
        "crumbs": _crumbs(_("Blokkade en bezwaar")),
    }
    return render(request, "werkgever/block.html", context, status=400 if form.errors else 200)


def _take_over(form: Any, error: ValidationError) -> None:
    """The fault of an action, at the field it is about, or on top."""
    if hasattr(error, "error_dict"):
        for field, faults in error.message_dict.items():
            form.add_error(field if field in form.fields else None, faults)
    else:
        form.add_error(None, error.messages)

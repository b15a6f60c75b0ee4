"""The assessor of UWV: what must be done, in order of time, and one case at a time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, SuspiciousOperation, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register import aanvragen, beoordeling
from banenafspraak.register.aanvragen import Aanvraaghandeling, Aanvraaginzage, Aanvraagsoort, Aanvraagstatus, Aanvrager
from banenafspraak.register.beoordeling import GegevenAntwoord
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.web import aanvragen as shared
from banenafspraak.web.beoordelaar.forms import BezwaarForm, ExtendForm, RequestForm, WorklistForm
from banenafspraak.web.components import brief as letters
from banenafspraak.web.components.formulier import in_words
from banenafspraak.web.components.papieren import show
from banenafspraak.web.components.parts import SOON, Answer, Crumb, clock
from banenafspraak.web.components.vragen import VraagForm, answer_label, reason_of
from banenafspraak.web.requests import ActorRequest
from banenafspraak.wet.arbeidsvermogen import ArbeidsvermogenFeiten
from banenafspraak.wet.feiten import FeitenFout, FeitOntbreekt
from banenafspraak.wet.vragen import Vraag, question_of

PAGE = 25


def _crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(_("Werklijst"), reverse("beoordelaar") if more else ""), *more)


def _case_crumbs(aanvraag_id: UUID, naam: str) -> tuple[Crumb, ...]:
    kenmerk = shared.reference(aanvraag_id)
    return _crumbs(Crumb(kenmerk, reverse("beoordelaar-aanvraag", args=[aanvraag_id])), Crumb(naam))


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The work list: the case that must be decided first comes first. Names no person."""
    require(request.actor, Permission.AANVRAAG_BEOORDELEN)
    today = timezone.localdate()
    form = WorklistForm(request.GET)
    chosen = {k: v for k, v in form.cleaned_data.items() if v} if form.is_valid() else {}
    found = aanvragen.worklist(request.actor)
    if soort := chosen.get("soort"):
        found = found.filter(soort=soort)
    if chosen.get("van") == "mij":
        found = found.filter(beoordelaar_id=request.actor.gebruiker_id)
    elif chosen.get("van") == "niemand":
        found = found.filter(beoordelaar=None)
    if chosen.get("tijd") == "te-laat":
        found = found.filter(laatste_dag__lt=today)
    elif chosen.get("tijd") == "week":
        found = found.filter(laatste_dag__lte=today + timedelta(days=SOON))
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    rows = [
        {
            "id": a.pk,
            "kenmerk": shared.reference(a.pk),
            "soort": shared.kind_name(a.soort),
            "van": shared.gemeente_name(a.gemeente_id) if a.gemeente_id else _("Burger"),
            "status": shared.status_name(a.status),
            "dag": in_words(a.laatste_dag) if a.laatste_dag else "",
            "clock": clock(a.laatste_dag, today),
            "wie": _who(request.actor, a.beoordelaar_id),
        }
        for a in page
    ]
    context = {
        "rows": rows,
        "page": page,
        "form": form,
        "query": urlencode(chosen),
        "filtered": bool(chosen),
        "crumbs": _crumbs(),
    }
    return render(request, "beoordelaar/werklijst.html", context)


def _who(actor: Actor, beoordelaar_id: UUID | None) -> str:
    if beoordelaar_id is None:
        return _("Nog niemand")
    return _("U") if beoordelaar_id == actor.gebruiker_id else _("Een collega")


def _case(request: ActorRequest, aanvraag_id: UUID) -> Aanvraaginzage:
    require(request.actor, Permission.AANVRAAG_BEOORDELEN)
    return shared.look_or_404(request.actor, aanvraag_id, timezone.now())


@never_cache
@require_safe
def case(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """Everything about one case, and what can be done now."""
    inzage = _case(request, aanvraag_id)
    today = timezone.localdate()
    running = inzage.laatste_dag is not None or inzage.staat_stil
    open_case = inzage.status not in (Aanvraagstatus.BESLIST, Aanvraagstatus.INGETROKKEN)
    may = {handeling.value for handeling in inzage.mag}
    given = beoordeling.answers(actor=request.actor, aanvraag_id=aanvraag_id) if inzage.mag_medisch else []
    context = {
        "aanvraag_id": aanvraag_id,
        "kenmerk": shared.reference(aanvraag_id),
        "soort": shared.kind_name(inzage.soort),
        "status": shared.status_name(inzage.status),
        "clock": clock(inzage.laatste_dag, today, still=inzage.staat_stil) if running and open_case else None,
        "last_day": in_words(inzage.laatste_dag) if inzage.laatste_dag and open_case else "",
        "confirm_by": in_words(inzage.bevestigen_uiterlijk_op)
        if inzage.bevestigen_uiterlijk_op and inzage.bevestigd_op is None
        else "",
        "who": _who(request.actor, inzage.beoordelaar_id),
        "mine": inzage.beoordelaar_id == request.actor.gebruiker_id,
        "taken": inzage.beoordelaar_id is not None,
        "from_college": inzage.aanvrager is Aanvrager.COLLEGE,
        "gemeente": shared.gemeente_name(inzage.gemeente or inzage.woongemeente),
        "born": in_words(inzage.geboortedatum),
        "born_differs": inzage.geboortedatum_wijkt_af,
        "school": inzage.soort is Aanvraagsoort.SCHOOL,
        "told": _told(inzage),
        "given": _answers(aanvraag_id, given, inzage),
        "asked": inzage.aanvulling,
        "may": may,
        "decided": inzage.status is Aanvraagstatus.BESLIST,
        "moments": shared.moments(inzage, internal=True),
        "letters": shared.letters(inzage),
        "papers": shared.papers(request.actor, aanvraag_id),
        "crumbs": _crumbs(Crumb(shared.reference(aanvraag_id))),
    }
    return render(request, "beoordelaar/zaak.html", context)


_TOLD = (
    ("persoon", "naam", "Naam"),
    ("persoon", "adres", "Straat en huisnummer"),
    ("persoon", "postcode", "Postcode"),
    ("persoon", "plaats", "Plaats"),
    ("persoon", "telefoon", "Telefoonnummer"),
    ("persoon", "reden", "Waarom de gemeente dit vraagt"),
    ("school", "onderwijs", "Onderwijs"),
    ("school", "school", "School"),
    ("school", "periode", "Periode"),
    ("werk", "heeft_werk", "Heeft nu werk"),
    ("werk", "werk", "Werk"),
    ("gezondheid", "wat_is_moeilijk", "Wat is moeilijk"),
    ("gezondheid", "wat_lukt", "Wat lukt wel"),
    ("gezondheid", "sinds", "Sinds wanneer"),
    ("gezondheid", "hulp", "Hulp of behandeling"),
)
"""What the applicant told, by step and field, with its name on this page (translated where it is shown)."""


def _told(inzage: Aanvraaginzage) -> tuple[Answer, ...]:
    found = []
    for stap, veld, naam in _TOLD:
        value = inzage.velden.get(stap, {}).get(veld)
        if value not in (None, ""):
            text = {"ja": _("Ja"), "nee": _("Nee")}.get(str(value)) or answer_label(veld, value)
            found.append(Answer(_field_name(naam), text))
    return tuple(found)


def _field_name(naam: str) -> str:
    names = {
        "Naam": _("Naam"),
        "Straat en huisnummer": _("Straat en huisnummer"),
        "Postcode": _("Postcode"),
        "Plaats": _("Plaats"),
        "Telefoonnummer": _("Telefoonnummer"),
        "Waarom de gemeente dit vraagt": _("Waarom de gemeente dit vraagt"),
        "Onderwijs": _("Onderwijs"),
        "School": _("School"),
        "Periode": _("Periode"),
        "Heeft nu werk": _("Heeft nu werk"),
        "Werk": _("Werk"),
        "Wat is moeilijk": _("Wat is moeilijk"),
        "Wat lukt wel": _("Wat lukt wel"),
        "Sinds wanneer": _("Sinds wanneer"),
        "Hulp of behandeling": _("Hulp of behandeling"),
    }
    return names[naam]


def _answers(aanvraag_id: UUID, given: list[GegevenAntwoord], inzage: Aanvraaginzage) -> tuple[Answer, ...]:
    may_change = Aanvraaghandeling.BESLISSEN in inzage.mag
    return tuple(
        Answer(
            a.tekst,
            answer_label(a.feit, a.waarde),
            reverse("beoordelaar-antwoord", args=[aanvraag_id, a.feit]) if may_change else "",
        )
        for a in given
    )


@never_cache
@require_POST
def act(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """What needs no form: confirm the receipt, take up, give back, take over. Which one stands in the button."""
    require(request.actor, Permission.AANVRAAG_BEOORDELEN)
    now = timezone.now()
    common: dict[str, Any] = {"actor": request.actor, "aanvraag_id": aanvraag_id, "now": now}
    try:
        match request.POST.get("handeling"):
            case "ontvangst_bevestigen":
                aanvragen.confirm_receipt(**common)
                messages.success(request, _("De ontvangst is bevestigd. De brief staat bij de brieven."))
            case "oppakken":
                aanvragen.claim(**common)
                messages.success(request, _("Deze zaak is nu van u."))
            case "terugleggen":
                aanvragen.release(**common)
                messages.success(request, _("De zaak ligt weer op de werklijst."))
            case "overnemen":
                inzage = shared.look_or_404(request.actor, aanvraag_id, now)
                if inzage.beoordelaar_id is not None:
                    aanvragen.take_over(**common, van=inzage.beoordelaar_id)
                    messages.success(request, _("U hebt deze zaak overgenomen."))
            case "aanvullen":
                aanvragen.complete(**common)
                messages.success(request, _("De termijn loopt weer."))
            case _:
                raise SuspiciousOperation("unknown action")
    except ObjectDoesNotExist:
        raise Http404(_("Deze aanvraag is er niet, of u mag haar niet zien.")) from None
    except NietMogelijk as error:
        messages.warning(request, error.melding)
    return redirect("beoordelaar-aanvraag", aanvraag_id)


@never_cache
@require_safe
def document(request: ActorRequest, aanvraag_id: UUID, document_id: UUID) -> HttpResponse:
    """Download a document of the case; the look is logged."""
    require(request.actor, Permission.AANVRAAG_BEOORDELEN)
    return shared.paper_response(request.actor, document_id, aanvraag_id, timezone.now())


# --- The questions of the law ------------------------------------------------------------------------------------


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: ActorRequest, aanvraag_id: UUID, feit: str = "") -> HttpResponse:
    """The next question the law needs, or with `feit` one that was answered before. One question a page."""
    inzage = _case(request, aanvraag_id)
    if Aanvraaghandeling.BESLISSEN not in inzage.mag:
        messages.warning(request, _("Pak de zaak eerst op. Daarna kunt u de vragen beantwoorden."))
        return redirect("beoordelaar-aanvraag", aanvraag_id)
    given = beoordeling.answers(actor=request.actor, aanvraag_id=aanvraag_id)
    try:
        vraag = _asked(request, aanvraag_id, feit)
    except FeitenFout as error:
        for text in error.fouten:
            messages.error(request, text)
        return redirect("beoordelaar-aanvraag", aanvraag_id)
    if vraag is None:
        return redirect("beoordelaar-beslissen", aanvraag_id)
    known = {a.feit: a.waarde for a in given}
    form = VraagForm(
        request.POST if request.method == "POST" else None,
        vraag=vraag,
        initial={"antwoord": _as_typed(known.get(vraag.naam))},
    )
    if request.method == "POST" and form.is_valid():
        try:
            beoordeling.answer(
                actor=request.actor,
                aanvraag_id=aanvraag_id,
                feit=vraag.naam,
                waarde=shared.to_plain(form.cleaned_data["antwoord"]),
                now=timezone.now(),
            )
        except FeitenFout as error:
            for text in error.fouten:
                form.add_error("antwoord", text)
        except NietMogelijk as error:
            messages.warning(request, error.melding)
            return redirect("beoordelaar-aanvraag", aanvraag_id)
        else:
            return redirect("beoordelaar-vraag", aanvraag_id)
    context = {
        "form": form,
        "vraag": vraag,
        "reason": reason_of(vraag.naam),
        "choice": vraag.soort in ("ja_nee", "keuze"),
        "answered": len(given),
        "given": _answers(aanvraag_id, given, inzage),
        "aanvraag_id": aanvraag_id,
        "back": _back(aanvraag_id, given, feit),
        "crumbs": _case_crumbs(aanvraag_id, _("Vraag")),
    }
    return render(request, "beoordelaar/vraag.html", context)


def _asked(request: ActorRequest, aanvraag_id: UUID, feit: str) -> Vraag | None:
    if feit:
        try:
            return question_of(ArbeidsvermogenFeiten, feit)
        except KeyError:
            raise Http404(_("Deze vraag bestaat niet.")) from None
    return beoordeling.next_question(actor=request.actor, aanvraag_id=aanvraag_id, peildatum=timezone.localdate())


def _as_typed(value: Any) -> Any:
    return {True: "ja", False: "nee"}.get(value, value) if isinstance(value, bool) else value


def _back(aanvraag_id: UUID, given: list[GegevenAntwoord], feit: str) -> str:
    """To the question before this one, or to the case."""
    names = [a.feit for a in given]
    before = names[: names.index(feit)] if feit in names else names
    if before:
        return reverse("beoordelaar-antwoord", args=[aanvraag_id, before[-1]])
    return reverse("beoordelaar-aanvraag", args=[aanvraag_id])


# --- Letters on the way ------------------------------------------------------------------------------------------


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ask_more(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """Ask the applicant for more; the term stands still from today."""
    return _with_form(request, aanvraag_id, RequestForm, Aanvraaghandeling.AANVULLING_VRAGEN)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """Say that the decision comes later, and why."""
    return _with_form(request, aanvraag_id, ExtendForm, Aanvraaghandeling.VERLENGEN)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """Note that somebody objects to the decision."""
    return _with_form(request, aanvraag_id, BezwaarForm, Aanvraaghandeling.BEZWAAR_NOTEREN)


def _with_form(request: ActorRequest, aanvraag_id: UUID, cls: type, handeling: Aanvraaghandeling) -> HttpResponse:
    inzage = _case(request, aanvraag_id)
    if handeling not in inzage.mag:
        messages.warning(request, _("Dit kan nu niet met deze zaak."))
        return redirect("beoordelaar-aanvraag", aanvraag_id)
    titles = {
        Aanvraaghandeling.AANVULLING_VRAGEN: (
            _("Meer informatie vragen"),
            _("De termijn staat stil vanaf vandaag, tot de informatie er is (artikel 4:15 Awb)."),
            _("Vraag versturen"),
        ),
        Aanvraaghandeling.VERLENGEN: (
            _("De beslissing uitstellen"),
            _("De aanvrager krijgt een brief met de nieuwe dag en de reden."),
            _("Uitstel versturen"),
        ),
        Aanvraaghandeling.BEZWAAR_NOTEREN: (
            _("Bezwaar noteren"),
            _("Het besluit blijft gelden tot er op het bezwaar is beslist."),
            _("Bezwaar noteren"),
        ),
    }
    actions: dict[Aanvraaghandeling, Callable[..., None]] = {
        Aanvraaghandeling.AANVULLING_VRAGEN: aanvragen.ask_aanvulling,
        Aanvraaghandeling.VERLENGEN: aanvragen.extend,
        Aanvraaghandeling.BEZWAAR_NOTEREN: aanvragen.note_bezwaar,
    }
    title, text, button = titles[handeling]
    form = cls(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions[handeling](actor=request.actor, aanvraag_id=aanvraag_id, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            show(form, error)
        except NietMogelijk as error:
            messages.warning(request, error.melding)
            return redirect("beoordelaar-aanvraag", aanvraag_id)
        else:
            messages.success(request, _("Bewaard: %(wat)s.") % {"wat": title.lower()})
            return redirect("beoordelaar-aanvraag", aanvraag_id)
    context = {
        "form": form,
        "title": title,
        "text": text,
        "button": button,
        "back": reverse("beoordelaar-aanvraag", args=[aanvraag_id]),
        "crumbs": _case_crumbs(aanvraag_id, title),
    }
    return render(request, "beoordelaar/formulier.html", context)


@never_cache
@require_safe
def letter(request: ActorRequest, aanvraag_id: UUID, brief: str) -> HttpResponse:
    """One of the letters; `concept` is the decision letter as it would be today."""
    inzage = _case(request, aanvraag_id)
    now = timezone.now()
    if brief != "concept":
        return shared.letter_response(request.actor, inzage, brief, now)
    if Aanvraaghandeling.BESLISSEN not in inzage.mag:
        raise Http404(_("Deze brief is er niet."))
    try:
        uitkomst = beoordeling.preview(actor=request.actor, aanvraag_id=aanvraag_id, peildatum=timezone.localdate())
    except FeitenFout:
        return redirect("beoordelaar-vraag", aanvraag_id)
    made = shared.draft_letter(inzage, uitkomst, timezone.localdate())
    return shared.download(
        letters.to_pdf(made, made_at=now), f"concept-{shared.reference(aanvraag_id)}.pdf", "application/pdf"
    )


# --- The decision ------------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """What the decision would be, with its reasons and its letter; a POST decides. Deciding twice decides once."""
    inzage = _case(request, aanvraag_id)
    if inzage.status is Aanvraagstatus.BESLIST:
        return redirect("beoordelaar-uitkomst", aanvraag_id)
    if Aanvraaghandeling.BESLISSEN not in inzage.mag:
        messages.warning(request, _("U kunt over deze zaak nu niet beslissen."))
        return redirect("beoordelaar-aanvraag", aanvraag_id)
    problems: list[str] = []
    try:
        if request.method == "POST":
            beoordeling.decide(actor=request.actor, aanvraag_id=aanvraag_id, now=timezone.now())
            return redirect("beoordelaar-uitkomst", aanvraag_id)
    except FeitOntbreekt:
        return redirect("beoordelaar-vraag", aanvraag_id)
    except ValidationError as error:
        problems = error.messages
    except NietMogelijk as error:
        messages.warning(request, error.melding)
        return redirect("beoordelaar-aanvraag", aanvraag_id)
    try:
        uitkomst = beoordeling.preview(actor=request.actor, aanvraag_id=aanvraag_id, peildatum=timezone.localdate())
    except FeitOntbreekt:
        return redirect("beoordelaar-vraag", aanvraag_id)
    except FeitenFout as error:
        for text in error.fouten:
            messages.error(request, text)
        return redirect("beoordelaar-aanvraag", aanvraag_id)
    oordeel = uitkomst.waarde
    given = beoordeling.answers(actor=request.actor, aanvraag_id=aanvraag_id)
    context = {
        "aanvraag_id": aanvraag_id,
        "kenmerk": shared.reference(aanvraag_id),
        "outcome": shared.outcome_name(oordeel.uitkomst),
        "switched": oordeel.gewisseld,
        "registers": oordeel.grond is not None,
        "uitkomst": uitkomst,
        "given": _answers(aanvraag_id, given, inzage),
        "problems": problems,
        "crumbs": _case_crumbs(aanvraag_id, _("Beslissen")),
    }
    return render(request, "beoordelaar/beslissen.html", context)


@never_cache
@require_safe
def outcome(request: ActorRequest, aanvraag_id: UUID) -> HttpResponse:
    """The decision that was taken: what it did, why, and the letter."""
    require(request.actor, Permission.AANVRAAG_BEOORDELEN)
    try:
        found = beoordeling.read_besluit(actor=request.actor, aanvraag_id=aanvraag_id, now=timezone.now())
    except ObjectDoesNotExist:
        raise Http404(_("Over deze aanvraag is nog niet beslist.")) from None
    context = {
        "aanvraag_id": aanvraag_id,
        "kenmerk": shared.reference(aanvraag_id),
        "outcome": shared.outcome_name(found.uitkomst),
        "found": found,
        "day": in_words(found.genomen_op),
        "objection_until": in_words(found.bezwaar_uiterlijk_op),
        "objection_on": in_words(found.bezwaar_op) if found.bezwaar_op else "",
        "crumbs": _case_crumbs(aanvraag_id, _("Uitkomst")),
    }
    return render(request, "beoordelaar/uitkomst.html", context)

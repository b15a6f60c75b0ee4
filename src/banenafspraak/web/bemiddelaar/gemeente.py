"""The pages of a gemeente about its own inhabitants in the register: one, all, what changed, and the one-off file."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.register import populatie, populatieverzoeken
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.register.populatie import Populatieregel, RegisterBezig, Wijziging
from banenafspraak.register.populatiewoorden import AKKOORD, AKKOORD_VERSIE, Bestandsvorm, Gemeentedoel, Verzoekstatus
from banenafspraak.web.bemiddelaar.gemeente_forms import (
    DOELNAMEN,
    InwonerForm,
    LeveringForm,
    PopulatieForm,
    VerzoekForm,
)
from banenafspraak.web.components.formulier import in_words, show_errors
from banenafspraak.web.components.parts import Crumb, Table, number, table
from banenafspraak.web.components.registerwoorden import LABELS, last_day
from banenafspraak.web.populatiewoorden import AKKOORDTEKSTEN, STATUSSEN, WIJZIGINGEN
from banenafspraak.web.requests import ActorRequest, understood


def _home() -> Crumb:
    return Crumb(_("Mijn werk"), reverse("bemiddelaar"))


@never_cache
@sensitive_post_parameters("bsn")
@require_http_methods(["GET", "HEAD", "POST"])
def inwoner(request: ActorRequest) -> HttpResponse:
    """Look up one inhabitant. The answer comes with the POST itself: it has no address, so nobody finds it back."""
    populatie.require_gemeente(request.actor)
    asked = request.method == "POST"
    form = InwonerForm(request.POST if asked else None)
    regels: tuple[Populatieregel, ...] | None = None
    if asked and form.is_valid():
        regels = populatie.look_up(
            actor=request.actor,
            bsn=form.cleaned_data["bsn"],
            doel=Gemeentedoel(form.cleaned_data["doel"]),
            peildatum=timezone.localdate(),
            now=timezone.now(),
        )
        # The number is not sent back: the next question is about somebody else.
        form = InwonerForm(initial={"doel": form.cleaned_data["doel"]})
    context = {
        "form": form,
        "asked": regels is not None,
        "found": _table_of(regels, _("Registraties van deze inwoner"), with_bsn=False) if regels else None,
        "today": in_words(timezone.localdate()),
        "crumbs": (_home(), Crumb(_("Inwoner opzoeken"))),
    }
    return render(request, "bemiddelaar/inwoner.html", context)


@never_cache
@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    """The own population, a page at a time; each person on it is logged."""
    populatie.require_gemeente(request.actor)
    form = PopulatieForm(request.GET)
    found = populatie.look_at_page(
        actor=request.actor,
        filters=form.filters(),
        nummer=_page_number(request),
        peildatum=timezone.localdate(),
        now=timezone.now(),
    )
    closed = populatie.last_closed(actor=request.actor)
    chosen = understood(form)
    context = {
        "form": form,
        "page": Paginator(range(found.registraties), populatie.PER_PAGE).get_page(found.nummer),
        "query": urlencode(chosen),
        "filtered": bool(chosen),
        "table": _table_of(found.regels, _("Inwoners in het register"), with_bsn=True) if found.regels else None,
        "personen": number(found.personen),
        "registraties": number(found.registraties),
        "closed": in_words(timezone.localtime(closed).date()) if closed else "",
        "crumbs": (_home(), Crumb(_("Onze inwoners in het register"))),
    }
    return render(request, "bemiddelaar/populatie.html", context)


@never_cache
@require_safe
def changes(request: ActorRequest) -> HttpResponse:
    """Who came and went since the overview was closed; each person on the page is logged."""
    populatie.require_gemeente(request.actor)
    found = populatie.look_at_changes(
        actor=request.actor, nummer=_page_number(request), peildatum=timezone.localdate(), now=timezone.now()
    )
    context: dict[str, object] = {
        "found": found,
        "crumbs": (_home(), Crumb(_("Onze inwoners in het register"), reverse("populatie")), Crumb(_("Wijzigingen"))),
    }
    if found is not None:
        total = sum(found.aantallen.values())
        rows = [
            (
                g.bsn.reveal(),
                [
                    str(WIJZIGINGEN[g.wijziging].short),
                    in_words(g.op) if g.op else "–",
                    str(LABELS[g.label]) if g.label else "–",
                ],
            )
            for g in found.gewijzigd
        ]
        context |= {
            "since": in_words(timezone.localtime(found.sinds).date()),
            "counts": [(WIJZIGINGEN[w].long, number(found.aantallen[w])) for w in Wijziging],
            "page": Paginator(range(total), populatie.PER_PAGE).get_page(found.nummer),
            "table": table(
                id="wijzigingen",
                caption=_("Wijzigingen, per inwoner"),
                columns=(_("BSN"), _("Wat er veranderde"), _("Sinds"), _("Grond")),
                rows=rows,
                stack=True,
                words=True,
            )
            if rows
            else None,
        }
    return render(request, "bemiddelaar/wijzigingen.html", context)


@require_POST
def close(request: ActorRequest) -> HttpResponse:
    """The overview was dealt with: count changes from here."""
    populatie.require_gemeente(request.actor)
    try:
        populatie.close_overview(actor=request.actor, peildatum=timezone.localdate(), now=timezone.now())
        messages.success(request, _("Vastgelegd. Wat hierna verandert, ziet u bij de wijzigingen."))
    except RegisterBezig:
        messages.warning(request, _busy())
    return redirect("populatie-changes")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: ActorRequest) -> HttpResponse:
    """The own requests for the file, and the form for a new one while a window is open."""
    populatie.require_gemeente(request.actor)
    today = timezone.localdate()
    form = VerzoekForm(request.POST if request.method == "POST" else None, initial={"versie": AKKOORD_VERSIE})
    if request.method == "POST" and form.is_valid():
        try:
            verzoek_id = populatieverzoeken.submit(
                actor=request.actor,
                doel=Gemeentedoel(form.cleaned_data["doel"]),
                akkoord_versie=form.cleaned_data["versie"],
                peildatum=today,
                now=timezone.now(),
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Uw verzoek is verstuurd. UWV beslist erover."))
            return redirect("populatieverzoek", verzoek_id)
    own = list(populatieverzoeken.visible_to(request.actor))
    window = populatieverzoeken.open_venster(today)
    running = window is not None and any(
        v.venster_id == window.pk and v.status not in (Verzoekstatus.AFGEWEZEN, Verzoekstatus.INGETROKKEN) for v in own
    )
    context = {
        "form": form,
        "own": [
            (v, in_words(timezone.localtime(v.ingediend_at).date()), STATUSSEN[Verzoekstatus(v.status)]) for v in own
        ],
        "window": (in_words(window.open.lower), in_words(last_day(window.open.upper))) if window else None,
        "may_ask": window is not None and not running,
        "agreement": [str(AKKOORDTEKSTEN[text]) for text in AKKOORD[AKKOORD_VERSIE]],
        "crumbs": (_home(), Crumb(_("Populatiebestand"))),
    }
    return render(request, "bemiddelaar/populatieverzoeken.html", context)


@never_cache
@require_safe
def request_detail(request: ActorRequest, verzoek_id: UUID) -> HttpResponse:
    """One own request: how far it is, and the one time the file can be fetched."""
    populatie.require_gemeente(request.actor)
    verzoek = populatieverzoeken.visible_to(request.actor).filter(pk=verzoek_id).first()
    if verzoek is None:
        raise Http404
    leveringen = list(verzoek.leveringen.all())
    ready = next((levering for levering in leveringen if levering.gebruikt_at is None), None)
    context = {
        "verzoek": verzoek,
        "doel": DOELNAMEN[Gemeentedoel(verzoek.doel)],
        "status": STATUSSEN[Verzoekstatus(verzoek.status)],
        "asked_on": in_words(timezone.localtime(verzoek.ingediend_at).date()),
        "decided_on": in_words(timezone.localtime(verzoek.besloten_at).date()) if verzoek.besloten_at else "",
        "ready": ready if verzoek.status == Verzoekstatus.TOEGEWEZEN else None,
        "form": LeveringForm(),
        "delivered": [
            (in_words(timezone.localtime(d.gebruikt_at).date()), d.vorm.upper(), number(d.aantal), d.sha256)
            for d in leveringen
            if d.gebruikt_at
        ],
        "may_withdraw": verzoek.status == Verzoekstatus.INGEDIEND,
        "may_report": verzoek.status == Verzoekstatus.GELEVERD,
        "failed": verzoek.status == Verzoekstatus.MISLUKT,
        "crumbs": (_home(), Crumb(_("Populatiebestand"), reverse("populatieverzoeken")), Crumb(_("Uw verzoek"))),
    }
    return render(request, "bemiddelaar/populatieverzoek.html", context)


@require_POST
def request_action(request: ActorRequest, verzoek_id: UUID) -> HttpResponse:
    """Withdraw the request, or say that the file did not arrive."""
    populatie.require_gemeente(request.actor)
    if not populatieverzoeken.visible_to(request.actor).filter(pk=verzoek_id).exists():
        raise Http404
    actions = {
        "intrekken": (populatieverzoeken.withdraw, _("Uw verzoek is ingetrokken.")),
        "mislukt": (
            populatieverzoeken.report_failure,
            _("UWV weet dat het bestand niet goed aankwam, en beslist of u het opnieuw kunt ophalen."),
        ),
    }
    if request.POST.get("actie") not in actions:
        return HttpResponse(status=400)
    act, done = actions[request.POST["actie"]]
    try:
        act(actor=request.actor, verzoek_id=verzoek_id, now=timezone.now())
        messages.success(request, done)
    except NietMogelijk as refused:
        messages.warning(request, refused.melding)
    return redirect("populatieverzoek", verzoek_id)


@never_cache
@require_POST
def fetch(request: ActorRequest, levering_id: UUID) -> HttpResponse:
    """The file itself, this one time. A right that was used, or of another gemeente, gives the page of the requests."""
    populatie.require_gemeente(request.actor)
    form = LeveringForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Kies in welke vorm u het bestand wilt."))
        return redirect("populatieverzoeken")
    try:
        bestand = populatieverzoeken.deliver(
            actor=request.actor,
            levering_id=levering_id,
            vorm=Bestandsvorm(form.cleaned_data["vorm"]),
            peildatum=timezone.localdate(),
            now=timezone.now(),
        )
    except RegisterBezig:
        messages.warning(request, _busy())
        return redirect("populatieverzoeken")
    except NietMogelijk as refused:
        messages.warning(request, refused.melding)
        return redirect("populatieverzoeken")
    headers = {"Content-Disposition": f'attachment; filename="{bestand.naam}"', "X-Content-SHA256": bestand.sha256}
    return HttpResponse(bestand.inhoud, content_type=bestand.media_type, headers=headers)


def _busy() -> str:
    return _("Het register wordt op dit moment bijgewerkt. Probeer het over een paar minuten opnieuw.")


def _page_number(request: ActorRequest) -> int:
    text = request.GET.get("pagina", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _table_of(regels: tuple[Populatieregel, ...], caption: str, *, with_bsn: bool) -> Table:
    def cells(regel: Populatieregel) -> list[str]:
        end = in_words(last_day(regel.tot)) if regel.tot else _("loopt nog")
        return [in_words(regel.vanaf), end]

    first = (_("BSN"), _("Grond")) if with_bsn else (_("Grond"),)
    return table(
        id="registraties",
        caption=caption,
        columns=(*first, _("Eerste dag"), _("Laatste dag")),
        rows=[
            (regel.bsn.reveal(), [str(LABELS[regel.label]), *cells(regel)])
            if with_bsn
            else (str(LABELS[regel.label]), cells(regel))
            for regel in regels
        ],
        stack=True,
        words=True,
    )

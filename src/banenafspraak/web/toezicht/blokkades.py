"""Employers who may not ask about new people, what the detector saw, and the objections against that."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from banenafspraak.access.permissions import Permission, require
from banenafspraak.register import bezwaren
from banenafspraak.web.components.parts import Crumb, Table, number, table
from banenafspraak.web.requests import ActorRequest
from banenafspraak.web.toezicht.forms import BesluitForm

PAGE = 50


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """All blocks, the newest first; `open` in the address narrows it to those with an objection to decide."""
    require(request.actor, Permission.BEZWAAR_DECIDE)
    rows = bezwaren.visible_to(request.actor)
    undecided = request.GET.get("toon") == "open"
    if undecided:
        rows = rows.filter(bezwaren__stand="ingediend")
    page = Paginator(rows, PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "undecided": undecided,
        "faults": _faults(request),
        "crumbs": (Crumb(_("Blokkades en bezwaren")),),
    }
    return render(request, "toezicht/blocks.html", context)


def _faults(request: ActorRequest) -> Table | None:
    """Which organisations gave the most numbers that cannot be a BSN; None when nobody did."""
    found = bezwaren.elfproef_fouten(request.actor)[:PAGE]
    rows = [
        (stand.organisatie.naam, [number(stand.elfproef_fouten), _("geblokkeerd") if stand.geblokkeerd else _("nee")])
        for stand in found
    ]
    if not rows:
        return None
    columns = (_("Organisatie"), _("Nummers die niet bestaan"), _("Nu geblokkeerd"))
    return table(id="fouten-elfproef", caption=_("De meeste eerst, hoogstens 50"), columns=columns, rows=rows)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: ActorRequest, blokkade_id: int) -> HttpResponse:
    """One block with its objections; decide on the one that runs."""
    require(request.actor, Permission.BEZWAAR_DECIDE)
    found = bezwaren.visible_to(request.actor).filter(pk=blokkade_id).first()
    if found is None:
        raise Http404(_("Deze blokkade is er niet."))
    pending = next((b for b in found.bezwaren.all() if b.stand == "ingediend"), None)
    form = BesluitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and pending is None:
        messages.warning(request, _("Over dit bezwaar is al besloten."))
        return redirect("supervision-block", blokkade_id)
    if request.method == "POST" and pending is not None and form.is_valid():
        try:
            bezwaren.decide(
                actor=request.actor,
                bezwaar_id=pending.pk,
                action=form.cleaned_data["besluit"],
                motivering=form.cleaned_data["motivering"],
                now=timezone.now(),
            )
        except ValidationError as error:
            for field, faults in error.message_dict.items():
                form.add_error(field, faults)
        except bezwaren.BezwaarGewijzigd:
            messages.warning(request, _("Over dit bezwaar is al besloten."))
            return redirect("supervision-block", blokkade_id)
        else:
            messages.success(request, _("Het besluit is vastgelegd."))
            return redirect("supervision-block", blokkade_id)
    crumbs = (Crumb(_("Blokkades en bezwaren"), reverse("supervision-blocks")), Crumb(found.organisatie.naam))
    context = {"blokkade": found, "pending": pending, "form": form, "crumbs": crumbs}
    return render(request, "toezicht/block.html", context, status=400 if form.errors else 200)

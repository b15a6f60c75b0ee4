"""An employer's own wage returns against the register: chosen, read in memory, shown; kept only when asked.

The answer of the form is the page itself. Nothing of the files stays: the page carries the picture of the year signed,
so that keeping or downloading it needs nothing on the server.
"""

import json
import zipfile
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.access.permissions import Permission, require
from banenafspraak.register import quotumbeelden
from banenafspraak.register.loonopgaven import Leesfout, Onbruikbaar, Tijdvakopgave, lezer
from banenafspraak.register.quotumbeeld import (
    Quotumbeeld,
    Regel,
    explain_lkv,
    explain_month,
    from_record,
    to_record,
)
from banenafspraak.register.quotumbeelden import Bewaard, Bewaardquotum, Controle
from banenafspraak.web.components.formulier import in_words
from banenafspraak.web.components.parts import Crumb, table
from banenafspraak.web.requests import ActorRequest
from banenafspraak.web.werkgever import downloads, quotumblok
from banenafspraak.web.werkgever.quotum_forms import AangiftenForm

MAX_FOUTEN = 50
DAY = 24 * 60 * 60
"""Seconds in which a shown result can be kept or downloaded."""


def _crumbs(*last: str) -> tuple[Crumb, ...]:
    own = Crumb(_("Uw loonaangiften"), reverse("employer-quotum") if last else "")
    return (Crumb(_("Werkgever"), reverse("employer")), own, *(Crumb(text) for text in last))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """Choose the returns, and see what they come to. Everybody in them is asked about as own staff, and logged."""
    require(request.actor, Permission.RAADPLEGING_ASK)
    if request.method != "POST":
        return _asking(request, AangiftenForm())
    made_up = "voorbeeld" in request.POST and _examples() != []
    form = AangiftenForm(request.POST, request.FILES, voorbeeld=made_up)
    too_large: ValidationError | None = getattr(request, "too_large", None)
    if too_large is not None:
        form.errors.clear()
        form.add_error("bestanden", _("Deze bestanden zijn samen groter dan 60 MB. Kies er minder."))
    if not form.is_valid():
        return _asking(request, form)
    if made_up:
        files = [(pad.name, pad.read_bytes()) for pad in _examples()]
    else:
        files = [(file.name, file.read()) for file in form.cleaned_data["bestanden"]]
    opgaven, fouten = _read(files)
    if fouten:
        return _asking(request, form, fouten)
    try:
        controle = quotumbeelden.check(actor=request.actor, opgaven=opgaven, now=timezone.now())
    except Onbruikbaar as unusable:
        return _asking(request, form, list(unusable.fouten))
    return _result(request, controle, form)


def _read(files: list[tuple[str, bytes]]) -> tuple[list[Tijdvakopgave], list[Leesfout]]:
    opgaven: list[Tijdvakopgave] = []
    fouten: list[Leesfout] = []
    for naam, inhoud in files:
        for part in lezer().read(naam, inhoud, alleen_test=settings.OMGEVING != "productie"):
            if isinstance(part, Leesfout):
                fouten.append(part)
            else:
                opgaven.append(part)
    return opgaven, fouten


def _asking(request: ActorRequest, form: AangiftenForm, fouten: list[Leesfout] | None = None) -> HttpResponse:
    kept = quotumbeelden.kept(request.actor)
    wrong = None
    if fouten:
        wrong = table(
            id="fouten",
            caption=_("Wat er mis is"),
            columns=(_("Bestand"), _("Regel"), _("Wat er mis is"), _("Wat u kunt doen")),
            rows=[
                (fout.bestand or "–", [str(fout.regel or "–"), fout.reden, fout.oplossing])
                for fout in fouten[:MAX_FOUTEN]
            ],
            stack=True,
            words=True,
        )
    context = {
        "form": form,
        "wrong": wrong,
        "more_wrong": max(0, len(fouten or ()) - MAX_FOUTEN),
        "kept": [(one, in_words(timezone.localtime(one.gerekend_at).date())) for one in kept],
        "examples": [pad.name for pad in _examples()],
        "crumbs": _crumbs(),
    }
    status = 400 if form.errors or fouten else 200
    return render(request, "werkgever/quotum.html", context, status=status)


def _result(request: ActorRequest, controle: Controle, form: AangiftenForm) -> HttpResponse:
    given = form.cleaned_data
    beeld = controle.resultaat.beeld
    beeld = replace(
        beeld,
        uren_vorig_jaar=given["vorig"] if given["vorig"] is not None else beeld.uren_vorig_jaar,
        sector=given["sector"],
        percentage=given["percentage"],
        uitzendonderneming=given["uitzendonderneming"],
    )
    own = controle.werkgever_id == request.actor.organisatie_id
    context = {
        "blok": quotumblok.show(beeld),
        "groepen": quotumblok.groups(controle.resultaat.regels),
        "werkgever": controle.werkgever,
        "vergelijking": _comparison(quotumbeelden.kept(request.actor), beeld) if own else None,
        "keep": _sealed(request, controle, beeld) if own else "",
        "file": _sealed(request, controle, beeld, controle.resultaat.regels),
        "crumbs": _crumbs(_("Uitkomst")),
    }
    return render(request, "werkgever/quotum_uitkomst.html", context)


def _comparison(kept: list[Bewaard], beeld: Quotumbeeld, before: datetime | None = None) -> Any:
    """With the newest picture of the same year that is older, else with the newest of the year before."""
    earlier = [one for one in kept if before is None or one.gerekend_at < before]
    for jaar in (beeld.jaar, beeld.jaar - 1):
        found = max((one for one in earlier if one.beeld.jaar == jaar), key=lambda o: o.gerekend_at, default=None)
        if found is not None:
            day = in_words(timezone.localtime(found.gerekend_at).date())
            return quotumblok.compare(beeld, found.beeld, day=day)
    return None


# --- The result goes with the page, signed ------------------------------------------------------------------------


def _salt(request: ActorRequest) -> str:
    return f"quotum:{request.actor.organisatie_id}:{request.actor.gebruiker_id}"


def _sealed(request: ActorRequest, controle: Controle, beeld: Quotumbeeld, regels: tuple[Regel, ...] = ()) -> str:
    content = {
        "id": str(controle.id),
        "werkgever": controle.werkgever_id,
        "gerekend_at": controle.gerekend_at.isoformat(),
        "beeld": to_record(beeld),
        "regels": [
            [r.soort.value, r.kenmerk, list(r.maanden), str(r.uren), None if r.bedrag is None else str(r.bedrag)]
            for r in regels
        ],
    }
    return signing.dumps(content, salt=_salt(request), compress=True)


def _opened(request: ActorRequest) -> dict[str, Any] | None:
    """What the page carried; None when it is not ours, not of this person, or of too long ago."""
    try:
        content: dict[str, Any] = signing.loads(request.POST.get("uitkomst", ""), salt=_salt(request), max_age=DAY)
    except signing.BadSignature:
        return None
    return content


def _too_late(request: ActorRequest) -> HttpResponse:
    messages.error(request, _("Deze uitkomst is te oud of niet van u. Kies de aangiften opnieuw."))
    return redirect("employer-quotum")


@never_cache
@sensitive_post_parameters()
@require_POST
def keep(request: ActorRequest) -> HttpResponse:
    """Keep the picture that was shown; the same page again changes nothing."""
    require(request.actor, Permission.RAADPLEGING_ASK)
    content = _opened(request)
    if content is None:
        return _too_late(request)
    beeld_id = UUID(content["id"])
    try:
        quotumbeelden.keep(
            actor=request.actor,
            beeld_id=beeld_id,
            werkgever_id=content["werkgever"],
            beeld=from_record(content["beeld"]),
            gerekend_at=datetime.fromisoformat(content["gerekend_at"]),
            now=timezone.now(),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("employer-quotum")
    messages.success(request, _("Bewaard. Er staan geen namen en geen nummers van mensen in."))
    return redirect("employer-quotum-kept", beeld_id)


@never_cache
@sensitive_post_parameters()
@require_POST
def download(request: ActorRequest) -> HttpResponse:
    """The result that was shown, with its lines, as a file."""
    require(request.actor, Permission.RAADPLEGING_ASK)
    content = _opened(request)
    if content is None:
        return _too_late(request)
    return _file(from_record(content["beeld"]), content["regels"], request.POST.get("als", ""))


@never_cache
@require_safe
def detail(request: ActorRequest, beeld_id: UUID) -> HttpResponse:
    """A picture that was kept."""
    require(request.actor, Permission.RAADPLEGING_ASK)
    kept = quotumbeelden.kept(request.actor)
    bewaard = next((one for one in kept if one.id == beeld_id), None)
    if bewaard is None:
        raise Http404
    context = {
        "blok": quotumblok.show(bewaard.beeld),
        "bewaard": bewaard,
        "day": in_words(timezone.localtime(bewaard.gerekend_at).date()),
        "vergelijking": _comparison(kept, bewaard.beeld, bewaard.gerekend_at),
        "crumbs": _crumbs(_("Bewaarde uitkomst")),
    }
    return render(request, "werkgever/quotum_bewaard.html", context)


@never_cache
@require_safe
def kept_file(request: ActorRequest, beeld_id: UUID, soort: str) -> HttpResponse:
    """A picture that was kept, as a file."""
    return _file(_kept(request, beeld_id).beeld, [], soort)


@require_POST
def discard(request: ActorRequest, beeld_id: UUID) -> HttpResponse:
    """Throw a kept picture away."""
    require(request.actor, Permission.RAADPLEGING_ASK)
    if quotumbeelden.discard(actor=request.actor, beeld_id=beeld_id, now=timezone.now()):
        messages.success(request, _("Weggegooid."))
    return redirect("employer-quotum")


def _kept(request: ActorRequest, beeld_id: UUID) -> Bewaard:
    require(request.actor, Permission.RAADPLEGING_ASK)
    try:
        return quotumbeelden.open_kept(actor=request.actor, beeld_id=beeld_id)
    except Bewaardquotum.DoesNotExist:
        raise Http404 from None


# --- Files --------------------------------------------------------------------------------------------------------


def _file(beeld: Quotumbeeld, regels: list[list[Any]], kind: str) -> HttpResponse:
    name = f'attachment; filename="quotum-{beeld.jaar}.{kind}"'
    if kind == "csv":
        headers = {"Content-Disposition": name}
        table = [[downloads.harmless(cell) for cell in row] for row in _rows(beeld, regels)]
        return HttpResponse(downloads.as_csv(table), content_type="text/csv; charset=utf-8", headers=headers)
    if kind == "json":
        body = {
            **to_record(beeld),
            "uitleg": {
                "lkv": None if beeld.lkv.onbekend else explain_lkv(beeld).to_json(),
                "maanden": [explain_month(maand, beeld.jaar).to_json() for maand in beeld.maanden],
            },
            "regels": [dict(zip(_NAMES, regel, strict=True)) for regel in regels],
        }
        text = json.dumps(body, ensure_ascii=False, indent=1)
        return HttpResponse(text, content_type="application/json", headers={"Content-Disposition": name})
    return HttpResponseBadRequest(_("Kies csv of json."))


_NAMES = ("soort", "kenmerk", "maanden", "uren", "bedrag")


def _rows(beeld: Quotumbeeld, regels: list[list[Any]]) -> list[list[str]]:
    def text(value: Any) -> str:
        return "" if value is None else str(value).replace(".", ",")

    months = [
        ["maand", f"{beeld.jaar}-{m.maand:02d}", *map(text, (m.uren, m.uren_arbeidsbeperkten, m.banen)), ""]
        for m in beeld.maanden
    ]
    lkv = [
        [f"lkv {name}", str(beeld.jaar), "", "", "", text(getattr(beeld.lkv, name))]
        for name in ("juist", "gemist", "onterecht", "overgang")
    ]
    lines = [
        [soort, kenmerk, text(uren), "", " ".join(map(str, maanden)), text(bedrag)]
        for soort, kenmerk, maanden, uren, bedrag in regels
    ]
    heading = [_("onderdeel"), _("wie of wanneer"), _("uren"), _("uren in register"), _("banen of maanden"), _("euro")]
    whole = ["jaar", str(beeld.jaar), *map(text, (beeld.uren, beeld.uren_arbeidsbeperkten, beeld.banen)), ""]
    return [heading, *months, whole, *lkv, *lines]


# --- Made-up returns of the demo ----------------------------------------------------------------------------------


def _examples() -> list[Path]:
    """The made-up returns of the demo's employer; nothing outside the demo."""
    return sorted((settings.DATA_DIR / "voorbeeld-loonaangiften").glob("*.xml")) if settings.DEMO else []


@require_safe
def examples(request: ActorRequest) -> HttpResponse:
    """The made-up returns of the demo, to choose on this page after unpacking."""
    require(request.actor, Permission.RAADPLEGING_ASK)
    found = _examples()
    if not found:
        raise Http404
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for pad in found:
            file.writestr(pad.name, pad.read_bytes())
    headers = {"Content-Disposition": 'attachment; filename="voorbeeld-loonaangiften.zip"'}
    return HttpResponse(target.getvalue(), content_type="application/zip", headers=headers)

"""The pages that take in profiles (upload, columns, preview, commit), give them out, and count them."""

import csv
import io
from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import profielen, profielexport, profielimport, profieluploads
from banenafspraak.bemiddeling.profielbestand import EXTENSIES, MEDIA_TYPES, Exportvorm
from banenafspraak.bemiddeling.profielimport import Importverslag
from banenafspraak.bemiddeling.profiellevering import Onleesbaar, Profielformaat, Profielregel, lezer
from banenafspraak.bemiddeling.profieluploads import Klaarstaand
from banenafspraak.bemiddeling.profielwoorden import NietOpenbaarReden
from banenafspraak.register.overgangen import Overtaken
from banenafspraak.register.records import Regelfout
from banenafspraak.web.bemiddelaar.profielimport_forms import (
    FORMATEN,
    ExportForm,
    KolommenForm,
    LeveringForm,
)
from banenafspraak.web.components.formulier import in_words, show_errors
from banenafspraak.web.components.parts import Crumb, KeyFigure, number, table
from banenafspraak.web.profielwoorden import REDENEN
from banenafspraak.web.requests import ActorRequest

MAX_ROWS = 10_000
"""Of one file on the page, so that an answer never takes a minute; more goes through the command."""
PLACES = {
    Profielformaat.VUM: gettext_lazy("profiel"),
    Profielformaat.UM: gettext_lazy("profiel"),
    Profielformaat.SONAR: gettext_lazy("rij"),
    Profielformaat.CSV: gettext_lazy("regel"),
}


def _crumbs(*last: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(_("Mijn werk"), reverse("bemiddelaar")), *last)


def _import_crumb() -> Crumb:
    return Crumb(_("Profielen inlezen"), reverse("profielimport"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """Choose a file. It is held sealed for an hour, and nothing changes before the preview was seen."""
    require(request.actor, Permission.PROFIEL_IMPORT)
    now = timezone.now()
    form = LeveringForm.of(request) if request.method == "POST" else LeveringForm()
    if request.method == "POST" and form.is_valid():
        formaat = Profielformaat(form.cleaned_data["formaat"])
        try:
            upload_id = profieluploads.hold(actor=request.actor, formaat=formaat, inhoud=form.content, now=now)
        except ValidationError as error:
            show_errors(form, error)
        else:
            return redirect("profielimport-preview", upload_id)
    context = {
        "form": form,
        "held": profieluploads.held(request.actor, now=now),
        "crumbs": _crumbs(Crumb(_("Profielen inlezen"))),
    }
    return render(request, "bemiddelaar/profielimport.html", context)


@never_cache
@require_safe
def preview(request: ActorRequest, upload_id: UUID) -> HttpResponse:
    """What the held file would change, and what is wrong with it. Nothing changes."""
    require(request.actor, Permission.PROFIEL_IMPORT)
    now = timezone.now()
    try:
        held = profieluploads.open_held(actor=request.actor, upload_id=upload_id, now=now)
    except ObjectDoesNotExist:
        return _gone(request)
    verslag, unreadable = None, None
    try:
        if held.formaat is Profielformaat.CSV and _columns(request, held) is None:
            return redirect("profielimport-kolommen", upload_id)
        verslag = _take_in(request, held, proef=True)
    except Onleesbaar as error:
        unreadable = error
    place = PLACES[held.formaat]
    context = {
        "upload_id": upload_id,
        "formaat": FORMATEN[held.formaat],
        "is_csv": held.formaat is Profielformaat.CSV,
        "until": timezone.localtime(held.verloopt_at).strftime("%H:%M"),
        "unreadable": unreadable,
        "place": place,
        "verslag": verslag,
        "figures": _figures(verslag) if verslag else None,
        "faults": table(
            id="fouten",
            caption=_("Wat er mis is"),
            columns=(str(place).capitalize(), _("Wat er mis is"), _("Wat u kunt doen")),
            rows=[(str(fout.regel), [fout.melding, fout.herstel]) for fout in verslag.fouten],
            stack=True,
            words=True,
        )
        if verslag and verslag.fouten
        else None,
        "more_faults": verslag.fouten_totaal - len(verslag.fouten) if verslag else 0,
        "more_missing": verslag.ontbreekt_totaal - len(verslag.ontbreekt) if verslag else 0,
        "crumbs": _crumbs(_import_crumb(), Crumb(_("Nakijken"))),
    }
    return render(request, "bemiddelaar/profielimport_nakijken.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: ActorRequest, upload_id: UUID) -> HttpResponse:
    """Which column of the CSV holds which field; kept for the next file of this organisation."""
    require(request.actor, Permission.PROFIEL_IMPORT)
    now = timezone.now()
    try:
        held = profieluploads.open_held(actor=request.actor, upload_id=upload_id, now=now)
    except ObjectDoesNotExist:
        return _gone(request)
    try:
        koppen = lezer().headers(held.stream)
    except Onleesbaar:
        return redirect("profielimport-preview", upload_id)
    held.stream.seek(0)
    guessed = lezer().guess(koppen) | (_columns(request, held) or {})
    form = KolommenForm(request.POST if request.method == "POST" else None, koppen=koppen, gekozen=guessed)
    if request.method == "POST" and form.is_valid():
        try:
            profieluploads.save_columns(actor=request.actor, kolommen=form.cleaned_data, now=now)
        except ValidationError as error:
            show_errors(form, error)
        else:
            return redirect("profielimport-preview", upload_id)
    context = {"form": form, "upload_id": upload_id, "crumbs": _crumbs(_import_crumb(), Crumb(_("Kolommen kiezen")))}
    return render(request, "bemiddelaar/profielimport_kolommen.html", context)


@require_POST
def commit(request: ActorRequest, upload_id: UUID) -> HttpResponse:
    """Take in the good rows of the held file, or throw the file away. A second time there is no file any more."""
    require(request.actor, Permission.PROFIEL_IMPORT)
    now = timezone.now()
    if request.POST.get("actie") == "weggooien":
        if profieluploads.discard(actor=request.actor, upload_id=upload_id, now=now):
            messages.success(request, _("Het bestand is weggegooid. Er is niets veranderd."))
        return redirect("profielimport")
    if request.POST.get("actie") != "inlezen":
        return HttpResponse(status=400)
    try:
        held = profieluploads.open_held(actor=request.actor, upload_id=upload_id, now=now, lock=True)
        verslag = _take_in(request, held, proef=False)
    except ObjectDoesNotExist:
        return _gone(request)
    except (Onleesbaar, Overtaken) as error:
        messages.error(request, str(error))
        return redirect("profielimport-preview", upload_id)
    profieluploads.discard(actor=request.actor, upload_id=upload_id, now=now)
    done = _("Ingelezen: {nieuw} nieuw, {gewijzigd} gewijzigd, {gelijk} al bekend.").format(
        nieuw=number(verslag.nieuw), gewijzigd=number(verslag.gewijzigd), gelijk=number(verslag.gelijk)
    )
    if verslag.fouten_totaal:
        done += " " + ngettext(
            "{n} profiel met een fout is niet ingelezen.",
            "{n} profielen met een fout zijn niet ingelezen.",
            verslag.fouten_totaal,
        ).format(n=number(verslag.fouten_totaal))
    messages.success(request, done)
    return redirect("profielimport")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: ActorRequest) -> HttpResponse:
    """The profiles of everybody this bemiddelaar works for, as a file; each person in it is logged."""
    require(request.actor, Permission.PROFIEL_IMPORT)
    now = timezone.now()
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        vorm = Exportvorm(form.cleaned_data["vorm"])
        bestand = profielexport.export(actor=request.actor, vorm=vorm, now=now)
        naam = f"klantprofielen-{timezone.localtime(now).date().isoformat()}.{EXTENSIES[vorm]}"
        headers = {"Content-Disposition": f'attachment; filename="{naam}"'}
        return HttpResponse(bestand.inhoud, content_type=MEDIA_TYPES[vorm], headers=headers)
    context = {
        "form": form,
        "count": number(profielexport.countable(request.actor, now=now)),
        "any": profielexport.countable(request.actor, now=now) > 0,
        "crumbs": _crumbs(Crumb(_("Profielen ophalen"))),
    }
    return render(request, "bemiddelaar/profielexport.html", context)


@never_cache
@require_safe
def figures(request: ActorRequest) -> HttpResponse:
    """How many people have a complete, fresh, public profile, and why the others have not."""
    require(request.actor, Permission.PROFIEL_IMPORT)
    rows = _counts(request)
    context = {
        "table": table(
            id="profielcijfers",
            caption=_("Klantprofielen van uw mensen"),
            columns=(_("Wat"), _("Aantal"), _("Deel")),
            rows=[(name, [number(count), share]) for name, count, share in rows],
        ),
        "day": in_words(timezone.localdate()),
        "any": rows[0][1] > 0,
        "crumbs": _crumbs(Crumb(_("Cijfers over profielen"))),
    }
    return render(request, "bemiddelaar/profielcijfers.html", context)


@never_cache
@require_safe
def figures_csv(request: ActorRequest) -> HttpResponse:
    """The same figures as CSV. There is nobody in them: the people counted are the actor's own."""
    require(request.actor, Permission.PROFIEL_IMPORT)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["wat", "aantal"])
    writer.writerows([name, count] for name, count, _share in _counts(request))
    day = timezone.localdate().isoformat()
    headers = {"Content-Disposition": f'attachment; filename="profielcijfers-{day}.csv"'}
    return HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)


def _counts(request: ActorRequest) -> list[tuple[str, int, str]]:
    found = profielen.figures(request.actor, peildatum=timezone.localdate(), known_at=timezone.now())

    def share(count: int) -> str:
        return f"{(200 * count + found.personen) // (2 * found.personen)}%" if found.personen else "–"

    rows = [
        (_("Mensen in het register"), found.personen),
        (_("Met een profiel"), found.met_profiel),
        (_("Volledig"), found.volledig),
        (_("Vers: de laatste 60 dagen bevestigd"), found.vers),
        (_("Openbaar"), found.openbaar),
        (_("Nu te vinden voor werkgevers"), found.vindbaar),
        (_("Nog niet beslist"), found.concept),
        (_("Niet openbaar"), found.niet_openbaar_totaal),
        *(
            (_("Niet openbaar: {reden}").format(reden=REDENEN[r]), found.niet_openbaar.get(r, 0))
            for r in NietOpenbaarReden
        ),
        (_("Zonder profiel"), found.zonder_profiel),
    ]
    return [(name, count, share(count)) for name, count in rows]


def _gone(request: ActorRequest) -> HttpResponse:
    messages.info(request, _("Dit bestand is al ingelezen, weggegooid of verlopen. Kies het opnieuw als dat nodig is."))
    return redirect("profielimport")


def _columns(request: ActorRequest, held: Klaarstaand) -> dict[str, str] | None:
    """The saved choice of columns, when this file has them. Raises `Onleesbaar`."""
    assert request.actor.organisatie_id is not None
    koppen = lezer().headers(held.stream)
    held.stream.seek(0)
    saved = profieluploads.saved_columns(request.actor.organisatie_id) or {}
    return saved if {"bsn", "bronnummer"} & {veld for veld, kop in saved.items() if kop in koppen} else None


def _take_in(request: ActorRequest, held: Klaarstaand, *, proef: bool) -> Importverslag:
    assert request.actor.organisatie_id is not None
    kolommen = _columns(request, held) if held.formaat is Profielformaat.CSV else None
    held.stream.seek(0)
    rows = lezer().read(held.stream, held.formaat, organisatie_id=request.actor.organisatie_id, kolommen=kolommen)
    return profielimport.take_in(
        _at_most(rows),
        organisatie_id=request.actor.organisatie_id,
        actor=request.actor,
        now=timezone.now(),
        proef=proef,
        goede_regels=True,
    )


def _at_most(rows: Iterator[Profielregel | Regelfout]) -> Iterator[Profielregel | Regelfout]:
    for place, row in enumerate(rows):
        if place >= MAX_ROWS:
            raise Onleesbaar(
                f"Dit bestand heeft meer dan {MAX_ROWS} profielen.",
                "Splits het, of vraag uw beheerder om het in te lezen.",
            )
        yield row


def _figures(verslag: Importverslag) -> tuple[KeyFigure, ...]:
    return (
        KeyFigure(_("Nieuw"), number(verslag.nieuw), _("profielen die wij nog niet hadden")),
        KeyFigure(_("Gewijzigd"), number(verslag.gewijzigd), _("profielen die veranderen")),
        KeyFigure(_("Gelijk"), number(verslag.gelijk), _("profielen die al zo zijn")),
        KeyFigure(_("Met een fout"), number(verslag.fouten_totaal), _("worden niet ingelezen")),
    )

"""Vacatures out of a file and into one, for an employer and for a bemiddelaar alike: try first, then take in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import vacaturebestand, vacatureimport, vacatures
from banenafspraak.bemiddeling.vacaturebestand import MEDIA_TYPES, Exportvorm
from banenafspraak.bemiddeling.vacatureimport import Importverslag
from banenafspraak.bemiddeling.vacaturelevering import Onleesbaar, Vacatureformaat, Vacatureveld, lezer
from banenafspraak.bemiddeling.vacatures import Vacature
from banenafspraak.web.components.formulier import FileInput, Form, RadioSelect
from banenafspraak.web.components.parts import Crumb, KeyFigure, number, table
from banenafspraak.web.requests import ActorRequest, understood
from banenafspraak.web.vacaturepagina import LijstForm, Omgeving, narrowed

MAX_BYTES = 8 * 1024 * 1024
MAX_EXPORT = 10_000


class LeveringForm(Form):
    """A file of vacatures, and what is in it."""

    formaat = forms.ChoiceField(
        label=gettext_lazy("Wat voor bestand is het?"),
        choices=[
            (Vacatureformaat.CSV.value, gettext_lazy("CSV, met een regel per vacature")),
            (Vacatureformaat.VUM.value, gettext_lazy("JSON volgens VUM")),
        ],
        initial=Vacatureformaat.CSV.value,
        widget=RadioSelect,
        error_messages={"required": gettext_lazy("Kies wat voor bestand het is.")},
    )
    bestand = forms.FileField(
        label=gettext_lazy("Kies het bestand"),
        help_text=gettext_lazy("Hoogstens 8 MB."),
        widget=FileInput,
        error_messages={
            "required": gettext_lazy("Kies een bestand."),
            "empty": gettext_lazy("Dit bestand is leeg."),
            "missing": gettext_lazy("Kies een bestand."),
        },
    )

    def clean_bestand(self) -> Any:
        """A file that is not too large."""
        bestand = self.cleaned_data["bestand"]
        if bestand.size > MAX_BYTES:
            raise forms.ValidationError(_("Dit bestand is groter dan 8 MB. Splits het."))
        return bestand


def take_in(request: ActorRequest, place: Omgeving) -> HttpResponse:
    """Choose a file, see what is wrong and what would change, and take it in; all or nothing."""
    require(request.actor, Permission.VACATURE_IMPORT)
    posted = request.method == "POST"
    form = LeveringForm(request.POST if posted else None, request.FILES if posted else None)
    too_large = getattr(request, "too_large", None)
    verslag, proef = None, request.POST.get("doe") != "inlezen"
    if posted and form.is_valid():
        try:
            verslag = _taken_in(request, form, proef=proef)
        except Onleesbaar as error:
            where = "" if error.regel is None else _("Regel %(regel)d: ") % {"regel": error.regel}
            form.add_error("bestand", f"{where}{error}")
    elif too_large is not None:
        form.errors.pop("bestand", None)
        form.add_error("bestand", too_large)
    context = {
        "form": form,
        "verslag": verslag,
        "proef": proef,
        "figures": _figures(verslag) if verslag else (),
        "faults": _faults(verslag) if verslag and verslag.fouten else None,
        "more_faults": verslag.fouten_totaal - len(verslag.fouten) if verslag else 0,
        "columns": ", ".join(veld.value for veld in Vacatureveld),
        "list_url": place.url("vacatures"),
        "crumbs": place.crumbs(Crumb(_("Vacatures uit een bestand"))),
    }
    wrong = bool(form.errors) or (verslag is not None and bool(verslag.fouten_totaal))
    return render(request, "vacatures/inlezen.html", context, status=400 if wrong else 200)


def _taken_in(request: ActorRequest, form: LeveringForm, *, proef: bool) -> Importverslag:
    data = form.cleaned_data
    assert request.actor.organisatie_id is not None
    return vacatureimport.take_in(
        lezer().read(data["bestand"].file, Vacatureformaat(data["formaat"])),
        organisatie_id=request.actor.organisatie_id,
        actor=request.actor,
        now=timezone.now(),
        proef=proef,
    )


def _figures(verslag: Importverslag) -> tuple[KeyFigure, ...]:
    return (
        KeyFigure(_("Nieuw"), number(verslag.nieuw), _("vacatures die er nog niet waren")),
        KeyFigure(_("Gewijzigd"), number(verslag.gewijzigd), _("vacatures die anders zijn dan eerst")),
        KeyFigure(_("Gelijk"), number(verslag.gelijk), _("vacatures die hetzelfde bleven")),
        KeyFigure(_("Nog niet af"), number(verslag.concept), _("bewaard als concept: vul ze aan")),
        KeyFigure(_("Fout"), number(verslag.fouten_totaal), _("regels die niet in orde zijn")),
        KeyFigure(_("Niet meer geleverd"), number(verslag.ontbreekt_totaal), _("open vacatures; wij sluiten ze niet")),
    )


def _faults(verslag: Importverslag) -> Any:
    return table(
        id="fouten-tabel",
        caption=_("Wat er mis is"),
        columns=(_("Regel"), _("Wat er mis is"), _("Wat u kunt doen")),
        rows=[(str(fout.regel), [fout.melding, fout.herstel]) for fout in verslag.fouten],
        stack=True,
        words=True,
    )


def give_out(request: ActorRequest, found: QuerySet[Vacature], form: LijstForm) -> HttpResponse:
    """The vacatures of a list as a file, with the filters of the list; contacts only of the own ones."""
    require(request.actor, Permission.VACATURE_PLACE)
    asked = request.GET.get("als", "")
    if asked not in {vorm.value for vorm in Exportvorm}:
        return HttpResponse(status=400)
    vorm = Exportvorm(asked)
    own = set(vacatures.own_of(request.actor).values_list("pk", flat=True))
    rows = [
        (vacatureimport.number_of(one), vacatures.as_shown(one, with_contact=one.pk in own))
        for one in narrowed(found, understood(form))[:MAX_EXPORT]
    ]
    response = HttpResponse(vacaturebestand.render(vorm, rows), content_type=MEDIA_TYPES[vorm])
    extension = "json" if vorm in (Exportvorm.VUM, Exportvorm.AANVULLING) else vorm.value
    response["Content-Disposition"] = f'attachment; filename="vacatures.{extension}"'
    return response

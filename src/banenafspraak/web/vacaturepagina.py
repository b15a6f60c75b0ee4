"""The pages on which vacatures are kept, for an employer and for a bemiddelaar alike: list, steps, close, carve.

Which vacatures there are is decided by `vacatures`; here their words and addresses are put together.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Case, Q, QuerySet, When
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banenafspraak.access import gebieden
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import jobcarving, vacaturecontrole, vacatures
from banenafspraak.bemiddeling.vacaturerecord import Sluitreden, VacatureRecord, Vacaturesoort, Vacaturestatus
from banenafspraak.bemiddeling.vacatures import Vacature
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN
from banenafspraak.register.overgangen import NietMogelijk, Overtaken
from banenafspraak.web.components.formulier import Form, SearchField, Select, TextInput, in_words
from banenafspraak.web.components.parts import Answer, Crumb, clock, number
from banenafspraak.web.requests import ActorRequest, understood
from banenafspraak.web.vacaturestappen import STAPPEN, ReagerenForm, Stap, TakenForm
from banenafspraak.web.vacaturewoorden import (
    BRONNEN,
    GESCHIKTREDENEN,
    SLUITREDENEN,
    SOORTEN,
    STATUSSEN,
    answers_by_step,
    hours_text,
    name_of_kind,
    place_text,
    task_text,
)

PAGE = 25


@dataclass(frozen=True)
class Omgeving:
    """Whose pages these are: the first word of the names of their addresses, and the page above them."""

    prefix: str
    home: str

    def url(self, name: str, *args: Any) -> str:
        """The address of one of these pages."""
        return reverse(f"{self.prefix}-{name}", args=args)

    def crumbs(self, *last: Crumb) -> tuple[Crumb, ...]:
        """The way back."""
        above = Crumb(self.home, reverse(self.prefix))
        return (above, Crumb(_("Vacatures"), self.url("vacatures") if last else ""), *last)


# --- The list ----------------------------------------------------------------------------------------------------


class LijstForm(Form):
    """Which vacatures to show, and in which order; stands in the address."""

    zoek = SearchField(label=gettext_lazy("Zoek op naam of werkgever"), max_length=100)
    stand = forms.ChoiceField(
        label=gettext_lazy("Stand"),
        choices=[("", gettext_lazy("Alle")), *STATUSSEN.items(), ("functie", gettext_lazy("Functies"))],
        required=False,
        widget=Select,
    )
    geschikt = forms.ChoiceField(
        label=gettext_lazy("Geschikt voor de doelgroep"),
        choices=[
            ("", gettext_lazy("Maakt niet uit")),
            ("ja", gettext_lazy("Geschikt")),
            ("nee", gettext_lazy("Niet geschikt")),
            ("onbekend", gettext_lazy("Nog niet beoordeeld")),
        ],
        required=False,
        widget=Select,
    )
    volgorde = forms.ChoiceField(
        label=gettext_lazy("Volgorde"),
        choices=[
            ("", gettext_lazy("Laatst gewijzigd eerst")),
            ("sluit", gettext_lazy("Wat het eerst sluit")),
            ("naam", gettext_lazy("Naam van het werk")),
            ("uren", gettext_lazy("Minste uren eerst")),
        ],
        required=False,
        widget=Select,
    )


_ORDER = {
    "": ("-gewijzigd_at", "pk"),
    "sluit": ("sluitingsdatum_vacature", "-gewijzigd_at", "pk"),
    "naam": ("naam_vacature", "pk"),
    "uren": ("aantal_werkuren_per_week_minimaal", "pk"),
}
_JUDGED = {"ja": Q(geschikt=True), "nee": Q(geschikt=False), "onbekend": Q(geschikt__isnull=True)}


def narrowed(found: QuerySet[Vacature], chosen: dict[str, str]) -> QuerySet[Vacature]:
    """The vacatures that the filters let through, in the order that was asked for."""
    if text := " ".join(chosen.get("zoek", "").split()):
        found = found.filter(Q(naam_vacature__icontains=text) | Q(handelsnaam_organisatie__icontains=text))
    stand = chosen.get("stand", "")
    if stand == "functie":
        found = found.filter(soort=Vacaturesoort.FUNCTIE)
    elif stand:
        found = found.filter(status=stand, soort=Vacaturesoort.VACATURE)
    if geschikt := chosen.get("geschikt"):
        found = found.filter(_JUDGED[geschikt])
    return found.order_by(*_ORDER[chosen.get("volgorde", "")])


def show_list(
    request: ActorRequest, place: Omgeving, form: LijstForm, found: QuerySet[Vacature], **more: Any
) -> HttpResponse:
    """The list, a page at a time, with its filters."""
    require(request.actor, Permission.VACATURE_PLACE)
    chosen = understood(form)
    page = Paginator(narrowed(found, chosen), PAGE).get_page(request.GET.get("pagina"))
    today = timezone.localdate()
    context = {
        "rows": [row_of(vacature, place, today) for vacature in page],
        "page": page,
        "form": form,
        "query": urlencode(chosen),
        "filtered": bool(chosen),
        "place": place,
        "urls": _urls(place),
        "sleutel": uuid4(),
        "crumbs": place.crumbs(),
        **more,
    }
    return render(request, "vacatures/lijst.html", context)


def _urls(place: Omgeving) -> dict[str, str]:
    names = {"vacatures": "vacatures", "new": "vacature-new", "take_in": "vacature-import", "export": "vacature-export"}
    return {key: place.url(name) for key, name in names.items()}


def row_of(vacature: Vacature, place: Omgeving, today: Any) -> dict[str, Any]:
    """One vacature in a list."""
    record = vacatures.record_of(vacature)
    last = record.sluitingsdatum_vacature
    is_open = vacature.status == Vacaturestatus.OPEN
    return {
        "url": place.url("vacature", vacature.pk),
        "naam": record.naam_vacature or _("Nog zonder naam"),
        "werkgever": record.handelsnaam_organisatie,
        "status": status_text(vacature),
        "uren": hours_text(record),
        "plaats": place_text(record),
        "geschikt": judged_text(vacature),
        "gewijzigd": in_words(timezone.localtime(vacature.gewijzigd_at).date()),
        "clock": clock(last, today) if is_open and last else None,
    }


def status_text(vacature: Vacature) -> str:
    """How far a vacature is; of a closed one also why."""
    if vacature.soort == Vacaturesoort.FUNCTIE:
        return str(SOORTEN[vacature.soort])
    if vacature.status == Vacaturestatus.GESLOTEN:
        return f"{STATUSSEN[vacature.status]}: {SLUITREDENEN[vacature.sluitreden]}"
    return str(STATUSSEN[vacature.status])


def judged_text(vacature: Vacature) -> str:
    """What a bemiddelaar said of it."""
    if vacature.geschikt is None:
        return _("Nog niet beoordeeld")
    return _("Geschikt") if vacature.geschikt else _("Niet geschikt")


# --- One vacature ------------------------------------------------------------------------------------------------


class SluitForm(Form):
    """Why a vacature is closed."""

    reden = forms.ChoiceField(
        label=gettext_lazy("Waarom sluit u de vacature?"),
        choices=[
            ("", gettext_lazy("Kies een reden")),
            *((r.value, SLUITREDENEN[r]) for r in Sluitreden if r is not Sluitreden.VERLOPEN),
        ],
        error_messages={"required": gettext_lazy("Kies een reden.")},
        widget=Select,
    )


class NieuwForm(Form):
    """What to begin with; `sleutel` makes a second press of the button the same vacature."""

    sleutel = forms.UUIDField(required=False)
    soort = forms.ChoiceField(choices=SOORTEN.items(), required=False)


def steps_of(request: ActorRequest) -> tuple[Stap, ...]:
    """The steps that this actor goes through."""
    return STAPPEN if request.actor.rol is Rol.BEMIDDELAAR else STAPPEN[1:]


def one_or_404(found: QuerySet[Vacature], vacature_id: UUID) -> Vacature:
    """One of these vacatures. Raises `Http404`."""
    vacature = found.filter(pk=vacature_id).first()
    if vacature is None:
        raise Http404(_("Deze vacature is er niet."))
    return vacature


def begin(request: ActorRequest, place: Omgeving) -> HttpResponse:
    """Make an empty draft and go to its first step."""
    require(request.actor, Permission.VACATURE_PLACE)
    form = NieuwForm(request.POST)
    data = form.cleaned_data if form.is_valid() else {}
    soort = Vacaturesoort(data.get("soort") or Vacaturesoort.VACATURE)
    try:
        vacature_id = vacatures.draft(
            actor=request.actor,
            record=VacatureRecord(),
            toestand=vacatures.Toestand(soort),
            sleutel=data.get("sleutel"),
            now=timezone.now(),
        )
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect(place.url("vacatures"))
    return redirect(place.url("vacature-step", vacature_id, steps_of(request)[0].code))


def show_one(request: ActorRequest, place: Omgeving, vacature: Vacature, **more: Any) -> HttpResponse:
    """A vacature with everything, what is still missing, how many people fit, and what can be done with it."""
    now = timezone.now()
    own = vacature in vacatures.own_of(request.actor).filter(pk=vacature.pk)
    record = vacatures.as_shown(vacature, with_contact=more.pop("with_contact", own))
    is_vacature = vacature.soort == Vacaturesoort.VACATURE
    may_change = own and vacature.status != Vacaturestatus.GESLOTEN
    gaps = _gaps(record, vacature, place) if may_change and is_vacature else []
    ready = bool(record.postcode and name_of_kind(record))
    context = {
        "vacature": vacature,
        "naam": record.naam_vacature or _("Nog zonder naam"),
        "werkgever": record.handelsnaam_organisatie,
        "status": status_text(vacature),
        "judged": _judgement(vacature),
        "facts": _facts(vacature),
        "steps": _steps_shown(request, record, vacature, place, may_change=may_change),
        "missing": gaps,
        "reach": jobcarving.reach(record, actor=request.actor, now=now) if ready else None,
        "own": own,
        "may_place": own and is_vacature and vacature.status == Vacaturestatus.CONCEPT and not gaps,
        "may_close": vacature.status == Vacaturestatus.OPEN and own,
        "may_discard": own and vacature.geopend_op is None and vacature.status == Vacaturestatus.CONCEPT,
        "sluit": SluitForm(),
        "sleutel": uuid4(),
        "act_url": place.url("vacature-act", vacature.pk),
        "carve_url": f"{place.url('vacature-carve')}?vacature={vacature.pk}" if record.taken else "",
        "matches_url": reverse("bemiddelaar-matches", args=[vacature.pk]) if place.prefix == "bemiddelaar" else "",
        "public_url": _public_url(vacature),
        "crumbs": place.crumbs(Crumb(record.naam_vacature or _("Nog zonder naam"))),
        **more,
    }
    return render(request, "vacatures/vacature.html", context)


def _public_url(vacature: Vacature) -> str:
    shown = vacature.status == Vacaturestatus.OPEN and vacature.openbaar
    return reverse("vacature", args=[vacature.pk]) if shown else ""


def _facts(vacature: Vacature) -> tuple[Answer, ...]:
    regio = gebieden.regio(vacature.regio).naam if vacature.regio else ""
    opened = in_words(vacature.geopend_op) if vacature.geopend_op else ""
    return (
        Answer(_("Ingebracht door"), f"{BRONNEN[vacature.bron]}, {vacature.geplaatst_door.naam}"),
        Answer(_("Regio"), regio),
        Answer(_("Open sinds"), opened),
        Answer(_("Op internet te zien"), _("Ja") if vacature.openbaar else _("Nee")),
    )


def _judgement(vacature: Vacature) -> dict[str, Any]:
    stale = vacature.geschikt_at is not None and vacature.gewijzigd_at > vacature.geschikt_at
    return {
        "text": judged_text(vacature),
        "reden": GESCHIKTREDENEN[vacature.geschikt_reden] if vacature.geschikt_reden else "",
        "toelichting": vacature.geschikt_toelichting,
        "op": in_words(timezone.localtime(vacature.geschikt_at).date()) if vacature.geschikt_at else "",
        "stale": stale,
    }


def _gaps(record: VacatureRecord, vacature: Vacature, place: Omgeving) -> list[dict[str, str]]:
    """What must still be filled in, each with the step to do it in."""
    found = vacaturecontrole.missing(record)
    if vacature.werkgever_id is None and not record.kvk:
        found.append(("kvk", _("Vul het KvK-nummer van de werkgever in.")))
    where = {"postcode": "tijd", "aantal_werkuren_per_week_maximaal": "tijd", "kvk": "werkgever",
             "handelsnaam_organisatie": "werkgever"}  # fmt: skip
    return [
        {"text": text, "url": place.url("vacature-step", vacature.pk, where.get(veld, "werk"))} for veld, text in found
    ]


def _steps_shown(
    request: ActorRequest, record: VacatureRecord, vacature: Vacature, place: Omgeving, *, may_change: bool
) -> list[dict[str, Any]]:
    answers = answers_by_step(record)
    return [
        {
            "naam": stap.naam,
            "answers": tuple(Answer(question, text) for question, text in answers[stap.code]),
            "url": place.url("vacature-step", vacature.pk, stap.code) if may_change else "",
        }
        for stap in steps_of(request)
    ]


def answer_step(request: ActorRequest, place: Omgeving, vacature: Vacature, code: str) -> HttpResponse:
    """Show the form of a step, or save it and go on; what somebody else saved meanwhile is told and nothing is lost."""
    steps = steps_of(request)
    at = next((index for index, stap in enumerate(steps) if stap.code == code), -1)
    if at < 0:
        raise Http404(_("Deze stap bestaat niet."))
    stap = steps[at]
    posted = request.method == "POST"
    form = stap.form(request.POST if posted else None, record=vacatures.as_shown(vacature, with_contact=True))
    if isinstance(form, ReagerenForm):
        form.initial["openbaar"] = vacature.openbaar
    if posted and "meer" in request.POST and isinstance(form, TakenForm):
        return _show_step(request, place, vacature, at, form)
    if posted and form.is_valid():
        try:
            vacatures.change(
                actor=request.actor,
                vacature_id=vacature.pk,
                versie=_version_read(request),
                record=form.changed(),
                openbaar=form.cleaned_data.get("openbaar"),
                now=timezone.now(),
            )
        except ValidationError as error:
            for name, errors in error.message_dict.items():
                field = form.places.get(name, name)
                form.add_error(field if field in form.fields else None, errors)
        except Overtaken as error:
            messages.warning(request, error.melding)
        except NietMogelijk as error:
            messages.warning(request, error.melding)
            return redirect(place.url("vacature", vacature.pk))
        else:
            messages.success(request, _("Bewaard."))
            last = "later" in request.POST or at + 1 == len(steps)
            following = "" if last else steps[at + 1].code
            return redirect(
                place.url("vacature-step", vacature.pk, following) if following else place.url("vacature", vacature.pk)
            )
    return _show_step(request, place, vacature, at, form)


def _show_step(request: ActorRequest, place: Omgeving, vacature: Vacature, at: int, form: Any) -> HttpResponse:
    steps = steps_of(request)
    stap = steps[at]
    overview = place.url("vacature", vacature.pk)
    tasks = isinstance(form, TakenForm)
    context = {
        "form": form,
        "stap": stap.code,
        "naam": stap.naam,
        "nummer": at + 1,
        "totaal": len(steps),
        "versie": vacature.versie,
        "rows": form.rows if tasks else [],
        "rijen": form.rijen if tasks else 0,
        "meer": form.rijen + 3 if tasks else 0,
        "werklijst": sorted(one.naam for one in WERKSOORTEN.values()) if stap.code in ("werk", "taken") else [],
        "back": place.url("vacature-step", vacature.pk, steps[at - 1].code) if at else overview,
        "skip": place.url("vacature-step", vacature.pk, steps[at + 1].code) if at + 1 < len(steps) else overview,
        "crumbs": place.crumbs(Crumb(vacature.naam_vacature or _("Nog zonder naam"), overview), Crumb(str(stap.naam))),
    }
    return render(request, "vacatures/stap.html", context, status=400 if form.errors else 200)


def _version_read(request: ActorRequest) -> int:
    text = request.POST.get("versie", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def act(request: ActorRequest, place: Omgeving, vacature_id: UUID) -> HttpResponse:
    """Open, copy, close or throw away, by the button that was pressed; what cannot be is told in words."""
    require(request.actor, Permission.VACATURE_PLACE)
    actor, now, handeling = request.actor, timezone.now(), request.POST.get("handeling", "")
    one_or_404(vacatures.own_of(actor), vacature_id)
    back = place.url("vacature", vacature_id)
    try:
        match handeling:
            case "plaatsen":
                vacatures.place(actor=actor, vacature_id=vacature_id, now=now)
                messages.success(request, _("De vacature is open."))
            case "kopie":
                form = NieuwForm(request.POST)
                sleutel = form.cleaned_data.get("sleutel") if form.is_valid() else None
                made = vacatures.copy(actor=actor, vacature_id=vacature_id, sleutel=sleutel, now=now)
                messages.success(request, _("Dit is de kopie. U kunt haar aanpassen en daarna plaatsen."))
                return redirect(place.url("vacature", made))
            case "sluiten":
                closing = SluitForm(request.POST)
                if not closing.is_valid():
                    messages.warning(request, _("Kies waarom u de vacature sluit."))
                    return redirect(back)
                reden = Sluitreden(closing.cleaned_data["reden"])
                vacatures.close(actor=actor, vacature_id=vacature_id, reden=reden, now=now)
                messages.success(request, _("De vacature is gesloten."))
            case "weggooien":
                vacatures.discard(actor=actor, vacature_id=vacature_id, now=now)
                messages.success(request, _("Het concept is weg."))
                return redirect(place.url("vacatures"))
            case _unknown:
                return HttpResponse(status=400)
    except NietMogelijk as error:
        messages.warning(request, error.melding)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    return redirect(back)


# --- Carving -----------------------------------------------------------------------------------------------------


class SnijForm(Form):
    """Which tasks, and what the new job is called; stands in the address until it is made."""

    naam = forms.CharField(
        label=gettext_lazy("Hoe heet de nieuwe baan?"), max_length=120, required=False, widget=TextInput
    )
    sleutel = forms.UUIDField(required=False)


def carve(request: ActorRequest, place: Omgeving) -> HttpResponse:
    """Choose tasks of vacatures and functies of one employer; see how many people fit before and after; make it."""
    require(request.actor, Permission.VACATURE_PLACE)
    now = timezone.now()
    given = request.POST if request.method == "POST" else request.GET
    sources = _sources(request, given.get("vacature", ""))
    picked = _ids(given.getlist("taak"))
    form = SnijForm(given if picked or request.method == "POST" else None)
    seen = None
    if picked and form.is_valid():
        naam = form.cleaned_data["naam"]
        try:
            if request.method == "POST":
                if not naam.strip():
                    raise ValidationError({"naam": _("Vul in hoe de nieuwe baan heet.")})
                made = jobcarving.carve(
                    actor=request.actor, taak_ids=picked, naam=naam, sleutel=form.cleaned_data["sleutel"], now=now
                )
                messages.success(request, _("De nieuwe vacature is gemaakt als concept. Kijk haar na en plaats haar."))
                return redirect(place.url("vacature", made))
            seen = jobcarving.look(actor=request.actor, taak_ids=picked, naam=naam, now=now)
        except ValidationError as error:
            for name, errors in error.message_dict.items():
                form.add_error("naam" if name in ("naam", "naam_vacature") else None, errors)
    elif request.method == "POST":
        form.add_error(None, _("Kies minstens één taak."))
    context = {
        "form": form,
        "sources": [_source(source, picked) for source in sources],
        "vacature": given.get("vacature", "") if sources else "",
        "seen": seen,
        "before": [
            {"naam": bron.vacature.naam_vacature or _("Nog zonder naam"), "voor": reach_text(bron.voor),
             "zonder": reach_text(bron.zonder) if bron.zonder else ""}
            for bron in (seen.bronnen if seen else ())
        ],
        "after": reach_text(seen.na) if seen else "",
        "hours": hours_text(seen.record) if seen else "",
        "picked": picked,
        "sleutel": form.data.get("sleutel") or uuid4(),
        "crumbs": place.crumbs(Crumb(_("Taken uitsnijden"))),
    }  # fmt: skip
    return render(request, "vacatures/uitsnijden.html", context, status=400 if form.errors else 200)


def _sources(request: ActorRequest, text: str) -> list[Vacature]:
    """The vacatures and functies of the employer of this one that the actor sees, with tasks; this one first."""
    first = vacatures.visible_to(request.actor).filter(pk__in=_ids([text])).first()
    if first is None:
        return []
    same = Q(pk=first.pk)
    if first.werkgever_id:
        same |= Q(werkgever=first.werkgever_id)
    elif first.kvk:
        same |= Q(kvk=first.kvk)
    living = ~Q(status=Vacaturestatus.GESLOTEN) & Q(taken__isnull=False)
    this_first = Case(When(pk=first.pk, then=0), default=1)
    found = vacatures.visible_to(request.actor).filter(same & living).distinct()
    return list(found.order_by(this_first, "naam_vacature", "pk")[:50])


def _source(source: Vacature, picked: list[UUID]) -> dict[str, Any]:
    record = vacatures.record_of(source)
    rows = sorted(source.taken.all(), key=lambda row: row.volgorde)
    return {
        "naam": record.naam_vacature or _("Nog zonder naam"),
        "soort": SOORTEN[source.soort],
        "taken": [
            {"id": row.pk, "text": task_text(taak), "chosen": row.pk in picked}
            for row, taak in zip(rows, record.taken, strict=True)
        ],
    }


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:200]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def reach_text(reach: jobcarving.Bereik) -> str:
    """How many people fit, in words."""
    if not reach.in_tientallen:
        return number(reach.aantal)
    return f"{number(reach.aantal)}+" if reach.aantal else _("minder dan 10")

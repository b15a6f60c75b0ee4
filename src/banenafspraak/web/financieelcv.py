"""The questions of a Financieel CV, the same for a visitor, an employer and a person, and what is done with them.

What is answered are facts about a person, so they never stand in an address and nothing of them is kept: a page answers
the POST itself. That breaks post-redirect-get on purpose: a redirect would need a stored answer or a health fact in the
URL. A second POST of the same page gives the same page, because nothing changes by it; the answers travel in hidden
fields, so that printing, PDF, JSON and changing an answer are each a POST again.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from banenafspraak.web import financieelcvblad
from banenafspraak.web.components.formulier import DateField, Form, NumberInput, RadioSelect
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.financieelcvwoorden import GRONDNAMEN, KEUZES
from banenafspraak.wet.feiten import FeitenFout
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.cv_feiten import FinancieelCv, FinancieelCvFeiten, Uitkering, known_until
from banenafspraak.wet.instrumenten.financieel_cv import financieel_cv
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.uitkomst import Uitkomst

_NUMBER = _("Vul een getal in, zoals 28 of 28,5.")
_JA_NEE = (("", _("Weet ik niet")), ("ja", _("Ja")), ("nee", _("Nee")))


class Getal(forms.DecimalField):
    """A number as people write it: with a comma or a point."""

    widget = NumberInput

    def to_python(self, value: Any) -> Any:
        """The number as a Decimal, None when it is empty; what is no number is refused in words."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def _bounded(low: int, high: int, required: Promise | str = "") -> dict[str, Any]:
    said = format_lazy(_("Vul een getal in van {laagste} tot en met {hoogste}."), laagste=low, hoogste=high)
    errors = {"invalid": _NUMBER, "min_value": said, "max_value": said, "max_decimal_places": said}
    return {
        "min_value": low,
        "max_value": high,
        "required": bool(required),
        "error_messages": errors | ({"required": required} if required else {}),
    }


class CvForm(Form):
    """The questions: five that anybody can answer, and a few that make the answer sharper."""

    grond = forms.ChoiceField(
        label=_("Waarom staat deze persoon in het doelgroepregister?"),
        help_text=_("U hoeft dit niet te weten en u mag er niet naar vragen. De persoon mag het zelf vertellen."),
        choices=[(name, keuze.tekst) for name, keuze in KEUZES.items()],
        initial="onbekend",
        widget=RadioSelect,
        error_messages={"required": _("Kies een antwoord."), "invalid_choice": _("Kies een van de antwoorden.")},
    )
    leeftijd = forms.IntegerField(
        label=_("Leeftijd op de eerste werkdag"),
        widget=NumberInput,
        **_bounded(16, 70, _("Vul de leeftijd in.")),
    )
    uren = Getal(label=_("Uren per week"), max_digits=4, decimal_places=2, **_bounded(1, 60, _("Vul de uren in.")))
    begin = DateField(label=_("Eerste werkdag"), error_messages={"required": _("Vul de eerste werkdag in.")})
    loon = Getal(
        label=_("Bruto loon per uur (niet verplicht)"),
        help_text=_("Zonder vakantiegeld. Leeg: wij rekenen met het minimumloon."),
        max_digits=6,
        decimal_places=2,
        **_bounded(1, 500),
    )
    loonwaarde = Getal(
        label=_("Loonwaarde in procenten (niet verplicht)"),
        help_text=_("Wat het werk waard is naast dat van een gewone werknemer. Leeg: weet ik niet."),
        max_digits=5,
        decimal_places=2,
        **_bounded(1, 100),
    )
    vastgesteld = forms.ChoiceField(
        label=_("Is de loonwaarde op deze werkplek gemeten?"), choices=_JA_NEE, required=False, widget=RadioSelect
    )
    einde = DateField(label=_("Laatste werkdag, als die is afgesproken"), required=False)
    uitkering = forms.ChoiceField(
        label=_("Wie betaalt nu de uitkering van de persoon?"),
        choices=(
            ("", _("Weet ik niet")),
            (Uitkering.UWV.value, _("UWV")),
            (Uitkering.GEMEENTE.value, _("De gemeente")),
            (Uitkering.GEEN.value, _("Er is geen uitkering")),
        ),
        required=False,
        widget=RadioSelect,
    )
    verklaring = forms.ChoiceField(
        label=_("Is er een doelgroepverklaring?"),
        help_text=_("Alleen van belang voor werk van voor 2026, en bij WIA."),
        choices=_JA_NEE,
        required=False,
        widget=RadioSelect,
    )
    voltijd = Getal(
        label=_("Uren van een volledige baan in dit werk (niet verplicht)"),
        help_text=_("Leeg: 36 uur."),
        max_digits=4,
        decimal_places=2,
        **_bounded(1, 60),
    )

    first = ("grond", "leeftijd", "uren", "begin", "loon", "loonwaarde")
    more = ("vastgesteld", "einde", "uitkering", "verklaring", "voltijd")

    def first_fields(self) -> list[BoundField]:
        """The questions in sight."""
        return [self[name] for name in self.first if name in self.fields]

    def more_fields(self) -> list[BoundField]:
        """The questions behind a fold."""
        return [self[name] for name in self.more if name in self.fields]

    def more_in_use(self) -> bool:
        """Whether one of the folded questions was answered or is wrong: then the fold stands open."""
        return any(field.value() or field.errors for field in self.more_fields())

    def clean(self) -> dict[str, Any]:
        """The days in their order, said in the words of the form."""
        data = super().clean() or {}
        if data.get("einde") and data.get("begin") and data["einde"] < data["begin"]:
            self.add_error("einde", _("De laatste werkdag ligt voor de eerste werkdag. Verander een van beide."))
        return data

    def feiten(self) -> FinancieelCvFeiten:
        """The answers as the law takes them. Raises FeitenFout for answers that contradict each other."""
        data = self.cleaned_data
        keuze = KEUZES[data.get("grond") or "onbekend"]
        return FinancieelCvFeiten(
            begin_dienstbetrekking=data["begin"],
            uren_per_week=data["uren"],
            leeftijd=data.get("leeftijd"),
            grond=keuze.grond,
            in_register=keuze.in_register,
            wia_bij_begin=keuze.wia,
            loon_per_uur=data["loon"],
            loonwaarde_percentage=data["loonwaarde"],
            loonwaarde_vastgesteld=_yes(data["vastgesteld"]) if data["loonwaarde"] else None,
            einde_dienstbetrekking=data["einde"],
            uitkering=Uitkering(data["uitkering"]) if data["uitkering"] else None,
            doelgroepverklaring=_yes(data.get("verklaring", "")),
            voltijd_uren=data["voltijd"],
        )


def _yes(text: str) -> bool | None:
    return {"ja": True, "nee": False}.get(text)


# Which field of the form a fact of the law is asked by.
_FIELD_OF = {
    "begin_dienstbetrekking": "begin",
    "einde_dienstbetrekking": "einde",
    "loon_per_uur": "loon",
    "loonwaarde_percentage": "loonwaarde",
    "leeftijd": "leeftijd",
    "geboortedatum": "leeftijd",
    "grond": "grond",
    "uren_per_week": "uren",
}


def first_answers(today: date) -> dict[str, Any]:
    """What stands in an empty form: the first day of next month, or of the last month of which amounts are known."""
    following = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    last_known = (known_until() - timedelta(days=1)).replace(day=1)
    return {"grond": "onbekend", "begin": min(following, last_known)}


def answer(form: CvForm, *, today: date, known: Mapping[str, Any] | None = None) -> Uitkomst[FinancieelCv] | None:
    """The Financieel CV of a valid form; None when the law refuses it, with the reason at its field.

    ``known`` are facts that the form does not ask, such as an own date of birth or ground.
    """
    if not form.is_valid():
        return None
    try:
        return financieel_cv(replace(form.feiten(), **(known or {})), peildatum=today)
    except FeitenFout as error:
        for fout in error.fouten:
            _put(form, fout)
    except ParameterFout as error:
        form.add_error("begin", str(error))
    return None


def _put(form: CvForm, fout: str) -> None:
    """One refusal of the law at the field it is about, without the code it begins with."""
    name = fout.partition(" ")[0].rstrip(":")
    field = _FIELD_OF.get(name)
    text = fout.removeprefix(name).lstrip(": ")
    if field is None or field not in form.fields:
        form.add_error(None, fout)
        return
    label = str(form.fields[field].label).partition(" (")[0]
    form.add_error(field, text[:1].upper() + text[1:] if fout.startswith(f"{name}:") else f"{label} {text}")


def respond(
    request: HttpRequest,
    *,
    form: CvForm,
    crumbs: tuple[Crumb, ...],
    template: str = "financieelcv/vragen.html",
    known: Mapping[str, Any] | None = None,
    more: Mapping[str, Any] | None = None,
    form_class: type[CvForm] = CvForm,
) -> HttpResponse:
    """The questions, or their answer as a page, a PDF or JSON. Nothing is kept; nothing may keep it on its way."""
    now = timezone.now()
    today = timezone.localtime(now).date()
    defaults = {"title": "", "lead": "", "notes": (), "intro": "", "bare": False}
    context: dict[str, Any] = {**defaults, "form": form, "crumbs": crumbs, **(more or {})}
    if request.method != "POST" or request.POST.get("als") == "wijzigen":
        if request.method == "POST":
            context["form"] = form_class(initial=request.POST.dict())
        return render(request, template, context)
    without_ground = request.POST.get("als") == "pdf-kaal"
    facts = dict(known or {})
    if without_ground:
        # What anybody who checks the register may know as well: that somebody is in it, and nothing about why.
        facts |= {"grond": None, "in_register": True, "wia_bij_begin": None, "loonwaarde_percentage": None}
        facts |= {"loonwaarde_vastgesteld": None, "uitkering": None}
    found = answer(form, today=today, known=facts)
    if found is None:
        return render(request, template, context, status=400)
    return _as_asked(request, found, form, context, now, facts)


def _as_asked(
    request: HttpRequest,
    found: Uitkomst[FinancieelCv],
    form: CvForm,
    context: dict[str, Any],
    now: datetime,
    known: Mapping[str, Any],
) -> HttpResponse:
    today = timezone.localtime(now).date()
    summary = _summary(form, known)
    match request.POST.get("als"):
        case "json":
            response: HttpResponse = JsonResponse(found.to_json(), json_dumps_params={"ensure_ascii": False})
            response["Content-Disposition"] = 'attachment; filename="financieel-cv.json"'
            return response
        case "pdf" | "pdf-kaal":
            content = financieelcvblad.to_pdf(found, summary=summary, made_at=now)
            response = HttpResponse(content, content_type="application/pdf")
            response["Content-Disposition"] = 'attachment; filename="financieel-cv.pdf"'
            return response
    answers = [(name, value) for name in form.fields for value in request.POST.getlist(name) if value]
    page = financieelcvblad.build(found, today=today)
    return render(request, "financieelcv/blad.html", {**context, "page": page, "answers": answers, "summary": summary})


def _summary(form: CvForm, known: Mapping[str, Any]) -> list[str]:
    """What was answered, in a few words for above the page."""
    data = form.cleaned_data
    words = [
        str(_("%(uren)s uur per week")) % {"uren": plain(data["uren"])},
        str(_("vanaf %(dag)s")) % {"dag": financieelcvblad.written(data["begin"])},
    ]
    if data["einde"]:
        words.append(str(_("tot en met %(dag)s")) % {"dag": financieelcvblad.written(data["einde"])})
    if data.get("leeftijd"):
        words.append(str(_("%(jaar)d jaar")) % {"jaar": data["leeftijd"]})
    if "grond" in known:
        grond: Grond | None = known["grond"]
        words.append(str(GRONDNAMEN[grond]) if grond else str(_("in het register, reden niet genoemd")))
    elif "grond" in data:
        keuze = KEUZES[data["grond"]]
        if keuze.grond is None:
            words.append(str(_("in het register, reden niet genoemd") if keuze.in_register else _("grond niet bekend")))
        elif keuze.grond is Grond.GEEN:
            words.append(str(keuze.tekst))
        else:
            words.append(str(GRONDNAMEN[keuze.grond]))
    if data.get("loonwaarde") and known.get("loonwaarde_percentage", True):
        words.append(
            str(_("loonwaarde %(deel)s%%")) % {"deel": f"{data['loonwaarde'].normalize():f}".replace(".", ",")}
        )
    return words


def plain(number: Decimal) -> str:
    """A number without the noughts behind it: 28, 28,5."""
    return f"{number.normalize():f}".replace(".", ",")

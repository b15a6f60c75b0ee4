"""The vacatures that everybody may read: a list to search in, and one of them, also for the machines of job sites."""

import json
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import numpy as np
from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.db.models.functions import Left
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from banenafspraak.bemiddeling import postcodes, vacatures, werksoorten
from banenafspraak.bemiddeling.profielrecord import Contracttype, Niveau, Overeenkomst
from banenafspraak.bemiddeling.vacaturerecord import VacatureRecord
from banenafspraak.bemiddeling.vacatures import OpenbareVacature
from banenafspraak.web.components.formulier import Form, NumberInput, SearchField, Select, in_words
from banenafspraak.web.components.parts import Crumb
from banenafspraak.web.requests import ActorRequest, understood
from banenafspraak.web.vacaturewoorden import hours_text, name_of_kind, place_text, public_answers, task_text

PAGE = 25


class ZoekForm(Form):
    """What somebody looks for; stands in the address."""

    werk = SearchField(label=gettext_lazy("Welk werk?"), max_length=100)
    waar = SearchField(label=gettext_lazy("Plaats of postcode"), max_length=60)
    straal = forms.ChoiceField(
        label=gettext_lazy("Hoe ver?"),
        choices=[("", gettext_lazy("Binnen 15 kilometer")), ("5", "5 km"), ("10", "10 km"), ("25", "25 km"),
                 ("50", "50 km")],
        required=False,
        widget=Select,
    )  # fmt: skip
    uren = forms.IntegerField(
        label=gettext_lazy("Hoeveel uur per week?"), min_value=1, max_value=60, required=False, widget=NumberInput()
    )
    geschikt = forms.ChoiceField(
        label=gettext_lazy("Voor de doelgroep"),
        choices=[("", gettext_lazy("Alle vacatures")), ("ja", gettext_lazy("Beoordeeld als geschikt"))],
        required=False,
        widget=Select,
    )
    volgorde = forms.ChoiceField(
        label=gettext_lazy("Volgorde"),
        choices=[
            ("", gettext_lazy("Nieuwste eerst")),
            ("sluit", gettext_lazy("Wat het eerst sluit")),
            ("uren", gettext_lazy("Minste uren eerst")),
        ],
        required=False,
        widget=Select,
    )


_ORDER = {
    "": ("-geopend_op", "pk"),
    "sluit": ("sluitingsdatum_vacature", "-geopend_op", "pk"),
    "uren": ("aantal_werkuren_per_week_minimaal", "pk"),
}


@never_cache
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """What is open today and fits, a page at a time."""
    form = ZoekForm(request.GET)
    chosen = understood(form)
    unknown_place = bool(chosen.get("waar")) and _place(chosen["waar"]) is None
    found = _found(chosen, timezone.localdate())
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "rows": [_row(one) for one in page],
        "page": page,
        "query": urlencode(chosen),
        "filtered": bool(chosen),
        "unknown_place": unknown_place,
        "crumbs": (Crumb(_("Vacatures")),),
    }
    return render(request, "openbaar/vacatures.html", context)


def _place(text: str) -> postcodes.Plek | None:
    return postcodes.table().find(text) or postcodes.find_place(text)


def _found(chosen: dict[str, str], today: date) -> QuerySet[OpenbareVacature]:
    found = vacatures.public(today)
    if text := chosen.get("werk", ""):
        kinds = werksoorten.search(text, limit=6)
        fits = Q(naam_vacature__icontains=text) | Q(naam_beroep__icontains=text)
        found = found.filter(fits | Q(werksoort__in=[one.code for one in kinds]))
    if (waar := chosen.get("waar", "")) and (plek := _place(waar)) is not None:
        near = _near(plek, int(chosen.get("straal") or 15))
        found = found.annotate(pc4=Left("postcode", 4)).filter(pc4__in=near)
    if hours := chosen.get("uren"):
        fewest = Q(aantal_werkuren_per_week_minimaal__isnull=True) | Q(aantal_werkuren_per_week_minimaal__lte=hours)
        found = found.filter(fewest, aantal_werkuren_per_week_maximaal__gte=hours)
    if chosen.get("geschikt"):
        found = found.filter(geschikt=True)
    return found.order_by(*_ORDER[chosen.get("volgorde", "")])


def _near(plek: postcodes.Plek, straal: int) -> list[str]:
    """The postcodes of which the middle lies within so many kilometres."""
    tabel = postcodes.table()
    distance = np.hypot(tabel.x.astype(float) - plek.x, tabel.y.astype(float) - plek.y)
    return [str(pc4) for pc4 in tabel.pc4[distance <= straal].tolist()]


def _row(vacature: OpenbareVacature) -> dict[str, Any]:
    record = vacatures.record_of(vacature)
    last = record.sluitingsdatum_vacature
    kind = "" if name_of_kind(record) == record.naam_vacature else name_of_kind(record)
    return {
        "url": reverse("vacature", args=[vacature.pk]),
        "naam": record.naam_vacature,
        "werkgever": record.handelsnaam_organisatie,
        "facts": ", ".join(one for one in (kind, hours_text(record)) if one),
        "plaats": place_text(record),
        "sluit": in_words(last) if last else "",
        "geschikt": vacature.geschikt is True,
    }


@require_safe
def detail(request: ActorRequest, vacature_id: UUID) -> HttpResponse:
    """One vacature, to read and to print; a job site finds it as a schema.org JobPosting."""
    vacature = vacatures.public(timezone.localdate()).filter(pk=vacature_id).first()
    if vacature is None:
        raise Http404(_("Deze vacature is er niet meer."))
    record = vacatures.record_of(vacature)
    context = {
        "naam": record.naam_vacature,
        "werkgever": record.handelsnaam_organisatie,
        "omschrijving": record.omschrijving_vacature,
        "taken": [task_text(taak) for taak in record.taken],
        "answers": public_answers(record),
        "geschikt": vacature.geschikt is True,
        "form_url": record.webadres_sollicitatie,
        "posting": _as_data(job_posting(vacature, record, url=request.build_absolute_uri())),
        "crumbs": (Crumb(_("Vacatures"), reverse("vacatures-openbaar")), Crumb(record.naam_vacature)),
    }
    return render(request, "openbaar/vacature.html", context)


def _as_data(value: dict[str, Any]) -> SafeString:
    """JSON that can stand in a page: no sign of it can end the element or begin another."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308


_EDUCATION = {
    Niveau.VMBO: "high school",
    Niveau.MBO_HAVO_VWO: "professional certificate",
    Niveau.HBO: "bachelor degree",
    Niveau.WO: "postgraduate degree",
}


def job_posting(vacature: OpenbareVacature, record: VacatureRecord, *, url: str) -> dict[str, Any]:
    """The vacature as a JobPosting of schema.org; what is not known is left out."""
    tasks = "\n".join(f"- {taak.omschrijving}" for taak in record.taken)
    kinds = []
    if (record.aantal_werkuren_per_week_maximaal or 0) >= 36:
        kinds.append("FULL_TIME")
    if (record.aantal_werkuren_per_week_minimaal or record.aantal_werkuren_per_week_maximaal or 99) < 36:
        kinds.append("PART_TIME")
    if record.typen_arbeidscontract == (Contracttype.BEPAALDE_TIJD,):
        kinds.append("TEMPORARY")
    if Overeenkomst.VRIJWILLIGERSWERK in record.typen_overeenkomst:
        kinds.append("VOLUNTEER")
    niveau = _EDUCATION.get(Niveau(record.code_werk_en_denkniveau_minimaal or 1))
    years = record.aantal_jaren_werkzaam_in_beroep
    values = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": record.naam_vacature,
        "description": "\n\n".join(part for part in (record.omschrijving_vacature, tasks) if part),
        "identifier": {"@type": "PropertyValue", "name": "banenafspraak", "value": str(vacature.pk)},
        "url": url,
        "datePosted": vacature.geopend_op.isoformat() if vacature.geopend_op else None,
        "validThrough": f"{record.sluitingsdatum_vacature.isoformat()}T23:59"
        if record.sluitingsdatum_vacature
        else None,
        "hiringOrganization": {
            "@type": "Organization",
            "name": record.handelsnaam_organisatie,
            **({"sameAs": record.webadres} if record.webadres else {}),
        },
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "postalCode": record.postcode,
                **({"addressLocality": record.plaatsnaam} if record.plaatsnaam else {}),
                "addressCountry": "NL",
            },
        },
        "employmentType": kinds,
        "workHours": hours_text(record),
        "totalJobOpenings": record.aantal_plaatsen,
        "jobStartDate": record.datum_aanvang_werkzaamheden.isoformat() if record.datum_aanvang_werkzaamheden else None,
        "jobBenefits": record.omschrijving_arbeidsvoorwaarden,
        "educationRequirements": {"@type": "EducationalOccupationalCredential", "credentialCategory": niveau}
        if niveau
        else None,
        "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 12 * years}
        if years
        else None,
        "occupationalCategory": _isco(record),
        "directApply": False,
    }
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _isco(record: VacatureRecord) -> str:
    kind = werksoorten.WERKSOORTEN.get(record.werksoort)
    return f"{kind.isco08} {kind.naam}" if kind else ""

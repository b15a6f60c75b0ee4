"""What the pages of citizen, gemeente and assessor share about an aanvraag: its words, its history, letters, papers."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django import forms
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banenafspraak.access import gebieden
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Rol
from banenafspraak.register import aanvraagdocumenten, aanvragen, beoordeling
from banenafspraak.register.aanvragen import Aanvraaghandeling, Aanvraaginzage, Aanvraagsoort, Aanvraagstatus
from banenafspraak.register.beoordeling import Alternatief, Beslissing
from banenafspraak.web.components import brief
from banenafspraak.web.components.formulier import in_words
from banenafspraak.web.components.parts import Answer, Moment
from banenafspraak.wet.arbeidsvermogen import AbaOordeel
from banenafspraak.wet.uitkomst import Stap, Uitkomst

# How long somebody gets to send what we asked for. No article names it (Awb 4:5 speaks of a term that UWV sets).
ANSWER_TIME = timedelta(weeks=4)

_SOORTEN: dict[str, Promise] = {
    Aanvraagsoort.WAJONG: gettext_lazy("Wajong"),
    Aanvraagsoort.BANENAFSPRAAK: gettext_lazy("Indicatie banenafspraak"),
    Aanvraagsoort.WERKEN_MET_VOORZIENING: gettext_lazy("Werken met een voorziening"),
    Aanvraagsoort.BESCHUT_WERK: gettext_lazy("Advies beschut werk"),
    Aanvraagsoort.SCHOOL: gettext_lazy("Inschrijving met gegevens van school"),
    Aanvraagsoort.WEET_NIET: gettext_lazy("Beoordeling: UWV kiest wat past"),
}
_STATUSSEN: dict[str, Promise] = {
    Aanvraagstatus.CONCEPT: gettext_lazy("Nog niet verstuurd"),
    Aanvraagstatus.INGEDIEND: gettext_lazy("Verstuurd"),
    Aanvraagstatus.ONTVANGST_BEVESTIGD: gettext_lazy("Ontvangen"),
    Aanvraagstatus.IN_BEHANDELING: gettext_lazy("In behandeling"),
    Aanvraagstatus.WACHT_OP_AANVULLING: gettext_lazy("Wacht op informatie"),
    Aanvraagstatus.BESLIST: gettext_lazy("Beslist"),
    Aanvraagstatus.INGETROKKEN: gettext_lazy("Gestopt door de aanvrager"),
}
_UITKOMSTEN: dict[str, Promise] = {
    "wajong_2015": gettext_lazy("Wajong 2015"),
    "doelgroep_banenafspraak": gettext_lazy("Doelgroep banenafspraak"),
    "werken_met_voorziening": gettext_lazy("Doelgroep banenafspraak (werken met een voorziening)"),
    "advies_beschut_werk": gettext_lazy("Positief advies beschut werk"),
    "geen": gettext_lazy("Negatief"),
}
_HANDELINGEN: dict[str, Promise] = {
    Aanvraaghandeling.BEGINNEN: gettext_lazy("Aanvraag begonnen"),
    Aanvraaghandeling.INDIENEN: gettext_lazy("Aanvraag verstuurd"),
    Aanvraaghandeling.ONTVANGST_BEVESTIGEN: gettext_lazy("UWV heeft de aanvraag ontvangen"),
    Aanvraaghandeling.OPPAKKEN: gettext_lazy("Een beoordelaar is begonnen"),
    Aanvraaghandeling.TERUGLEGGEN: gettext_lazy("De beoordelaar gaf de aanvraag terug"),
    Aanvraaghandeling.OVERNEMEN: gettext_lazy("Een andere beoordelaar nam de aanvraag over"),
    Aanvraaghandeling.AANVULLING_VRAGEN: gettext_lazy("UWV vroeg om meer informatie"),
    Aanvraaghandeling.AANVULLEN: gettext_lazy("De informatie is binnen"),
    Aanvraaghandeling.VERLENGEN: gettext_lazy("UWV schreef dat de beslissing later komt"),
    Aanvraaghandeling.BESLISSEN: gettext_lazy("UWV heeft beslist"),
    Aanvraaghandeling.INTREKKEN: gettext_lazy("De aanvraag is gestopt"),
    Aanvraaghandeling.BEZWAAR_NOTEREN: gettext_lazy("Er is bezwaar gemaakt"),
}
_BRIEVEN: dict[str, Promise] = {
    "ontvangst": gettext_lazy("Brief: wij hebben de aanvraag ontvangen"),
    "aanvulling": gettext_lazy("Brief: wij hebben meer informatie nodig"),
    "verlenging": gettext_lazy("Brief: wij hebben meer tijd nodig"),
    "besluit": gettext_lazy("Brief met de beslissing"),
}

# Why a sealed paper or a letter is opened as a file and never inside our own page.
_DOWNLOAD_HEADERS = {
    "Cache-Control": "no-store, private",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def reference(aanvraag_id: UUID, letter: str = "A") -> str:
    """What people and letters call a case: A-1F3C-9B27-4E. It says nothing about the person."""
    text = aanvraag_id.hex[:10].upper()
    return f"{letter}-{text[:4]}-{text[4:8]}-{text[8:]}"


def kind_name(soort: str | None) -> str:
    """What was asked, in the language of the page."""
    return str(_SOORTEN[soort]) if soort else _("Nog niet gekozen")


def status_name(status: str) -> str:
    """Where an aanvraag is, in the language of the page."""
    return str(_STATUSSEN[status])


def outcome_name(uitkomst: str) -> str:
    """What was decided, in the language of the page."""
    return str(_UITKOMSTEN[uitkomst])


def gemeente_name(code: str | None) -> str:
    """The name of a gemeente; its code when it is not in the table."""
    if not code:
        return ""
    found = gebieden.gemeente(code)
    return found.naam if found else code


def gemeente_choices(peildatum: date) -> list[tuple[str, str]]:
    """Every gemeente of that day, by name, with an empty choice first."""
    named = sorted((g.naam, g.code) for g in gebieden.gemeenten_op(peildatum))
    return [("", _("Kies een gemeente")), *((code, naam) for naam, code in named)]


def require_burger(actor: Actor) -> None:
    """Only who signed in as a citizen, with a BSN that DigiD vouched for. Raises `PermissionDenied`."""
    if actor.rol is not Rol.BURGER or actor.bsn is None:
        raise PermissionDenied("this page is for a citizen with DigiD")


def look_or_404(actor: Actor, aanvraag_id: UUID, now: datetime) -> Aanvraaginzage:
    """The aanvraag as this actor may see it; the look is logged. 404 for who may not see it."""
    try:
        return aanvragen.look_at(actor=actor, aanvraag_id=aanvraag_id, now=now)
    except ObjectDoesNotExist:
        raise Http404(_("Deze aanvraag is er niet, of u mag haar niet zien.")) from None


def moments(inzage: Aanvraaginzage, *, internal: bool = False) -> tuple[Moment, ...]:
    """The history in words; what happens inside UWV is only shown inside UWV."""
    inside = {Aanvraaghandeling.TERUGLEGGEN, Aanvraaghandeling.OVERNEMEN}
    shown = [s for s in inzage.stappen if s.handeling in _HANDELINGEN and (internal or s.handeling not in inside)]
    return tuple(
        Moment(str(_HANDELINGEN[s.handeling]), in_words(s.op), s.toelichting, current=s is shown[-1]) for s in shown
    )


# --- Papers ------------------------------------------------------------------------------------------------------


def papers(actor: Actor, aanvraag_id: UUID) -> list[dict[str, Any]]:
    """The documents this actor may read with an aanvraag: name, size in words, whose, and the id."""
    found = aanvraagdocumenten.visible_to(actor).filter(aanvraag_id=aanvraag_id)
    return [
        {
            "id": document.pk,
            "naam": aanvraagdocumenten.name_of(document),
            "grootte": size_in_words(document.bytes),
            "van": document.get_inbrenger_display(),
        }
        for document in found
    ]


def size_in_words(count: int) -> str:
    """So many bytes as kB or MB."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")


def paper_response(actor: Actor, document_id: UUID, aanvraag_id: UUID, now: datetime) -> HttpResponse:
    """A document as a download that runs nothing; 404 unless it belongs to this aanvraag and this actor may read it."""
    if not aanvraagdocumenten.visible_to(actor).filter(pk=document_id, aanvraag_id=aanvraag_id).exists():
        raise Http404(_("Dit document is er niet, of u mag het niet zien."))
    document = aanvraagdocumenten.read(actor=actor, document_id=document_id, now=now)
    return download(document.inhoud, document.bestandsnaam, document.mediatype)


def download(content: bytes, filename: str, media_type: str) -> HttpResponse:
    """A file to save: never shown inside a page of ours, never kept by a cache."""
    headers = _DOWNLOAD_HEADERS | {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(filename, safe='')}"}
    return HttpResponse(content, content_type=media_type, headers=headers)


# --- Letters -----------------------------------------------------------------------------------------------------


def letters(inzage: Aanvraaginzage) -> list[tuple[str, str]]:
    """The letters there are about this aanvraag: code and name, in order."""
    done = {step.handeling for step in inzage.stappen}
    there = {
        "ontvangst": inzage.ontvangen_op is not None,
        "aanvulling": Aanvraaghandeling.AANVULLING_VRAGEN in done,
        "verlenging": Aanvraaghandeling.VERLENGEN in done,
        "besluit": inzage.status is Aanvraagstatus.BESLIST,
    }
    return [(code, str(naam)) for code, naam in _BRIEVEN.items() if there[code]]


def letter_response(actor: Actor, inzage: Aanvraaginzage, code: str, now: datetime) -> HttpResponse:
    """One of `letters` as PDF; 404 for a letter there is not."""
    if code not in dict(letters(inzage)):
        raise Http404(_("Deze brief is er niet."))
    beslissing = beoordeling.read_besluit(actor=actor, aanvraag_id=inzage.id, now=now) if code == "besluit" else None
    pdf = brief.to_pdf(letter(inzage, code, beslissing), made_at=now)
    return download(pdf, f"{code}-{reference(inzage.id)}.pdf", "application/pdf")


def letter(inzage: Aanvraaginzage, code: str, beslissing: Beslissing | None = None) -> brief.Brief:
    """One of `letters`; the decision letter needs the decision."""
    if code == "besluit":
        assert beslissing is not None
        return decision_letter(inzage, beslissing)
    makers: dict[str, Callable[[Aanvraaginzage], brief.Brief]] = {
        "ontvangst": _receipt,
        "aanvulling": _request,
        "verlenging": _extension,
    }
    return makers[code](inzage)


def addressee(velden: Mapping[str, Mapping[str, Any]], kenmerk: str, day: date) -> brief.Kop:
    """Whom a letter goes to, from the first step of the form."""
    persoon = velden.get("persoon", {})
    place = " ".join(part for part in (persoon.get("postcode", ""), persoon.get("plaats", "")) if part)
    lines = tuple(line for line in (persoon.get("adres", ""), place) if line)
    return brief.Kop(persoon.get("naam") or "aanvrager", lines, kenmerk, day)


def _head(inzage: Aanvraaginzage, day: date) -> brief.Kop:
    return addressee(inzage.velden, reference(inzage.id), day)


def _receipt(inzage: Aanvraaginzage) -> brief.Brief:
    assert inzage.ontvangen_op is not None
    asked = inzage.soort or Aanvraagsoort.WEET_NIET
    return brief.ontvangst(
        _head(inzage, inzage.bevestigd_op or inzage.ontvangen_op),
        ontvangen_op=inzage.ontvangen_op,
        waarover=_WAAROVER[asked],
        uiterlijk=inzage.laatste_dag,
    )


def _request(inzage: Aanvraaginzage) -> brief.Brief:
    step = [s for s in inzage.stappen if s.handeling is Aanvraaghandeling.AANVULLING_VRAGEN][-1]
    return brief.aanvulling(_head(inzage, step.op), gevraagd=step.toelichting, uiterlijk=step.op + ANSWER_TIME)


def _extension(inzage: Aanvraaginzage) -> brief.Brief:
    step = [s for s in inzage.stappen if s.handeling is Aanvraaghandeling.VERLENGEN][-1]
    assert inzage.verlengd_tot_en_met is not None
    return brief.verlenging(_head(inzage, step.op), oud=None, nieuw=inzage.verlengd_tot_en_met, reden=step.toelichting)


def decision_letter(inzage: Aanvraaginzage, beslissing: Beslissing) -> brief.Brief:
    """The letter with the decision."""
    assert inzage.ontvangen_op is not None
    return brief.besluit(
        _head(inzage, beslissing.genomen_op),
        brief.Besluitinhoud(
            uitkomst=beslissing.uitkomst.value,
            stappen=tuple(Stap(s.vraag, s.uitkomst, s.artikel) for s in beslissing.stappen),
            aangevraagd_op=inzage.ontvangen_op,
            vanaf=beslissing.genomen_op if beslissing.ingeschreven else None,
            gewisseld=beslissing.gewisseld,
            door_gemeente=inzage.gemeente is not None,
            andere_paden=tuple(pad.reden for pad in beslissing.alternatieven if pad.soort is not Alternatief.BEZWAAR),
        ),
    )


def draft_letter(inzage: Aanvraaginzage, uitkomst: Uitkomst[AbaOordeel], today: date) -> brief.Brief:
    """The letter as it would be if the assessor decided today."""
    assert inzage.ontvangen_op is not None
    oordeel = uitkomst.waarde
    return brief.besluit(
        _head(inzage, today),
        brief.Besluitinhoud(
            uitkomst=oordeel.uitkomst.value,
            stappen=uitkomst.stappen,
            aangevraagd_op=inzage.ontvangen_op,
            vanaf=today if oordeel.grond is not None else None,
            gewisseld=oordeel.gewisseld,
            door_gemeente=inzage.gemeente is not None,
        ),
    )


# A letter is in Dutch whatever the language of the page.
_WAAROVER: dict[str, str] = {
    Aanvraagsoort.WAJONG: "uw aanvraag voor Wajong",
    Aanvraagsoort.BANENAFSPRAAK: "uw aanvraag voor een indicatie banenafspraak",
    Aanvraagsoort.WERKEN_MET_VOORZIENING: "uw aanvraag voor werken met een voorziening",
    Aanvraagsoort.BESCHUT_WERK: "uw aanvraag voor een advies beschut werk",
    Aanvraagsoort.SCHOOL: "uw aanvraag om u in te schrijven met gegevens van uw school",
    Aanvraagsoort.WEET_NIET: "uw aanvraag. U vroeg ons om te kiezen wat bij u past",
}


# --- Answers of a form -------------------------------------------------------------------------------------------


def answers_of(form: forms.BaseForm, velden: Mapping[str, Any], url: str = "") -> tuple[Answer, ...]:
    """Every field of a form with what was kept for it, in the words of the form."""
    return tuple(
        Answer(str(field.label or ""), _shown(field, velden.get(naam)), url) for naam, field in form.fields.items()
    )


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nee")
    if value is None:
        return ""
    if isinstance(field, forms.ChoiceField):
        named: dict[Any, Any] = dict(field.choices)  # type: ignore[arg-type]
        return str(named.get(value, value))
    if isinstance(field, forms.DateField):
        return in_words(date.fromisoformat(str(value)))
    return str(value)


def to_plain(value: Any) -> Any:
    """A cleaned value of a form as it is kept: a date as JJJJ-MM-DD, the rest as it is."""
    return value.isoformat() if isinstance(value, date) else value

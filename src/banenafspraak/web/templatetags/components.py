"""Template tags of the components: header, footer, breadcrumb, alert, table, figure, pagination, form field."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, RadioSelect
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, Rol, may
from banenafspraak.web.components import formulier, parts
from banenafspraak.web.components.vragen import answer_text, without_codes
from banenafspraak.web.requests import ActorRequest, without_bsn
from banenafspraak.web.roles import role_name
from banenafspraak.wet.instrumenten.cv_feiten import CvRegel
from banenafspraak.wet.uitkomst import Bron, Uitkomst, Zekerheid

register = template.Library()
register.filter("quarter_short", parts.quarter_short)

# Written in full, because tools/vendor_frontend looks for the names.
ALERTS = {
    "info": "utrecht-alert utrecht-alert--info",
    "ok": "utrecht-alert utrecht-alert--ok",
    "warning": "utrecht-alert utrecht-alert--warning",
    "error": "utrecht-alert utrecht-alert--error",
}
BADGES = {
    "neutral": "utrecht-status-badge utrecht-status-badge--neutral",
    "warning": "utrecht-status-badge utrecht-status-badge--warning",
    "late": "utrecht-status-badge utrecht-status-badge--error",
}
LEVELS = {"debug": "info", "info": "info", "success": "ok", "warning": "warning", "error": "error"}


@dataclass(frozen=True)
class MenuItem:
    """One link of the main menu; `current` is the value of aria-current, empty when elsewhere."""

    text: str
    url: str
    current: str


@register.inclusion_tag("components/page_header.html", takes_context=True)
def page_header(context: dict[str, Any]) -> dict[str, Any]:
    """Brand, who is signed in, the other language and the menu of the role. Without a request: as a visitor sees it."""
    request: ActorRequest | None = context.get("request")
    actor = getattr(request, "actor", None)
    signed_in = actor is not None and actor.rol is not Rol.ANONIEM
    path = request.path if request is not None else ""
    entries = [(gettext("Begin"), reverse("home")), (gettext("Cijfers"), reverse("figures"))]
    if actor is None or actor.rol in (Rol.ANONIEM, Rol.BURGER):
        entries.append((gettext("Vacatures"), reverse("vacatures-openbaar")))
    if actor is None or actor.rol in (Rol.ANONIEM, Rol.WERKGEVER):
        entries.append((gettext("Financieel CV"), reverse("financieel-cv")))
    if actor is not None and may(actor, Permission.CIJFERS_ONAFGEROND_VIEW):
        entries.append((gettext("Onafgeronde cijfers"), reverse("internal-figures")))
    if actor is not None and actor.rol is Rol.BELEID:
        entries.append((gettext("Servicepunten"), reverse("beleid-wsp")))
    entries += _rooms(actor)
    return {
        "demo": settings.DEMO,
        "signed_in": signed_in,
        "may_sign_in": settings.DEMO or settings.OIDC_ENABLED,
        "role_name": role_name(actor.rol) if actor is not None and signed_in else "",
        "csrf_field": _csrf_field(request) if request is not None and signed_in else "",
        "here": without_bsn(request.get_full_path()) if request is not None and request.method == "GET" else "/",
        "other_languages": [(code, name) for code, name in settings.LANGUAGES if code != get_language()],
        "menu": _menu(entries, path),
    }


def _rooms(actor: Actor | None) -> list[tuple[str, str]]:
    """The pages that belong to the role of this actor."""
    if actor is None:
        return []
    if actor.rol is Rol.BURGER:
        own = [(gettext("Mijn overzicht"), reverse("burger")), (gettext("Mijn profiel"), reverse("burger-profiel"))]
        return [*own, (gettext("Aanvraag"), reverse("burger-aanvraag"))]
    if may(actor, Permission.AANVRAAG_BEOORDELEN):
        return [
            (gettext("Werklijst"), reverse("beoordelaar")),
            (gettext("Meldingen"), reverse("beoordelaar-meldingen")),
            (gettext("Populatiebestanden"), reverse("beoordelaar-populatie")),
        ]
    if actor.rol is Rol.TOEZICHT:
        return [
            (gettext("Meldingen"), reverse("toezicht-meldingen")),
            (gettext("Blokkades en bezwaren"), reverse("supervision-blocks")),
        ]
    if may(actor, Permission.RAADPLEGING_ASK):
        return [
            (gettext("Werkgever"), reverse("employer")),
            (gettext("Kandidaten zoeken"), reverse("employer-candidates")),
            (gettext("Vacatures"), reverse("employer-vacatures")),
        ]
    if actor.rol is Rol.BEMIDDELAAR:
        own = [(gettext("Mijn werk"), reverse("bemiddelaar")), (gettext("Profielen"), reverse("bemiddelaar-profielen"))]
        own.append((gettext("Vacatures"), reverse("bemiddelaar-vacatures")))
        return [*own, (gettext("Aanvragen"), reverse("gemeente-aanvragen"))] if actor.gemeente else own
    return []


def _menu(entries: list[tuple[str, str]], path: str) -> list[MenuItem]:
    """The links; of several that lead to this page the nearest is the current one."""
    above = [url for _, url in entries if url != "/" and path.startswith(url)]
    nearest = max(above, key=len, default="")
    return [MenuItem(text, url, "page" if url == path else "true" if url == nearest else "") for text, url in entries]


def _csrf_field(request: ActorRequest) -> SafeString:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


@register.inclusion_tag("components/page_footer.html")
def page_footer() -> dict[str, str]:
    """Links to the duties (accessibility, security, sources) and the version."""
    return {"version": settings.PROJECT_VERSION}


@register.inclusion_tag("components/messages.html", takes_context=True)
def page_messages(context: dict[str, Any]) -> dict[str, Any]:
    """What the last action wants to say, once."""
    request: ActorRequest | None = context.get("request")
    found = get_messages(request) if request is not None else []
    return {"messages": [{"text": m.message, "style": ALERTS[LEVELS[m.level_tag]]} for m in found]}


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(crumbs: tuple[parts.Crumb, ...]) -> dict[str, Any]:
    """The way back; the start page comes first by itself."""
    return {"crumbs": crumbs}


@register.inclusion_tag("components/alert.html")
def alert(kind: str, text: str, title: str = "", role: str = "") -> dict[str, str]:
    """A framed message; `kind` is info, ok, warning or error."""
    if kind not in ALERTS:
        raise template.TemplateSyntaxError(f"unknown kind of alert: {kind}")
    return {"style": ALERTS[kind], "text": text, "title": title, "role": role}


@register.inclusion_tag("components/table.html")
def table(table: parts.Table) -> dict[str, parts.Table]:
    """A table with caption and scopes, in a box that scrolls and that the keyboard reaches."""
    return {"table": table}


@register.inclusion_tag("components/figure.html")
def figure(figure: parts.Figure) -> dict[str, parts.Figure]:
    """A chart with its tables."""
    return {"figure": figure}


@register.inclusion_tag("components/key_figures.html")
def key_figures(figures: tuple[parts.KeyFigure, ...]) -> dict[str, Any]:
    """Large numbers side by side."""
    return {"figures": figures}


@register.inclusion_tag("components/form_field.html")
def form_field(field: BoundField, heading: bool = False) -> dict[str, Any]:
    """Label, hint, error and control of one form field, tied together for a screen reader.

    A choice in full sight becomes a fieldset; with `heading` its question is the heading of the page.
    """
    described = " ".join(
        [f"{field.auto_id}-hint"] * bool(field.help_text) + [f"{field.auto_id}-fout"] * bool(field.errors)
    )
    widget = field.field.widget
    kind = "choice" if isinstance(widget, RadioSelect) else "check" if isinstance(widget, CheckboxInput) else "line"
    attributes: dict[str, str | bool] = {"aria-describedby": described} if described and kind != "choice" else {}
    attributes |= {"aria-invalid": "true"} if field.errors and kind != "choice" else {}
    attributes |= {"aria-required": "true"} if field.field.required and kind == "line" else {}
    control = "" if kind == "choice" else field.as_widget(attrs=attributes)
    return {"field": field, "control": control, "kind": kind, "described": described, "heading": heading}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form, at the top of the page, each with a link to its field; nothing when all is well."""
    return {"errors": formulier.errors_of(form) if form.is_bound else []}


@register.inclusion_tag("components/answers.html")
def answers(answers: tuple[parts.Answer, ...]) -> dict[str, Any]:
    """Questions with what was answered, and a link to change it where there is one."""
    return {"answers": answers}


@register.inclusion_tag("components/timeline.html")
def timeline(moments: tuple[parts.Moment, ...]) -> dict[str, Any]:
    """What happened, oldest first, and where it stands now."""
    return {"moments": moments}


@register.simple_tag
def clock_badge(clock: parts.Clock) -> SafeString:
    """How much time is left, in words and in a colour."""
    return format_html('<span class="{}">{}</span>', BADGES[clock.kind], clock.text)


@register.inclusion_tag("components/pagination.html")
def pagination(page: Page[Any], query: str = "") -> dict[str, Any]:
    """Previous, next and where you are; `query` (without page) keeps a search in the address."""
    prefix = f"?{query}&" if query else "?"
    return {
        "page": page,
        "previous": f"{prefix}pagina={page.previous_page_number()}" if page.has_previous() else "",
        "next": f"{prefix}pagina={page.next_page_number()}" if page.has_next() else "",
        "label": pgettext("navigation", "Pagina's"),
    }


@register.filter
def step_question(step: Any) -> str:
    """The question of a step of the law, without codes."""
    return without_codes(step.vraag)


@register.filter
def step_answer(step: Any) -> str:
    """What came out of a step of the law, in words; no amount is cut from its euro sign."""
    return answer_text(step.vraag, step.uitkomst).replace("€ ", "€\N{NO-BREAK SPACE}")


@register.inclusion_tag("components/steps.html")
def steps(uitkomst: Uitkomst[Any] | CvRegel) -> dict[str, Any]:
    """An answer of the law explained: every question, what came out, the article, and how sure it is."""
    return {"steps": uitkomst.stappen, "sources": uitkomst.bronnen}


@register.simple_tag
def certainty(zekerheid: str) -> SafeString:
    """A mark beside a figure that was not read in its source; nothing beside one that was."""
    texts = {
        Zekerheid.BRON: "",
        Zekerheid.AFGELEID: gettext("afgeleid uit andere cijfers"),
        Zekerheid.INDICATIE: gettext("richtgetal"),
        Zekerheid.UIT_GEHEUGEN: gettext("niet nagekeken in de bron"),
    }
    text = texts[Zekerheid(zekerheid)]
    badge = '<span class="utrecht-status-badge utrecht-status-badge--warning">{}</span>'
    return format_html(badge, text) if text else SafeString()


@register.simple_tag
def source(bron: Bron) -> SafeString:
    """Where something stands, as a link when there is an address."""
    if not bron.url:
        return format_html('<span lang="nl">{}</span>', bron)
    return format_html('<a class="utrecht-link utrecht-link--html-a" href="{}" lang="nl">{}</a>', bron.url, bron)


@register.simple_tag
def cv_badge(certain: bool, text: str) -> SafeString:
    """How sure a line of a Financieel CV is, in words and in a colour."""
    style = BADGES["neutral" if certain else "warning"]
    return format_html('<span class="{}">{}</span>', style, text)

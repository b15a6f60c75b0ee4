"""What is filled in on an aanvraag: kept sealed step by step, checked before it is sent."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from banenafspraak.access import gebieden, verzegeling
from banenafspraak.register.models import Aanvraag, Aanvraagsoort, inhoud_context
from banenafspraak.register.moment import day_of
from banenafspraak.wet.gronden import Onderwijs

MAX_TEKST = 4_000
_MAX_INHOUD = 200_000
_OUDSTE = 120


def read_inhoud(aanvraag: Aanvraag) -> dict[str, dict[str, Any]]:
    """What was filled in, by step. Raises `SealError`."""
    if aanvraag.inhoud_verzegeld is None:
        return {}
    text = verzegeling.unseal_text(aanvraag.inhoud_verzegeld, context=inhoud_context(aanvraag.pk))
    inhoud: dict[str, dict[str, Any]] = json.loads(text)
    return inhoud


def write_inhoud(aanvraag: Aanvraag, stap: str, velden: Mapping[str, Any]) -> None:
    """Replace one step of the form; empty fields take the step away. Raises `ValidationError` for what is too long."""
    inhoud = {**read_inhoud(aanvraag), stap: _checked(velden)}
    if not velden:
        del inhoud[stap]
    text = json.dumps(inhoud, ensure_ascii=False)
    if len(text) > _MAX_INHOUD:
        raise ValidationError("De aanvraag is te lang. Voeg lange teksten toe als document.")
    aanvraag.inhoud_verzegeld = verzegeling.seal_text(text, context=inhoud_context(aanvraag.pk))


def _checked(velden: Mapping[str, Any]) -> dict[str, Any]:
    long = {naam: ["Deze tekst is te lang."] for naam, tekst in velden.items() if len(str(tekst)) > MAX_TEKST}
    if long:
        raise ValidationError(long)
    return dict(velden)


def onderwijs_of(aanvraag: Aanvraag) -> Onderwijs | None:
    """The schooling named in the step `school` of the form, None when it names none."""
    named = read_inhoud(aanvraag).get("school", {}).get("onderwijs")
    return Onderwijs(named) if named in list(Onderwijs) else None


def check_geboortedatum(geboortedatum: date, now: datetime) -> None:
    """Raise `ValidationError` for a date of birth that nobody alive has."""
    today = day_of(now)
    if not today.year - _OUDSTE <= geboortedatum.year or geboortedatum > today:
        raise ValidationError({"geboortedatum": "Deze geboortedatum kan niet kloppen. Controleer de datum."})


def fill(
    aanvraag: Aanvraag,
    soort: Aanvraagsoort | None,
    woongemeente: str | None,
    woont_in_buitenland: bool | None,
    now: datetime,
) -> None:
    """Fill in what lies open; None leaves it as it was. Raises `ValidationError` for what the applicant cannot say."""
    college = aanvraag.gemeente_id
    if soort is not None:
        if college is not None and soort in (Aanvraagsoort.WAJONG, Aanvraagsoort.SCHOOL, Aanvraagsoort.WEET_NIET):
            raise ValidationError({"soort": "Deze beoordeling kan alleen de persoon zelf aanvragen."})
        aanvraag.soort = Aanvraagsoort(soort).value
    if woongemeente is not None:
        gebied = gebieden.gemeente(woongemeente)
        if gebied is None or not gebied.exists_on(day_of(now)):
            raise ValidationError({"woongemeente": "Kies een gemeente die bestaat."})
        if college is not None and woongemeente != college:
            raise ValidationError({"woongemeente": "Een gemeente vraagt alleen voor een eigen inwoner."})
        aanvraag.woongemeente_id = woongemeente
    if woont_in_buitenland is not None:
        if woont_in_buitenland and college is not None:
            raise ValidationError({"woont_in_buitenland": "Een gemeente vraagt alleen voor een eigen inwoner."})
        aanvraag.woont_in_buitenland = woont_in_buitenland
        if woont_in_buitenland:
            aanvraag.woongemeente_id = None


def check_complete(aanvraag: Aanvraag) -> None:
    """Raise `ValidationError` with everything that must still be filled in."""
    missing = {}
    if not aanvraag.soort:
        missing["soort"] = ["Kies wat u aanvraagt. Weet u het niet? Kies dan: ik weet het niet."]
    if aanvraag.woongemeente_id is None and not aanvraag.woont_in_buitenland:
        missing["woongemeente"] = ["Kies de gemeente waar de persoon woont."]
    if aanvraag.soort == Aanvraagsoort.SCHOOL and onderwijs_of(aanvraag) in (None, Onderwijs.GEEN):
        missing["onderwijs"] = ["Kies het onderwijs: vso, praktijkonderwijs of entree."]
    if missing:
        raise ValidationError(missing)

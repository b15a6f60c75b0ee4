"""The clock of an aanvraag: when it must be confirmed and decided, when it stands still, and how it is lengthened.

`wet.termijnen` counts; here stands what happened to this aanvraag. The fields of a request to complete hold the latest
one that stopped the term; `eerdere_stilstand` are the days of those before it.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from banenafspraak.register.models import Aanvraag, Aanvraagsoort
from banenafspraak.wet.termijnen import Termijn, TermijnFeiten, Termijnsoort, beslistermijn
from banenafspraak.wet.uitkomst import Uitkomst

_TERMIJN = {
    Aanvraagsoort.WAJONG: Termijnsoort.WAJONG,
    Aanvraagsoort.BANENAFSPRAAK: Termijnsoort.BANENAFSPRAAK,
    Aanvraagsoort.WERKEN_MET_VOORZIENING: Termijnsoort.WERKEN_MET_VOORZIENING,
    Aanvraagsoort.BESCHUT_WERK: Termijnsoort.BESCHUT_WERK,
    Aanvraagsoort.SCHOOL: Termijnsoort.BANENAFSPRAAK,
    # Who leaves the choice to UWV must not wait longer for it: the shortest term.
    Aanvraagsoort.WEET_NIET: Termijnsoort.BANENAFSPRAAK,
}


def confirm_by(ontvangen_op: date) -> date:
    """The last day to say that an aanvraag came in."""
    feiten = TermijnFeiten(soort=Termijnsoort.ONTVANGSTBEVESTIGING, ontvangen_op=ontvangen_op)
    day = beslistermijn(feiten, peildatum=ontvangen_op).waarde.laatste_dag
    assert day is not None  # this term never stands still
    return day


def termijn(aanvraag: Aanvraag, *, peildatum: date) -> Uitkomst[Termijn]:
    """The term of an aanvraag that was sent, seen from that day, with its steps and articles."""
    received = aanvraag.ontvangen_op
    if received is None:
        raise ValueError("an aanvraag that was not sent has no term")
    asked, complete = aanvraag.aanvulling_gevraagd_op, aanvraag.aangevuld_op
    if asked is not None and aanvraag.eerdere_stilstand:
        # The law's function knows one stop; several of them count as one of as many days, right after the receipt.
        days = aanvraag.eerdere_stilstand + (_days(asked, complete) if complete is not None else 0)
        asked, complete = received, None if complete is None else received + timedelta(days=days + 1)
    feiten = TermijnFeiten(
        soort=_TERMIJN[Aanvraagsoort(aanvraag.soort)],
        ontvangen_op=received,
        woont_in_buitenland=aanvraag.woont_in_buitenland,
        aanvulling_gevraagd_op=asked,
        aangevuld_op=complete,
        verlengd_tot_en_met=aanvraag.verlengd_tot_en_met,
        verlenging_meegedeeld_op=aanvraag.verlenging_meegedeeld_op,
    )
    return beslistermijn(feiten, peildatum=peildatum)


def stop(aanvraag: Aanvraag, op: date) -> None:
    """The applicant is asked to complete it: the term stands still, unless its last day has passed."""
    if aanvraag.laatste_dag is None or op > aanvraag.laatste_dag:
        return
    if aanvraag.aanvulling_gevraagd_op is not None and aanvraag.aangevuld_op is not None:
        aanvraag.eerdere_stilstand += _days(aanvraag.aanvulling_gevraagd_op, aanvraag.aangevuld_op)
    aanvraag.aanvulling_gevraagd_op, aanvraag.aangevuld_op = op, None
    aanvraag.laatste_dag = termijn(aanvraag, peildatum=op).waarde.laatste_dag


def run_on(aanvraag: Aanvraag, op: date) -> None:
    """It was completed, or the time for that is over: a term that stood still runs on."""
    if aanvraag.aanvulling_gevraagd_op is None or aanvraag.aangevuld_op is not None:
        return
    aanvraag.aangevuld_op = op
    aanvraag.laatste_dag = termijn(aanvraag, peildatum=op).waarde.laatste_dag


def lengthen(aanvraag: Aanvraag, tot_en_met: date, op: date) -> None:
    """UWV wrote on `op` that the decision comes by `tot_en_met`. Raises `ValidationError` when that cannot be."""
    aanvraag.verlengd_tot_en_met, aanvraag.verlenging_meegedeeld_op = tot_en_met, op
    if tot_en_met <= op:
        raise ValidationError({"tot_en_met": "De nieuwe laatste dag moet na vandaag liggen."})
    answer = termijn(aanvraag, peildatum=op)
    if not answer.waarde.verlengd:
        why = next(s.uitkomst for s in answer.stappen if s.vraag.startswith("Heeft UWV de termijn schriftelijk"))
        raise ValidationError({"tot_en_met": f"Verlengen kan zo niet. {why}"})
    aanvraag.laatste_dag = answer.waarde.laatste_dag


def _days(asked: date, complete: date) -> int:
    """The whole days between the request and the completion (Awb 4:15)."""
    return max((complete - asked).days - 1, 0)

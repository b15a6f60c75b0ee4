"""Which consequences of a registration or its ground fit a kind of work: each is asked of its own instrument."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from banenafspraak.wet.gevolgen import Gevolg, gevolgen
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.loonkostenvoordeel import (
    Dienst,
    LkvFeiten,
    Tegemoetkoming,
    loonkostenvoordeel,
)
from banenafspraak.wet.instrumenten.noriskpolis import NoRiskFeiten, noriskpolis
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.termijnen import months_later


@dataclass(frozen=True, slots=True)
class SoortBaan:
    """What an instrument asks of the work itself: the kind of dienstbetrekking, and whether wages are paid."""

    dienst: Dienst = Dienst.GEWOON
    met_loon: bool = True
    op_proef: bool = False


def gevolgen_bij_werk(grond: Grond, baan: SoortBaan, *, peildatum: date) -> tuple[Gevolg, ...]:
    """What may follow from this ground in such a job that begins on ``peildatum``. Raises ValueError for `Grond.GEEN`.

    May: each has conditions of its own, about the person and about what is asked for in time.
    """
    follows = gevolgen(grond, peildatum=peildatum)
    return tuple(
        gevolg for gevolg in (*follows.op_registratie, *follows.op_grond) if _fits(gevolg, grond, baan, peildatum)
    )


def _fits(gevolg: Gevolg, grond: Grond, baan: SoortBaan, peildatum: date) -> bool:
    if gevolg in (Gevolg.BEGELEIDING_GEMEENTE, Gevolg.VOORZIENING):
        return True  # help on the job, also while there is no wage yet (Protocol Jobcoach: the column proefplaatsing)
    if gevolg in (Gevolg.PROEFPLAATS_GEMEENTE, Gevolg.PROEFPLAATS_UWV):
        return baan.op_proef
    if not baan.met_loon:
        return False
    if gevolg in (Gevolg.LKV, Gevolg.LKV_DRIE_JAAR):
        return _goes_on(lambda: _lkv(grond, baan.dienst, peildatum))
    if gevolg in (Gevolg.NO_RISK_GROND, Gevolg.NO_RISK_REGISTRATIE, Gevolg.NO_RISK_VOOR_HET_EINDE):
        return _goes_on(lambda: _no_risk(grond, baan.dienst, peildatum))
    # Loonkostensubsidie and loondispensatie: not for a dienstbetrekking of the Wsw (10d lid 3; Wajong 2:20).
    return baan.dienst not in (Dienst.WSW_ARTIKEL_2, Dienst.WSW_TER_BESCHIKKING, Dienst.WSW_BEGELEID_WERKEN)


def _goes_on(asked: Callable[[], bool]) -> bool:
    """The answer; a day of which only the amount is not known yet takes no right away."""
    try:
        return asked()
    except ParameterFout:
        return True


def _lkv(grond: Grond, dienst: Dienst, peildatum: date) -> bool:
    first = peildatum.replace(day=1)
    found = loonkostenvoordeel(
        LkvFeiten(
            begin_dienstbetrekking=peildatum,
            verloonde_uren=Decimal(1),
            tijdvak_begin=first,
            tijdvak_einde=months_later(first, 1) - timedelta(days=1),
            geregistreerd=True,
            grond=grond,
            doelgroepverklaring=True,
            dienstbetrekking=dienst,
        ),
        peildatum=peildatum,
    ).waarde
    return any(part.recht for part in found.voordelen if part.soort is Tegemoetkoming.BANENAFSPRAAK)


def _no_risk(grond: Grond, dienst: Dienst, peildatum: date) -> bool:
    facts = NoRiskFeiten(
        begin_dienstbetrekking=peildatum,
        ziek_vanaf=peildatum,
        dagloon=Decimal(0),
        grond=grond,
        dienstbetrekking=dienst,
        wsw_subsidie_per_dag=Decimal(0),
    )
    return noriskpolis(facts, peildatum=peildatum).waarde.recht

"""How many applications came in and how they were decided: counts by quarter, gemeente, applicant and outcome.

They feed the kwartaalrapportage. Counts only, so no actor. As known at a moment, and a decision never changes: so the
same moment always gives the same figures.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from banenafspraak.register import beschutwerk
from banenafspraak.register.models import Aanvraag, Aanvraagstap, Beschutwerkadvies, Besluit
from banenafspraak.wet.arbeidsvermogen import AbaUitkomst
from banenafspraak.wet.gronden import Aanvrager


@dataclass(frozen=True, order=True)
class Abatelling:
    """So many applications of one kind of applicant, of inhabitants of one gemeente ("" for abroad).

    `kwartaal` is "2018Q1"; `uitkomst` is "" for applications that came in, whatever became of them.
    """

    kwartaal: str
    gemeente: str
    aanvrager: Aanvrager
    uitkomst: AbaUitkomst | str
    aantal: int


@dataclass(frozen=True)
class Abacijfers:
    """Applications of one area and period: how many came in, how many were decided, and the outcomes of those."""

    ontvangen: int
    beoordelingen: int
    wajong_2015: int
    doelgroep_banenafspraak: int
    werken_met_voorziening: int
    advies_beschut_werk: int
    geen: int


def decided(*, vanaf: date, tot: date, known_at: datetime) -> list[Abatelling]:
    """The decisions taken from `vanaf` until, not including, `tot`."""
    rows = Besluit.objects.filter(genomen_op__gte=vanaf, genomen_op__lt=tot, genomen_at__lte=known_at).values_list(
        "genomen_op", "aanvraag__woongemeente", "aanvraag__aanvrager", "uitkomst"
    )
    counts = Counter(
        (_kwartaal(day), gemeente or "", aanvrager, uitkomst) for day, gemeente, aanvrager, uitkomst in rows.iterator()
    )
    return sorted(Abatelling(k, g, Aanvrager(a), AbaUitkomst(u), n) for (k, g, a, u), n in counts.items())


def received(*, vanaf: date, tot: date, known_at: datetime) -> list[Abatelling]:
    """The applications sent from `vanaf` until, not including, `tot`."""
    sent = Aanvraagstap.objects.filter(handeling="indienen", recorded_at__lte=known_at).values("aanvraag")
    rows = Aanvraag.objects.filter(ontvangen_op__gte=vanaf, ontvangen_op__lt=tot, pk__in=sent).values_list(
        "ontvangen_op", "woongemeente", "aanvrager"
    )
    counts = Counter((_kwartaal(day), gemeente or "", aanvrager) for day, gemeente, aanvrager in rows.iterator() if day)
    return sorted(Abatelling(k, g, Aanvrager(a), "", n) for (k, g, a), n in counts.items())


def beschut_werk(*, peildatum: date, known_at: datetime) -> dict[tuple[str, str, str], int]:
    """Beschut werk on a day, by gemeente, applicant and what is counted: positief, negatief (advices), geplaatst."""
    adviezen = Beschutwerkadvies.objects.filter(geadviseerd_op__lte=peildatum, besluit__genomen_at__lte=known_at)
    counts: Counter[tuple[str, str, str]] = Counter()
    for gemeente, aanvrager, positief in adviezen.values_list("gemeente", "aanvrager", "positief").iterator():
        counts[gemeente or "", aanvrager, "positief" if positief else "negatief"] += 1
    placed = beschutwerk.placed_on(peildatum, known_at=known_at).values_list("advies__gemeente", "advies__aanvrager")
    for gemeente, aanvrager in placed.iterator():
        counts[gemeente or "", aanvrager, "geplaatst"] += 1
    return dict(counts)


def aba_cijfers(
    *,
    vanaf: date,
    tot: date,
    known_at: datetime,
    gemeenten: Collection[str] | None = None,
    aanvrager: Aanvrager | None = None,
) -> Abacijfers:
    """The figures of a period, of these gemeenten (CBS codes) or of the country, of one kind of applicant or all."""

    def counted(rows: list[Abatelling]) -> Counter[str]:
        total: Counter[str] = Counter()
        for row in rows:
            if (gemeenten is None or row.gemeente in gemeenten) and aanvrager in (None, row.aanvrager):
                total[str(row.uitkomst)] += row.aantal
        return total

    outcomes = counted(decided(vanaf=vanaf, tot=tot, known_at=known_at))
    return Abacijfers(
        ontvangen=counted(received(vanaf=vanaf, tot=tot, known_at=known_at))[""],
        beoordelingen=outcomes.total(),
        wajong_2015=outcomes[AbaUitkomst.WAJONG_2015],
        doelgroep_banenafspraak=outcomes[AbaUitkomst.DOELGROEP_BANENAFSPRAAK],
        werken_met_voorziening=outcomes[AbaUitkomst.WERKEN_MET_VOORZIENING],
        advies_beschut_werk=outcomes[AbaUitkomst.ADVIES_BESCHUT_WERK],
        geen=outcomes[AbaUitkomst.GEEN],
    )


def _kwartaal(day: date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"

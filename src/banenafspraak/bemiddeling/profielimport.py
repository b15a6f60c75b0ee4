"""Taking in a delivery from its rows: whom each row is about, what is wrong, what changes, who is missing.

`profielen.take_in` judges and writes; here its faults and those of the reader become one list by row, and a row without
a BSN finds its person by the number that the organisation used before. One transaction: nothing, or all good rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import transaction

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import profielen, vumdeling
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.bemiddeling.profielinlezing import delivered_numbers
from banenafspraak.bemiddeling.profiellevering import Profielregel
from banenafspraak.bemiddeling.profielrecord import ProfielRecord
from banenafspraak.register import personen
from banenafspraak.register.records import Regelfout

MAX_FOUTEN = 100
"""So many faults are told; the others are counted."""
MAX_ONTBREEKT = 200
"""So many numbers that were not delivered any more are told; the others are counted."""
_CHUNK = 1_000

GEEN_BSN = "Van dit nummer kennen wij nog geen profiel, en er staat geen BSN bij."
GEEN_BSN_HERSTEL = "Lever de eerste keer het BSN mee, in het veld 'bsn'."
DUBBEL_NUMMER = "Dit nummer stond eerder al in dit bestand."
DUBBEL_NUMMER_HERSTEL = "Geef elke persoon een eigen nummer, of haal een van de twee weg."


@dataclass(frozen=True)
class Importverslag:
    """What a delivery did, or in a proef would do.

    `fouten` holds the first faults by row, `fouten_totaal` how many rows have one. `ontbreekt` are numbers of profiles
    that this organisation delivered before and that are not in this delivery: told, never removed. `eigen_antwoord`
    counts the steps in which the person's own, newer answer stayed. `ingelezen` says whether anything was stored.
    """

    nieuw: int
    gewijzigd: int
    gelijk: int
    fouten: tuple[Regelfout, ...]
    fouten_totaal: int
    ontbreekt: tuple[str, ...]
    ontbreekt_totaal: int
    eigen_antwoord: int
    ingelezen: bool

    @property
    def goed(self) -> int:
        """How many rows can be taken in."""
        return self.nieuw + self.gewijzigd + self.gelijk


@dataclass
class _Rows:
    """The rows on their way to `take_in`: which row each delivery was, what was wrong, which numbers were there."""

    organisatie_id: int
    regels: list[int] = field(default_factory=list)
    fouten: list[Regelfout] = field(default_factory=list)
    aantal_fouten: int = 0
    nummers: set[str] = field(default_factory=set)
    deelt_contact: dict[str, bool] = field(default_factory=dict)

    def note(self, fout: Regelfout) -> None:
        self.aantal_fouten += 1
        if len(self.fouten) < MAX_FOUTEN:
            self.fouten.append(fout)

    def deliveries(
        self, regels: Iterable[Profielregel | Regelfout]
    ) -> Iterator[tuple[Bsn, str, ProfielRecord, bool | None]]:
        rows = iter(regels)
        while chunk := list(islice(rows, _CHUNK)):
            known = self._known([r for r in chunk if isinstance(r, Profielregel) and r.bsn is None])
            for row in chunk:
                if isinstance(row, Regelfout):
                    self.note(row)
                    continue
                bsn = row.bsn or known.get(row.bronnummer)
                if bsn is None:
                    self.note(Regelfout(row.regel, GEEN_BSN, GEEN_BSN_HERSTEL))
                    continue
                if row.bronnummer in self.nummers:
                    self.note(Regelfout(row.regel, DUBBEL_NUMMER, DUBBEL_NUMMER_HERSTEL))
                    continue
                self.nummers.add(row.bronnummer)
                self.regels.append(row.regel)
                self.deelt_contact[row.bronnummer] = row.deelt_contact
                yield bsn, row.bronnummer, row.record, row.toestemming

    def _known(self, rows: list[Profielregel]) -> dict[str, Bsn]:
        """The BSN of profiles this organisation delivered before, by its number."""
        if not rows:
            return {}
        found = Klantprofiel.objects.filter(bron=self.organisatie_id, bronnummer__in=[row.bronnummer for row in rows])
        found = found.select_related("persoon").only("bronnummer", "persoon__bsn_verzegeld")
        return {profiel.bronnummer: personen.bsn_of(profiel.persoon) for profiel in found}


@transaction.atomic
def take_in(
    regels: Iterable[Profielregel | Regelfout],
    *,
    organisatie_id: int,
    actor: Actor,
    now: datetime,
    proef: bool = False,
    goede_regels: bool = False,
) -> Importverslag:
    """Take in the rows of a delivery of this organisation, in one transaction.

    With a fault in any row nothing is stored, unless `goede_regels`: then the rows without one are. `proef` stores
    nothing. Raises what reading the rows raises (`profiellevering.Onleesbaar`), `PermissionDenied`.
    """
    require(actor, Permission.PROFIEL_IMPORT)
    rows = _Rows(organisatie_id)
    with transaction.atomic():
        inlezing = profielen.take_in(
            rows.deliveries(regels),
            organisatie_id=organisatie_id,
            actor=actor,
            now=now,
            proef=proef,
            goede_regels=goede_regels,
        )
        stored = not proef and (goede_regels or not (rows.aantal_fouten or inlezing.fouten))
        if stored:
            for shares in (True, False):
                nummers = [nummer for nummer, said in rows.deelt_contact.items() if said is shares]
                vumdeling.note_delivered(organisatie_id, nummers, deelt_contact=shares, now=now)
        else:
            transaction.set_rollback(True)
    for fout in inlezing.fouten:
        rows.note(Regelfout(rows.regels[fout.plaats], fout.melding, fout.herstel))
    missing = [nummer for nummer in delivered_numbers(organisatie_id) if nummer not in rows.nummers]
    verslag = Importverslag(
        nieuw=inlezing.nieuw,
        gewijzigd=inlezing.gewijzigd,
        gelijk=inlezing.gelijk,
        fouten=tuple(sorted(rows.fouten, key=lambda fout: fout.regel)),
        fouten_totaal=rows.aantal_fouten,
        ontbreekt=tuple(missing[:MAX_ONTBREEKT]),
        ontbreekt_totaal=len(missing),
        eigen_antwoord=len(inlezing.behouden),
        ingelezen=stored,
    )
    if not stored:
        # What was stored is in the logboek already, with a row for each person.
        logboek.record(
            actor=actor,
            handeling="levering van klantprofielen nagekeken",
            onderwerp=f"organisatie {organisatie_id}",
            details={"goed": verslag.goed, "fout": verslag.fouten_totaal, "ontbreekt": verslag.ontbreekt_totaal},
            activiteit=Activiteit.BEMIDDELING,
            now=now,
        )
    return verslag

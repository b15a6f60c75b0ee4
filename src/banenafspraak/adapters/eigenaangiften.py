"""Reads the wage returns that an employer gives of itself, for `register.loonopgaven`: in memory, never on disk."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from banenafspraak.access.bsn import Bsn
from banenafspraak.adapters import loonaangifte
from banenafspraak.adapters.bestand import Formaat, Fout, Onbruikbaar, in_memory
from banenafspraak.adapters.loonaangifte import Aangifte, Inkomstenperiode, Inkomstenverhouding, Intrekking, ZonderBsn
from banenafspraak.register.loonopgaven import Leesfout, Loonopgave, Tijdvakopgave

MAX_BYTES = 100_000_000


def read(naam: str, inhoud: bytes, *, alleen_test: bool) -> Iterator[Tijdvakopgave | Leesfout]:
    """The tijdvakken of one message, in its own order, and what is wrong with it.

    `alleen_test` refuses every BSN outside the range of made-up people.
    """
    try:
        bestand = in_memory(naam, inhoud)
        if bestand.formaat is not Formaat.XML:
            raise bestand.onbruikbaar(
                "Dit is geen loonaangifte: dat is XML.", "Lever het bericht van uw salarispakket."
            )
        building: _Building | None = None
        for part in loonaangifte.read(bestand, alleen_test=alleen_test, max_bytes=MAX_BYTES):
            if isinstance(part, Fout):
                yield _fault(part)
            elif isinstance(part, Aangifte):
                if building is not None:
                    yield building.done(bestand.naam)
                building = _Building(part)
            elif building is not None:
                building.add(part)
        if building is not None:
            yield building.done(bestand.naam)
    except Onbruikbaar as unusable:
        yield _fault(unusable.fout)


def _fault(fout: Fout) -> Leesfout:
    return Leesfout(fout.bestand, fout.regel, fout.reden, fout.oplossing)


@dataclass
class _Building:
    """A tijdvak while it is read."""

    aangifte: Aangifte
    opgaven: list[Loonopgave] = field(default_factory=list)
    intrekkingen: set[tuple[str, int]] = field(default_factory=set)
    zonder_bsn: int = 0

    def add(self, part: Inkomstenverhouding | Intrekking | ZonderBsn) -> None:
        """One thing that is said of it."""
        if isinstance(part, ZonderBsn):
            self.zonder_bsn += 1
        elif isinstance(part, Intrekking):
            self.intrekkingen.add((part.bsn, part.numiv))
        else:
            self.opgaven.append(_opgave(self.aangifte, part))

    def done(self, bestand: str) -> Tijdvakopgave:
        """The tijdvak, whole."""
        said = self.aangifte
        return Tijdvakopgave(
            lhnr=said.lhnr,
            begin=said.tijdvak.aanvang,
            einde=said.tijdvak.einde,
            volledig=said.volledig,
            gemaakt_at=said.gemaakt_at,
            opgaven=tuple(self.opgaven),
            intrekkingen=frozenset(self.intrekkingen),
            zonder_bsn=self.zonder_bsn,
            bestand=bestand,
            regel=said.regel,
        )


def _opgave(aangifte: Aangifte, iv: Inkomstenverhouding) -> Loonopgave:
    last = aangifte.tijdvak.einde
    parts = loonaangifte.maanddelen(aangifte, iv)
    months: dict[int, Decimal] = {}
    for part in parts:
        jaar, maand = (int(text) for text in part.maand.split("-"))
        # The days of the year before belong to the first tijdvak of four weeks.
        place = maand if jaar == last.year else 1
        months[place] = months.get(place, Decimal(0)) + Decimal(part.uren).scaleb(-2)
    asked = _in_force(aangifte, iv)
    return Loonopgave(
        bsn=Bsn.parse(iv.bsn),
        numiv=iv.numiv,
        loonsoort=parts[-1].srtiv,
        aard=parts[-1].cdaard,
        uren=iv.verloonde_uren,
        uren_per_maand=tuple(sorted(months.items())),
        aanvang=iv.aanvang,
        einde=iv.einde,
        geboortedatum=iv.geboortedatum,
        persnr=iv.persnr[:35],
        ufo=iv.ufo,
        lkv=any(periode.lkv for periode in asked),
        lkv_anders=any(periode.lkv_anders for periode in asked),
    )


def _in_force(aangifte: Aangifte, iv: Inkomstenverhouding) -> list[Inkomstenperiode]:
    """The inkomstenperioden that hold on some day of the tijdvak."""
    begun = sorted((p for p in iv.perioden if p.aanvang <= aangifte.tijdvak.einde), key=lambda p: p.aanvang)
    before = [p for p in begun if p.aanvang <= aangifte.tijdvak.aanvang]
    within = [p for p in begun if p.aanvang > aangifte.tijdvak.aanvang]
    return (before[-1:] + within) or list(iv.perioden)

"""A small made-up world as deliveries: a few people of Gooi en Vechtstreek and Utrecht, taken in through the doors."""

import csv
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from tests.factories import bsn

LHNR = "123456782L01"
UITZENDBUREAU = "111222333L01"
REGISTER_KOLOMMEN = (
    "recordsoort", "bsn", "geboortedatum", "overleden_op", "grond", "route", "geldig_vanaf", "geldig_tot",
    "einde_reden", "gemeente",
)  # fmt: skip
LOON_KOLOMMEN = (
    "peilmaand", "bsn", "lhnr", "numiv", "srtiv", "cdaard", "aantverlu_mnd", "lnsv_mnd", "prlnufo_mnd",
)  # fmt: skip
MAANDEN = ("2012-12", "2017-12", "2018-03")


@dataclass
class Mens:
    """One person: when registered on which route, where living, and hours worked by month."""

    route: str = "wajong_2015"
    grond: str = "wajong"
    vanaf: str = "2010-01-01"
    tot: str = ""
    einde_reden: str = ""
    gemeente: str = "GM0402"
    uren: dict[str, str] = field(default_factory=dict)
    cdaard: int = 1


def people() -> list[Mens]:
    """Sixty people: enough to round, few enough to count by hand."""
    steady = [Mens(uren=dict.fromkeys(MAANDEN, "110.92")) for _ in range(12)]
    idle = [Mens(route="praktijkroute", grond="pwet_lks_uwv_loonwaarde", vanaf="2016-05-01") for _ in range(15)]
    found = [Mens(uren={"2018-03": "55.46"}) for _ in range(4)]
    lost = [Mens(uren={"2012-12": "110.92", "2017-12": "110.92"}) for _ in range(3)]
    hired = [
        Mens(route="wsw_detachering", grond="wsw", cdaard=11, uren=dict.fromkeys(MAANDEN, "120")) for _ in range(6)
    ]
    gone = [Mens(tot="2018-02-01", einde_reden="overlijden", uren={"2017-12": "80"}) for _ in range(2)]
    new = [
        Mens(route="praktijkroute", grond="pwet_lks_uwv_loonwaarde", vanaf="2018-01-15", uren={"2018-03": "100"})
        for _ in range(5)
    ]
    elsewhere = [Mens(gemeente="GM0344", uren=dict.fromkeys(MAANDEN, "36")) for _ in range(13)]
    return [*steady, *idle, *found, *lost, *hired, *gone, *new, *elsewhere]


def _csv(columns: tuple[str, ...], rows: list[dict[str, str]]) -> str:
    out = StringIO()
    writer = csv.DictWriter(out, columns, delimiter=";", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def register_csv(everybody: list[Mens], first: int = 0) -> str:
    """The register delivery of these people; `first` is the number of the first BSN."""
    rows: list[dict[str, str]] = []
    for number, mens in enumerate(everybody, first):
        who = {"bsn": bsn(number).reveal()}
        rows.append({"recordsoort": "persoon", **who, "geboortedatum": "1990-05-01"})
        rows.append(
            {
                "recordsoort": "registratie", **who, "grond": mens.grond, "route": mens.route,
                "geldig_vanaf": mens.vanaf, "geldig_tot": mens.tot, "einde_reden": mens.einde_reden,
            }
        )  # fmt: skip
        rows.append({"recordsoort": "woonplaats", **who, "gemeente": mens.gemeente, "geldig_vanaf": "2008-01-01"})
    return _csv(REGISTER_KOLOMMEN, rows)


def lonen_csv(everybody: list[Mens], maanden: tuple[str, ...] = MAANDEN) -> str:
    """The wage delivery of these months; everybody else who works is there too."""
    rows = []
    for maand in maanden:
        for number, mens in enumerate(everybody):
            if maand in mens.uren:
                hired = mens.cdaard == 11
                rows.append(
                    {
                        "peilmaand": maand, "bsn": bsn(number).reveal(), "lhnr": UITZENDBUREAU if hired else LHNR,
                        "numiv": 1, "srtiv": 15, "cdaard": mens.cdaard, "aantverlu_mnd": mens.uren[maand],
                        "lnsv_mnd": "1000.00", "prlnufo_mnd": "0.00",
                    }
                )  # fmt: skip
        rows += [
            {
                "peilmaand": maand, "bsn": bsn(500 + n).reveal(), "lhnr": LHNR, "numiv": 1, "srtiv": 15, "cdaard": 1,
                "aantverlu_mnd": "160.00", "lnsv_mnd": "3000.00", "prlnufo_mnd": "0.00",
            }
            for n in range(20)
        ]  # fmt: skip
    return _csv(LOON_KOLOMMEN, rows)


def take_in(place: Path, everybody: list[Mens], maanden: tuple[str, ...] = MAANDEN) -> None:
    """Bring the world in through the two commands."""
    place.mkdir(exist_ok=True)
    register, lonen = place / "register.csv", place / "lonen.csv"
    register.write_text(register_csv(everybody), encoding="utf-8")
    lonen.write_text(lonen_csv(everybody, maanden), encoding="utf-8")
    call_command("import_register", str(register))
    call_command("import_lonen", str(lonen))

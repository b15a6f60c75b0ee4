"""Canaries through the command line: right deliveries, deliveries that are wrong in every way, and arguments."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from attacks.canaries.house import House
from attacks.canaries.numbers import Flock

REGISTER = "recordsoort;bsn;geboortedatum;overleden_op;grond;route;geldig_vanaf;geldig_tot;einde_reden;gemeente"
LONEN = "peilmaand;bsn;lhnr;numiv;srtiv;cdaard;aantverlu_mnd;lnsv_mnd;prlnufo_mnd"
GEMEENTEN = ("GM0402", "GM0687", "GM0363")
GROUNDS = (("wajong", "wajong_2015"), ("participatiewet", "indicatie_banenafspraak"))


def people(flock: Flock) -> str:
    """A delivery that puts the residents in the register."""
    lines = [REGISTER]
    for place, bsn in enumerate(flock.residents):
        grond, route = GROUNDS[place % 2]
        lines += [
            f"persoon;{bsn};1990-05-01;;;;;;;",
            f"registratie;{bsn};;;{grond};{route};2018-01-01;;;",
            f"woonplaats;{bsn};;;;;2010-01-01;;;{GEMEENTEN[place % 3]}",
        ]
    return "\n".join(lines) + "\n"


def wages(flock: Flock, lhnr: str, months: Sequence[str], persons: Sequence[str]) -> str:
    """A wage delivery in which these persons work for one employer."""
    rows = [f"{maand};{bsn};{lhnr};1;15;1;120.00;1800.00;0.00" for maand in months for bsn in persons]
    return "\n".join([LONEN, *rows]) + "\n"


def settle(house: House, flock: Flock, lhnr: str) -> dict[str, int]:
    """Take the right deliveries in; exit codes by name."""
    jobs = {
        "register": ("import_register", _write(house, "register.csv", people(flock))),
        "lonen": ("import_lonen", _write(house, "lonen.csv", wages(flock, lhnr, _MONTHS, _staff(flock)))),
        "lonen xml": ("import_lonen", _write(house, "lonen.xml", _xml(_staff(flock), lhnr))),
        "lonen parquet": ("import_lonen", _parquet(house, "lonen.parquet", _staff(flock), lhnr)),
    }
    if _exists("import_reintegratieberichten"):
        path = _write(house, "berichten.xml", _berichten(flock.residents[:2] + flock.strangers[:2]))
        jobs["berichten"] = ("import_reintegratieberichten", path)
    return {name: house.command(command, str(path)) for name, (command, path) in jobs.items()}


_MONTHS = ("2018-03", "2025-12", "2026-09", "2026-10")


def _staff(flock: Flock) -> list[str]:
    return flock.residents[::2] + flock.strangers[::2]


def mislead(house: House, flock: Flock, lhnr: str, *, quick: bool) -> int:
    """Everything that is wrong, one command each; returns how many were run."""
    jobs = list(_wrong(house, flock, lhnr))
    if quick:
        jobs = [job for place, job in enumerate(jobs) if place in (0, 4, 8)]
    for job in jobs:
        house.command(*job)
    return len(jobs)


def _wrong(house: House, flock: Flock, lhnr: str) -> Iterator[tuple[str, ...]]:
    def new(where: str) -> str:
        return flock.type_in(f"delivery: {where}")

    commands = [("import_register", _register_faults), ("import_lonen", _wage_faults)]
    for command, faults in commands:
        path = _write(house, f"{command}-fouten.csv", faults(new, lhnr))
        yield command, str(path)
        number = new("name of a file")
        yield command, str(_write(house, f"levering {number} {number}.csv", faults(new, lhnr)))
        yield command, str(house.inputs / f"bestaat-niet-{new('a file that is not there')}.csv")
        yield command, str(_write(house, f"{command}-kop.csv", f"{new('header')};naam\n{new('line')};Merel\n"))
        yield command, str(_write(house, f"{command}-latin.csv", faults(new, lhnr) + "\udce9\n"))
        yield command, str(_write(house, f"{command}-utf16.csv", faults(new, lhnr), encoding="utf-16"))
    yield "import_lonen", str(_write(house, "stuk.xml", _xml([new("broken XML")] * 2, lhnr)[:-60]))
    yield "import_lonen", str(_write(house, "dtd.xml", _xml([new("XML with a DTD")], lhnr, head=_dtd(new("entity")))))
    yield (
        "import_lonen",
        str(_write(house, "fout.xml", _xml([f"{new('XML')[:8]}x", new("XML")], lhnr, uren=new("hours")))),
    )
    yield "import_lonen", str(_parquet(house, "fout.parquet", [new("Parquet")], lhnr, maand="2018-13"))
    yield "import_lonen", str(_parquet(house, "getallen.parquet", [new("Parquet numbers")], lhnr, as_number=True))
    if _exists("import_reintegratieberichten"):
        wrong = _berichten([new("message"), f"{new('message')[:8]}x"], kenmerk=new("kenmerk"), gemeente=new("gemeente"))
        yield "import_reintegratieberichten", str(_write(house, "fout-berichten.xml", wrong))
        yield "import_reintegratieberichten", str(_write(house, "stuk-berichten.xml", wrong[:-40]))
    number = new("argument of a command")
    yield "import_register", number
    yield "build_meting", "--kwartaal", number
    yield "build_meting", f"--kwartaal={number}"
    yield "rapportage", "factsheet", "--regio", f"AM{number}", "--kwartaal", "2018Q1", "--formaat", "json"
    yield "rapportage", f"x{number}"
    yield (f"doe{number}",)
    yield "wet", "doelgroep", "--peildatum", f"2018-{number}"
    yield "build_meting", "--kwartaal", "2018Q1"
    yield ("verify_logboek",)


def _register_faults(new: Callable[[str], str], lhnr: str) -> str:
    """One line for each thing that can be wrong with a line of the register."""
    bsn = lambda: new("line of the register")  # noqa: E731
    shape = "registratie;{};;;{};{};{};{};{};"
    return "\n".join([
        REGISTER,
        f"persoon;{bsn()};{bsn()};;;;;;;",
        f"persoon;{bsn()};1990-05-01;{bsn()};;;;;;",
        f"persoon;{bsn()}0;1990-05-01;;;;;;;",
        f"persoon;{bsn()[:4]} {bsn()[4:]};1990-05-01;;;;;;;",
        f"{bsn()};{bsn()};1990-05-01;;;;;;;",
        f"persoon;{bsn()};1990-05-01;;;;;;",
        f"persoon;{bsn()};1990-05-01;;{bsn()};;;;;",
        f'persoon;"{bsn()};1990-05-01;;;;;;;',
        shape.format(bsn(), bsn(), "wajong_2015", "2018-01-01", "", ""),
        shape.format(bsn(), "wajong", bsn(), "2018-01-01", "", ""),
        shape.format(bsn(), "wajong", "wajong_2015", "2018-01-01", "2017-01-01", bsn()),
        shape.format(bsn(), "wajong", "wajong_2015", "2018-01-01", "", ""),
        f"woonplaats;{bsn()};;;;;2010-01-01;;;{bsn()}",
        f"woonplaats;{bsn()};;;;;2010-01-01;;;GM9999",
        bsn(),
    ]) + "\n"  # fmt: skip


def _wage_faults(new: Callable[[str], str], lhnr: str) -> str:
    bsn = lambda: new("line of wages")  # noqa: E731
    row = "{};{};{};{};{};{};{};{};{}"
    good = ["2018-03", "", lhnr, "1", "15", "1", "120.00", "1800.00", "0.00"]
    lines = []
    for place in range(len(good)):
        fields = [*good]
        fields[1] = bsn()
        fields[place] = bsn() if place != 1 else f"{bsn()}1"
        lines.append(row.format(*fields))
    double = row.format(*(good[0], bsn(), *good[2:]))
    return "\n".join([LONEN, *lines, double, double, f"{bsn()};{bsn()}", f'"{bsn()}', bsn()]) + "\n"


def _dtd(number: str) -> str:
    return f'<!DOCTYPE a [<!ENTITY bsn "{number}">]>\n'


def _xml(persons: Sequence[str], lhnr: str, *, uren: str = "120", head: str = "") -> str:
    """A wage return of January 2026."""
    rows = "".join(
        f"<InkomstenverhoudingInitieel>\n<NumIV>1</NumIV><DatAanv>2026-01-01</DatAanv><PersNr>P{place}</PersNr>\n"
        f"<NatuurlijkPersoon><SofiNr>{bsn}</SofiNr><SignNm>Vink</SignNm><Gebdat>1990-05-01</Gebdat></NatuurlijkPersoon>\n"
        "<Inkomstenperiode><DatAanv>2026-01-01</DatAanv><SrtIV>15</SrtIV><CdAard>1</CdAard></Inkomstenperiode>\n"
        "<Werknemersgegevens><LnLbPh>2000.00</LnLbPh><LnSV>1800.00</LnSV><PrLnUfo>0</PrLnUfo>"
        f"<AantVerlU>{uren}</AantVerlU></Werknemersgegevens>\n</InkomstenverhoudingInitieel>\n"
        for place, bsn in enumerate(persons)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}'
        '<Loonaangifte xmlns="http://xml.belastingdienst.nl/schemas/Loonaangifte/2026/01" version="2.0">\n'
        "<Bericht><IdBer>X1</IdBer><DatTdAanm>2026-02-01T10:00:00</DatTdAanm><ContPers>Z</ContPers></Bericht>\n"
        f"<AdministratieveEenheid><LhNr>{lhnr}</LhNr><NmIP>Bakkerij</NmIP>\n<TijdvakAangifte>\n"
        "<DatAanvTv>2026-01-01</DatAanvTv><DatEindTv>2026-01-31</DatEindTv>\n<VolledigeAangifte><CollectieveAangifte>"
        f"<TotLnLbPh>2000</TotLnLbPh><TotGen>0</TotGen></CollectieveAangifte>\n{rows}</VolledigeAangifte>"
        "</TijdvakAangifte>\n</AdministratieveEenheid>\n</Loonaangifte>\n"
    )


def _berichten(persons: Sequence[str], *, kenmerk: str = "", gemeente: str = "0402") -> str:
    rows = "".join(
        f"<Bericht><Kenmerk>{kenmerk or f'K{place}'}</Kenmerk><Gemeentecode>{gemeente}</Gemeentecode>\n"
        f"<Burgerservicenr>{bsn}</Burgerservicenr><Geboortedatum>1990-05-01</Geboortedatum>\n"
        "<CdArbeidsvermogenOnderWml>1</CdArbeidsvermogenOnderWml><DatBReintegratieInzet>2024-05-01</DatBReintegratieInzet>"
        "<PercentageLoonwaarde>60</PercentageLoonwaarde><IndOndersteuningPwet7>1</IndOndersteuningPwet7></Bericht>\n"
        for place, bsn in enumerate(persons)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<ReintegratieBerichten>\n{rows}</ReintegratieBerichten>\n'


def _parquet(
    house: House, name: str, persons: Sequence[str], lhnr: str, *, maand: str = "2017-12", as_number: bool = False
) -> Path:
    from decimal import Decimal

    import pyarrow as pa
    import pyarrow.parquet as pq

    number, one = len(persons), Decimal("120.00")
    columns = {
        "peilmaand": pa.array([maand] * number),
        "bsn": pa.array([int(p) for p in persons], pa.int64()) if as_number else pa.array(list(persons)),
        "lhnr": pa.array([lhnr] * number),
        "numiv": pa.array([1] * number, pa.int32()),
        "srtiv": pa.array([15] * number, pa.int16()),
        "cdaard": pa.array([1] * number, pa.int16()),
        "aantverlu_mnd": pa.array([one] * number, pa.decimal128(9, 2)),
        "lnsv_mnd": pa.array([one] * number, pa.decimal128(11, 2)),
        "prlnufo_mnd": pa.array([one] * number, pa.decimal128(11, 2)),
    }
    path = house.inputs / name
    pq.write_table(pa.table(columns), path)
    return path


def _write(house: House, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = house.inputs / name
    path.write_bytes(
        text.replace("\udce9", "é" if encoding != "utf-8" else "\udce9").encode(encoding, "surrogateescape")
    )
    return path


def _exists(command: str) -> bool:
    from django.core.management import get_commands

    return command in get_commands()

"""Wage returns for the tests of the quotum, as the reader hands them over."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from banenafspraak.register.loonopgaven import Loonopgave, Tijdvakopgave
from tests.factories import bsn, lhnr


def opgave(nummer: int = 0, *, uren: str = "100", maand: int = 3, numiv: int = 1, **more: Any) -> Loonopgave:
    """A wage of a made-up person in one month."""
    hours = Decimal(uren)
    values: dict[str, Any] = {"loonsoort": 15, "aard": 1, "aanvang": date(2020, 1, 1), "persnr": f"P{nummer}"}
    return Loonopgave(bsn=bsn(nummer), numiv=numiv, uren=hours, uren_per_maand=((maand, hours),), **(values | more))


def tijdvak(
    maand: int = 3, *opgaven: Loonopgave, jaar: int = 2026, gemaakt: int | None = None, **more: Any
) -> Tijdvakopgave:
    """A month of a return; `gemaakt` is the day of the year on which the message was made, by itself the month."""
    begin = date(jaar, maand, 1)
    einde = (begin + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    made = datetime(jaar, 1, 1) + timedelta(days=30 * maand if gemaakt is None else gemaakt)  # noqa: DTZ001  a return says no zone
    values: dict[str, Any] = {"volledig": True, "lhnr": lhnr(), "gemaakt_at": made, "bestand": f"{maand}.xml"}
    return Tijdvakopgave(begin=begin, einde=einde, opgaven=opgaven, **(values | more))

"""Deliveries of vacatures: JSON of VUM 3.0 (and UM 0.8), and a CSV with our column names, all as `Vacatureregel`.

`settings.VACATURELEZER` names this package: pages read through `bemiddeling.vacaturelevering.lezer`.
"""

from collections.abc import Iterator
from typing import BinaryIO

from banenafspraak.adapters.vacatures import csv, vum
from banenafspraak.bemiddeling.vacaturelevering import Vacatureformaat, Vacatureregel
from banenafspraak.register.records import Regelfout

__all__ = ["read"]


def read(stream: BinaryIO, formaat: Vacatureformaat) -> Iterator[Vacatureregel | Regelfout]:
    """The rows of a delivery, in order, each as a vacature or as what is wrong with it.

    `stream` can be read from the start again (`seek`). Raises `bemiddeling.vacaturelevering.Onleesbaar`.
    """
    return vum.read(stream) if formaat is Vacatureformaat.VUM else csv.read(stream)

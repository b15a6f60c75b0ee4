"""Deliveries of klantprofielen: VUM 3.0, UM 0.8.7, the Sonar dashboard and a free CSV, all as `Profielregel`.

`settings.PROFIELLEZER` names this package: pages read through `bemiddeling.profiellevering.lezer`.
"""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from banenafspraak.adapters.profielen import csv, sonar_xlsx, um, vum
from banenafspraak.adapters.profielen.csv import guess, headers
from banenafspraak.bemiddeling.profiellevering import Profielformaat, Profielregel
from banenafspraak.register.records import Regelfout

__all__ = ["guess", "headers", "read"]


def read(
    stream: BinaryIO,
    formaat: Profielformaat,
    *,
    organisatie_id: int,
    kolommen: Mapping[str, str] | None = None,
) -> Iterator[Profielregel | Regelfout]:
    """The rows of a delivery, in order, each as a person or as what is wrong with it.

    `stream` can be read from the start again (`seek`). `kolommen` is for a CSV only. Raises
    `bemiddeling.profiellevering.Onleesbaar` for a file that is not in this format.
    """
    match formaat:
        case Profielformaat.VUM:
            return vum.read(stream, organisatie_id=organisatie_id)
        case Profielformaat.UM:
            return um.read(stream, organisatie_id=organisatie_id)
        case Profielformaat.SONAR:
            return sonar_xlsx.read(stream, organisatie_id=organisatie_id)
    return csv.read(stream, organisatie_id=organisatie_id, kolommen=kolommen)

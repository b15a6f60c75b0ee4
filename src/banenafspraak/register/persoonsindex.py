"""Under which indexes somebody stands in the register, and is found there, also while keys are being replaced.

While index keys are being replaced (`access.sleutelwissel`) a person's row is under the newest key, or still under the
one before. A new row gets both indexes. So any two rows of one person would be equal under one of them, and the
database refuses the second.
"""

import uuid
from datetime import date

from django.db.models import Q, QuerySet

from banenafspraak.access import bsn as bsns
from banenafspraak.access.bsn import Bsn
from banenafspraak.register.models import Persoon, bsn_context


def with_bsn(bsn: Bsn) -> QuerySet[Persoon]:
    """The person with this BSN: one row or none. Decides nothing about who may see it."""
    return Persoon.objects.filter(is_person(bsn))


def is_person(bsn: Bsn, *, path: str = "") -> Q:
    """The condition that a row is this person's; `path` leads to the person, such as `"persoon__"`.

    Also true for a process whose key file is one version behind the row.
    """
    indexes = bsns.indexes(bsn, doel="register")
    return Q(**{f"{path}bsn_index__in": indexes}) | Q(**{f"{path}bsn_index_eerder__in": indexes})


def new(bsn: Bsn, *, geboortedatum: date, overleden_op: date | None = None) -> Persoon:
    """A person that is not stored yet, with the BSN indexed under every key in use and sealed."""
    indexer = bsns.indexer(doel="register")
    bsn_index, *eerder = indexer.indexes(bsn)
    persoon_id = uuid.uuid4()
    return Persoon(
        id=persoon_id,
        bsn_index=bsn_index,
        bsn_index_eerder=eerder[0] if eerder else None,
        index_versie=indexer.versies[0],
        bsn_verzegeld=bsns.seal(bsn, context=bsn_context(persoon_id)),
        geboortedatum=geboortedatum,
        overleden_op=overleden_op,
    )

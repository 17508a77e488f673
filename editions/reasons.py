"""Why a text may not go live, in words for whoever asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


@dataclass(frozen=True)
class Reason:
    """``field`` is where a form shows it; empty: at the top of the form."""

    message: Any
    field: str = NON_FIELD_ERRORS


class PublicationRefused(ValidationError):
    """A text may not go live. In the admin, ``editions.middleware`` answers it in words wherever it comes up."""


def refuse(reasons: Iterable[Reason]) -> None:
    """Raises PublicationRefused if there is any reason.

    With a dict, even for a single message: wagtail-localize's views take nothing else.
    """
    by_field: dict[str, list[Any]] = defaultdict(list)
    for reason in reasons:
        by_field[reason.field].append(reason.message)
    if by_field:
        raise PublicationRefused(dict(by_field))

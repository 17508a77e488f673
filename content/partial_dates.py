"""Dates as far as they are known: ``2004``, ``2004-10`` or ``2004-10-29``."""

from __future__ import annotations

import datetime
import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

PATTERN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def parse_partial_date(text: str) -> tuple[int, int | None, int | None]:
    """Year, month and day; month and day are None where unknown. Raises ValueError for anything else."""
    match = PATTERN.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a year, a year and month, or a date")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    datetime.date(year, month or 1, day or 1)
    return year, month, day


def validate_partial_date(text: str) -> None:
    """Raises ValidationError in words an editor understands."""
    try:
        parse_partial_date(text)
    except ValueError as error:
        raise ValidationError(_("Write 2004, 2004-10 or 2004-10-29.")) from error


class PartialDateField(models.CharField):
    """Stored as written, so that what is unknown stays unknown; sorts by time as text."""

    default_validators = [validate_partial_date]

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs["max_length"] = 10
        kwargs.setdefault("help_text", _("As far as it is known: 2004, 2004-10 or 2004-10-29."))
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

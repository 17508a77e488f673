"""When a page must be looked at again."""

from __future__ import annotations

import calendar
import datetime


def next_review(since: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; the last day of the month where it is shorter."""
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(since.day, last))

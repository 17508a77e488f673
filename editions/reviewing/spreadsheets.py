"""Spreadsheets that do not run what somebody wrote into a title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

#: A cell that begins so is a formula for Excel and LibreOffice. Wagtail sees to it in XLSX, not in CSV.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class SafeSpreadsheetMixin(SpreadsheetExportMixin):
    """Exports words as words, in a CSV that Excel reads as UTF-8."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        written = super().preprocess_field_value(field, value, export_format)
        if (
            export_format == self.FORMAT_CSV
            and isinstance(written, str)
            and written.startswith(FORMULA_SIGNS)
        ):
            return f"'{written}"
        return written

    def stream_csv(self, queryset: Any) -> Iterator[Any]:
        """With a byte order mark: without it Excel takes Khmer for Latin letters."""
        yield "\ufeff".encode()
        yield from super().stream_csv(queryset)

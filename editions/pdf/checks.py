"""Whether PDFs can be made here."""

from __future__ import annotations

from typing import Any

from django.core import checks

from editions.pdf.chromium import executable


@checks.register
def chromium_is_there(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """``editions.W002``."""
    if executable() is not None:
        return []
    return [
        checks.Warning(
            "Chromium was not found, so editions have no PDF. Pages still print well from a browser.",
            hint="Install it (Debian: apt-get install chromium fonts-noto-core fonts-noto-cjk) or set CHROMIUM.",
            id="editions.W002",
        )
    ]

"""Which parts a page's document has, in their order."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from editions.word.body import Body
from editions.word.parts import Part, Sources, Told, Words


def parts_of(page: Any) -> list[Part]:
    """What every versioned page has, around what its type adds in ``word_parts``."""
    return [
        Words("introduction", _("Introduction")),
        *page.word_parts,
        Body("body", _("Further information")),
        Sources("sources", _("Sources")),
        Told("facts", _("Where it applies")),
    ]

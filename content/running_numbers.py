"""Running numbers in the digits that a language's readers use for them."""

from __future__ import annotations

#: Our Khmer and Lao translations write ASCII digits throughout. The style
#: sheet counts steps in the same digits. Phones, codes and editions stay ASCII everywhere.
DIGITS = {
    "my": str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉"),
}


def running_number(number: int, language: str | None) -> str:
    """``4`` gives ``၄`` in Burmese and ``4`` where readers count in ASCII digits."""
    return str(number).translate(DIGITS.get(language or "", {}))

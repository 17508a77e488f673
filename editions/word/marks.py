"""How the parts of a page keep their identity inside a Word document.

A bookmark stands at the start of each paragraph that is a heading of ours, a step, an item or a point.
Word keeps bookmarks through editing, and gives a new paragraph none. Their names are at most 40
characters of letters, digits and underscores.
"""

from __future__ import annotations

import hashlib
import re

#: Bookmarks are carried through pandoc, which drops them, as words between two characters of no script.
START, END = "\ue000", "\ue001"
CARRIED = re.compile(f"{START}(hw_[a-z0-9_]+){END}")
OURS = re.compile(r"hw_[a-z0-9_]{1,37}")

#: The lines below the title that belong to the print and not to the text.
LINE = "hw_line"
#: The custom property of the file that names the edition by its code.
EDITION_PROPERTY = "homeward-edition"


def block_mark(identity: str | None) -> str:
    """The bookmark of a block: its id without hyphens, and shortened where it would be too long."""
    letters = re.sub(r"[^a-z0-9]", "", (identity or "").lower())
    if len(letters) > 35 or not letters:
        letters = hashlib.sha256((identity or "").encode()).hexdigest()[:32]
    return f"hw_{letters}"


def part_mark(name: str) -> str:
    """The bookmark of a part's heading, so that it is found when somebody words it anew."""
    return f"hw_part_{name}"[:40]

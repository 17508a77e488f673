"""Whether an upload is a Word document that may be opened at all.

A .docx is a zip of XML files. Everything is asked of the zip's own table before anything is unpacked,
and only XML is unpacked: pictures, embedded files and fonts are never opened.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
LARGEST_FILE = 10 * MEGABYTE
LARGEST_UNPACKED = 200 * MEGABYTE
LARGEST_XML = 40 * MEGABYTE
MOST_ENTRIES = 2_000
#: XML packs to a tenth or a twentieth. What packs better than this was made to explode.
HIGHEST_RATIO = 150

CONTENT_TYPES = "[Content_Types].xml"
PACKAGE_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

#: How an old .doc begins, and a .docx with a password too: Word wraps that in the old format.
OLD_FORMAT = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_ENTRY = b"PK\x03\x04"


class Refused(Exception):
    """The upload is not opened. The message says why, for the person who sent it."""


@dataclass(frozen=True)
class Package:
    """The XML of a Word document by its name in the zip, and the names of everything that was left out."""

    main: str
    xml: dict[str, bytes]
    trees: dict[str, Any] = field(repr=False)
    left_out: list[str]


def open_package(upload: bytes) -> Package:
    """The parts of a Word document. Raises Refused for everything that is none, or is not safe to open."""
    if len(upload) > LARGEST_FILE:
        raise Refused(too_large())
    if upload.startswith(OLD_FORMAT):
        raise Refused(
            _("This is an old Word file (.doc), or one with a password. Save it as .docx without a password.")
        )
    if not upload.startswith(ZIP_ENTRY):
        raise Refused(_not_word())
    try:
        with zipfile.ZipFile(io.BytesIO(upload)) as archive:
            entries = archive.infolist()
            _check_table(entries, len(upload))
            names = [entry.filename for entry in entries]
            wanted = [name for name in names if name.endswith((".xml", ".rels"))]
            xml = {name: archive.read(name) for name in wanted}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Refused(_("This file is damaged: it cannot be unpacked.")) from error
    trees = {name: _parse(text) for name, text in xml.items()}
    main = _main_part(trees.get(CONTENT_TYPES), names)
    if trees[main].tag != f"{W}document":
        raise Refused(
            _("This file is in the strict variant of the format. Save it as 'Word document (.docx)'.")
        )
    return Package(main, xml, trees, [name for name in names if name not in xml and not name.endswith("/")])


def too_large() -> str:
    return _("This file is larger than %(megabytes)d MB.") % {"megabytes": LARGEST_FILE // MEGABYTE}


def _not_word() -> str:
    return _("This is not a Word document. Save it as 'Word document (.docx)' and try again.")


def _check_table(entries: list[zipfile.ZipInfo], packed: int) -> None:
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(_("This file has a password. Save it without one."))
    if CONTENT_TYPES not in names:
        raise Refused(_not_word())
    if len(names) != len(set(names)) or any(name.startswith(("/", "\\")) or ".." in name for name in names):
        raise Refused(_("This file is damaged: its parts have names that no Word document has."))
    unpacked = sum(entry.file_size for entry in entries)
    text = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    explodes = unpacked > MEGABYTE and unpacked > packed * HIGHEST_RATIO
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or text > LARGEST_XML or explodes:
        raise Refused(_("This file unpacks to far more than a Word document holds. It was not opened."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused(_with_macros())


def _with_macros() -> str:
    return _("This file holds macros. Save it as 'Word document (.docx)', without macros.")


def _parse(text: bytes) -> Any:
    """A tree. What declares a document type is refused: Word writes none, and entities hide in them."""
    try:
        return fromstring(text, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Refused(
            _("This file holds declarations that no Word document needs. It was not opened.")
        ) from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Refused(_("This file is damaged: its text cannot be read.")) from error


def _main_part(types: Any, names: list[str]) -> str:
    """The name of the text's part: nearly always ``word/document.xml``."""
    overrides = types.iter(f"{PACKAGE_TYPES}Override")
    kinds = {row.get("ContentType", ""): row.get("PartName", "").lstrip("/") for row in overrides}
    if any("macroEnabled" in kind for kind in kinds):
        raise Refused(_with_macros())
    main = kinds.get(MAIN)
    if main is None or main not in names or not main.endswith(".xml"):
        raise Refused(_not_word())
    return main

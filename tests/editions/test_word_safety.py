"""What is no Word document, or not a safe one, is refused with the reason."""

from __future__ import annotations

import contextlib
import io
import os
import stat
import time
import zipfile
from pathlib import Path

import pytest

from editions.word import pandoc
from editions.word.importing import read_document
from editions.word.safety import LARGEST_FILE, Refused
from tests.factories.word import TYPES, entries_of, foreign, paragraph, title, zipped

MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
PLAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def refusal(upload: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_document(upload)
    return str(caught.value)


def document() -> bytes:
    return foreign(title("T"), paragraph("Words."))


def test_an_ordinary_document_is_read() -> None:
    assert read_document(document()).title == "T"


@pytest.mark.parametrize("upload", [b"", b"Words.", b"%PDF-1.7 ...", b"<html></html>"])
def test_what_is_no_zip_is_no_word_document(upload: bytes) -> None:
    assert "not a Word document" in refusal(upload)


def test_a_zip_of_something_else_is_no_word_document() -> None:
    assert "not a Word document" in refusal(zipped({"notes.txt": "Words."}))


def test_a_zip_without_the_text_is_no_word_document() -> None:
    entries = entries_of(document())
    del entries["word/document.xml"]
    assert "not a Word document" in refusal(zipped(entries))


def test_a_spreadsheet_is_no_word_document() -> None:
    types = TYPES.replace(PLAIN, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
    assert "not a Word document" in refusal(foreign(paragraph("T"), extra={"[Content_Types].xml": types}))


def test_an_old_doc_is_refused_with_what_to_do() -> None:
    assert "Save it as .docx" in refusal(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100)


def test_a_damaged_zip_is_refused() -> None:
    assert "damaged" in refusal(document()[:-200])


def test_damaged_xml_is_refused() -> None:
    assert "cannot be read" in refusal(foreign(extra={"word/document.xml": "<w:document"}))


def test_a_huge_file_is_refused_before_it_is_opened() -> None:
    assert "larger than 10 MB" in refusal(b"PK\x03\x04" + b"\0" * LARGEST_FILE)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = foreign(title("T"), extra={"word/media/image1.png": b"\0" * 60_000_000})
    assert len(bomb) < 100_000
    before = time.monotonic()
    assert "unpacks to far more" in refusal(bomb)
    assert time.monotonic() - before < 1


def test_a_bomb_of_text_is_refused() -> None:
    assert "unpacks to far more" in refusal(foreign(paragraph("a" * 45_000_000)))


def test_a_file_of_too_many_parts_is_refused() -> None:
    extra = {f"word/media/{number}.png": "x" for number in range(2_100)}
    assert "unpacks to far more" in refusal(foreign(title("T"), extra=extra))


def test_a_lie_about_the_size_is_found() -> None:
    """The size in the zip's table is made small; what does not fit it is not unpacked."""
    honest = foreign(title("T"), extra={"word/other.xml": b"<a>" + b" " * 5_000_000 + b"</a>"})
    size = (5_000_007).to_bytes(4, "little")
    assert honest.count(size) >= 1
    assert "damaged" in refusal(honest.replace(size, (50).to_bytes(4, "little")))


def test_macros_are_refused() -> None:
    types = TYPES.replace(PLAIN, MACROS)
    assert "macros" in refusal(foreign(title("T"), extra={"[Content_Types].xml": types}))
    assert "macros" in refusal(foreign(title("T"), extra={"word/vbaProject.bin": b"x"}))


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE d SYSTEM "http://example.org/d.dtd">',
    ],
)
def test_declarations_of_entities_are_refused(prolog: str) -> None:
    assert "declarations" in refusal(foreign(paragraph("T"), prolog=prolog))


def test_entities_in_another_part_are_refused_too() -> None:
    styles = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><s>&x;</s>'
    assert "declarations" in refusal(foreign(title("T"), extra={"word/styles.xml": styles}))


def test_a_password_is_refused() -> None:
    written = io.BytesIO(document())
    with zipfile.ZipFile(written) as archive:
        offsets = [entry.header_offset for entry in archive.infolist()]
    raw = bytearray(written.getvalue())
    for offset in offsets:
        raw[offset + 6] |= 1
    table = raw.find(b"PK\x01\x02")
    while table != -1:
        raw[table + 8] |= 1
        table = raw.find(b"PK\x01\x02", table + 4)
    assert "password" in refusal(bytes(raw))


def test_names_that_lead_out_of_the_zip_are_refused() -> None:
    assert "damaged" in refusal(foreign(title("T"), extra={"../../evil.xml": "<a/>"}))


def test_the_strict_variant_is_refused_with_what_to_do() -> None:
    strict = '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    assert "strict" in refusal(foreign(extra={"word/document.xml": strict}))


def test_an_empty_document_is_refused() -> None:
    assert "no text" in refusal(foreign(paragraph("")))


def test_very_deep_xml_is_refused_or_read_but_never_an_error() -> None:
    deep = "<w:sdt><w:sdtContent>" * 5_000 + paragraph("T") + "</w:sdtContent></w:sdt>" * 5_000
    with contextlib.suppress(Refused):
        assert read_document(foreign(deep)).items


def test_an_embedded_zip_is_never_opened() -> None:
    inner = foreign(title("Inner"), extra={"word/vbaProject.bin": b"x"})
    read = read_document(foreign(title("T"), extra={"word/embeddings/inner.docx": inner}))
    assert read.title == "T"
    assert read.beside.embedded == ["word/embeddings/inner.docx"]


def fake(folder: Path, script: str) -> Path:
    program = folder / "pandoc"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    return program


def test_a_program_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = fake(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setattr(pandoc, "binary", lambda: program)
    monkeypatch.setattr(pandoc, "LONGEST", 1)
    assert "took too long" in refusal(document())
    child = int((tmp_path / "child").read_text())
    for _attempt in range(50):
        try:
            state = Path(f"/proc/{child}/stat").read_text().split()[2]
        except OSError:
            break
        if state == "Z":
            break
        time.sleep(0.1)
    else:
        os.kill(child, 9)
        pytest.fail("the child still runs")


def test_a_program_that_fails_is_a_document_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = fake(tmp_path, "exit 1")
    monkeypatch.setattr(pandoc, "binary", lambda: program)
    assert "cannot be read" in refusal(document())


def test_a_program_that_is_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "binary", lambda: tmp_path / "nowhere")
    assert "not installed" in refusal(document())

"""The limited child process that opens untrusted workbooks (hidden command ``_read``).

It gets the bytes of one file after the other on its standard input, looks at them before any parser does, reads them and
answers with one JSON frame each. It has limits of memory and processor time; when a crafted file ends it, only that file is
refused.

One child reads many files. A file that took it over could answer falsely for those that follow: the parent checks the shape
of an answer, not that it is true of the file.

A frame is four bytes of length, big end first, and that many bytes. A request is two frames: a file's name and its content.
"""

from __future__ import annotations

import gc
import json
import struct
from typing import IO, Any

from desktop_app.exchange.books.xlsx import read_xlsx
from desktop_app.exchange.child.limits import RETIRES_AT_BYTES, limit_memory, limit_next_file, resident_bytes
from desktop_app.exchange.recognising.forms import recognise
from desktop_app.exchange.recognising.old_texts import read_old_texts
from desktop_app.exchange.refusal import Refused
from desktop_app.exchange.scanning.prescan import Scan, properties_of, scan
from desktop_app.exchange.workbook import Sheet

MAX_ANSWER_BYTES = 8_000_000
"""One answer; that of a return with 300 long notes has a tenth of it."""
_GARBAGE = 100_000
"""Objects after which the collector looks for cycles; nearly no file leaves any."""
_LENGTH = struct.Struct(">I")


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until there are no more, or until this process holds so much that a fresh one should go on."""
    limit_memory()
    gc.disable()  # one file leaves no cycles worth looking for, and memory is limited
    while True:
        name = read_frame(requests)
        content = read_frame(requests)
        if name is None or content is None:
            return
        limit_next_file()
        found = answer(content)
        del content
        if gc.get_count()[0] > _GARBAGE:
            gc.collect()
        retires = resident_bytes() > RETIRES_AT_BYTES
        write_frame(answers, _encoded({**found, "retires": True} if retires else found))
        answers.flush()
        if retires:
            return


def _encoded(found: dict[str, Any]) -> bytes:
    body = json.dumps(found, ensure_ascii=False, default=vars).encode("utf-8", "replace")
    if len(body) <= MAX_ANSWER_BYTES:
        return body
    refused = {"refused": "workbook_too_much_text", "params": {"megabytes": MAX_ANSWER_BYTES // 1_000_000}}
    return json.dumps({**refused, "retires": True} if "retires" in found else refused).encode()


def read_frame(stream: IO[bytes], most: int | None = None) -> bytes | None:
    """Return the next frame; None at the end of the stream, also where it ends in the middle of a frame.

    Args:
        stream: where frames come from.
        most: bytes of the longest frame that is taken, None for any; a longer one counts as the end.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if most is not None and length > most:
        return None
    body = stream.read(length)
    return body if len(body) == length else None


def write_frame(stream: IO[bytes], body: bytes) -> None:
    """Write one frame."""
    stream.write(_LENGTH.pack(len(body)) + body)


def answer(content: bytes) -> dict[str, Any]:
    """Read one file: ``{"form": ReturnedForm}`` or ``{"refused": code, "params": …}``."""
    try:
        found = scan(content)
        form = recognise(read_sheets(found), lambda: properties_of(content))
    except Refused as refusal:
        return {"refused": refusal.code, "params": refusal.params}
    except MemoryError:
        return {"refused": "reader_died", "params": {}}
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # calamine met what it never expected; its class has no public name
            return {"refused": "file_damaged", "params": {}}
        raise
    return {"form": form}


def read_sheets(found: Scan) -> list[Sheet]:
    """Return the sheets of a workbook that was looked at.

    Raises:
        Refused: it is encrypted or damaged.
    """
    if found.kind == "xls":
        from desktop_app.exchange.books.xls import read_xls

        sheets = read_xls(found)
        read_old_texts(sheets)
        return sheets
    if found.kind == "ods":
        from desktop_app.exchange.books.ods import read_ods

        sheets = read_ods(found)
        read_old_texts(sheets)
        return sheets
    return read_xlsx(found)

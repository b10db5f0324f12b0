"""LibreOffice breaks and saves workbooks: ``python3 tests/returns/walk_in_calc.py JOBS.json``.

Needs ``soffice`` and a Python that can ``import uno`` (Debian: ``python3-uno``), so nothing of the project is imported here.
A job is ``{"source", "target", "ways": [[name, …], …], "filter", "password"}``. Each way is what an official does in
Calc, through the same commands: LibreOffice does the editing and the saving. Sheets are unprotected first, as people do.
"""

# ruff: noqa: PLR0917 - a way takes what a person would say of it, one thing after the other

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import NamedValue, PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sheet.CellInsertMode import RIGHT
from com.sun.star.table import TableSortField
from com.sun.star.table.CellContentType import EMPTY

FIGURES, SYSTEMS, TASKS = "Số liệu", "Hệ thống", "Nhiệm vụ"
WAYS = {}


def way(function):
    """Register a way under the name of its function."""
    WAYS[function.__name__] = function
    return function


def told(**values):
    """Return properties as LibreOffice takes them."""
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def used(sheet):
    """Return the number of the last row and column in use."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    return cursor.RangeAddress.EndRow, cursor.RangeAddress.EndColumn


def column_of(sheet, heading):
    """Return the number of the column with a heading in row 1."""
    for at in range(used(sheet)[1] + 1):
        if sheet.getCellByPosition(at, 0).String == heading:
            return at
    raise LookupError(heading)


def row_of(sheet, code):
    """Return the number of the row with a code in column A."""
    for at in range(used(sheet)[0] + 1):
        if sheet.getCellByPosition(0, at).String == code:
            return at
    raise LookupError(code)


def cell_of(doc, sheet, code, heading):
    """Return a cell by code and heading."""
    found = doc.Sheets.getByName(sheet)
    return found.getCellByPosition(column_of(found, heading), row_of(found, code))


def last_code_row(sheet):
    """Return the number of the last row of the table."""
    return max(at for at in range(1, used(sheet)[0] + 1) if _is_code(sheet.getCellByPosition(0, at).String))


def _is_code(text):
    return bool(text) and text.isascii() and " " not in text


@way
def blank_rows(doc, sheet, every):
    """Insert an empty row after every few rows."""
    found = doc.Sheets.getByName(sheet)
    for at in range(last_code_row(found), 1, -every):
        found.Rows.insertByIndex(at, 1)


@way
def delete_row(doc, sheet, code):
    """Delete the row of a code."""
    found = doc.Sheets.getByName(sheet)
    found.Rows.removeByIndex(row_of(found, code), 1)


@way
def sort_rows(doc, sheet, column, ascending):
    """Data → Sort, without the heading."""
    found = doc.Sheets.getByName(sheet)
    area = found.getCellRangeByPosition(0, 1, used(found)[1], last_code_row(found))
    field = TableSortField(Field=column, IsAscending=ascending)
    area.sort(told(SortFields=uno.Any("[]com.sun.star.table.TableSortField", (field,)), ContainsHeader=False))


@way
def sort_column_alone(doc, sheet, column):
    """Data → Sort with one column selected, and "current selection"."""
    found = doc.Sheets.getByName(sheet)
    area = found.getCellRangeByPosition(column, 1, column, last_code_row(found))
    field = TableSortField(Field=0, IsAscending=False)
    area.sort(told(SortFields=uno.Any("[]com.sun.star.table.TableSortField", (field,)), ContainsHeader=False))


@way
def filter_and_hide(doc, sheet):
    """Put an AutoFilter on and hide every second row."""
    found = doc.Sheets.getByName(sheet)
    last = last_code_row(found)
    doc.DatabaseRanges.addNewByName("loc", found.getCellRangeByPosition(0, 0, used(found)[1], last).RangeAddress)
    doc.DatabaseRanges.getByName("loc").AutoFilter = True
    for at in range(2, last, 2):
        found.Rows.getByIndex(at).IsVisible = False


@way
def move_column(doc, sheet, heading, to):
    """Cut a column out and insert it further left."""
    found = doc.Sheets.getByName(sheet)
    found.Columns.insertByIndex(to, 1)
    at, last = column_of(found, heading), used(found)[0]
    area = found.getCellRangeByPosition(at, 0, at, last).RangeAddress
    found.moveRange(found.getCellByPosition(to, 0).CellAddress, area)
    found.Columns.removeByIndex(at, 1)


@way
def ordinals(doc):
    """Insert a column STT at the left of every table."""
    for name in (FIGURES, SYSTEMS):
        found = doc.Sheets.getByName(name)
        last = last_code_row(found)
        found.Columns.insertByIndex(0, 1)
        found.getCellByPosition(0, 0).String = "STT"
        for at in range(1, last + 1):
            found.getCellByPosition(0, at).Value = at


@way
def hide_columns(doc, sheet, *headings):
    """Hide columns."""
    found = doc.Sheets.getByName(sheet)
    for heading in headings:
        found.Columns.getByIndex(column_of(found, heading)).IsVisible = False


@way
def merge(doc, sheet, heading, first, second):
    """Merge the cells of two rows in a column; Calc keeps the first, and hides the second unless told to empty it."""
    found = doc.Sheets.getByName(sheet)
    at = column_of(found, heading)
    area = found.getCellRangeByPosition(at, row_of(found, first), at, row_of(found, second))
    for row in range(row_of(found, first) + 1, row_of(found, second) + 1):
        found.getCellByPosition(at, row).String = ""
    area.merge(True)


@way
def merge_sections(doc):
    """Merge the headings of the sections across the table."""
    found = doc.Sheets.getByName(FIGURES)
    for at in range(1, last_code_row(found)):
        if found.getCellByPosition(0, at).Type == EMPTY:
            found.getCellRangeByPosition(0, at, used(found)[1], at).merge(True)


@way
def rename_sheets(doc):
    """Name the sheets as a new workbook does."""
    for number, name in enumerate(list(doc.Sheets.ElementNames), start=1):
        if name != "_meta":
            doc.Sheets.getByName(name).Name = f"Sheet{number}"


@way
def reverse_sheets(doc):
    """Put the sheets in the reverse order."""
    for name in list(doc.Sheets.ElementNames):
        doc.Sheets.moveByName(name, 0)


@way
def delete_meta(doc):
    """Delete the hidden sheet."""
    doc.Sheets.removeByName("_meta")


@way
def delete_sheet(doc, name):
    """Delete a sheet."""
    doc.Sheets.removeByName(name)


@way
def font(doc, sheet, code, heading, name, text):
    """Type a text in an old font."""
    cell = cell_of(doc, sheet, code, heading)
    cell.CharFontName = name
    cell.String = text


@way
def font_everywhere(doc, name):
    """Ctrl+A, choose an old font: what is typed in Unicode stays Unicode, as people find out when they print."""
    for sheet in (FIGURES, SYSTEMS):
        found = doc.Sheets.getByName(sheet)
        found.getCellRangeByPosition(0, 0, *reversed(used(found))).CharFontName = name


@way
def signatures(doc):
    """Add place and day, titles and names below every table."""
    for name in (FIGURES, SYSTEMS):
        found = doc.Sheets.getByName(name)
        at = used(found)[0] + 2
        texts = [(4, "Thanh Hóa, ngày 12 tháng 12 năm 2017"), (1, "NGƯỜI LẬP BIỂU"), (4, "GIÁM ĐỐC"), (4, "Nguyễn Văn Bình")]
        for down, (column, text) in enumerate(texts):
            found.getCellByPosition(column, at + down).String = text


@way
def total_row(doc):
    """Insert a row of totals below the last row of the table."""
    found = doc.Sheets.getByName(FIGURES)
    last = last_code_row(found)
    found.Rows.insertByIndex(last + 1, 1)
    found.getCellByPosition(1, last + 1).String = "Tổng cộng"
    letter = "ABCDEFGH"[column_of(found, "Kỳ này")]
    found.getCellByPosition(column_of(found, "Kỳ này"), last + 1).Formula = f"=SUM({letter}3:{letter}{last + 1})"


@way
def formula(doc, sheet, code, heading, text):
    """Type a formula."""
    cell_of(doc, sheet, code, heading).Formula = text


@way
def number(doc, sheet, code, heading, figure, pattern):
    """Type a number and choose a format for it."""
    cell = cell_of(doc, sheet, code, heading)
    key = doc.NumberFormats.queryKey(pattern, doc.CharLocale, False)
    cell.NumberFormat = key if key != -1 else doc.NumberFormats.addNew(pattern, doc.CharLocale)
    cell.Value = figure


@way
def text(doc, sheet, code, heading, typed):
    """Type something as a text."""
    cell_of(doc, sheet, code, heading).String = typed


@way
def formats_as_text(doc):
    """Format the column Kỳ này as text and type its figures again."""
    found = doc.Sheets.getByName(FIGURES)
    at = column_of(found, "Kỳ này")
    for row in range(1, last_code_row(found) + 1):
        cell = found.getCellByPosition(at, row)
        if cell.Type != EMPTY:
            typed = str(int(cell.Value))
            cell.NumberFormat = doc.NumberFormats.queryKey("@", doc.CharLocale, False)
            cell.String = typed


@way
def beside(doc, *codes):
    """Type figures one column to the right of the table instead of into it."""
    found = doc.Sheets.getByName(FIGURES)
    at, right = column_of(found, "Kỳ này"), used(found)[1] + 1
    for code in codes:
        row = row_of(found, code)
        found.getCellByPosition(right, row).Value = found.getCellByPosition(at, row).Value
        found.getCellByPosition(at, row).String = ""


@way
def shift_cells(doc, *codes):
    """Insert a cell before Kỳ này in one row, so that the rest of the row moves to the right."""
    found = doc.Sheets.getByName(FIGURES)
    at = column_of(found, "Kỳ này")
    for code in codes:
        row = row_of(found, code)
        found.insertCells(found.getCellRangeByPosition(at, row, at, row).RangeAddress, RIGHT)


@way
def heading(doc, sheet, was, now):
    """Type another heading."""
    found = doc.Sheets.getByName(sheet)
    found.getCellByPosition(column_of(found, was), 0).String = now


@way
def title_rows(doc):
    """Insert three rows above the table for the state's name and the unit's."""
    found = doc.Sheets.getByName(FIGURES)
    found.Rows.insertByIndex(0, 3)
    found.getCellByPosition(1, 0).String = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    found.getCellByPosition(1, 1).String = "Độc lập - Tự do - Hạnh phúc"


@way
def comments(doc):
    """Put comments on figures."""
    found = doc.Sheets.getByName(FIGURES)
    for row in (3, 5, 6):
        address = found.getCellByPosition(column_of(found, "Kỳ này"), row).CellAddress
        found.Annotations.insertNew(address, "Anh Hùng kiểm tra lại số này: 9999")


@way
def protect(doc, password):
    """Protect sheets and structure with a password of one's own (not a password for opening)."""
    for name in doc.Sheets.ElementNames:
        doc.Sheets.getByName(name).protect(password)
    doc.protect(password)


@way
def values_into_new(doc):
    """Copy the values of the tables into a new workbook; returns the new one."""
    new = DESKTOP.loadComponentFromURL("private:factory/scalc", "_blank", 0, told(Hidden=True))
    for number, name in enumerate((FIGURES, SYSTEMS, TASKS)):
        found = doc.Sheets.getByName(name)
        if number >= new.Sheets.Count:
            new.Sheets.insertNewByName(f"Sheet{number + 1}", number)
        target = new.Sheets.getByIndex(number)
        end = used(found)
        target.getCellRangeByPosition(0, 0, end[1], end[0]).setDataArray(
            found.getCellRangeByPosition(0, 0, end[1], end[0]).getDataArray()
        )
    return new


@way
def import_sheet(doc, path, name, new_name):
    """Move a sheet of another unit's workbook into this one."""
    other = DESKTOP.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, told(Hidden=True))
    at = doc.Sheets.importSheet(other, name, doc.Sheets.Count)
    doc.Sheets.getByIndex(at).Name = new_name
    other.close(True)


def saved(job):
    """Do one job."""
    doc = DESKTOP.loadComponentFromURL(Path(job["source"]).as_uri(), "_blank", 0, told(Hidden=True))
    for name in doc.Sheets.ElementNames:
        doc.Sheets.getByName(name).unprotect("")
    opened = [doc]
    for name, *arguments in job["ways"]:
        made = WAYS[name](doc, *arguments)
        if made is not None:
            doc = made
            opened.append(doc)
    options = {"FilterName": job["filter"]}
    if job.get("password"):
        key = NamedValue(Name="OOXPassword", Value=job["password"])
        method = NamedValue(Name="CryptoType", Value="Standard")
        options["EncryptionData"] = uno.Any("[]com.sun.star.beans.NamedValue", (method, key))
    if job["filter"].startswith("Text"):  # comma, quotation mark, UTF-8; the sheet that is open, here the only one
        options["FilterOptions"] = "44,34,76,1"
        for name in doc.Sheets.ElementNames:
            if name != FIGURES:
                doc.Sheets.removeByName(name)
    doc.storeToURL(Path(job["target"]).as_uri(), told(**options))
    for item in opened:
        item.close(True)


def connected(pipe):
    """Return the desktop of a running LibreOffice, waiting until it listens."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _attempt in range(120):
        with contextlib.suppress(NoConnectException):
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
        time.sleep(0.5)
    raise SystemExit("LibreOffice does not answer")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as profile:
        arguments = ["--headless", "--norestore", "--nologo", f"-env:UserInstallation={Path(profile).as_uri()}"]
        office = subprocess.Popen(["soffice", *arguments, "--accept=pipe,name=walk;urp;"])
        try:
            DESKTOP = connected("walk")
            for item in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
                saved(item)
                print(Path(item["target"]).name)
        finally:
            with contextlib.suppress(Exception):
                DESKTOP.terminate()
            office.wait(30)

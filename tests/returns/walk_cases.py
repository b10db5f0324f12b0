"""The sixty files of the walk: who sends what, broken how, and what must come out of it.

Figures are made up by :func:`honest`, different in every row of a unit, so that a figure in a wrong place is seen.
"""
# ruff: noqa: E501, PLR0917 - a table of cases reads best with one case per line or two

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.returns.breaking import ANY, FIGURES, SYSTEMS, TASKS, Lost, Spot
from tests.text.old_fonts import in_tcvn3, in_vni

NOW, NOTE = "Kỳ này", "Giải trình"
STATUS, SINCE, USERS, REMARK = "Tình trạng", "Sử dụng từ ngày", "Số người dùng", "Ghi chú"
PERCENT, PAID = "Hoàn thành (%)", "Đã giải ngân (triệu đồng)"
EXACT, TOLD, EITHER, WARNED, QUIET = "exact", "told", "either", "warned", "quiet"
"""What must become of a cell: stored as typed · not stored, an error or a question there · one of both · stored, with a warning
there · stored, without one."""
XLSX, XLS, ODS, HTML, CSV = (
    "Calc MS Excel 2007 XML",
    "MS Excel 97",
    "calc8",
    "HTML (StarCalc)",
    "Text - txt - csv (StarCalc)",
)
NOTHING = object()
"""What is meant where nothing can be: whatever is stored is wrong."""


@dataclass(frozen=True)
class Typed:
    """What a unit typed into a cell instead of the honest answer.

    Attributes:
        raw: as it stands in the cell.
        means: what may be stored; NOTHING where nothing may.
        then: what must become of it.
        number_format: of the cell; None to leave it.
    """

    raw: Any
    means: Any
    then: str = EXACT
    number_format: str | None = None


@dataclass(frozen=True)
class Case:
    """One file of the folder.

    Attributes:
        unit: whose workbook it is.
        says: what was done to it, as the table in walk.md tells it.
        name: of the file; the issued name when empty.
        typed: cells with something else than the honest answer.
        breakers: names of the library's breakers, by script; with an asterisk those of walk.py.
        calc: what LibreOffice does to it, then saves; None where it does not touch it.
        filter: how LibreOffice saves it.
        lost: answers that the break took away; each must be told.
        may: answers that may be taken or told.
        refused: codes of issues, one of which must refuse the file; empty where it must be read.
        told: codes of issues that must all be told somewhere in the file.
        year: whose issue it is.
        add: added to every figure, for a second file of a unit.
        password: for opening, set by LibreOffice.
        packed: name of the archive that the file lies in; "" for none.
        adopts: unit whose sheet of figures is moved into this file.
    """

    unit: str
    says: str
    name: str = ""
    typed: Mapping[Spot, Typed] = field(default_factory=dict)
    breakers: tuple[str, ...] = ()
    calc: tuple[tuple[Any, ...], ...] | None = None
    filter: str = XLSX
    lost: Lost = field(default_factory=set)
    may: Lost = field(default_factory=set)
    refused: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    year: str = "2017"
    add: int = 0
    password: str = ""
    packed: str = ""
    adopts: str = ""


def honest(number: int, year: str) -> dict[str, int]:
    """Return the figures of the unit with a number in the official order; 2016 is a little below 2017."""
    less = 3 if year == "2016" else 0
    staff, sent = 60 + 7 * number - less, 1300 + 37 * number - 40 * less
    return {
        "HT01b": staff,
        "HT01a": staff - 2,
        "NB01a": staff - 5,
        "NB02a": staff - 11,
        "NL01a": staff - 22,
        "NB05b": sent,
        "NB06a": sent - 153,
        "NB09a": sent - 611,
        "NB07b": 260 + 3 * number - less,
        "NB07a": 241 + 3 * number - less,
        "DV03b": 48 + number - less,
        "DV03a": 35 + number - less,
        "DV04a": 17 + number - less,
        "CS01a": 11,
    }


def fig(code: str, raw: Any, means: Any = NOTHING, then: str = EXACT, number_format: str | None = None) -> dict[Spot, Typed]:
    """Return what was typed for a figure; without a meaning it must be asked or refused."""
    return {(FIGURES, code, NOW): Typed(raw, means, TOLD if means is NOTHING else then, number_format)}


def why(code: str, text: str, means: Any = None) -> dict[Spot, Typed]:
    """Return an explanation."""
    return {(FIGURES, code, NOTE): Typed(text, means or text)}


def at(
    sheet: str, code: str, heading: str, raw: Any, means: Any = NOTHING, then: str = EXACT, number_format: str | None = None
) -> dict[Spot, Typed]:
    """Return what was typed into a cell of another sheet."""
    return {(sheet, code, heading): Typed(raw, means, TOLD if means is NOTHING else then, number_format)}


def row(code: str) -> Lost:
    """Return every answer of a row of figures."""
    return {(FIGURES, code, ANY)}


def cell(code: str) -> Lost:
    """Return a figure."""
    return {(FIGURES, code, NOW)}


TRAINED = "Đã mở hai lớp tập huấn cho cán bộ, công chức"
MACHINES = "Thay thế các máy tính đã hỏng trong năm"

BY_HAND = [
    Case(
        "SCT",
        "insert empty rows between the rows of figures and systems; a running total below that of nine months",
        calc=(("blank_rows", FIGURES, 2), ("blank_rows", SYSTEMS, 3)),
        typed=fig("NB05b", 1500, 1500, WARNED),
    ),
    Case(
        "SGDDT",
        "delete the row of a figure",
        calc=(("delete_row", FIGURES, "NB06a"),),
        lost=row("NB06a"),
        told=("row_missing",),
    ),
    Case("SGTVT", "sort the figures by name, downwards, sections in between", calc=(("sort_rows", FIGURES, 1, False),)),
    Case(
        "SKHCN",
        "AutoFilter on, every second row hidden; a jump with an explanation",
        calc=(("filter_and_hide", FIGURES),),
        typed={**fig("NB05b", 21890, 21890, QUIET), **why("NB05b", "Năm nay tính cả văn bản nội bộ")},
    ),
    Case(
        "SKHDT",
        "move the column Giải trình before Mã",
        calc=(("move_column", FIGURES, NOTE, 0),),
        typed=why("HT01a", TRAINED),
    ),
    Case("SLDTBXH", "insert a column STT at the left of two sheets", calc=(("ordinals",),)),
    Case(
        "SNGV",
        "hide the columns Mã, Kỳ trước and Định nghĩa",
        calc=(("hide_columns", FIGURES, "Mã", "Kỳ trước", "Định nghĩa"),),
    ),
    Case(
        "SNNPTNT",
        "merge the figures of two rows",
        calc=(("merge", FIGURES, NOW, "NB07a", "NB07b"),),
        lost=cell("NB07b"),
        may=cell("NB07a"),
        told=("cell_merged",),
    ),
    Case(
        "SNV",
        "rename all sheets to Sheet1, Sheet2 …; tasks: 0.85 in a % cell, 0.85 without, “1.234” for a decimal",
        calc=(
            ("number", TASKS, "NV06", PERCENT, 0.85, "0%"),
            ("text", TASKS, "NV10", PAID, "1.234"),
            ("number", TASKS, "NV10", PERCENT, 0.85, "General"),
            ("rename_sheets",),
        ),
        typed={**at(TASKS, "NV06", PERCENT, None, 85), **at(TASKS, "NV10", PAID, None), **at(TASKS, "NV10", PERCENT, None)},
    ),
    Case("STC", "put the sheets in the reverse order", calc=(("reverse_sheets",),)),
    Case("STNMT", "delete the hidden sheet _meta", calc=(("delete_meta",),), told=("identity_from_line",)),
    Case("STP", "save as .xls (Excel 97)", name="Bao cao CNTT STP.xls", calc=(), filter=XLS),
    Case("STTTT", "save as .ods, with tasks", name="STTTT nop lai.ods", calc=(), filter=ODS),
    Case(
        "SVHTTDL",
        "explanation in .VnTime (TCVN3)",
        calc=(("font", FIGURES, "NL01a", NOTE, ".VnTime", in_tcvn3(TRAINED)),),
        typed=why("NL01a", "", TRAINED),
    ),
    Case(
        "SXD",
        "explanation in the capitals of .VnTimeH",
        calc=(("font", FIGURES, "HT01a", NOTE, ".VnTimeH", in_tcvn3(MACHINES)),),
        typed=why("HT01a", "", MACHINES.upper()),
    ),
    Case(
        "SYT",
        "explanation in VNI-Times, saved as .xls",
        name="SYT (vni).xls",
        calc=(("font", FIGURES, "NL01a", NOTE, "VNI-Times", in_vni(TRAINED)),),
        typed=why("NL01a", "", TRAINED),
        filter=XLS,
    ),
    Case("TTRA", "place, day, titles and names below the tables, title rows above", calc=(("signatures",), ("title_rows",))),
    Case(
        "VPUBND",
        "formulas: a sum, a link to another workbook that is not there, #DIV/0!, #REF!",
        calc=(
            ("formula", FIGURES, "NB05b", NOW, "=1000+234"),
            ("formula", FIGURES, "NB06a", NOW, "='file:///C:/Tong hop/thang 11.xlsx'#$Sheet1.B4"),
            ("formula", FIGURES, "HT01a", NOW, "=1/0"),
            ("formula", FIGURES, "NB09a", NOW, "=#REF!+1"),
        ),
        typed={
            **fig("NB05b", None, 1234),
            **fig("NB06a", None),
            **fig("HT01a", None),
            **fig("NB09a", None),
            **at(TASKS, "NV03", STATUS, "gần xong"),
            **at(TASKS, "NV03", PAID, "1.250,5", 1_250_500_000),
            **at(TASKS, "NV04", PERCENT, "45 %", 45),
        },
    ),
    Case(
        "BDT",
        "figures as 85% and as a day (12/5 turned into a date), days as text and as a bare number",
        calc=(
            ("number", FIGURES, "NB07a", NOW, 0.85, "0%"),
            ("number", FIGURES, "HT01a", NOW, 42867.0, "DD/MM/YYYY"),
            ("text", SYSTEMS, "QLVB", SINCE, "16/8/2015"),
            ("number", SYSTEMS, "TDT", SINCE, 42232.0, "General"),
        ),
        typed={
            **fig("NB07a", None),
            **fig("HT01a", None),
            **at(SYSTEMS, "QLVB", SINCE, None, "2015-08-16"),
            **at(SYSTEMS, "TDT", SINCE, None, "2015-08-16", EITHER),
        },
    ),
    Case("BQLKKTNS", "password for opening", calc=(), password="bimat2017", refused=("file_encrypted",)),
    Case(
        "TPTHANHHOA",
        "copy the values of three tables into a new workbook",
        name="Book1.xlsx",
        calc=(("values_into_new",),),
        may={(SYSTEMS, ANY, SINCE)},
        told=("identity_from_line",),
    ),
    Case(
        "SAMSON",
        "move another unit's sheet of figures into the workbook",
        calc=(),
        adopts="BIMSON",
        refused=("identity_foreign", "form_of_several"),
    ),
    Case(
        "BIMSON",
        "figures typed right of the table, instead of into it",
        calc=(("beside", "NB06a", "HT01b"),),
        lost=cell("NB06a") | cell("HT01b"),
        told=("answer_beside",),
    ),
    Case(
        "THOXUAN",
        "save as a page (HTML), named .xls",
        name="THOXUAN.xls",
        calc=(),
        filter=HTML,
        refused=("file_is_text_table", "not_a_workbook", "file_is_other"),
    ),
    Case(
        "THOXUAN",
        "the same return once more, saved as .xlsx, with comments",
        name="THOXUAN sua lai.xlsx",
        calc=(("comments",),),
    ),
    Case(
        "DONGSON",
        "save as .csv, named .xls",
        name="DONGSON.xls",
        calc=(),
        filter=CSV,
        refused=("file_is_text_table", "not_a_workbook", "file_is_other"),
    ),
    Case("NGASON", "column Kỳ này formatted as text, figures typed again", calc=(("formats_as_text",),)),
    Case(
        "HAULOC",
        "type over Kỳ trước and over a name (locked cells)",
        calc=(
            ("number", FIGURES, "NB05b", "Kỳ trước", 4321.0, "General"),
            ("text", FIGURES, "HT01b", "Số liệu", "Tổng số cán bộ, công chức, viên chức"),
        ),
        told=("locked_cell_edited",),
    ),
    Case(
        "HOANGHOA",
        "all at once: .xls, .VnTime over the sheets, sections merged, a column STT, a row of totals, signatures",
        name="HOANG HOA bao cao chinh thuc.xls",
        calc=(("font_everywhere", ".VnTime"), ("merge_sections",), ("total_row",), ("signatures",), ("ordinals",)),
        filter=XLS,
    ),
    Case(
        "QUANGXUONG",
        "save as .ods with Kỳ này moved before Kỳ trước, rows hidden, comments",
        name="quangxuong.ods",
        calc=(("move_column", FIGURES, NOW, 1), ("comments",), ("filter_and_hide", FIGURES)),
        filter=ODS,
    ),
    Case(
        "TINHGIA",
        "call the column Kỳ này “Năm 2017”",
        calc=(("heading", FIGURES, NOW, "Năm 2017"),),
        refused=("column_missing",),
    ),
    Case("NONGCONG", "own password for sheets and structure", calc=(("protect", "1234"),)),
    Case(
        "TRIEUSON",
        "last year's workbook filled in for this year",
        name="TRIEUSON nam 2017.xlsx",
        calc=(),
        year="2016",
        add=5,
        told=("round_filled_again",),
        refused=("",),
    ),
    Case(
        "NHUTHANH",
        "insert a cell in two rows, so that the rest of the row moves right",
        calc=(("shift_cells", "NB01a", "DV03a"),),
        lost=cell("NB01a") | cell("DV03a"),
        told=("figure_under_note",),
    ),
    Case(
        "THIEUHOA",
        "sort the column Mã alone",
        calc=(("sort_column_alone", FIGURES, 0),),
        lost={(FIGURES, ANY, ANY)},
        may={(FIGURES, "NB07a", ANY)},
        refused=("", "figures_unread"),
    ),
]

SCRIPT = [
    Case("YENDINH", "the same file twice: second copy", typed=why("HT01a", MACHINES), told=("file_twice",)),
    Case("YENDINH", "the same file twice: first copy", name="YENDINH - Copy.xlsx", typed=why("HT01a", MACHINES)),
    Case("VINHLOC", "two different files of one unit: first one", lost=cell("NB05b"), told=("files_differ",)),
    Case(
        "VINHLOC",
        "two different files of one unit: second one, one figure differs",
        name="VINHLOC dieu chinh.xlsx",
        typed=fig("NB05b", 2222),
        lost=cell("NB05b"),
        told=("files_differ",),
    ),
    Case("HATRUNG", "in a zip", packed="gui qua thu.zip"),
    Case(
        "CAMTHUY",
        "in a zip, in a folder with Vietnamese letters; columns in another order",
        packed="gui qua thu.zip",
        name="Huyện miền núi/cẩm thủy.xlsx",
        breakers=("inserted_column",),
    ),
    Case("NGOCLAC", "file cut off while it was copied", breakers=("truncated",), refused=("file_damaged",)),
    Case("NGOCLAC", "sent again: .xlsm with macros", name="NGOCLAC gui lai.xlsm", breakers=("with_macros",)),
    Case(
        "BATHUOC",
        "hostile: a zip bomb",
        name="BATHUOC.xlsx",
        breakers=("*bomb",),
        refused=("workbook_too_large", "workbook_too_much_text", "workbook_too_many_cells", "archive_overlaps"),
    ),
    Case(
        "THACHTHANH",
        "ambiguous figures: “-”, “x”, “…”, 0,85 without a format, “không”, “khoảng 50”, KPS, “1.234”, “１２３”, NBSP",
        typed={
            **fig("HT01a", "-"),
            **fig("HT01b", "x"),
            **fig("NB01a", "…"),
            **fig("NB02a", 0.85),
            **fig("NB05b", "1.434", 1434),
            **fig("NB06a", "１２３４", 1234),
            **fig("NB07a", "không"),
            **fig("NB07b", "khoảng 50"),
            **fig("NB09a", "1\u00a0034", 1034),
            **fig("DV03a", "KPS", "KPS"),
            **fig("DV03b", "không phát sinh", "KPS"),
            **fig("DV04a", " \u200b", None),
            **fig("NL01a", "45 người", 45),
        },
    ),
    Case("THUONGXUAN", "a > b without an explanation", typed=fig("HT01a", 700, 700, WARNED)),
    Case(
        "QUANHOA",
        "a > b with an explanation",
        typed={**fig("HT01a", 700, 700, QUIET), **why("HT01a", "Gồm cả máy dùng chung ở phòng một cửa")},
    ),
    Case("MUONGLAT", "a jump against last year without an explanation", typed=fig("NB05b", 21890, 21890, WARNED)),
    Case("SKHCN", "an empty file (0 bytes)", name="SKHCN ban cu.xlsx", breakers=("*empty",), refused=("file_empty",)),
    Case(
        "SCT",
        "a scan (PDF) named .xlsx",
        name="SCT co dau.xlsx",
        breakers=("*scan",),
        refused=("file_is_other", "not_a_workbook"),
    ),
    Case("UBNDTINH", "the root unit's own workbook: yes or no as “x”", typed=fig("CS01a", "x", "1")),
    Case(
        "BATHUOC",
        "sent again: totals below, own sheet added",
        name="BATHUOC lan 2.xlsx",
        breakers=("own_extra_sheet", "total_row"),
        told=("row_without_code", "row_of_totals"),
    ),
    Case(
        "DONGSON",
        "sent again: column of one's own before Kỳ này",
        name="DONGSON lan 2.xlsx",
        breakers=("own_column",),
        told=("column_not_ours",),
    ),
    Case(
        "BQLKKTNS",
        "sent again without the password: _meta and grey lines gone",
        name="BQLKKTNS khong mat khau.xlsx",
        breakers=("deleted_meta_and_lines",),
        told=("identity_from_properties",),
    ),
    Case(
        "SAMSON",
        "sent again: headings in two rows with a merged cell",
        name="SAMSON (2).xlsx",
        breakers=("headings_in_two_rows",),
    ),
    Case(
        "TINHGIA",
        "sent again: codes with stray marks, in small letters",
        name="TINHGIA (2).xlsx",
        breakers=("stray_marks_in_codes",),
    ),
    Case(
        "NHUXUAN",
        "three tables below each other in one sheet",
        name="NHUXUAN.xlsx",
        breakers=("pasted_below_each_other",),
    ),
    Case(
        "TRIEUSON",
        "sent again: the right workbook; decomposed Unicode",
        name="TRIEUSON dung mau.xlsx",
        breakers=("respelled_headings", "decomposed_lines"),
    ),
    Case(
        "HAULOC", "a copy without any identity", name="So lieu.xlsx", breakers=("lost_identity",), refused=("form_unknown",)
    ),
    Case(
        "SNV",
        "the neighbour's _meta copied in",
        name="SNV 2.xlsx",
        breakers=("foreign_meta",),
        refused=("form_contradicts_itself",),
    ),
]
NINE_MONTHS = {("SCT", "NB05b"): 1777}
"""Figures of nine months that the province holds before it collects."""

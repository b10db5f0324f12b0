"""Writing workbooks: the same bytes for the same content, one template for all of a shape, nothing overwritten."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from desktop_app.exchange.content import WorkbookContent
from desktop_app.exchange.writing import template
from desktop_app.exchange.writing.form_sheets import lay_out
from desktop_app.exchange.writing.forms import FormWriter, file_name

VALUES = '{"figure/HT01a/value":["value",121,null]}'


def values_of(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [tuple(cell.value for cell in row) for row in sheet.iter_rows()] for sheet in book}


def styles_of(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [
            (cell.coordinate, cell.font.name, cell.font.b, cell.fill.fgColor.rgb, cell.protection.locked, cell.number_format)
            for row in sheet.iter_rows()
            for cell in row
        ]
        for sheet in book
    }


def test_varied_workbooks_equal_those_written_cell_by_cell(content: WorkbookContent, key: str) -> None:
    """What is cut into the template's XML is what openpyxl would have written."""
    writer = FormWriter(key)
    writer.workbook(replace(content, guide=replace(content.guide, unit_name="Một đơn vị khác")), "{}")
    varied = writer.workbook(content, VALUES)
    plain = template.write_with_openpyxl(lay_out(content, key, VALUES))
    assert values_of(varied) == values_of(plain)
    assert styles_of(varied) == styles_of(plain)


def test_bytes_depend_on_the_content_alone(content: WorkbookContent, key: str) -> None:
    first, second = FormWriter(key), FormWriter(key)
    second.workbook(replace(content, tasks=()), VALUES)
    assert first.workbook(content, VALUES) == second.workbook(content, VALUES)
    other = replace(content, identity=replace(content.identity, unit="STC"))
    assert first.workbook(content, VALUES) != first.workbook(other, VALUES)


def test_properties_hold_identity_and_the_time_of_issue(content: WorkbookContent, key: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(FormWriter(key).workbook(content, VALUES)))
    assert content.identity.issue_id in book.properties.keywords
    assert book.properties.created == datetime(2017, 12, 20, 3, 0)  # noqa: DTZ001 - openpyxl gives it without a zone
    assert book.properties.title == "Sở Xây dựng – Kế hoạch <A> & B – Năm 2017"


@pytest.mark.parametrize("text", ["=1+1", "+84", "-", "@a", "\t=1", "<b>&amp;", "dòng\nhai", "a\x00\x0bb", "']]>"])
def test_text_stays_text(content: WorkbookContent, key: str, text: str) -> None:
    row = replace(content.sections[0].rows[0], note=text)
    changed = replace(content, sections=(replace(content.sections[0], rows=(row, *content.sections[0].rows[1:])),))
    book = openpyxl.load_workbook(io.BytesIO(FormWriter(key).workbook(changed, VALUES)))
    cell = book["Số liệu"]["F3"]
    assert cell.value == text.replace("\x00", "").replace("\x0b", "")
    assert cell.data_type == "s"


def test_rows_are_tall_enough_and_pages_are_set(content: WorkbookContent, key: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(FormWriter(key).workbook(content, VALUES)))["Số liệu"]
    assert sheet.row_dimensions[3].height > 30
    assert sheet["G3"].alignment.wrap_text
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_area.startswith("'Số liệu'!$A$1:$G$")
    assert sheet.oddHeader.center.text == "Sở Xây dựng – Năm 2017 – Số liệu"


def test_a_workbook_is_named_after_what_it_is_for(content: WorkbookContent) -> None:
    assert file_name(content.identity) == "SXD_KH-Y_2017.xlsx"


def test_the_guide_promises_only_what_the_protected_sheets_allow(content: WorkbookContent, key: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(FormWriter(key).workbook(content, "{}")))
    said = " ".join(str(cell.value) for row in book["Hướng dẫn"].iter_rows() for cell in row if cell.value)
    assert "sắp xếp" not in said
    assert "hệ thống chưa dùng thì chọn “chưa triển khai”" in said

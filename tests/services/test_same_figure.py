"""The same figure everywhere: the workbook, ``progress --json``, the PDF and the Word file say the same of every target."""

import re
from decimal import Decimal

import docx
import openpyxl
import pdfplumber
import pytest

from desktop_app import library
from desktop_app.services.consolidated import write_consolidated
from desktop_app.services.documents import DocumentKind, write_document
from desktop_app.services.editing import Edit, set_values
from desktop_app.services.progress import progress, to_json

pytestmark = pytest.mark.full
CASES = [("TH-2016-2020", "2016"), ("TH-2016-2020", "2017"), ("HD-2017", "2017"), ("CTQG-2011-2015", "2017")]


@pytest.fixture(params=CASES, ids="-".join)
def told(request, session, tmp_path):
    """A file whose units have answered, a plan and a period, and everything that can be written of them."""
    plan, period = request.param
    for year in ("2016", "2017"):
        answers = [item for item in library.sample_answers("thanh-hoa-2016") if item.period == year]
        set_values(session, [Edit(i.unit, i.element, year, typed=i.typed, note=i.note or None) for i in answers], "paste")
    for suffix in ("pdf", "docx"):
        write_document(session, plan, DocumentKind.REPORT, tmp_path / f"r.{suffix}", period=period)
    write_consolidated(session, plan, period, tmp_path / "r.xlsx")
    return {row["target"]: row for row in to_json(progress(session, plan, period))["targets"]}, tmp_path, session, plan


def figure(text):
    """Read a figure that the program wrote for people; None where it wrote none."""
    found = re.search(r"-?\d{1,3}(\.\d{3})*(,\d+)?", text)
    return Decimal(found[0].replace(".", "").replace(",", ".")) if found else None


def flat(text):
    return re.sub(r"\s+", "", text or "")


def word_rows(path):
    for table in docx.Document(path).tables:
        cells = [cell.text for cell in table.rows[0].cells]
        if len(cells) > 8 and cells[2].startswith("Mục tiêu"):
            yield from ([cell.text for cell in row.cells] for row in table.rows)


def pdf_rows(path):
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables():
                if len(table[0]) > 8 and flat(table[0][2]).startswith("Mụctiêu"):
                    yield from table


def by_statement(rows, statements):
    """Return the rows of targets by target code, without the column of codes; code and statement must belong together."""
    flattened = {code: flat(statement) for code, statement in statements.items()}
    targets = [[flat(cell) for cell in row] for row in rows if row[1] in flattened]
    assert [row[2] for row in targets] == [flattened[row[1]] for row in targets]
    return {row[1]: [row[0], *row[2:]] for row in targets}


def test_every_target_is_told_the_same_everywhere(told):
    rows, folder, session, plan = told
    statements = {code: session.target(session.plan(plan), code).statement for code in rows}
    word = by_statement(word_rows(folder / "r.docx"), statements)
    pdf = by_statement(pdf_rows(folder / "r.pdf"), statements)
    sheet = openpyxl.load_workbook(folder / "r.xlsx").worksheets[0]
    head, *lines = (row for row in sheet.iter_rows(values_only=True) if row[0])
    workbook = {row[2]: dict(zip(head, row, strict=True)) for row in lines if row[2] in rows}
    assert word == pdf
    assert set(word) == set(rows)
    assert set(workbook) == set(rows)
    for code, row in rows.items():
        assert_same(row, workbook[code], word[code])


def assert_same(row, line, cells):
    value, parts, coverage = cells[5], cells[6], cells[7]
    for name, written in (("value", "Giá trị"), ("numerator", "Tử số"), ("denominator", "Mẫu số")):
        expected = None if row[name] is None else Decimal(row[name])
        found = None if line[written] is None else Decimal(str(line[written]))
        assert found == expected, (row["target"], name)
    if row["type"] == "M":
        return
    if row["value"] is None:
        assert figure(value) is None
    else:
        assert_rounded(value, row["value"])
    if row["denominator"] is not None:
        numerator, _, denominator = parts.partition("/")
        assert_rounded(numerator, row["numerator"])
        assert_rounded(denominator, row["denominator"])
    if row["units_expected"] > 1 and row["verdict"] != "judged_by_hand":
        assert coverage == f"{row['units_reported']}/{row['units_expected']}"


def assert_rounded(text, exact):
    """What people read is the exact figure rounded at the last decimal that is shown."""
    shown = figure(text)
    assert abs(shown - Decimal(exact)) <= Decimal(1).scaleb(shown.as_tuple().exponent) / 2, (text, exact)

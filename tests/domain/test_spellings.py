"""Every spelling that offices use, for every kind of element and every column: taken, asked or refused, never guessed.

In the tables ``= 1.234`` is taken as that, ``? 0 | KPS`` is asked with exactly these readings, ``! code`` is refused with
that code, and a single dot is a blank. Readings are written as the grid shows them.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.columns import FieldReading, SheetColumn, format_column, parse_column
from desktop_app.domain.entities import Element, ElementKind, Measure, PeriodKind
from desktop_app.domain.values import LARGEST_AMOUNT, Answer, CellReading, Outcome, figure_of, format_answer, parse_cell
from desktop_app.text.catalogue import Catalogue, Language

VI, EN = Catalogue(Language.VI), Catalogue(Language.EN)


def element(kind: ElementKind, unit: str = "", places: int = 0, scale_vnd: int | None = None) -> Element:
    return Element(
        code="HT01a",
        name="Số liệu",
        kind=kind,
        measure=Measure.STOCK,
        unit=unit,
        places=places,
        scale_vnd=scale_vnd,
        definition="…",
        period_kinds=(PeriodKind.YEAR,),
        section="HT",
    )


COUNT = element(ElementKind.COUNT, "người")
DECIMAL = element(ElementKind.DECIMAL, "điểm", 3)
PERCENT = element(ElementKind.DECIMAL, "%", 2)
MONEY = element(ElementKind.MONEY, "triệu đồng", scale_vnd=1_000_000)
DONG = element(ElementKind.MONEY, "đồng", scale_vnd=1)
YES_NO = element(ElementKind.YES_NO)
DAY = element(ElementKind.DAY)
FIGURES = (COUNT, DECIMAL, PERCENT, MONEY, DONG)
OTHERS = (YES_NO, DAY)

ROWS = """
text                  | count           | decimal          | percent         | money            | đồng
1234                  | = 1.234         | = 1.234          | = 1.234         | = 1.234          | = 1.234
1.234,5               | ! not_whole     | = 1.234,5        | = 1.234,5       | = 1.234,5        | ! money_below_dong
1234,5                | ! not_whole     | = 1.234,5        | = 1.234,5       | = 1.234,5        | ! money_below_dong
1,234.5               | ! not_whole     | = 1.234,5        | = 1.234,5       | = 1.234,5        | ! money_below_dong
1 234,5               | ! not_whole     | = 1.234,5        | = 1.234,5       | = 1.234,5        | ! money_below_dong
1 234                 | = 1.234         | = 1.234          | = 1.234         | = 1.234          | = 1.234
1'234                 | = 1.234         | = 1.234          | = 1.234         | = 1.234          | = 1.234
1’234                 | = 1.234         | = 1.234          | = 1.234         | = 1.234          | = 1.234
'25                   | = 25            | = 25             | = 25            | = 25             | = 25
1.234                 | = 1.234         | ? 1.234 ; 1,234  | ? 1.234         | ? 1.234 ; 1,234  | = 1.234
1,234                 | = 1.234         | ? 1,234 ; 1.234  | ? 1.234         | ? 1,234 ; 1.234  | = 1.234
5,000                 | ? 5 ; 5.000     | ? 5 ; 5.000      | ? 5 ; 5.000     | ? 5 ; 5.000      | ? 5 ; 5.000
1.234.567             | = 1.234.567     | = 1.234.567      | = 1.234.567     | = 1.234.567      | = 1.234.567
1,234,567             | = 1.234.567     | = 1.234.567      | = 1.234.567     | = 1.234.567      | = 1.234.567
85.5                  | ! not_whole     | = 85,5           | = 85,5          | = 85,5           | ! money_below_dong
85,5                  | ! not_whole     | = 85,5           | = 85,5          | = 85,5           | ! money_below_dong
0                     | = 0             | = 0              | = 0             | = 0              | = 0
007                   | = 7             | = 7              | = 7             | = 7              | = 7
0,000                 | = 0             | = 0              | = 0             | = 0              | = 0
0,85                  | ! not_whole     | = 0,85           | ? 0,85 ; 85     | = 0,85           | ! money_below_dong
1                     | = 1             | = 1              | ? 1 ; 100       | = 1              | = 1
12%                   | ! percent_sign  | ! percent_sign   | = 12            | ! percent_sign   | ! percent_sign
85 %                  | ! percent_sign  | ! percent_sign   | = 85            | ! percent_sign   | ! percent_sign
８５％                | ! percent_sign  | ! percent_sign   | = 85            | ! percent_sign   | ! percent_sign
１２                  | = 12            | = 12             | = 12            | = 12             | = 12
-5                    | ! negative      | = -5             | = -5            | ! negative       | ! negative
−5                    | ! negative      | = -5             | = -5            | ! negative       | ! negative
(1.234)               | ? 1.234         | ? 1.234 ; 1,234 ; -1.234 ; -1,234 | ? 1.234 ; -1.234 | ? 1.234 ; 1,234 | ? 1.234
(12,5)                | ! not_whole     | ? 12,5 ; -12,5   | ? 12,5 ; -12,5  | ? 12,5           | ! money_below_dong
mười hai              | ! unreadable    | ! unreadable     | ! unreadable    | ! unreadable     | ! unreadable
khoảng 120            | ? 120           | ? 120            | ? 120           | ? 120            | ? 120
Ước đạt: 120          | ? 120           | ? 120            | ? 120           | ? 120            | ? 120
~50                   | ? 50            | ? 50             | ? 50            | ? 50             | ? 50
120 (ước)             | ? 120           | ? 120            | ? 120           | ? 120            | ? 120
120 tạm tính          | ? 120           | ? 120            | ? 120           | ? 120            | ? 120
khoảng 1.234          | ? 1.234         | ? 1.234 ; 1,234  | ? 1.234         | ? 1.234 ; 1,234  | ? 1.234
trên 100              | ! is_bound      | ! is_bound       | ! is_bound      | ! is_bound       | ! is_bound
≥ 100                 | ! is_bound      | ! is_bound       | ! is_bound      | ! is_bound       | ! is_bound
100 trở lên           | ! is_bound      | ! is_bound       | ! is_bound      | ! is_bound       | ! is_bound
100+                  | ! is_bound      | ! is_bound       | ! is_bound      | ! is_bound       | ! is_bound
10-12                 | ! is_range      | ! is_range       | ! is_range      | ! is_range       | ! is_range
từ 10 đến 12          | ! is_range      | ! is_range       | ! is_range      | ! is_range       | ! is_range
5/7                   | ! is_pair       | ! is_pair        | ! is_pair       | ! is_pair        | ! is_pair
5/7/2016              | ! is_day        | ! is_day         | ! is_day        | ! is_day         | ! is_day
120 người             | = 120           | ! unreadable     | ! unreadable    | ! unreadable     | ! unreadable
120 máy               | ! unreadable    | ! unreadable     | ! unreadable    | ! unreadable     | ! unreadable
1,7 tỷ đồng           | ! unreadable    | ! unreadable     | ! unreadable    | = 1.700          | = 1.700.000.000
500.000 đ             | ! unreadable    | ! unreadable     | ! unreadable    | = 0,5            | = 500.000
500.000 ₫             | ! unreadable    | ! unreadable     | ! unreadable    | = 0,5            | = 500.000
25?                   | ! unreadable    | ! unreadable     | ! unreadable    | ! unreadable     | ! unreadable
25? người             | ! unreadable    | ! unreadable     | ! unreadable    | ! unreadable     | ! unreadable
KPS?                  | ! unreadable    | ! unreadable     | ! unreadable    | ! unreadable     | ! unreadable
1E+05                 | ! unreadable    | ! unreadable     | ! unreadable    | ! unreadable     | ! unreadable
1 2                   | ! unreadable    | ! unreadable     | ! unreadable    | ! unreadable     | ! unreadable
120.                  | ! unreadable    | ! unreadable     | ! unreadable    | ! unreadable     | ! unreadable
١٢                    | ! unreadable    | ! unreadable     | ! unreadable    | ! unreadable     | ! unreadable
5²                    | ! unreadable    | ! unreadable     | ! unreadable    | ! unreadable     | ! unreadable
#DIV/0!               | ! cell_error    | ! cell_error     | ! cell_error    | ! cell_error     | ! cell_error
Err:502               | ! cell_error    | ! cell_error     | ! cell_error    | ! cell_error     | ! cell_error
100000000000000000    | ! too_large     | ! too_large      | ! too_large     | ! too_large      | ! too_large
(100000000000000000)  | ! too_large     | ! too_large      | ! too_large     | ! too_large      | ! too_large
-                     | ? 0 ; KPS       | ? 0 ; KPS        | ? 0 ; KPS       | ? 0 ; KPS        | ? 0 ; KPS
X                     | ? 0 ; KPS       | ? 0 ; KPS        | ? 0 ; KPS       | ? 0 ; KPS        | ? 0 ; KPS
…                     | ? 0 ; KPS       | ? 0 ; KPS        | ? 0 ; KPS       | ? 0 ; KPS        | ? 0 ; KPS
KHÔNG                 | ? 0 ; KPS       | ? 0 ; KPS        | ? 0 ; KPS       | ? 0 ; KPS        | ? 0 ; KPS
Chưa phát sinh        | ? 0 ; KPS       | ? 0 ; KPS        | ? 0 ; KPS       | ? 0 ; KPS        | ? 0 ; KPS
Không phát sinh       | = KPS           | = KPS            | = KPS           | = KPS            | = KPS
KHÔNG PHÁT SINH       | = KPS           | = KPS            | = KPS           | = KPS            | = KPS
khong phat sinh       | = KPS           | = KPS            | = KPS           | = KPS            | = KPS
k.p.s.                | = KPS           | = KPS            | = KPS           | = KPS            | = KPS
KPS                   | = KPS           | = KPS            | = KPS           | = KPS            | = KPS
ko phát sinh          | = KPS           | = KPS            | = KPS           | = KPS            | = KPS
"""
"""Figures; ``KPS`` stands for "không phát sinh"."""

OTHER_ROWS = """
text                  | yes_no          | day
x                     | = có            | ? KPS
Có                    | = có            | ! day
co                    | = có            | ! day
✔️                    | = có            | ! day
1                     | = có            | ! day
không                 | = không         | ? KPS
0                     | = không         | ! day
-1                    | ! yes_no        | ! day
1%                    | ! yes_no        | ! day
có?                   | ! yes_no        | ! day
2                     | ! yes_no        | ! day
chưa                  | ! yes_no        | ! day
-                     | ? không ; KPS   | ? KPS
chưa có               | ? không ; KPS   | ? KPS
KPS                   | = KPS           | = KPS
27/8/2010             | ! yes_no        | = 27/08/2010
05/3/2020             | ! yes_no        | = 05/03/2020
27.8.2010             | ! yes_no        | = 27/08/2010
27-08-2010            | ! yes_no        | = 27/08/2010
2010-08-27            | ! yes_no        | = 27/08/2010
27/8/2010 00:00:00    | ! yes_no        | = 27/08/2010
ngày 27/8/2010        | ! yes_no        | = 27/08/2010
ngày 05 tháng 01 năm 2026 | ! yes_no    | = 05/01/2026
Ngày 5 tháng 1 năm 2026.  | ! yes_no    | = 05/01/2026
27/8/10               | ! yes_no        | ? 27/08/2010
12/31/2016            | ! yes_no        | ! day
31/02/2016            | ! yes_no        | ! day
quý IV/2018           | ! yes_no        | ! day
tháng 10/2018         | ! yes_no        | ! day
2018                  | ! yes_no        | ! day
10/2018               | ! yes_no        | ! day
43100                 | ! yes_no        | ! day
٢٧/٨/٢٠١٠             | ! yes_no        | ! day
hết năm 2017          | ! yes_no        | ! day
#N/A                  | ! cell_error    | ! cell_error
"""

COLUMN_ROWS = """
text          | deployment_status | task_status  | since        | users          | percent      | disbursed
đang sử dụng  | = đang sử dụng    | ! status     | ! day        | ! unreadable   | ! unreadable | ! unreadable
ĐANG SỬ DỤNG  | = đang sử dụng    | ! status     | ! day        | ! unreadable   | ! unreadable | ! unreadable
dang su dung  | = đang sử dụng    | ! status     | ! day        | ! unreadable   | ! unreadable | ! unreadable
đang sử dụng? | ! status          | ! status     | ! day        | ! unreadable   | ! unreadable | ! unreadable
Hoàn thành.   | ! status          | = hoàn thành | ! day        | ! unreadable   | ! unreadable | ! unreadable
hòan thành    | ! status          | = hoàn thành | ! day        | ! unreadable   | ! unreadable | ! unreadable
x             | ! status          | ! status     | ! day        | ? 0 ; –        | ? 0 ; –      | ? 0 ; –
-             | .                 | .            | .            | ? 0 ; –        | ? 0 ; –      | ? 0 ; –
KPS           | ! status          | ! status     | .            | ? 0 ; –        | ? 0 ; –      | ? 0 ; –
27/8/10       | ! status          | ! status     | ? 27/08/2010 | ! is_day       | ! is_day     | ! is_day
27/8/2010     | ! status          | ! status     | = 27/08/2010 | ! is_day       | ! is_day     | ! is_day
1.234         | ! status          | ! status     | ! day        | = 1.234        | ! percent    | ? 1.234 ; 1,234
25 người      | ! status          | ! status     | ! day        | = 25           | ! unreadable | ! unreadable
85%           | ! status          | ! status     | ! day        | ! percent_sign | = 85         | ! percent_sign
khoảng 20     | ! status          | ! status     | ! day        | ? 20           | ? 20         | ? 20
0,5           | ! status          | ! status     | ! day        | ! not_whole    | ? 50         | = 0,5
(20)          | ! status          | ! status     | ! day        | ? 20           | ? 20         | ? 20
101           | ! status          | ! status     | ! day        | = 101          | ! percent    | = 101
10-12         | ! status          | ! status     | ! day        | ! is_range     | ! is_range   | ! is_range
"""

CODES = {
    "day": "cell_day_unreadable",
    "yes_no": "cell_yes_no_unreadable",
    "status": "status_unknown",
    "percent": "percent_out_of_range",
}


def rows(table: str) -> list[tuple[str, ...]]:
    """Return the rows of a table without its heading."""
    return [tuple(cell.strip() for cell in line.split(" | ")) for line in table.strip().splitlines()[1:]]


def told(element: Element, reading: CellReading) -> str:
    """Write a reading as the tables do."""
    if reading.issue is not None and reading.outcome is Outcome.INVALID:
        return f"! {reading.issue.code}"
    shown = [format_answer(element, answer) for answer in reading.readings or (reading.answer,)]
    text = " ; ".join(item.replace("không phát sinh", "KPS") for item in shown)
    return f"{'?' if reading.outcome is Outcome.QUESTION else '='} {text}"


def told_of_column(column: SheetColumn, reading: FieldReading) -> str:
    if reading.outcome is Outcome.BLANK:
        return "."
    if reading.issue is not None and reading.outcome is Outcome.INVALID:
        return f"! {reading.issue.code}"
    shown = [format_column(column, value) or "–" for value in reading.readings or (reading.value,)]
    return f"{'?' if reading.outcome is Outcome.QUESTION else '='} {' ; '.join(shown)}"


def meant(cell: str) -> str:
    """Write out a code of a table."""
    if not cell.startswith("! "):
        return cell
    code = cell[2:]
    known = code if code.startswith(("cell_", "money_")) else f"figure_{code}"
    return f"! {CODES.get(code, known)}"


@pytest.mark.parametrize("row", rows(ROWS), ids=lambda row: row[0])
def test_figures(row):
    text, *cells = row
    assert [told(what, parse_cell(text, "", what)) for what in FIGURES] == [meant(cell) for cell in cells]


@pytest.mark.parametrize("row", rows(OTHER_ROWS), ids=lambda row: row[0])
def test_days_and_yes_or_no(row):
    text, *cells = row
    assert [told(what, parse_cell(text, "", what)) for what in OTHERS] == [meant(cell) for cell in cells]


@pytest.mark.parametrize("row", rows(COLUMN_ROWS), ids=lambda row: row[0])
def test_columns_of_systems_and_tasks(row):
    text, *cells = row
    columns = [column for column in SheetColumn if column is not SheetColumn.NOTE]
    names = COLUMN_ROWS.strip().splitlines()[0].split("|")[1:]
    by_name = {column.value: column for column in columns}
    order = [by_name[name.strip()] for name in names]
    found = [told_of_column(column, parse_column(text, "", column)) for column in order]
    assert found == [meant(cell) for cell in cells]


SPELLINGS = [row[0] for table in (ROWS, OTHER_ROWS, COLUMN_ROWS) for row in rows(table)]
EVERY = (*FIGURES, *OTHERS, element(ElementKind.TEXT))
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u00ad\u2060\ufeff\u202a\u202c\u202d\u2066\u2069\u061c\u034f\u2063\ufe0f"
SIGNS = st.tuples(st.integers(0, 40), st.sampled_from(INVISIBLE))
SPACES = "\u00a0\u202f\u2009\u2007\u3000\u2003"


@pytest.mark.parametrize("what", EVERY, ids=lambda what: what.kind + what.unit)
@given(
    st.sampled_from(SPELLINGS), st.lists(st.tuples(st.integers(0, 40), st.sampled_from(INVISIBLE)), min_size=1, max_size=5)
)
def test_signs_that_nobody_sees_change_nothing(what, text, signs):
    bare = text.translate(dict.fromkeys(map(ord, INVISIBLE)))
    marked = bare
    for at, sign in signs:
        marked = marked[:at] + sign + marked[at:]
    assert parse_cell(marked, "", what) == parse_cell(bare, "", what)
    for column in SheetColumn:
        assert parse_column(marked, "", column) == parse_column(bare, "", column)


@given(st.sampled_from(SPELLINGS), st.sampled_from(EVERY), st.sampled_from(SPACES), st.sampled_from(["NFC", "NFD"]))
def test_odd_spaces_and_decomposed_letters_change_nothing(text, what, space, form):
    spelled = unicodedata.normalize(form, text).replace(" ", space)
    assert parse_cell(space + spelled, "", what) == parse_cell(text, "", what)


@given(st.text(), st.sampled_from(EVERY), st.booleans())
def test_any_text_has_one_of_four_outcomes(text, what, own_form):
    reading = parse_cell(text, "", what, own_form=own_form)
    assert (reading.answer is not None) == (reading.outcome in {Outcome.VALUE, Outcome.BLANK})
    assert bool(reading.readings) == (reading.outcome is Outcome.QUESTION)
    assert (reading.issue is None) == (reading.outcome in {Outcome.VALUE, Outcome.BLANK})
    for column in SheetColumn:
        field = parse_column(text, "", column, own_form=own_form)
        assert (field.issue is None) == (field.outcome in {Outcome.VALUE, Outcome.BLANK})
        assert bool(field.readings) == (field.outcome is Outcome.QUESTION)


# -- the readings that are possible at all, worked out the plain way ---------------------------------------------------

MARKS = "., '"


def possible(text: str) -> set[Decimal]:
    """Return every number that a text of digits and marks can be, by trying every way to read it."""
    body = text.removesuffix("%").strip()
    sign = Decimal(-1) if body.startswith("-") else Decimal(1)
    body = body.removeprefix("-").strip()
    found = set()
    for decimal in (None, ".", ","):
        for thousands in (None, *MARKS):
            if decimal is not None and (decimal == thousands or body.count(decimal) != 1):
                continue
            whole, _mark, fraction = body.partition(decimal) if decimal else (body, "", "0")
            groups = whole.split(thousands) if thousands else [whole]
            is_grouped = thousands is None or (
                len(groups) > 1
                and 1 <= len(groups[0]) <= 3
                and groups[0][0] != "0"
                and all(len(group) == 3 for group in groups[1:])
            )
            if is_grouped and all(re.fullmatch("[0-9]+", part) for part in (*groups, fraction)):
                found.add(sign * Decimal("".join(groups) + "." + fraction))
    return found


def fits(number: Decimal, what: Element) -> bool:
    amount = number.scaleb(what.places) if what.kind is ElementKind.DECIMAL else number * (what.scale_vnd or 1)
    return amount == int(amount) and abs(amount) <= LARGEST_AMOUNT and (amount >= 0 or what.kind is ElementKind.DECIMAL)


def figures_of(what: Element, answers: tuple[Answer, ...]) -> set[Decimal]:
    return {found for answer in answers if (found := figure_of(what, answer)) is not None}


@st.composite
def written(draw: st.DrawFn) -> str:
    """A number with marks somewhere, often where they belong."""
    groups = [draw(st.integers(0, 999).map(str)), *draw(st.lists(st.integers(0, 999).map("{:03d}".format), max_size=3))]
    text = draw(st.sampled_from(MARKS)).join(groups)
    if draw(st.booleans()):
        text += draw(st.sampled_from(".,")) + draw(st.text("0123456789", min_size=1, max_size=4))
    return draw(st.sampled_from(["", "", "-"])) + text


@given(written(), st.sampled_from(FIGURES))
def test_no_reading_is_impossible_and_none_is_left_out(text, what):
    ways = possible(text)
    reading = parse_cell(text, "", what)
    answers = reading.readings or ((reading.answer,) if reading.answer else ())
    found = figures_of(what, answers)
    hundredfold = {way * 100 for way in ways if what is PERCENT and 0 < way <= 1}
    assert found <= ways | hundredfold
    fitting = {way for way in ways | hundredfold if fits(way, what)}
    if reading.outcome is Outcome.QUESTION:
        assert found == fitting
    elif reading.outcome is Outcome.VALUE and found != fitting:
        # one rule chooses: a whole number with Vietnamese thousands ("5.000") is not 5 for whatever is counted
        assert what in {COUNT, DONG}
        assert re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3})+", text)
        assert found == {max(fitting)}
    elif reading.outcome is Outcome.INVALID:
        assert not fitting


@given(
    st.integers(0, 10**9), st.integers(0, 3), st.sampled_from([(".", ","), (",", "."), (" ", ","), ("", ","), ("'", ".")])
)
def test_every_way_to_write_a_number_is_among_the_readings(amount, places, marks):
    number = Decimal(amount).scaleb(-places)
    whole, _, fraction = f"{number:,f}".partition(".")
    text = whole.replace(",", marks[0]) + (marks[1] + fraction if fraction else "")
    reading = parse_cell(text, "", DECIMAL)
    assert number in figures_of(DECIMAL, reading.readings or (reading.answer,))


@given(st.sampled_from(SPELLINGS), st.sampled_from(EVERY))
def test_a_question_is_answered_by_what_it_shows(text, what):
    for answer in parse_cell(text, "", what).readings:
        assert parse_cell(format_answer(what, answer), "", what, own_form=True).answer == answer


@pytest.mark.parametrize("what", [COUNT, DECIMAL, MONEY, DONG], ids=lambda what: what.kind + what.unit)
@pytest.mark.parametrize(("number", "typed"), [(1, "100%"), (0.12, "12%"), (1.5, "150%")])
def test_a_cell_that_shows_per_cent_is_no_number(what, number, typed):
    """A cell that shows 100% holds 1; as a count it would be one person."""
    issue = parse_cell(number, "0%", what).issue
    assert issue.code == "figure_percent_sign"
    assert typed in issue.text(VI)
    assert parse_cell(0, "0%", what).outcome is Outcome.VALUE


def test_sentences_say_what_to_do():
    for text, what, shown in (
        ("khoảng 120", COUNT, "120"),
        ("10-12", COUNT, "10-12"),
        ("(5)", DECIMAL, "(5)"),
        ("27/8/10", DAY, "27/08/2010"),
        ("5/7/2016", COUNT, "05/07/2016"),
    ):
        issue = parse_cell(text, "", what).issue
        assert shown in issue.text(VI)
        assert issue.text(VI) != issue.text(EN)


def test_a_day_with_a_short_year_is_taken_where_it_is_shown_at_once():
    assert parse_cell("27/8/10", "", DAY, own_form=True).answer.text == date(2010, 8, 27).isoformat()


def test_a_bare_number_counts_days_as_its_workbook_does():
    assert parse_cell(43100, "General", DAY).answer.text == "2017-12-31"
    assert parse_cell(43100, "[1904]General", DAY).answer.text == "2022-01-01"
    assert parse_cell(43100, "[1904]General", COUNT).answer.amount == 43_100
    assert parse_cell(1, "[1904]", DAY).outcome is Outcome.INVALID


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(2201, 1, 1), date(9999, 12, 31)])
def test_a_day_that_no_office_means_is_refused_in_whatever_way_it_is_held(day):
    assert parse_cell(day, "dd/mm/yyyy", DAY).issue.code == "cell_day_unreadable"
    assert parse_column(day, "dd/mm/yyyy", SheetColumn.SINCE).issue.code == "cell_day_unreadable"
    assert parse_cell(day.isoformat(), "", DAY).issue.code == "cell_day_unreadable"

"""The rows of a review: what belongs to which filter, in which order, and what is asked alike; without a window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain.entities import Unit, UnitKind, UnitLevel, ValueState
from desktop_app.domain.issues import Issue, Place
from desktop_app.domain.merge import Merge, Policy
from desktop_app.domain.values import Answer
from desktop_app.services.cells import FIGURE, CellKey
from desktop_app.services.collecting import CollectionPlan, FilePlan
from desktop_app.services.collecting.deciding import Decisions
from desktop_app.services.collecting.merging import CellChange, MergedForm
from desktop_app.text.catalogue import Catalogue, Language
from desktop_app.ui.collecting.review import ALL, Kind, Review, ReviewRow, Section, Wanted
from desktop_app.ui.collecting.review_lines import ReviewLines

SHEET = "Số liệu"
FIVE, SIX = Answer(ValueState.VALUE, 5), Answer(ValueState.VALUE, 6)
ZERO, NOTHING = Answer(ValueState.VALUE, 0), Answer(ValueState.NOT_APPLICABLE)


def unit(code: str, name: str, number: int) -> Unit:
    return Unit(id=number, code=code, name=name, kind=UnitKind.DEPARTMENT, level=UnitLevel.PROVINCE, order_number=number)


def change(code: str, cell: str, kind: Merge = Merge.NEW, **facts: object) -> CellChange:
    plain = CellChange(CellKey(FIGURE, code, "value"), SHEET, cell, kind, None, FIVE, None, FIVE, False, (), "")
    return plain._replace(**facts)  # type: ignore[arg-type]


def dash(code: str, cell: str, typed: str = "-") -> tuple[CellChange, Issue]:
    asked = change(code, cell, Merge.INVALID, returned=None, after=None, asked=True, readings=(ZERO, NOTHING))
    return asked, Issue("figure_ambiguous", {"typed": typed, "first": "0", "second": "KPS"}, Place("", SHEET, cell))


def conflict(code: str, cell: str) -> tuple[CellChange, Issue]:
    asked = change(code, cell, Merge.CONFLICT, before=SIX, after=SIX, asked=True)
    issue = Issue("cell_conflict", {"code": code, "returned": "5", "current": "6", "base": "–"}, Place("", SHEET, cell))
    return asked, issue


def said(code: str, cell: str = "", /, **params: object) -> Issue:
    return Issue(code, params, Place("", SHEET if cell else "", cell))  # type: ignore[arg-type]


def file(
    name: str, whose: Unit | None, changes: list[CellChange], issues: list[Issue], *, refused: bool = False
) -> FilePlan:
    merged = None if refused else MergedForm(changes=changes)
    return FilePlan(name, name, b"", unit=whose, refused=refused, merged=merged, issues=tuple(issues))


SXD, STC = unit("SXD", "Sở Xây dựng", 1), unit("STC", "Sở Tài chính", 2)


@pytest.fixture
def review() -> Review:
    """Four files: one in order, one with questions, one with a warning and a cell that cannot be read, one refused."""
    asked = [dash("HT01b", "E4"), conflict("HT01a", "E3"), dash("NB06a", "E9"), dash("NB06b", "E10", "…")]
    unread = change("HT01a", "E3", Merge.INVALID, returned=None, after=None, asked=True)
    warned = change("HT01b", "E4", Merge.CHANGED, before=SIX)
    plan = CollectionPlan(
        Policy.NONBLANK,
        (
            file("về/STC_a.xlsx", STC, [change("HT01a", "E3"), change("HT01b", "E4", Merge.CHANGED, before=SIX)], []),
            file("về/SXD_b.xlsx", SXD, [item for item, _ in asked], [issue for _, issue in asked]),
            file(
                "về/STC_c.xlsx",
                STC,
                [warned, unread],
                [
                    said("cell_overwritten", "E4", code="HT01b", current="6", base="–", returned="5"),
                    said("legacy_font_read", "E4", font=".VnTime", was="Së", read="Sở"),
                    said("cell_error", "E3", typed="#REF!"),
                    said("form_partly_blank", blank=3, count=9),
                ],
            ),
            file("về/lạ.xlsx", None, [], [said("file_damaged")], refused=True),
        ),
        (),
        "d",
        0,
    )
    return Review(plan)


def rows(review: Review, wanted: Wanted, decisions: Decisions | None = None) -> list[str]:
    entries = review.show(wanted, decisions or {}).entries
    return [told(review, entry) for entry in entries if isinstance(entry, ReviewRow)]


def told(review: Review, row: ReviewRow) -> str:
    name = Path(review.item(row).name).stem
    return f"{name} {row.change.key.code if row.change else row.issues[0].code}"


class TestOrder:
    def test_what_needs_a_person_comes_first(self, review: Review) -> None:
        assert rows(review, Wanted()) == [
            "SXD_b HT01b",
            "SXD_b HT01a",
            "SXD_b NB06a",
            "SXD_b NB06b",
            "STC_c HT01a",
            "STC_c HT01b",
            "STC_c form_partly_blank",
            "lạ file_damaged",
            "STC_a HT01b",
            "STC_a HT01a",
        ]

    def test_every_file_has_one_heading_that_counts_its_rows(self, review: Review) -> None:
        entries = review.show(Wanted(), {}).entries
        sections = [entry for entry in entries if isinstance(entry, Section)]
        assert [(section.file, section.rows) for section in sections] == [(1, 4), (2, 3), (3, 1), (0, 2)]


class TestFilters:
    @pytest.mark.parametrize(
        ("kind", "found"),
        [
            (Kind.DECIDE, ["SXD_b HT01b", "SXD_b HT01a", "SXD_b NB06a", "SXD_b NB06b"]),
            (Kind.NOT_TAKEN, ["STC_c HT01a"]),
            (Kind.REFUSED, ["lạ file_damaged"]),
            (Kind.CONFLICT, ["SXD_b HT01a"]),
            (Kind.WARNING, ["STC_c HT01b"]),
            (Kind.LEGACY, ["STC_c HT01b"]),
            (Kind.CHANGED, ["STC_c HT01b", "STC_a HT01b"]),
            (Kind.NEW, ["STC_a HT01a"]),
            (Kind.CLEARED, []),
            (Kind.DECIDED, []),
        ],
    )
    def test_a_row_belongs_to_each_kind_that_it_is(self, review: Review, kind: Kind, found: list[str]) -> None:
        assert rows(review, Wanted(kind=kind)) == found
        assert review.show(Wanted(), {}).counts[kind] == len(found)

    def test_the_counts_follow_the_other_filters(self, review: Review) -> None:
        counts = review.show(Wanted(kind=Kind.NEW, unit="STC"), {}).counts
        assert (counts[ALL], counts[Kind.CHANGED], counts[Kind.DECIDE]) == (5, 2, 0)

    def test_one_file_can_be_looked_at_alone(self, review: Review) -> None:
        assert rows(review, Wanted(file="về/lạ.xlsx")) == ["lạ file_damaged"]

    @pytest.mark.parametrize(
        ("words", "count"),
        [("so xay dung", 4), ("XÂY ht01", 2), ("e9", 1), ("stc_c ht01b", 2), ("sxd stc", 0), ("  ", 10), ("so lieu", 8)],
    )
    def test_every_word_is_found_however_it_is_typed(self, review: Review, words: str, count: int) -> None:
        assert len(rows(review, Wanted(words=words))) == count


class TestDecisions:
    KEY = CellKey(FIGURE, "HT01b", "value")

    def test_a_decided_row_is_no_longer_to_be_decided(self, review: Review) -> None:
        decisions: Decisions = {"về/SXD_b.xlsx": {self.KEY: ZERO}}
        assert "SXD_b HT01b" not in rows(review, Wanted(kind=Kind.DECIDE), decisions)
        assert rows(review, Wanted(kind=Kind.DECIDED), decisions) == ["SXD_b HT01b"]
        assert len(review.undecided(decisions)) == 3

    def test_a_decision_about_another_file_changes_nothing(self, review: Review) -> None:
        assert len(review.undecided({"về/STC_a.xlsx": {self.KEY: ZERO}})) == 4

    def test_a_cell_for_which_something_was_typed_is_taken(self, review: Review) -> None:
        decisions: Decisions = {"về/STC_c.xlsx": {CellKey(FIGURE, "HT01a", "value"): FIVE}}
        assert rows(review, Wanted(kind=Kind.NOT_TAKEN), decisions) == []

    def test_questions_are_alike_when_the_same_was_typed(self, review: Review) -> None:
        first = review.asked[0]
        assert [told(review, row) for row in review.alike(first, {})] == ["SXD_b HT01b", "SXD_b NB06a"]
        decided: Decisions = {"về/SXD_b.xlsx": {CellKey(FIGURE, "NB06a", "value"): ZERO}}
        assert [told(review, row) for row in review.alike(first, decided)] == ["SXD_b HT01b"]

    def test_conflicts_are_alike_whatever_the_figures(self, review: Review) -> None:
        item = review.plan.files[1]
        more, issue = conflict("DV09a", "E12")
        assert item.merged is not None
        merged = MergedForm(changes=[*item.merged.changes, more])
        plan = replace(review.plan, files=(replace(item, merged=merged, issues=(*item.issues, issue)),))
        longer = Review(plan)
        row = next(row for row in longer.asked if row.change is not None and row.change.key.code == "HT01a")
        assert [told(longer, other) for other in longer.alike(row, {})] == ["SXD_b HT01a", "SXD_b DV09a"]

    def test_text_in_an_old_font_is_alike_only_where_it_is_the_same_text(self, review: Review) -> None:
        """The first reading of another text is another answer, even where the shown beginning is the same."""

        def noted(code: str, cell: str, was: str, *readings: str) -> tuple[CellChange, Issue]:
            asked = change(code, cell, Merge.INVALID, returned=None, after=None, asked=True, readings=readings)
            asked = asked._replace(key=CellKey(FIGURE, code, "note"))
            return asked, said("legacy_text_asked", cell, font="", was=was, first=readings[0], second=readings[1])

        notes = [
            noted("HT01a", "F3", "ch­a", "chưa", "cha"),
            noted("HT01b", "F4", "®", "đ", "®"),
            noted("NB06a", "F9", "ch­a", "chưa", "cha"),
            noted("NB06b", "F10", "ch­a", "chưa có", "cha có"),
        ]
        item = file("a.xlsx", SXD, [asked for asked, _ in notes], [issue for _, issue in notes])
        one = Review(replace(review.plan, files=(item,)))
        assert [told(one, row) for row in one.alike(one.asked[0], {})] == ["a HT01a", "a NB06a"]

    def test_which_sheet_is_the_units_own_is_decided_for_each_file(self, review: Review) -> None:
        def sheets(name: str) -> FilePlan:
            asked = [change(code, cell, Merge.CONFLICT, asked=True) for code, cell in (("HT01a", "E3"), ("HT01b", "E4"))]
            return file(name, SXD, asked, [said("sheet_of_whom", item.cell, sheet="Tờ 2") for item in asked])

        two = Review(replace(review.plan, files=(sheets("a.xlsx"), sheets("b.xlsx"))))
        assert [told(two, row) for row in two.alike(two.asked[0], {})] == ["a HT01a", "a HT01b"]


class TestLines:
    @pytest.fixture
    def lines(self, review: Review) -> ReviewLines:
        return ReviewLines(review, review.show(Wanted(), {}).entries, {}, Catalogue(Language.EN))

    def test_a_line_is_written_when_it_is_looked_at(self, lines: ReviewLines) -> None:
        assert len(lines) == 14
        assert lines[0].section == "Sở Xây dựng   SXD_b.xlsx · 4 rows"
        assert lines[1] is lines[1]
        assert lines.sections == [0, 5, 9, 11]

    def test_text_in_an_old_font_is_shown_as_it_stands(self, review: Review, lines: ReviewLines) -> None:
        row = next(row for row in review.rows if row.kinds & Kind.LEGACY)
        assert lines[lines.row_of(row)].cells[3].text == "“Së”"

    def test_a_refused_file_says_so(self, lines: ReviewLines) -> None:
        cells = [cell.text for cell in lines[10].cells]
        assert cells[0] == "whole file"
        assert "damaged" in cells[5]
        assert cells[6] == "Refused"

    def test_a_conflict_in_a_batch_that_takes_files_as_they_are_says_what_it_replaces(self, review: Review) -> None:
        row = next(row for row in review.rows if row.kinds & Kind.WARNING)
        lines = ReviewLines(review, review.show(Wanted(), {}).entries, {}, Catalogue(Language.EN))
        assert "replaces it" in lines[lines.row_of(row)].cells[5].text

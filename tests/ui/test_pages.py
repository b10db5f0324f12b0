"""Targets, documents and history used by hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop_app.domain.entities import Value
from desktop_app.domain.indicators import Verdict
from desktop_app.services.editing import Edit, set_values
from desktop_app.services.forms import asked_units, form_content
from desktop_app.services.progress import progress
from desktop_app.ui.widgets.ledger import PADDING, SIGN

PLAN, PERIOD = "TH-2016-2020", "2017"


def go(window, name, settled):
    window.go_to(name)
    settled(window)
    return window.pages[name]


def words_of(card):
    return "\n".join(label.text() for label in card.findChildren(QLabel))


def cut_texts(ledger):
    """Return the texts of a table that do not find room in their cell."""
    bold = QFont(ledger.font())
    bold.setWeight(QFont.Weight.DemiBold)
    found = []
    for line in ledger.ledger.lines:
        for at, (column, cell) in enumerate(zip(ledger.ledger.columns, line.cells, strict=False)):
            needed = QFontMetrics(bold if cell.bold else ledger.font()).horizontalAdvance(cell.text)
            room = ledger.columnWidth(at) - 2 * PADDING - (SIGN + 6 if cell.icon else 0)
            found += [cell.text] if needed > room and not column.wrap else []
    return found


def cells(ledger, key):
    row = ledger.ledger.row_of(key)
    return [ledger.ledger.index(row, column).data() for column in range(ledger.ledger.columnCount())]


@pytest.fixture
def figures(opened):
    """Half of the documents of each unit are electronic; one unit has not answered."""
    session = opened.desk.session
    content = form_content(session, session.plan(PLAN), PERIOD)
    edits = []
    for unit in asked_units(session, content, PERIOD):
        asked = {element.code for element in content.elements_for(unit)}
        if {"NB07a", "NB07b"} <= asked and unit.code != "SYT":
            edits += [Edit(unit.code, "NB07a", PERIOD, "50"), Edit(unit.code, "NB07b", PERIOD, "100")]
    set_values(session, edits, "cli")
    opened.desk.data_changed.emit()
    return opened


class TestTargets:
    def test_the_models_are_sound(self, figures, settled):
        page = go(figures, "targets", settled)
        mode = QAbstractItemModelTester.FailureReportingMode.Fatal
        testers = [QAbstractItemModelTester(ledger.ledger, mode) for ledger in (page.list, page.units)]
        page.desk.look_at(period="2016")
        settled(figures)
        page.unfold()
        settled(figures)
        assert len(testers) == 2

    def test_a_target_says_value_verdict_and_gap(self, figures, settled):
        page = go(figures, "targets", settled)
        code, _statement, goal, value, reports, verdict, gap = cells(page.list, "CT07")
        assert (code, goal, value, verdict) == ("CT07", "≥ 100% (2020)", "50%", "Thiếu số liệu")
        assert reports == "46/47"
        assert gap == "thêm 2.300 văn bản"
        spoken = page.list.ledger.index(page.list.ledger.row_of("CT07"), 5).data(Qt.ItemDataRole.AccessibleTextRole)
        assert spoken == "Thiếu số liệu (tạm tính: chưa đến hạn)"

    def test_the_card_names_the_units_that_cause_the_gap(self, figures, settled):
        page = go(figures, "targets", settled)
        page.list.go_to(page.list.ledger.row_of("CT07"))
        settled(figures)
        words = words_of(page.card)
        assert "2.300 / 4.600 = 50%" in words
        assert "Cần thêm 2.300 văn bản" in words
        assert "1 đơn vị chưa báo cáo đủ" in words

    def test_unfolding_and_going_to_a_unit_with_the_keyboard(self, figures, settled, qtbot):
        page = go(figures, "targets", settled)
        page.list.go_to(page.list.ledger.row_of("CT07"))
        page.list.setFocus()
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settled(figures)
        assert page.units.isVisible()
        assert cut_texts(page.list) + cut_texts(page.units) == []
        assert cells(page.units, "SXD")[1:5] == ["50", "100", "50%", "50"]
        assert cells(page.units, "SYT")[5] == "Chưa báo cáo"
        page.units.go_to(page.units.ledger.row_of("SXD"))
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        settled(figures)
        assert figures.page_name == "figures"
        assert figures.desk.place.unit == "SXD"
        grid = figures.pages["figures"]
        assert grid.model.form_row(grid.view.currentIndex().row()).element.code == "NB07a"

    def test_a_unit_behind_before_the_goal_is_due_is_not_called_failed(self, figures, settled):
        page = go(figures, "targets", settled)
        page.list.go_to(page.list.ledger.row_of("CT07"))
        page.unfold()
        settled(figures)
        alone = progress(figures.desk.session, PLAN, PERIOD, "SXD").rows
        assert next(row.verdict for row in alone if row.target.code == "CT07") is Verdict.NOT_DUE
        assert cells(page.units, "SXD")[5] == "Chưa đến hạn"
        page.units.go_to(page.units.ledger.row_of("SXD"))
        assert "Chưa đến hạn" in words_of(page.unit_card)

    def test_a_milestone_is_done_or_not_and_never_a_number(self, figures, settled):
        root = figures.desk.session.root.code
        set_values(figures.desk.session, [Edit(root, "CS01a", PERIOD, "có")], "cli")
        figures.desk.data_changed.emit()
        page = go(figures, "targets", settled)
        page.list.go_to(page.list.ledger.row_of("CT01"))
        settled(figures)
        assert cells(page.list, "CT01")[2:4] == ["Hoàn thành (2020)", "đã hoàn thành"]
        assert "Đạt · Hoàn thành (2020)" in words_of(page.card)
        assert "Xem đơn vị và số liệu…" in [button.text() for button in page.card.findChildren(QPushButton)]
        page.unfold()
        settled(figures)
        assert cells(page.units, root)[3:6] == ["đã hoàn thành", "", "Đạt"]
        assert cut_texts(page.units) == []
        assert "đã hoàn thành" in words_of(page.unit_card)

    def test_escape_folds_and_the_order_can_be_changed(self, figures, settled, qtbot):
        page = go(figures, "targets", settled)
        page.list.go_to(page.list.ledger.row_of("CT07"))
        page.unfold()
        settled(figures)
        assert page.units.ledger.lines[-1].key == "SYT"
        page.order_button.click()
        settled(figures)
        assert page.units.ledger.lines[0].key == "VPUBND"
        qtbot.keyClick(page.units, Qt.Key.Key_Escape)
        assert page.list.isVisible()

    def test_a_verdict_follows_what_is_typed(self, figures, settled):
        page = go(figures, "targets", settled)
        set_values(figures.desk.session, [Edit("SYT", "NB07a", PERIOD, "1"), Edit("SYT", "NB07b", PERIOD, "1")], "cli")
        figures.desk.data_changed.emit()
        settled(figures)
        assert cells(page.list, "CT07")[4:6] == ["47/47", "Chưa đến hạn"]

    def test_the_table_can_be_copied(self, figures, settled):
        page = go(figures, "targets", settled)
        page.handlers()["copy"]()
        lines = QGuiApplication.clipboard().text().splitlines()
        assert lines[0].startswith("Mã\tChỉ tiêu\t")
        assert any(line.startswith("CT07\t") for line in lines)


def value_of(window, unit, code):
    session = window.desk.session
    return session.gateway.get(Value, PERIOD, session.element(code).id, session.unit(unit).id)


class TestDocuments:
    def test_the_plan_is_shown_as_it_will_be_printed(self, opened, settled):
        page = go(opened, "documents", settled)
        assert page.document.pageCount() > 3
        assert "Kế hoạch" in page.sentence.text()
        assert "Kiểm tra trước khi trình ký" in words_of(page.card)

    def test_the_report_asks_for_a_period(self, opened, settled):
        page = go(opened, "documents", settled)
        assert not page.pickers["period"].isVisible()
        page.kinds.picked.emit("report")
        settled(opened)
        assert page.pickers["period"].isVisible()
        assert page.document.pageCount() > 1

    @pytest.mark.parametrize("ending", [(".pdf", b"%PDF-"), (".docx", b"PK")])
    def test_files_are_written_with_the_right_ending(self, opened, settled, answers, tmp_path, ending):
        suffix, magic = ending
        page = go(opened, "documents", settled)
        answers.files = [tmp_path / "kế hoạch"]
        page.write(suffix)
        settled(opened)
        assert (tmp_path / f"kế hoạch{suffix}").read_bytes().startswith(magic)
        assert "Đã ghi" in page.strip.sentence

    def test_a_file_that_the_user_agreed_to_replace_is_replaced(self, opened, settled, answers, tmp_path):
        page = go(opened, "documents", settled)
        (tmp_path / "a.pdf").write_bytes(b"old")
        answers.files = [tmp_path / "a.pdf"]
        page.handlers()["print"]()
        settled(opened)
        assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
        assert [path.name for path in tmp_path.glob("*.pdf")] == ["a.pdf"]


class TestHistory:
    def test_any_operation_can_be_taken_back(self, opened, settled):
        session = opened.desk.session
        set_values(session, [Edit("SXD", "HT01a", PERIOD, "10", "làm tròn")], "form")
        set_values(session, [Edit("SXD", "HT01b", PERIOD, "20")], "form")
        page = go(opened, "history", settled)
        assert "HT01b" in page.list.ledger.lines[0].cells[1].text
        page.list.go_to(1)
        settled(opened)
        words = words_of(page.card)
        assert "→ 10" in words
        assert "làm tròn" in words
        page.undo_button.click()
        settled(opened)
        assert value_of(opened, "SXD", "HT01a") is None
        assert value_of(opened, "SXD", "HT01b").amount == 20
        assert "Hoàn tác" in page.list.ledger.lines[0].cells[1].text
        assert page.list.ledger.lines[2].cells[5].text == "Đã hoàn tác"

    def test_a_refusal_says_what_was_changed_since(self, opened, settled):
        session = opened.desk.session
        for typed in ("10", "11"):
            set_values(session, [Edit("SXD", "HT01a", PERIOD, typed)], "form")
        page = go(opened, "history", settled)
        page.list.go_to(1)
        settled(opened)
        page.undo_button.click()
        assert page.strip.sentence
        assert value_of(opened, "SXD", "HT01a").amount == 11

    def test_the_making_of_the_file_cannot_be_undone(self, opened, settled):
        page = go(opened, "history", settled)
        assert cut_texts(page.list) == []
        page.list.go_to(page.list.ledger.rowCount() - 1)
        settled(opened)
        assert not page.undo_button.isEnabled()
        assert "Chỉ tiêu" in words_of(page.card)

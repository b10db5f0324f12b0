"""The exchange page used by hand: issuing, dropping files, deciding their cells, taking them, rejecting one."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFont, QFontMetrics, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from desktop_app.domain.entities import Deployment, DeploymentStatus, Return, ReturnStatus, TaskReport, Value
from desktop_app.exchange.layout import FIGURES_SHEET, SYSTEMS_SHEET, TASKS_SHEET, Column
from desktop_app.exchange.writing.filling import Entry, fill
from desktop_app.services.editing import Edit, set_values
from desktop_app.services.forms import asked_units, form_content
from desktop_app.text.catalogue import Catalogue, Language
from desktop_app.ui.collecting import work
from desktop_app.ui.collecting.lines import STANDINGS
from desktop_app.ui.collecting.review import ALL, Kind
from desktop_app.ui.theme import ThemeChoice
from desktop_app.ui.widgets.ledger import PADDING, SIGN

PLAN, PERIOD = "TH-2016-2020", "2017"
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def go(window, settled):
    window.go_to("exchange")
    settled(window)
    return window.pages["exchange"]


def words_of(card):
    return "\n".join(label.text() for label in card.findChildren(QLabel))


def cut_texts(ledger):
    """Return the texts of a table that do not find room in their cell, on a line of their own."""
    bold = QFont(ledger.font())
    bold.setWeight(QFont.Weight.DemiBold)
    found = []
    for line in ledger.ledger.lines:
        for at, (column, cell) in enumerate(zip(ledger.ledger.columns, line.cells, strict=False)):
            needed = QFontMetrics(bold if cell.bold else ledger.font()).horizontalAdvance(cell.text)
            room = ledger.columnWidth(at) - 2 * PADDING - (SIGN + 6 if cell.icon else 0)
            found += [cell.text] if needed > room and not column.wrap and column.lines < 2 else []
    return found


def cells(ledger, key):
    row = ledger.ledger.row_of(key)
    return [ledger.ledger.index(row, column).data() for column in range(ledger.ledger.columnCount())]


def file_row(page, start):
    return next(row for row, line in enumerate(page.files.ledger.lines) if Path(line.key).name.startswith(start))


def cell_texts(page):
    """Return the texts of the cells that are shown, by code and field."""
    found = {}
    for line in page.cells.ledger.lines:
        if line.payload is not None and line.payload.change is not None:
            key = line.payload.change.key
            found[f"{key.code}/{key.field}"] = [cell.text for cell in line.cells]
    return found


def go_to_cell(page, name):
    lines = page.cells.ledger.lines
    keys = [line.payload.change.key if line.payload and line.payload.change else None for line in lines]
    page.cells.go_to(next(at for at, key in enumerate(keys) if key and f"{key.code}/{key.field}" == name))


def value_of(window, unit, code):
    session = window.desk.session
    return session.gateway.get(Value, PERIOD, session.element(code).id, session.unit(unit).id)


def drag(paths):
    """Return the events of files that are dragged over a widget and let go there, and what they carry."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, left, none)
    enter.ignore()
    return enter, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, left, none), data


def drop(widget, paths, settled, window):
    """Drag files over a widget and let them go; return whether they were taken."""
    enter, release, _data = drag(paths)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(widget, release)
    settled(window)
    return True


@pytest.fixture
def issued(opened, answers, settled, tmp_path):
    """Workbooks of all units, issued from the window, by the code of the unit."""
    page = go(opened, settled)
    answers.files = [tmp_path / "phát hành"]
    answers.files[0].mkdir()
    page.issue_button.click()
    settled(opened)
    return {path.name.split("_")[0]: path for path in (tmp_path / "phát hành").iterdir()}


def filled(issued, folder, typed):
    """Write returned workbooks; ``typed`` is unit → code → what was typed."""
    folder.mkdir(exist_ok=True)
    for unit, figures in typed.items():
        entries = {Entry(FIGURES_SHEET, code, Column.CURRENT): raw for code, raw in figures.items()}
        (folder / issued[unit].name).write_bytes(fill(issued[unit].read_bytes(), entries))
    return folder


@pytest.fixture
def returned(issued, tmp_path):
    """Three returned workbooks, one of them with a question and one with a word, and a file that is none."""
    typed = {"SXD": {"HT01b": 121}, "STC": {"HT01b": "-"}, "SNV": {"HT01b": "rất nhiều"}}
    back = filled(issued, tmp_path / "trả về", typed)
    (back / "lạ.xlsx").write_bytes(b"PK?")
    return back


@pytest.fixture
def read(opened, returned, settled):
    """The page with the files read."""
    page = opened.pages["exchange"]
    page.collect([returned])
    settled(opened)
    return page


class TestIssuing:
    def test_issuing_says_where_the_workbooks_are(self, opened, issued):
        page = opened.pages["exchange"]
        assert len(issued) == 48
        assert "48 biểu" in page.strip.sentence
        assert cells(page.round, "SXD")[4] in {"Đang chờ", "Quá hạn"}

    def test_changing_ones_mind_does_nothing(self, opened, settled, answers):
        page = go(opened, settled)
        answers.files = [None, None]
        answers.many = [[]]
        page.issue_button.click()
        page.folder_button.click()
        page.collect_button.click()
        assert page.round.isVisible()
        assert not opened.jobs.busy


class TestRound:
    def test_the_filters_count_the_units(self, opened, issued, read, settled):
        read.apply_button.click()
        settled(opened)
        sheet = read._round_sheet
        assert len(issued) == 48
        assert sheet.chips["received"].text().endswith("3")
        sheet.chips["received"].click()
        assert [line.key for line in read.round.ledger.lines] == ["SNV", "STC", "SXD"]
        sheet.chips["missing"].click()
        assert len(read.round.ledger.lines) == 45

    @pytest.mark.usefixtures("issued")
    def test_copying_gives_the_shown_units_with_their_contacts(self, opened, settled, qtbot):
        page = opened.pages["exchange"]
        unit = opened.desk.session.unit("SXD")
        with opened.desk.session.operation("unit.update", source="form") as operation:
            operation.save(replace(unit, contact_name="Bà Lan", contact_phone="0237 123", contact_email="lan@example.vn"))
        opened.desk.data_changed.emit()
        settled(opened)
        page._round_sheet.chips["missing"].click()
        page.round.setFocus()
        qtbot.keyClick(page.round, Qt.Key.Key_C, CONTROL)
        lines = QGuiApplication.clipboard().text().splitlines()
        assert len(lines) == 49
        assert next(line for line in lines if line.startswith("SXD\t")).endswith("Bà Lan\t0237 123\tlan@example.vn")

    @pytest.mark.usefixtures("issued")
    def test_the_late_units_are_written_to_a_file(self, opened, settled, answers, tmp_path):
        page = opened.pages["exchange"]
        answers.files = [tmp_path / "quá hạn"]
        link(page.card, "Xuất danh sách").click()
        settled(opened)
        sheet = openpyxl.load_workbook(tmp_path / "quá hạn.xlsx").worksheets[0]
        assert "SXD" in {cell.value for row in sheet.iter_rows() for cell in row}
        assert "48 đơn vị" in page.strip.sentence


def link(card, words):
    return next(button for button in card.findChildren(QPushButton) if words in button.text())


class TestRejecting:
    @pytest.fixture
    def taken(self, opened, read, settled):
        read.apply_button.click()
        settled(opened)
        read.round.go_to(read.round.ledger.row_of("SXD"))
        return read

    def reject(self, page, qtbot, reason):
        link(page.card, "Từ chối").click()
        page.rejecting.reason.insert(reason)  # keys of the test library are Latin
        qtbot.keyClick(page.rejecting.reason, Qt.Key.Key_Return)

    def test_one_return_is_rejected_with_a_reason_and_that_can_be_undone(self, opened, taken, settled, qtbot):
        self.reject(taken, qtbot, "sai kỳ báo cáo")
        settled(opened)
        assert value_of(opened, "SXD", "HT01b") is None
        (kept,) = opened.desk.session.gateway.list(Return, unit_id=opened.desk.session.unit("SXD").id)
        assert (kept.status, kept.reason) == (ReturnStatus.REJECTED, "sai kỳ báo cáo")
        assert cells(taken.round, "SXD")[4] == "Đã từ chối"
        taken.round.go_to(taken.round.ledger.row_of("SXD"))
        assert "sai kỳ báo cáo" in words_of(taken.card)
        taken.strip.answers[0].click()
        settled(opened)
        assert value_of(opened, "SXD", "HT01b").amount == 121

    def test_a_rejected_file_is_taken_again_only_when_that_is_wanted(self, opened, taken, returned, settled, qtbot):
        self.reject(taken, qtbot, "sai")
        settled(opened)
        taken.collect([returned])
        settled(opened)
        taken.files.go_to(file_row(taken, "SXD_"))
        assert "sai" in words_of(taken.card)
        assert "2 tệp bị từ chối" in taken.sentence.text()
        link(taken.card, "Vẫn nhận").click()
        settled(opened)
        assert "1 tệp bị từ chối" in taken.sentence.text()
        taken.apply_button.click()
        settled(opened)
        assert value_of(opened, "SXD", "HT01b").amount == 121

    def test_escape_leaves_the_return_as_it_is(self, opened, taken, qtbot):
        link(taken.card, "Từ chối").click()
        assert "SXD_" in taken.rejecting.sentence
        qtbot.keyClick(taken.rejecting.reason, Qt.Key.Key_Escape)
        assert taken.rejecting.isHidden()
        assert value_of(opened, "SXD", "HT01b").amount == 121

    def test_what_was_changed_since_is_kept_when_that_is_wanted(self, opened, taken, settled, qtbot):
        set_values(opened.desk.session, [Edit("SXD", "HT01b", PERIOD, "130")], "form")
        opened.desk.data_changed.emit()
        settled(opened)
        taken.round.go_to(taken.round.ledger.row_of("SXD"))
        self.reject(taken, qtbot, "sai")
        settled(opened)
        assert taken.strip.tone == "question"
        assert value_of(opened, "SXD", "HT01b").amount == 130
        taken.strip.answers[0].click()
        settled(opened)
        assert value_of(opened, "SXD", "HT01b").amount == 130
        assert cells(taken.round, "SXD")[4] == "Đã từ chối"


class TestDropping:
    def test_files_are_dropped_on_the_page(self, opened, returned, settled):
        page = opened.pages["exchange"]
        assert drop(page, [returned], settled, opened)
        assert "Đã đọc 4 tệp" in page.sentence.text()

    def test_files_dropped_on_another_page_are_collected_too(self, opened, returned, settled):
        opened.go_to("targets")
        settled(opened)
        assert drop(opened, [returned], settled, opened)
        assert opened.page_name == "exchange"
        assert "Đã đọc 4 tệp" in opened.pages["exchange"].sentence.text()

    def test_a_data_file_is_left_to_the_window(self, opened, settled, tmp_path):
        page = go(opened, settled)
        enter, _release, _data = drag([tmp_path / "khác.skh"])
        page.dragEnterEvent(enter)
        assert not enter.isAccepted()

    def test_files_dropped_later_join_the_collection(self, opened, issued, returned, settled, tmp_path):
        page = opened.pages["exchange"]
        assert drop(page, [returned / issued["STC"].name], settled, opened)
        page.cells_button.click()
        page.question.answers[0].click()
        more = filled(issued, tmp_path / "gửi sau", {"SYT": {"HT01b": 9}})
        assert drop(page, [more], settled, opened)
        assert "Đã đọc 2 tệp" in page.sentence.text()
        assert "đã chọn 1 ô" in page.sentence.text()
        page.apply_button.click()
        settled(opened)
        assert value_of(opened, "STC", "HT01b").amount == 0
        assert value_of(opened, "SYT", "HT01b").amount == 9


class TestReading:
    def test_a_collection_is_shown_before_it_is_written(self, opened, read):
        assert "Đã đọc 4 tệp" in read.sentence.text()
        assert "1 tệp bị từ chối" in read.sentence.text()
        assert value_of(opened, "SXD", "HT01b") is None
        assert opened.desk.session.gateway.list(Return) == []
        read.back_button.click()
        assert read.round.isVisible()

    def test_files_are_shown_while_others_are_still_read(self, opened, returned, settled, qtbot, monkeypatch):
        page, gate = opened.pages["exchange"], threading.Event()
        reading = work.read_files

        def held(paths, wish, session, context):
            told = context.tell

            def tell(item):
                told(item)
                if "SXD" in item.name:
                    assert gate.wait(20)

            context.tell = tell
            return reading(paths, wish, session, context)

        monkeypatch.setattr(work, "read_files", held)
        page.collect([returned])
        qtbot.waitUntil(lambda: any("SXD" in line.key for line in page.files.ledger.lines), timeout=20_000)
        assert page.stop_button.isVisible()
        assert not page.apply_button.isVisible()
        assert "/4 tệp" in page.sentence.text()
        gate.set()
        settled(opened)
        assert page.apply_button.isVisible()

    def test_escape_stops_reading_and_keeps_nothing(self, opened, returned, settled, qtbot, monkeypatch):
        page, gate = opened.pages["exchange"], threading.Event()
        reading = work.read_files

        def held(paths, wish, session, context):
            context.tell = lambda _item: gate.wait(20)
            return reading(paths, wish, session, context)

        monkeypatch.setattr(work, "read_files", held)
        page.collect([returned])
        qtbot.keyClick(page.stop_button, Qt.Key.Key_Escape)
        assert page.round.isVisible()
        assert page.plan is None
        gate.set()
        settled(opened)
        assert page.plan is None
        assert "Đã dừng" in page.strip.sentence
        assert opened.desk.session.gateway.list(Return) == []
        monkeypatch.setattr(work, "read_files", reading)
        page.collect([returned])
        settled(opened)
        assert "Đã đọc 4 tệp" in page.sentence.text()

    def test_what_arrives_after_stopping_is_not_shown(self, opened, returned, settled, monkeypatch):
        page, gate, is_read = opened.pages["exchange"], threading.Event(), threading.Event()
        reading = work.read_files

        def finished_before_it_noticed(paths, wish, session, context):
            review = reading(paths, wish, session, context)
            is_read.set()
            assert gate.wait(20)
            return review

        monkeypatch.setattr(work, "read_files", finished_before_it_noticed)
        page.collect([returned])
        assert is_read.wait(20)
        page.stop_button.click()
        gate.set()
        settled(opened)
        assert page.round.isVisible()
        assert page.plan is None

    def test_stopping_a_second_reading_keeps_the_first(self, opened, read, issued, settled, monkeypatch):
        folder = Path(read.plan.files[0].name).parent.parent
        gate, reading = threading.Event(), work.read_files

        def held(paths, wish, session, context):
            context.tell = lambda _item: gate.wait(20)
            return reading(paths, wish, session, context)

        monkeypatch.setattr(work, "read_files", held)
        read.collect([filled(issued, folder / "thêm", {"SYT": {"HT01b": 9}})])
        read.stop_button.click()
        gate.set()
        settled(opened)
        assert "Đã đọc 4 tệp" in read.sentence.text()
        assert len(read.files.ledger.lines) == 4 + 3

    def test_files_added_while_reading_are_read_together(self, opened, returned, issued, settled, tmp_path):
        page = opened.pages["exchange"]
        page.collect([returned])
        page.collect([filled(issued, tmp_path / "thêm", {"SYT": {"HT01b": 9}})])
        settled(opened)
        assert "Đã đọc 5 tệp" in page.sentence.text()
        assert page.strip.sentence == ""

    def test_a_preview_that_is_not_taken_holds_the_window_once(self, opened, read):
        assert not opened.close()
        assert "3 tệp" in read.strip.sentence
        assert "3 tệp" in opened.status.saved.text()
        read.back_button.click()
        assert opened.status.saved.text().startswith("✓")
        assert opened.close()

    def test_a_refused_file_says_why_in_the_wide_column(self, read):
        name, unit = (read.files.ledger.index(file_row(read, "lạ"), column).data() for column in (0, 1))
        assert "hỏng" in name
        assert unit == "–"

    def test_a_refused_file_named_as_issued_says_whose_it_may_be(self, opened, issued, returned, settled):
        (returned / issued["SYT"].name).write_bytes(b"PK?")
        page = opened.pages["exchange"]
        page.collect([returned])
        settled(opened)
        row = file_row(page, "SYT_")
        assert page.files.ledger.index(row, 1).data() == "Sở Y tế (theo tên tệp)"
        page.files.go_to(row)
        assert "Sở Y tế (theo tên tệp)" in words_of(page.card)

    def test_a_second_copy_is_called_so_and_names_the_first(self, opened, issued, returned, settled):
        shutil.copy(returned / issued["SXD"].name, returned / "SXD_bản sao.xlsx")
        page = opened.pages["exchange"]
        page.collect([returned])
        settled(opened)
        copy = next(item for item in page.plan.files if any(issue.code == "file_twice" for issue in item.issues))
        (other,) = [path.name for path in returned.iterdir() if path.name.startswith("SXD") and path.name not in copy.name]
        cells_of_copy = cells(page.files, copy.name)
        assert cells_of_copy[-1] == "Trùng tệp"
        assert f"“{other}”" in cells_of_copy[0]

    def test_the_next_dialog_starts_where_the_returns_lay(self, read, answers, monkeypatch):
        asked = []
        monkeypatch.setattr(answers, "folder", lambda _title, start=None: asked.append(start))
        monkeypatch.setattr(answers, "open_files", lambda _title, _pattern, start=None: asked.append(start) or [])
        returned = Path(read.plan.files[0].name).parent
        read.back_button.click()
        read.folder_button.click()
        read.collect_button.click()
        assert [start.name for start in asked] == [returned.name] * 2

    def test_the_pages_are_read_whole(self, read):
        read.show_all_cells()
        read.cells_sheet.chips[ALL].click()
        for ledger in (read.round, read.files, read.cells):
            header = ledger.horizontalHeader()
            cut = [at for at in range(header.count()) if header.sectionSize(at) < header.sectionSizeHint(at)]
            assert cut == []
            assert cut_texts(ledger) == []

    def test_who_has_sent_nothing_is_counted_for_each_round(self, opened, answers, settled, tmp_path):
        page = go(opened, settled)
        back = tmp_path / "hai kỳ"
        for period, unit in (("2017", "SXD"), ("2018", "STC")):
            opened.desk.look_at(period=period)
            settled(opened)
            answers.files = [back / period]
            answers.files[0].mkdir(parents=True)
            page.issue([unit])
            settled(opened)
        page.collect([back])
        settled(opened)
        assert "Năm 2017: 47 đơn vị chưa gửi" in page.sentence.text()
        assert "Năm 2018: 47 đơn vị chưa gửi" in page.sentence.text()


def test_the_page_opens_at_the_round_issued_last(opened, answers, settled, tmp_path):
    set_values(opened.desk.session, [Edit("SXD", "HT01b", "2016", "7")], "form")
    page = go(opened, settled)
    answers.files = [tmp_path]
    page.issue(["SXD"])
    settled(opened)
    path = opened.desk.path
    opened.close_file()
    opened.settings.places.pop(str(path), None)
    opened.open(path)
    settled(opened)
    opened.go_to("overview")
    settled(opened)
    assert opened.desk.place.period == "2016"
    page = go(opened, settled)
    assert opened.desk.place.period == PERIOD
    assert "1/48" not in page.sentence.text()
    page.pickers["period"].picked.emit("2016")
    settled(opened)
    assert opened.desk.place.period == "2016"


class TestTaking:
    def test_the_round_that_was_collected_is_shown(self, opened, returned, settled):
        page = opened.pages["exchange"]
        opened.desk.look_at(period="2018")
        settled(opened)
        page.collect([returned])
        settled(opened)
        page.apply_button.click()
        settled(opened)
        assert opened.desk.place.period == PERIOD
        assert cells(page.round, "SXD")[4] == "Đã nhận"
        assert "Ctrl+Z" in page.strip.sentence

    def test_taking_is_one_operation_that_can_be_undone(self, opened, read, settled):
        read.apply_button.click()
        settled(opened)
        assert value_of(opened, "SXD", "HT01b").amount == 121
        assert cells(read.round, "SXD")[4] == "Đã nhận"
        assert opened.desk.undo_stack.count() == 1
        assert "1 ô chưa chọn" in read.strip.sentence
        assert "Sở Tài chính (1)" in read.strip.sentence
        opened.commands.run("undo")
        settled(opened)
        assert value_of(opened, "SXD", "HT01b") is None

    def test_the_message_offers_to_undo(self, opened, read, settled):
        read.apply_button.click()
        settled(opened)
        read.strip.answers[0].click()
        settled(opened)
        assert opened.desk.session.gateway.list(Return) == []

    def test_stopping_while_taking_leaves_everything_as_it_was(self, opened, read, settled, qtbot, monkeypatch):
        gate, taking = threading.Event(), work.take

        def held(plan, decisions, session, context):
            told = context.progress

            def progress(done, total, text=""):
                assert gate.wait(20)
                told(done, total, text)

            context.progress = progress
            return taking(plan, decisions, session, context)

        monkeypatch.setattr(work, "take", held)
        read.apply_button.click()
        assert not read.sheets.isEnabled()
        qtbot.keyClick(read.stop_button, Qt.Key.Key_Escape)
        gate.set()
        settled(opened)
        assert opened.desk.session.gateway.list(Return) == []
        assert value_of(opened, "SXD", "HT01b") is None
        assert "Đã dừng" in read.strip.sentence
        assert read.files.isVisible()
        monkeypatch.setattr(work, "take", taking)
        read.apply_button.click()
        settled(opened)
        assert value_of(opened, "SXD", "HT01b").amount == 121

    def test_a_figure_entered_meanwhile_is_not_overwritten_unseen(self, opened, read, settled, qtbot):
        read.cells_button.click()
        qtbot.keyClick(read.cells, Qt.Key.Key_1, ALT)
        set_values(opened.desk.session, [Edit("SXD", "HT01b", PERIOD, "7")], "form")
        opened.go_to("figures")
        settled(opened)
        opened.go_to("exchange")
        settled(opened)
        assert not read.pickers["period"].isVisible()
        read.apply_button.click()
        settled(opened)
        assert opened.desk.session.gateway.list(Return) == []
        assert read.strip.tone == "error"
        read.strip.answers[0].click()
        settled(opened)
        assert "1 ô cần chọn" in read.sentence.text()
        assert "đã chọn 1 ô" in read.sentence.text()
        read.apply_button.click()
        settled(opened)
        assert value_of(opened, "SXD", "HT01b").amount == 7
        assert value_of(opened, "STC", "HT01b").amount == 0

    def test_the_original_file_can_be_saved_again(self, opened, returned, settled, answers, tmp_path):
        page = opened.pages["exchange"]
        source = next(path for path in returned.iterdir() if path.name.startswith("SXD_"))
        answers.many = [[source]]
        page.collect_button.click()
        settled(opened)
        page.apply_button.click()
        settled(opened)
        answers.files = [tmp_path / "bản gốc.xlsx"]
        page.card.file_asked.emit(opened.desk.session.gateway.list(Return)[0].id)
        assert (tmp_path / "bản gốc.xlsx").read_bytes() == source.read_bytes()


class TestDeciding:
    def test_a_question_of_a_file_is_answered_in_place(self, opened, read, settled, qtbot):
        read.files.go_to(file_row(read, "STC_"))
        qtbot.keyClick(read.files, Qt.Key.Key_Return)
        assert read.cells.isVisible()
        go_to_cell(read, "HT01b/value")
        assert len(read.question.answers) == 3
        qtbot.keyClick(read.cells, Qt.Key.Key_1, ALT)
        assert cell_texts(read)["HT01b/value"][4] == "0"
        read.apply_button.click()
        settled(opened)
        assert value_of(opened, "STC", "HT01b").amount == 0

    def test_one_answer_for_all_cells_with_the_same_question(self, opened, issued, settled, qtbot, tmp_path):
        page = opened.pages["exchange"]
        page.collect([filled(issued, tmp_path / "về", {unit: {"HT01b": "-", "HT01a": 5} for unit in ("SXD", "STC", "SNV")})])
        settled(opened)
        page.cells_button.click()
        assert "3 ô" in page.question.every.text()
        qtbot.keyClick(page.cells, Qt.Key.Key_A, ALT)
        qtbot.keyClick(page.cells, Qt.Key.Key_1, ALT)
        assert "đã chọn 3 ô" in page.sentence.text()
        page.apply_button.click()
        settled(opened)
        assert [value_of(opened, unit, "HT01b").amount for unit in ("SXD", "STC", "SNV")] == [0, 0, 0]

    def test_a_decision_is_undone_with_the_keyboard_and_by_taking_it_back(self, opened, read, qtbot):
        read.cells_button.click()
        qtbot.keyClick(read.cells, Qt.Key.Key_2, ALT)
        assert read.cells_sheet.decisions.count == 1
        qtbot.keyClick(read.cells, Qt.Key.Key_Z, CONTROL)
        assert read.cells_sheet.decisions.count == 0
        assert read.cells.current_row().change.key.code == "HT01b"
        qtbot.keyClick(read.cells, Qt.Key.Key_Y, CONTROL)
        assert read.cells_sheet.decisions.count == 1
        read.cells_sheet.chips[Kind.DECIDED].click()
        qtbot.keyClick(read.cells, Qt.Key.Key_Delete)
        assert read.cells_sheet.decisions.count == 0
        assert opened.desk.undo_stack.count() == 0

    def test_deciding_goes_on_to_the_next_question(self, opened, issued, settled, qtbot, tmp_path):
        page = opened.pages["exchange"]
        page.collect([filled(issued, tmp_path / "về", {"SXD": {"HT01b": "-", "HT01a": "-", "NB07b": "-"}})])
        settled(opened)
        page.cells_button.click()
        first = page.cells.current_row().number
        qtbot.keyClick(page.cells, Qt.Key.Key_0, ALT)
        second = page.cells.current_row().number
        assert second > first
        qtbot.keyClick(page.cells, Qt.Key.Key_1, ALT)
        assert page.cells.current_row().number > second
        qtbot.keyClick(page.cells, Qt.Key.Key_1, ALT)
        assert page.cells.current_row().number == first

    def test_another_figure_is_typed_in_place(self, opened, read, settled, qtbot):
        read.files.go_to(file_row(read, "SNV_"))
        qtbot.keyClick(read.files, Qt.Key.Key_Return)
        go_to_cell(read, "HT01b/value")
        read.question.field.insert("vài chục")
        qtbot.keyClick(read.question.field, Qt.Key.Key_Return)
        assert read.cells_sheet.decisions.count == 0
        assert read.question.field.text() == "vài chục"
        read.question.field.clear()
        qtbot.keyClicks(read.question.field, "1.250")
        qtbot.keyClick(read.question.field, Qt.Key.Key_Return)
        assert cell_texts(read)["HT01b/value"][4] == "1.250"
        read.apply_button.click()
        settled(opened)
        assert value_of(opened, "SNV", "HT01b").amount == 1250

    def test_a_figure_typed_for_all_is_read_by_the_grammar_of_each_cell(self, opened, issued, settled, qtbot, tmp_path):
        page = opened.pages["exchange"]
        page.collect([filled(issued, tmp_path / "về", {"SXD": {"HT01b": "-", "DV03a": "-"}})])
        settled(opened)
        page.cells_button.click()
        go_to_cell(page, "HT01b/value")
        page.question.every.setChecked(True)
        page.question.field.insert("7 người")
        qtbot.keyClick(page.question.field, Qt.Key.Key_Return)
        assert page.question.sentence.startswith("DV03a: ")  # which asks for services
        assert page.cells_sheet.decisions.count == 0
        page.question.field.clear()
        qtbot.keyClicks(page.question.field, "7")
        qtbot.keyClick(page.question.field, Qt.Key.Key_Return)
        page.cells_sheet.chips[Kind.DECIDED].click()
        shown = cell_texts(page)
        assert [shown[f"{code}/value"][4] for code in ("HT01b", "DV03a")] == ["7", "7"]

    def test_what_cannot_be_read_is_shown_as_it_stands(self, read, qtbot):
        read.files.go_to(file_row(read, "SNV_"))
        qtbot.keyClick(read.files, Qt.Key.Key_Return)
        shown = cell_texts(read)["HT01b/value"]
        assert shown[3] == "“rất nhiều”"
        assert shown[6] == "Không nhận"
        go_to_cell(read, "HT01b/value")
        assert read.question.answers == []
        assert "thu nhận lại" in read.question.sentence

    def test_where_two_files_of_a_unit_differ_both_figures_are_offered(self, opened, issued, settled, qtbot, tmp_path):
        page = opened.pages["exchange"]
        folder = filled(issued, tmp_path / "về", {"SXD": {"HT01b": 5}})
        (folder / issued["SXD"].name).rename(folder / "SXD_một.xlsx")
        filled(issued, folder, {"SXD": {"HT01b": 6}})
        (folder / issued["SXD"].name).rename(folder / "SXD_hai.xlsx")
        page.collect([folder])
        settled(opened)
        page.cells_button.click()
        asked = page.cells.current_row()
        offered = [button.toolTip() for button in page.question.answers]
        own = Path(page.review.item(asked).name).name
        other = ({"SXD_một.xlsx", "SXD_hai.xlsx"} - {own}).pop()
        figures = {"SXD_một.xlsx": 5, "SXD_hai.xlsx": 6}
        assert offered[:2] == [f"Nhận {figures[name]} ({name})" for name in (own, other)]
        assert len(offered) == 3
        qtbot.keyClick(page.cells, Qt.Key.Key_2, ALT)
        page.apply_button.click()
        settled(opened)
        assert value_of(opened, "SXD", "HT01b").amount == figures[other]

    def test_what_only_the_unit_can_mend_is_not_called_a_choice(self, read):
        assert "1 ô cần chọn" in read.sentence.text()
        assert "1 ô không nhận được" in read.sentence.text()
        read.show_all_cells()
        assert read.cells_sheet.chips[Kind.NOT_TAKEN].text() == "Không nhận  1"
        assert read.cells_sheet.chips[Kind.REFUSED].text() == "Lý do từ chối  1"

    def test_leaving_says_once_that_decisions_are_lost(self, read, qtbot):
        read.cells_button.click()
        qtbot.keyClick(read.cells, Qt.Key.Key_1, ALT)
        qtbot.keyClick(read.cells, Qt.Key.Key_Escape)
        assert read.files.isVisible()
        qtbot.keyClick(read.files, Qt.Key.Key_Escape)
        assert "1 quyết định" in read.strip.sentence
        assert read.files.isVisible()
        qtbot.keyClick(read.files, Qt.Key.Key_Escape)
        assert read.round.isVisible()
        assert read.cells_sheet.decisions.count == 0

    def test_a_conflict_of_a_system_and_of_a_task_is_decided_in_place(self, opened, answers, settled, qtbot, tmp_path):
        session = opened.desk.session
        unit, system, task, path = returned_with_rows(opened, answers, settled, tmp_path)
        with session.operation("value.set", source="form") as operation:
            operation.save(Deployment(unit_id=unit.id, system_id=system.id, status=DeploymentStatus.STOPPED))
            operation.save(TaskReport(task_id=task.id, period=PERIOD, disbursed_vnd=5_000_000, percent=10))
        page = opened.pages["exchange"]
        page.collect([path])
        settled(opened)
        qtbot.keyClick(page.files, Qt.Key.Key_Return)
        shown = cell_texts(page)
        status, money = f"{system.code}/status", f"{task.code}/disbursed_vnd"
        assert "giải ngân (triệu đồng)" in shown[money][1]
        assert shown[money][2:4] == ["5", "1.700"]
        assert shown[status][6] == shown[money][6] == "Cần chọn"
        for name in (status, money):
            go_to_cell(page, name)
            qtbot.keyClick(page.cells, Qt.Key.Key_1, ALT)
        go_to_cell(page, f"{task.code}/percent")
        qtbot.keyClick(page.cells, Qt.Key.Key_2, ALT)
        before = opened.desk.undo_stack.count()
        page.apply_button.click()
        settled(opened)
        (report,) = session.gateway.list(TaskReport, task_id=task.id, period=PERIOD)
        assert session.gateway.list(Deployment, unit_id=unit.id, system_id=system.id)[0].status is DeploymentStatus.IN_USE
        assert (report.disbursed_vnd, report.percent) == (1_700_000_000, 10)
        assert opened.desk.undo_stack.count() == before + 1
        opened.commands.run("undo")
        settled(opened)
        assert session.gateway.list(TaskReport, task_id=task.id)[0].disbursed_vnd == 5_000_000


def returned_with_rows(window, answers, settled, folder):
    """A workbook of a unit that leads a task, with its task's money and a system's status filled in."""
    session = window.desk.session
    content = form_content(session, session.plan(PLAN), PERIOD)
    asked = asked_units(session, content, PERIOD)
    unit = next(unit for unit in asked if content.tasks_for(unit) and content.systems_for(unit))
    system, task = content.systems_for(unit)[0], content.tasks_for(unit)[0]
    page = go(window, settled)
    answers.files = [folder / "phát hành"]
    answers.files[0].mkdir()
    page.issue([unit.code])
    settled(window)
    source = next((folder / "phát hành").glob("*.xlsx"))
    typed = {
        Entry(SYSTEMS_SHEET, system.code, Column.STATUS): "đang sử dụng",
        Entry(TASKS_SHEET, task.code, Column.DISBURSED): 1700,
        Entry(TASKS_SHEET, task.code, Column.PERCENT): 40,
    }
    path = folder / "trả về.xlsx"
    path.write_bytes(fill(source.read_bytes(), typed))
    return unit, system, task, path


class TestFiltering:
    def test_the_filters_are_combined(self, read, qtbot):
        read.cells_button.click()
        assert {line.payload.file for line in read.cells.ledger.lines if line.payload} == {
            number for number, item in enumerate(read.plan.files) if "STC_" in item.name
        }
        read.cells_sheet.chips[ALL].click()
        qtbot.keyClick(read.cells, Qt.Key.Key_F, CONTROL)
        field = QApplication.focusWidget()
        qtbot.keyClicks(field, "ht01b noi vu")
        assert list(cell_texts(read)) == ["HT01b/value"]
        assert read.cells_sheet.chips[ALL].text().endswith(" 1")
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert read.cells.ledger.rowCount() > 3
        assert read.cells.hasFocus()
        read.cells_sheet.unit.picked.emit("SXD")
        assert cell_texts(read)["HT01b/value"][3] == "121"

    def test_the_heading_of_a_file_is_seen_with_its_first_row(self, opened, read, qtbot):
        opened.resize(1024, 560)
        read.cells_button.click()
        read.cells_sheet.chips[ALL].click()
        read.cells.setFocus()
        qtbot.keyClick(read.cells, Qt.Key.Key_End)
        assert read.cells.currentIndex().row() == read.cells.ledger.rowCount() - 1
        assert read.cells.verticalScrollBar().value() > 0
        qtbot.keyClick(read.cells, Qt.Key.Key_Home)
        assert read.cells.currentIndex().row() == 1
        assert read.cells.verticalScrollBar().value() == 0

    def test_all_decided_says_what_to_do(self, read, qtbot):
        read.cells_button.click()
        qtbot.keyClick(read.cells, Qt.Key.Key_1, ALT)
        assert read.cells.ledger.rowCount() == 0
        assert read.question.sentence == "Đã chọn xong; có thể nhận các tệp."
        read.cells_sheet.chips[Kind.DECIDED].click()
        qtbot.keyClick(read.cells, Qt.Key.Key_Delete)
        read.cells_sheet.chips[Kind.DECIDE].click()
        qtbot.keyClicks(read.cells_sheet.words, "khong co o dau ca")
        assert "bộ lọc khác" in read.question.sentence

    def test_nothing_found_says_what_to_do(self, read, qtbot):
        read.cells_button.click()
        qtbot.keyClicks(read.cells_sheet.words, "khong co o dau ca")
        assert read.cells.ledger.rowCount() == 0
        assert "bộ lọc khác" in read.question.sentence

    def test_the_model_is_sound(self, read, qtbot):
        mode = QAbstractItemModelTester.FailureReportingMode.Fatal
        testers = [QAbstractItemModelTester(ledger.ledger, mode) for ledger in (read.files, read.cells)]
        read.cells_button.click()
        read.cells_sheet.chips[ALL].click()
        qtbot.keyClicks(read.cells_sheet.words, "sxd")
        read.cells_sheet.words.clear()
        assert len(testers) == 2

    def test_the_card_tells_all_of_a_cell(self, read):
        read.cells_button.click()
        words = words_of(read.card)
        assert "Trong tệp: “-”" in words
        assert "Số liệu E" in words
        assert "Sở Tài chính" in words


class TestProblems:
    def test_the_problems_are_offered_beside_the_returns(self, read, answers, monkeypatch):
        asked = []
        monkeypatch.setattr(answers, "save_file", lambda _title, suggestion, _pattern: asked.append(suggestion))
        read.problems_button.click()
        assert asked[0].parent == Path(read.plan.files[0].name).parent.parent

    def test_the_problems_are_written_for_the_units(self, opened, read, settled, answers, tmp_path):
        answers.files = [tmp_path / "trả lại.xlsx"]
        read.problems_button.click()
        settled(opened)
        assert openpyxl.load_workbook(tmp_path / "trả lại.xlsx").sheetnames
        assert "trả lại.xlsx" in read.strip.sentence

    def test_alt_1_goes_on_answering_the_cell_that_is_asked(self, opened, read, settled, answers, qtbot):
        read.cells_button.click()
        answers.files = [opened.desk.path.with_name("trả lại.xlsx")]
        read.problems_button.click()
        settled(opened)
        assert [button.text() for button in read.strip.answers] == ["Mở tệp"]
        read.cells.setFocus()
        qtbot.keyClick(read.cells, Qt.Key.Key_1, ALT)
        assert read.cells_sheet.decisions.count == 1

    def test_one_unit_gets_its_own(self, opened, read, settled, answers, tmp_path):
        read.files.go_to(file_row(read, "STC_"))
        shutil.copy(read.plan.files[0].name, tmp_path / "sẵn có.xlsx")
        answers.files = [tmp_path / "sẵn có.xlsx"]
        link(read.card, "riêng đơn vị").click()
        settled(opened)
        assert "1 tệp" in read.strip.sentence


class TestLook:
    @pytest.mark.parametrize("language", list(Language))
    def test_the_standings_of_a_round_find_room(self, read, language):
        words = [Catalogue(language)(sign.word) for sign in STANDINGS.values()]
        bold = QFont(read.round.font())
        bold.setWeight(QFont.Weight.DemiBold)
        width = next(column.width for column in read.round.ledger.columns if column.width > 150)
        room = width - 2 * PADDING - SIGN - 8
        assert [word for word in words if QFontMetrics(bold).horizontalAdvance(word) > room] == []

    @pytest.mark.parametrize("width", [1024, 1366])
    def test_no_filter_is_squeezed(self, opened, read, width):
        opened.resize(width, 740)
        for chips in (read._round_sheet.chips, read.cells_sheet.chips):
            read.show_all_cells() if chips is read.cells_sheet.chips else read._show_sheet(0)
            for chip in chips.values():
                chip.setText("Không nhận 1.234")
                chip.show()
            QApplication.processEvents()
            assert all(chip.width() >= chip.sizeHint().width() for chip in chips.values())
            assert len({chip.geometry().bottomRight().toTuple() for chip in chips.values()}) == len(chips)

    @pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
    @pytest.mark.parametrize("width", [1024, 1366])
    def test_nothing_scrolls_sideways(self, opened, read, theme, width):
        opened.appearance.choose(theme)
        opened.resize(width, 740)
        QApplication.processEvents()
        for show in (lambda: None, read.show_all_cells):
            show()
            QApplication.processEvents()
            assert opened.width() == width
            ledger = read._current()
            header = ledger.horizontalHeader()
            assert sum(header.sectionSize(at) for at in range(header.count())) <= ledger.viewport().width()
            for button in read.buttons:
                assert not button.isVisible() or button.width() >= button.sizeHint().width()

    def test_every_control_has_a_name(self, read):
        read.show_all_cells()
        nameless = [
            widget
            for widget in read.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
            if not (widget.accessibleName() or getattr(widget, "text", str)())
        ]
        assert nameless == []

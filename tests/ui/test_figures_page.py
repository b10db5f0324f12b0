"""The entry grid used as an official uses it: keys, paste, questions, undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_app.domain.entities import Value, ValueState
from desktop_app.ui.grid.model import STATE_ROLE, Column
from desktop_app.ui.grid.states import CellState


def send(text, key=0):
    """Send one key event as the input program re-sends it."""
    widget = QApplication.focusWidget()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


@pytest.fixture
def page(opened):
    opened.go_to("figures")
    return opened.pages["figures"]


@pytest.fixture
def keys(qtbot):
    """Send keys to whatever has the focus, one by one, as a keyboard does."""

    def press(*sequence):
        for part in sequence:
            if isinstance(part, str):
                for letter in part:
                    send(letter)
            elif isinstance(part, tuple):
                qtbot.keyClick(QApplication.focusWidget(), part[0], part[1])
            else:
                qtbot.keyClick(QApplication.focusWidget(), part)

    return press


def stored(page, code):
    session = page.desk.session
    place = page.desk.place
    return session.gateway.get(Value, place.period, session.element(code).id, session.unit(place.unit).id)


def at(page, code, column=Column.CURRENT):
    page.view.go_to(page.model.row_of(code), column)
    page.view.setFocus()


def shown(page, code, column=Column.CURRENT):
    return page.model.index(page.model.row_of(code), column).data()


def state(page, code):
    return CellState(page.model.index(page.model.row_of(code), Column.STATE).data(STATE_ROLE))


def current_code(page):
    return page.model.form_row(page.view.currentIndex().row()).element.code


def test_the_model_is_sound(page):
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.model.set_filter("văn bản")
    page.model.set_filter("")
    at(page, "HT01b")


def test_typing_enters_and_goes_down_over_headings(page, keys):
    at(page, "HT01a")
    keys("118", Qt.Key.Key_Return, "121", Qt.Key.Key_Return)
    assert stored(page, "HT01a").amount == 118
    assert stored(page, "HT01b").amount == 121
    assert current_code(page) == "NB01a"
    assert state(page, "HT01a") is CellState.SAVED


def test_one_entry_is_one_operation_and_the_status_bar_says_how_it_was_read(page, opened, keys):
    at(page, "NB06a")
    keys("4.391", Qt.Key.Key_Return)
    assert shown(page, "NB06a") == "4.391"
    assert opened.status.read.text() == "NB06a: đọc là 4.391 (bốn nghìn ba trăm chín mươi mốt)"
    assert opened.desk.undo_stack.count() == 1
    assert "NB06a" in opened.commands.actions["undo"].text()


def test_escape_leaves_the_cell_as_it_was(page, keys):
    at(page, "NB06a")
    keys("77", Qt.Key.Key_Escape)
    assert stored(page, "NB06a") is None
    assert shown(page, "NB06a") == ""


def test_f2_edits_what_is_there_and_tab_goes_to_the_explanation(page, keys):
    at(page, "HT01b")
    keys("121", Qt.Key.Key_Return)
    at(page, "HT01b")
    keys(Qt.Key.Key_F2)
    assert QApplication.focusWidget().text() == "121"
    keys(Qt.Key.Key_End, "5", Qt.Key.Key_Tab)
    assert stored(page, "HT01b").amount == 1215
    assert page.view.currentIndex().column() == Column.NOTE
    keys("ca hai phong", Qt.Key.Key_Return)
    assert stored(page, "HT01b").note == "ca hai phong"
    assert stored(page, "HT01b").amount == 1215


def test_delete_clears_and_arrows_move(page, keys):
    at(page, "HT01a")
    keys("5", Qt.Key.Key_Down)
    assert current_code(page) == "HT01b"
    keys(Qt.Key.Key_Up, Qt.Key.Key_Delete)
    assert stored(page, "HT01a") is None
    assert state(page, "HT01a") is CellState.EMPTY


@pytest.mark.parametrize("typed", ["KPS", "không phát sinh", "Kps"])
def test_nothing_arose_can_be_typed_in_words(page, keys, typed):
    at(page, "NB09a")
    keys(typed, Qt.Key.Key_Return)
    assert stored(page, "NB09a").state is ValueState.NOT_APPLICABLE
    assert state(page, "NB09a") is CellState.NOT_APPLICABLE


def test_a_refused_text_stays_in_its_cell_and_says_why(page, keys):
    at(page, "NB07b")
    keys("abc", Qt.Key.Key_Return)
    assert stored(page, "NB07b") is None
    assert shown(page, "NB07b") == "abc"
    assert state(page, "NB07b") is CellState.REFUSED
    assert "abc" in page.question.sentence
    spoken = page.model.index(page.model.row_of("NB07b"), Column.CURRENT).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Chưa lưu" in spoken


def test_a_refused_text_outlives_a_change_of_unit(page, keys):
    at(page, "NB07b")
    keys("abc", Qt.Key.Key_Return)
    page.desk.look_at(unit="STC")
    assert shown(page, "NB07b") == ""
    page.desk.look_at(unit="SXD")
    assert shown(page, "NB07b") == "abc"


def test_a_question_is_answered_with_the_keyboard(page, keys, qtbot):
    at(page, "NB07b")
    keys("-", Qt.Key.Key_Return)
    assert state(page, "NB07b") is CellState.QUESTION
    assert [button.text().split("   ")[1] for button in page.question.answers] == ["Alt+1", "Alt+2", "Alt+3"]
    keys((Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier))
    qtbot.waitUntil(lambda: stored(page, "NB07b") is not None)
    assert stored(page, "NB07b").state is ValueState.NOT_APPLICABLE
    assert page.question.sentence == ""
    assert QApplication.focusWidget() is page.view


def test_a_draft_can_be_discarded(page, keys):
    at(page, "NB07b")
    keys("abc", Qt.Key.Key_Return)
    keys((Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier))
    assert shown(page, "NB07b") == ""
    assert page.model.drafts() == []


def test_undo_and_redo_bring_figures_and_cursor_back(page, opened, keys):
    at(page, "NB06a")
    keys("4.319", Qt.Key.Key_Return)
    at(page, "NB06a")
    keys("4.391", Qt.Key.Key_Return)
    at(page, "HT01a")
    keys((Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))
    assert stored(page, "NB06a").amount == 4319
    assert current_code(page) == "NB06a"
    keys((Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))
    assert stored(page, "NB06a") is None
    keys((Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier))
    keys((Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier))
    assert stored(page, "NB06a").amount == 4391
    assert not opened.commands.actions["redo"].isEnabled()


def test_an_undo_that_is_refused_is_told_and_leaves_the_stack(page, opened, keys):
    from desktop_app.services.editing import Edit, set_values

    at(page, "NB06a")
    keys("10", Qt.Key.Key_Return)
    set_values(page.desk.session, [Edit("SXD", "NB06a", "2017", "11")], "cli")
    keys((Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))
    assert stored(page, "NB06a").amount == 11
    assert page.strip.sentence
    assert not opened.desk.undo_stack.canUndo()


def paste(page, text):
    QGuiApplication.clipboard().setText(text)
    page.view.paste()


def test_a_block_is_one_operation_from_the_current_cell_on(page, opened):
    at(page, "HT01a")
    paste(page, '110\tcả "hợp đồng"\n121\t\n120\t\n')
    assert [stored(page, code).amount for code in ("HT01a", "HT01b", "NB01a")] == [110, 121, 120]
    assert stored(page, "HT01a").note == 'cả "hợp đồng"'
    assert opened.desk.undo_stack.count() == 1
    assert "Đã dán" in page.strip.sentence
    opened.desk.undo_stack.undo()
    assert stored(page, "HT01a") is None
    assert stored(page, "NB01a") is None


def test_a_column_with_empty_lines_at_the_headings_is_taken_line_by_line(page):
    at(page, "HT01a")
    paste(page, "110\r\n121\r\n\r\n120\r\n")
    assert stored(page, "NB01a").amount == 120


def test_a_block_with_codes_finds_its_rows(page):
    at(page, "NL01a")
    paste(page, 'NB06a\t"Văn bản\nđiện tử"\tvăn bản\t\t4.391\tđã rà soát\nHT01b\tx\tngười\t\t121\t\n')
    assert stored(page, "NB06a").amount == 4391
    assert stored(page, "NB06a").note == "đã rà soát"
    assert stored(page, "HT01b").amount == 121


def test_what_a_block_could_not_save_waits_in_its_cells(page):
    at(page, "HT01a")
    paste(page, "110\nrất nhiều\n")
    assert stored(page, "HT01a").amount == 110
    assert shown(page, "HT01b") == "rất nhiều"
    assert "1 ô chưa lưu" in page.sentence.text()


def test_a_copied_block_can_be_pasted_again(page, keys):
    at(page, "HT01a")
    keys("1.200", Qt.Key.Key_Return)
    at(page, "HT01a")
    page.view.copy()
    assert QGuiApplication.clipboard().text() == "1.200\n"
    at(page, "HT01b")
    page.view.paste()
    assert stored(page, "HT01b").amount == 1200


def test_the_figure_of_the_previous_period_is_taken(page, keys):
    from desktop_app.services.editing import Edit, set_values

    set_values(page.desk.session, [Edit("SXD", "HT01b", "2016", "118")], "cli")
    page.desk.data_changed.emit()
    at(page, "HT01b")
    assert shown(page, "HT01b", Column.PREVIOUS) == "118"
    page.handlers()["previous_figure"]()
    assert stored(page, "HT01b").amount == 118


def test_the_filter_needs_no_marks_and_escape_shows_all(page, keys):
    before = page.model.rowCount()
    page.handlers()["filter"]()
    keys("trinh ubnd")
    rows = [page.model.form_row(row) for row in range(page.model.rowCount())]
    assert {row.element.code for row in rows if row} == {"NB07a", "NB07b"}
    keys(Qt.Key.Key_Escape)
    assert page.model.rowCount() == before


def test_the_card_explains_the_current_cell(page, opened, keys, settled):
    at(page, "NB06a")
    keys("4.391", Qt.Key.Key_Return)
    at(page, "NB06a")
    settled(opened)
    words = " ".join(label.text() for label in page.card.findChildren(type(page.sentence)))
    assert "NB06a · văn bản" in words
    assert "CT08" in words
    assert "4.391" in words


def test_the_next_unit_is_one_key_away(page, opened, keys):
    keys((Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier))
    assert opened.desk.place.unit != "SXD"
    keys((Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier))
    assert opened.desk.place.unit == "SXD"


def test_what_is_being_typed_is_kept_when_the_page_is_left(page, opened, keys):
    at(page, "NB06a")
    keys("55")
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    opened.go_to("targets")
    assert stored(page, "NB06a").amount == 55


def test_unikey_may_erase_and_send_again(page):
    """Telex "tao" + "j": Unikey sends Backspace twice and then the composed letters."""
    at(page, "HT01a", Column.NOTE)
    for letter in "tao":
        send(letter)
    for _ in range(2):
        send("\b", Qt.Key.Key_Backspace)
    for letter in "ạo":
        send(letter)
    assert QApplication.focusWidget().text() == "tạo"
    send("\r", Qt.Key.Key_Return)
    assert stored(page, "HT01a").note == "tạo"


def test_unikey_letters_in_a_yes_or_no_answer(page):
    """Telex "khoong": the second o makes Unikey send Backspace and ô."""
    at(page, "NB07b")
    for letter in "kho":
        send(letter)
    send("\b", Qt.Key.Key_Backspace)
    for letter in "ông phát sinh":
        send(letter)
    send("\r", Qt.Key.Key_Return)
    assert stored(page, "NB07b").state is ValueState.NOT_APPLICABLE


def test_decomposed_letters_are_stored_composed(page):
    at(page, "HT01a", Column.NOTE)
    for letter in "ca\u0309":
        send(letter)
    send("\r", Qt.Key.Key_Return)
    assert stored(page, "HT01a").note == "cả"

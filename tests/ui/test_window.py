"""The frame: first steps, files, navigation, commands, help, language, theme, bugs."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QToolButton,
)

from desktop_app.domain.entities import Form, Round
from desktop_app.paths import bundled
from desktop_app.services.editing import Edit, set_values
from desktop_app.services.session import Session
from desktop_app.services.setup import create_file
from desktop_app.text.catalogue import Language
from desktop_app.ui.app import BugReport
from desktop_app.ui.commands import COMMANDS, MENUS
from desktop_app.ui.pages.table import PAGES
from desktop_app.ui.theme import ThemeChoice


def press(qtbot, key, modifier=Qt.KeyboardModifier.ControlModifier):
    qtbot.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifier)


def test_without_a_file_the_window_offers_first_steps(window):
    assert window.start_page.isVisible()
    assert not window.navigation.isVisible()
    assert window.start_page.first_focus().hasFocus()
    assert not window.commands.actions["undo"].isEnabled()
    assert not window.commands.actions["page_figures"].isEnabled()


def test_a_new_file_is_made_from_the_sample_that_is_chosen(window, qtbot, answers, tmp_path):
    answers.files = [tmp_path / "mới"]
    press(qtbot, Qt.Key.Key_N)
    assert window.samples.isVisible()
    qtbot.keyClick(window.samples.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=20_000)
    assert (tmp_path / "mới.skh").exists()
    assert window.page_name == "figures"
    assert window.desk.place.plan == "TH-2016-2020"


def test_a_file_is_opened_with_the_keyboard_and_remembered(window, qtbot, answers, sample_path, settings_folder):
    answers.files = [sample_path]
    press(qtbot, Qt.Key.Key_O)
    assert window.desk.path == sample_path
    window.desk.look_at(unit="STC")
    press(qtbot, Qt.Key.Key_W)
    assert window.desk is None
    assert [button.toolTip() for button in window.start_page.recent_buttons] == [str(sample_path)]
    window.start_page.recent_buttons[0].click()
    assert window.desk.place.unit == "STC"
    window.close()
    saved = json.loads((settings_folder / "window.json").read_text(encoding="utf-8"))
    assert saved["recent_files"] == [str(sample_path)]
    assert saved["places"][str(sample_path)]["unit"] == "STC"


def test_a_dropped_file_is_opened(window, sample_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sample_path))])
    action, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.start_page.dropEvent(QDropEvent(QPointF(5, 5), action, data, buttons, keys))
    assert window.desk.path == sample_path


def test_a_file_that_is_no_data_file_is_told_in_a_sentence(window, tmp_path):
    path = tmp_path / "thư.skh"
    path.write_bytes(b"not a data file")
    window.open(path)
    assert window.desk is None
    assert window.start_page.strip.sentence
    assert window.start_page.strip.tone == "error"


def test_an_open_file_is_held_until_it_is_closed(opened, sample_path):
    lock = sample_path.with_name(f".{sample_path.name}.lock")
    assert lock.exists()
    opened.close_file()
    assert not lock.exists()


def test_a_file_that_does_not_open_leaves_the_open_one(opened, tmp_path):
    opened.open(tmp_path / "không có.skh")
    assert opened.desk is not None
    assert opened.pages[opened.page_name].strip.tone == "error"


def test_every_page_has_a_key_a_title_and_help(opened, qtbot, settled):
    for number, entry in enumerate(PAGES, 1):
        press(qtbot, Qt.Key(ord(str(number))))
        settled(opened)
        assert opened.page_name == entry.name
        assert opened.pages[entry.name].title.text() == opened.catalogue(entry.title) != entry.title
        press(qtbot, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
        assert len(opened.help.text) > 200
        press(qtbot, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
        assert not opened.help.isVisible()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", ["start", *(entry.name for entry in PAGES)])
def test_help_exists_in_every_language(language, name):
    assert bundled(f"resources/help/{language}/{name}.md").read_text(encoding="utf-8").startswith("# ")


def test_every_field_has_a_name_for_screen_readers(opened, qtbot, settled):
    for entry in PAGES:
        opened.go_to(entry.name)
        settled(opened)
        page = opened.pages[entry.name]
        for kind in (QPushButton, QToolButton):
            for button in page.findChildren(kind):
                if button.isVisible():
                    assert button.accessibleName() or button.text(), button
        assert page.first_focus().accessibleName()


def test_the_command_search_finds_without_marks_and_runs(opened, qtbot):
    press(qtbot, Qt.Key.Key_K)
    assert opened.search.isVisible()
    qtbot.keyClicks(opened.search.field, "chi tieu")
    assert opened.search.model.choice(0).text == "Chỉ tiêu"
    qtbot.keyClick(opened.search.field, Qt.Key.Key_Return)
    assert opened.page_name == "targets"
    assert not opened.search.isVisible()


def test_the_command_search_presses_the_buttons_of_the_page(opened, qtbot):
    press(qtbot, Qt.Key.Key_K)
    qtbot.keyClicks(opened.search.field, "o trong tiep theo")
    assert opened.search.model.choice(0).detail == "Số liệu"
    qtbot.keyClick(opened.search.field, Qt.Key.Key_Return)
    assert opened.pages["figures"].view.currentIndex().row() == 2


def test_a_search_without_a_match_says_so(opened, qtbot):
    press(qtbot, Qt.Key.Key_K)
    qtbot.keyClicks(opened.search.field, "xyz")
    assert opened.search.nothing.isVisible()
    qtbot.keyClick(opened.search.field, Qt.Key.Key_Return)
    assert opened.search.isVisible()
    opened.search.close()


def test_commands_are_named_once_and_shortcuts_do_not_collide(opened):
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)
    assert {command.menu for command in COMMANDS if command.menu} <= MENUS.keys()
    keys = [action.shortcut().toString() for action in opened.commands.actions.values() if not action.shortcut().isEmpty()]
    assert len(set(keys)) == len(keys)


def test_the_menu_holds_every_group_and_names_what_is_undone(opened, qtbot):
    result = set_values(opened.desk.session, [Edit("SXD", "NB06a", "2017", "12")], "form")
    opened.desk.happened(result.operation_id)
    opened.commands.fill(opened.menu)
    parts = {action.text(): [item.text() for item in action.menu().actions()] for action in opened.menu.actions()}
    assert list(parts) == ["Tệp", "Sửa", "Đi tới", "Hiển thị", "Trợ giúp"]
    assert "Hoàn tác: Nhập NB06a của SXD, kỳ 2017" in parts["Sửa"]


def test_plan_period_and_unit_are_chosen_by_typing(opened, qtbot):
    page = opened.pages["figures"]
    press(qtbot, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    popup = page.pickers["unit"]._popup
    qtbot.keyClicks(popup.field, "tho xuan")
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert opened.desk.place.unit == "THOXUAN"
    assert page.model.form.unit.code == "THOXUAN"
    page.pickers["period"].picked.emit("2018")
    assert page.model.form.period == "2018"
    assert page.view.hasFocus()


def test_parts_of_the_window_are_reached_with_f6(opened, qtbot):
    page = opened.pages["figures"]
    page.view.setFocus()
    seen = []
    for _ in range(3):
        press(qtbot, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
        seen.append(QApplication.focusWidget())
    assert seen == [opened.navigation.first_focus(), page.pickers["plan"], page.view]


def test_the_language_is_changed_in_place(program, opened, qtbot):
    opened.commands.run("language_en")
    qtbot.waitUntil(lambda: program.window is not opened and program.window.desk is not None)
    window = program.window
    assert window.catalogue.language is Language.EN
    assert window.desk.place.unit == "SXD"
    assert window.pages["figures"].title.text() == "Figures"
    assert program.settings.language is Language.EN


def test_the_theme_is_changed_and_remembered(opened, program):
    for choice in (ThemeChoice.DARK, ThemeChoice.LIGHT, ThemeChoice.SYSTEM):
        opened.commands.run(f"theme_{choice}")
        assert program.settings.theme is choice
        assert opened.commands.actions[f"theme_{choice}"].isChecked()
        assert opened.appearance.theme.card in QApplication.instance().styleSheet()


def test_a_narrow_window_keeps_icons_and_hides_the_card(opened, qtbot):
    opened.resize(900, 520)
    qtbot.wait(20)
    assert opened.navigation.width() < 100
    page = opened.pages["figures"]
    assert not page.card.isVisible()

    def fits():
        widths = sum(page.view.columnWidth(column) for column in range(page.model.columnCount()))
        return widths <= page.view.viewport().width()

    qtbot.waitUntil(fits)
    opened.commands.run("detail")
    assert page.card.isVisible()
    opened.resize(1366, 740)
    qtbot.wait(20)
    assert opened.navigation.width() > 100


def test_the_status_bar_tells_of_the_proven_copy(opened, settled):
    settled(opened)
    assert opened.status.backup.text() == "Chưa có bản sao kiểm chứng"
    opened.commands.run("back_up")
    settled(opened)
    settled(opened)
    assert "Bản sao kiểm chứng gần nhất" in opened.status.backup.text()
    assert "Đã sao lưu" in opened.pages["figures"].strip.sentence


def test_the_status_bar_says_that_figures_of_a_sample_are_made_up(opened):
    assert opened.status.illustrative.isVisibleTo(opened)
    assert "minh họa" in opened.status.illustrative.text()
    opened.close_file()
    assert not opened.status.illustrative.isVisibleTo(opened)


def test_ctrl_p_makes_the_pdf_from_any_page(opened, qtbot, answers, settled, tmp_path):
    answers.files = [tmp_path / "in.pdf"]
    press(qtbot, Qt.Key.Key_P)
    settled(opened)
    assert (tmp_path / "in.pdf").read_bytes().startswith(b"%PDF-")
    assert opened.page_name == "documents"


def test_a_bug_is_told_with_details_to_copy(program, monkeypatch, capsys):
    shown = {}

    def exec_(box):
        shown["text"] = box.text()
        shown["details"] = box.detailedText()
        shown["buttons"] = [button.text() for button in box.buttons()]
        return 0

    monkeypatch.setattr(QMessageBox, "exec", exec_)
    error = ZeroDivisionError("một lỗi")
    BugReport(program)(type(error), error, error.__traceback__)
    assert "ZeroDivisionError: một lỗi" in shown["details"]
    assert "ZeroDivisionError: một lỗi" in capsys.readouterr().err
    assert "Chép chi tiết" in shown["buttons"]
    assert "an toàn" in shown["text"]


class TestUnsaved:
    def refuse(self, window, qtbot):
        """Type something that is not taken, with the editor still open."""
        page = window.pages["figures"]
        page.view.go_to(page.model.row_of("NB07a"))
        qtbot.keyClicks(page.view, "chin muoi gi do")
        return page

    def test_ctrl_q_says_what_would_be_lost_and_goes_the_second_time(self, opened, qtbot):
        page = self.refuse(opened, qtbot)
        press(qtbot, Qt.Key.Key_Q)
        assert opened.isVisible()
        assert page.strip.sentence.startswith("Còn 1 ô chưa lưu (NB07a của SXD).")
        assert "✓" not in opened.status.saved.text()
        assert "Còn 1 ô chưa lưu" in opened.status.saved.text()
        press(qtbot, Qt.Key.Key_Q)
        assert not opened.isVisible()
        assert opened.desk is None

    def test_a_closed_message_asks_anew(self, opened, qtbot):
        page = self.refuse(opened, qtbot)
        opened.close()
        page.strip.hide()
        assert not opened.close()
        assert opened.close()

    def test_another_file_is_asked_for_after_the_message_only(self, opened, qtbot, answers, sample_path):
        self.refuse(opened, qtbot)
        answers.files = [sample_path.with_name("không có.skh")]
        press(qtbot, Qt.Key.Key_O)
        assert len(answers.files) == 1
        press(qtbot, Qt.Key.Key_W)
        assert opened.desk is not None
        press(qtbot, Qt.Key.Key_O)
        press(qtbot, Qt.Key.Key_O)
        assert answers.files == []

    def test_the_language_waits_too(self, program, opened, qtbot):
        self.refuse(opened, qtbot)
        opened.commands.run("language_en")
        qtbot.wait(10)
        assert program.window is opened
        opened.commands.run("language_en")
        qtbot.waitUntil(lambda: program.window is not opened and program.window.desk is not None)

    def test_what_is_corrected_is_called_saved_again(self, opened, qtbot, settled):
        page = self.refuse(opened, qtbot)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert "Còn 1 ô chưa lưu" in opened.status.saved.text()
        page.view.go_to(page.model.row_of("NB07a"))
        qtbot.keyClicks(page.view, "90")
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        settled(opened)
        assert opened.status.saved.text().startswith("✓ Đã lưu")
        assert opened.close()


def test_closing_the_window_closes_the_file(opened, sample_path):
    opened.close()
    with_hold = Session.open(sample_path)
    with_hold.database.hold()
    with_hold.close()


def test_no_sentence_of_the_window_is_left_in_english(opened, settled):
    english = re.compile(r"\b(the|of|and|file|unit|figure|target|open|choose)\b")
    for entry in PAGES:
        opened.go_to(entry.name)
        settled(opened)
        for label in opened.pages[entry.name].findChildren(QLabel):
            assert not english.search(label.text()), label.text()
        for button in opened.pages[entry.name].findChildren(QPushButton):
            assert not english.search(button.text()), button.text()


def test_a_missing_recent_file_is_not_offered(window, settings_folder):
    window.settings.recent_files = [str(Path("/nowhere/a.skh"))]
    window.start_page.show_recent()
    assert window.start_page.recent_buttons == []


def test_a_file_that_somebody_holds_is_offered_for_reading(window, qtbot, sample_path):
    holder = Session.open(sample_path, actor="Hoa")
    holder.database.hold()
    window.open(sample_path)
    assert window.desk is None
    assert "Hoa" in window.start_page.strip.sentence
    press(qtbot, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.desk is not None)
    page = window.pages["figures"]
    first = page.model.index(1, 4)
    assert not page.model.flags(first) & Qt.ItemFlag.ItemIsEditable
    assert "Khóa" in page.model.index(1, 6).data(Qt.ItemDataRole.ToolTipRole)
    qtbot.keyClicks(page.view, "5")
    page.view.clear_selected()
    assert page.desk.undo_stack.count() == 0
    window.close_file()
    holder.close()


def test_words_of_qt_itself_are_ours(window, qapp):
    assert qapp.translate("QPlatformTheme", "Cancel") == "Thôi"
    assert qapp.translate("QWhatever", "Nothing of ours") == "Nothing of ours"


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize("saving", [False, True])
def test_the_file_dialog_of_qt_speaks_our_language(qtbot, saving):
    dialog = QFileDialog(None, "Mở tệp", "", "Tệp dữ liệu (*.skh)")
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave if saving else QFileDialog.AcceptMode.AcceptOpen)
    dialog.show()
    words = [label.text() for label in dialog.findChildren(QLabel)]
    for button in dialog.findChildren(QAbstractButton):
        words += [button.text(), button.toolTip(), button.accessibleName(), button.accessibleDescription()]
    english = re.compile(
        r"\b(look|files?|type|name|open|save|cancel|back|forward|folder|view|directory|change|go)\b", re.IGNORECASE
    )
    assert [word for word in words if english.search(word.replace("&", ""))] == []


def test_every_sample_is_offered_with_its_whole_name(window, qtbot):
    press(qtbot, Qt.Key.Key_N)
    popup = window.samples
    metrics = popup.list.fontMetrics()
    for row in range(popup.model.rowCount()):
        index = popup.model.index(row)
        place = popup.list.visualRect(index)
        room = QRect(0, 0, place.width() - 24, 1000)
        needed = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), index.data())
        assert (needed.width() <= room.width(), needed.height() <= place.height()) == (True, True)
        assert popup.list.viewport().rect().contains(place)
    popup.close()


def test_a_file_without_plans_says_what_pages_are_for_and_offers_the_sample(window, qtbot, answers, settled, tmp_path):
    create_file(tmp_path / "trống.skh").close()
    window.open(tmp_path / "trống.skh")
    for number, entry in enumerate(PAGES, 1):
        press(qtbot, Qt.Key(ord(str(number))))
        settled(window)
        page = window.pages[entry.name]
        if not page.PLACES:
            continue
        words = "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
        assert "chưa có kế hoạch" in words
        assert window.catalogue(page.PURPOSE) in words
        assert "khác" not in words
        assert not any(button.isVisible() for button in page.buttons)
        for command in ("paste", "unfold", "next_empty", "copy", "print"):
            window.commands.run(command)
    press(qtbot, Qt.Key.Key_2)
    answers.files = [tmp_path / "mẫu.skh"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(window.samples.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk.path.name == "mẫu.skh", timeout=20_000)
    assert window.focusWidget() is window.pages["figures"].view


def test_a_file_opens_at_the_newest_year_with_answers(window, sample_path):
    session = Session.open(sample_path)
    set_values(session, [Edit("SXD", "NB07a", "2017", "1"), Edit("SXD", "NB07a", "2016", "1")], "cli")
    forms = {form.id: form for form in session.gateway.list(Form) if form.plan_id == session.plan("TH-2016-2020").id}
    with session.operation("form.issue", source="cli") as operation:
        operation.save(Round(form_id=next(iter(forms)), period="2018", due_on=date(2019, 1, 15)))
    session.close()
    window.open(sample_path)
    assert window.desk.place.period == "2017"
    window.desk.look_at(period="2018")
    window.close_file()
    window.open(sample_path)
    assert window.desk.place.period == "2018"

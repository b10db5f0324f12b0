"""Theme, icons, settings, jobs, undo, blocks of cells, places and words, without a window."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QThread
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel

from desktop_app.domain.entities import Plan
from desktop_app.domain.indicators import Verdict
from desktop_app.domain.issues import UserError
from desktop_app.domain.notation import goal_text, value_text
from desktop_app.paths import bundled
from desktop_app.services.changes import operation_changes
from desktop_app.services.editing import Edit, load_form, set_values
from desktop_app.services.history import list_operations
from desktop_app.services.progress import progress
from desktop_app.text.catalogue import Catalogue, Language
from desktop_app.ui import places
from desktop_app.ui.grid.model import Column, EntryModel
from desktop_app.ui.grid.paste import place_block, read_block, write_block
from desktop_app.ui.grid.states import SIGNS, CellState
from desktop_app.ui.jobs import JobRunner
from desktop_app.ui.lasting import keep_constants_alive
from desktop_app.ui.settings import WindowSettings
from desktop_app.ui.theme import THEMES, ThemeChoice, style_sheet
from desktop_app.ui.undo import RevertCommand
from desktop_app.ui.verdicts import VERDICT_SIGNS, bar_text, formula_text, gap_text, verdict_word
from desktop_app.ui.widgets.choices import Choice, ChoiceModel
from desktop_app.ui.words import period_name, period_short

TEXTS = ("text", "soft", "accent", "met", "not_met", "warning", "info")


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class TestTheme:
    @pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
    @pytest.mark.parametrize("role", TEXTS)
    @pytest.mark.parametrize("ground", ["background", "card", "selection", "input_cell"])
    def test_texts_can_be_read(self, theme, role, ground):
        assert contrast(getattr(theme, role), getattr(theme, ground)) >= 4.5

    @pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
    def test_strips_and_filled_buttons_can_be_read(self, theme):
        assert contrast(theme.on_accent, theme.accent) >= 4.5
        assert contrast(theme.text, theme.warning_background) >= 4.5
        assert contrast(theme.text, theme.error_background) >= 4.5

    @pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
    def test_the_style_sheet_is_filled_in_and_names_files_that_exist(self, theme):
        sheet = style_sheet(theme)
        assert "$" not in sheet
        for part in sheet.split('url("')[1:]:
            path = part.split('"')[0]
            assert bundled("resources/styles").joinpath(path.rsplit("/", 1)[1]).exists()

    def test_every_sign_is_drawn(self, appearance):
        names = {sign.icon for sign in (*SIGNS.values(), *VERDICT_SIGNS.values())}
        assert set(SIGNS) == set(CellState)
        assert set(VERDICT_SIGNS) == set(Verdict)
        for name in names:
            image = appearance.pixmap(name, "text").toImage()
            assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20)), name

    def test_icons_are_one_set(self):
        for path in bundled("resources/icons").glob("*.svg"):
            text = path.read_text(encoding="utf-8")
            assert 'viewBox="0 0 20 20"' in text
            assert 'stroke-width="1.5" stroke-linecap="round"' in text
            assert "currentColor" in text


class TestSettings:
    def test_what_is_saved_comes_back(self, tmp_path):
        settings = WindowSettings(theme=ThemeChoice.DARK, language=Language.EN, geometry="00ff")
        settings.remember_file(tmp_path / "a.skh")
        settings.places[str(tmp_path / "a.skh")] = {"plan": "TH"}
        assert settings.save(tmp_path / "new folder")
        assert WindowSettings.load(tmp_path / "new folder") == settings

    @pytest.mark.parametrize(
        "content", ["", "[]", "{", '{"theme": "pink", "language": "fr", "recent_files": 3, "places": 4}']
    )
    def test_damaged_settings_are_as_if_there_were_none(self, tmp_path, content):
        (tmp_path / "window.json").write_text(content, encoding="utf-8")
        assert WindowSettings.load(tmp_path) == WindowSettings()

    def test_a_folder_that_refuses_loses_nothing_but_comfort(self, tmp_path):
        (tmp_path / "file").write_text("x", encoding="utf-8")
        assert WindowSettings().save(tmp_path / "file") is False

    def test_only_ten_files_are_remembered(self, tmp_path):
        settings = WindowSettings()
        for number in range(12):
            settings.remember_file(tmp_path / f"{number}.skh")
        settings.remember_file(tmp_path / "5.skh")
        assert len(settings.recent_files) == 10
        assert settings.recent_files[0].endswith("5.skh")
        assert len(set(settings.recent_files)) == 10
        settings.forget_file(settings.recent_files[0])
        assert not any(name.endswith("5.skh") for name in settings.recent_files)


class TestJobs:
    def test_work_runs_elsewhere_and_answers_here(self, qtbot, qapp):
        runner = JobRunner()
        seen = {}

        def work(context):
            seen["worker"] = threading.get_ident()
            context.progress(1, 2, "một")
            return 42

        job = runner.start("việc", work)
        job.progressed.connect(lambda *told: seen.setdefault("progress", (told, QThread.currentThread() is qapp.thread())))
        with qtbot.waitSignal(job.ended):
            job.finished.connect(lambda result: seen.setdefault("result", (result, threading.get_ident())))
        assert seen["worker"] != threading.get_ident()
        assert seen["result"] == (42, threading.get_ident())
        assert seen["progress"] == ((1, 2, "một"), True)
        assert not runner.busy

    def test_a_failure_is_handed_over(self, qtbot):
        runner = JobRunner()
        error = UserError("data_invalid", reasons="x")

        def work(_context):
            raise error

        job = runner.start("việc", work)
        with qtbot.waitSignal(job.failed) as told:
            pass
        assert told.args == [error]

    def test_cancelling_stops_at_the_next_step_and_undoes_nothing_else(self, qtbot):
        runner = JobRunner()
        begun, go_on = threading.Event(), threading.Event()

        def work(context):
            begun.set()
            go_on.wait(5)
            context.progress(1, 2)
            return "never"

        job = runner.start("việc", work)
        second = runner.start("sau", lambda _context: "done")
        assert begun.wait(5)
        job.cancel()
        with qtbot.waitSignals([job.cancelled, second.finished]):
            go_on.set()

    def test_closing_waits_for_the_work(self, qtbot):
        runner = JobRunner()
        job = runner.start("việc", lambda context: [context.progress(step, 0) for step in range(10_000_000)])
        runner.cancel_all()
        with qtbot.waitSignal(job.cancelled):
            pass


class TestUndo:
    def test_undo_and_redo_revert_in_turn(self):
        stack, turned = QUndoStack(), []

        def revert(operation_id):
            turned.append(operation_id)
            return operation_id + 10

        stack.push(RevertCommand("nhập", 1, revert, pytest.fail))
        stack.undo()
        stack.redo()
        stack.undo()
        assert turned == [1, 11, 21]

    def test_a_refusal_is_told_and_the_command_leaves_the_stack(self):
        stack, told = QUndoStack(), []

        def revert(_operation_id):
            raise UserError("nothing_to_undo")

        stack.push(RevertCommand("nhập", 1, revert, told.append))
        stack.undo()
        assert [error.code for error in told] == ["nothing_to_undo"]
        assert stack.count() == 0


class TestBlocks:
    @pytest.mark.parametrize(
        ("text", "cells"),
        [
            ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
            ('"hai\ndòng"\t5\n', [["hai\ndòng", "5"]]),
            ('"nói ""vậy"""\n', [['nói "vậy"']]),
            ("1\n\n2\n\n\n", [["1"], [], ["2"]]),
            ("", []),
        ],
    )
    def test_copied_text_is_read(self, text, cells):
        assert read_block(text) == cells

    def test_what_is_written_is_read_again(self):
        block = [["a\tb", 'c"d'], ["e\nf", "1.234,5"]]
        assert read_block(write_block(block)) == block

    @pytest.fixture
    def model(self, session):
        found = EntryModel(Catalogue(), lambda _edits, _source: None)
        found.show(load_form(session, "TH-2016-2020", "2017", "SXD"))
        return found

    def codes(self, model, placed):
        return [(model.form_row(entry.row).element.code, int(entry.column), entry.typed) for entry in placed.entries]

    def test_a_block_goes_down_over_headings(self, model):
        placed = place_block(model, [["1"], ["2"], ["3"]], model.row_of("HT01a"), Column.CURRENT)
        assert self.codes(model, placed) == [("HT01a", 4, "1"), ("HT01b", 4, "2"), ("NB01a", 4, "3")]

    def test_a_heading_in_the_block_meets_the_heading_of_the_form(self, model):
        title = model.line(3).title
        placed = place_block(model, [["1"], ["2"], [title], ["3"]], model.row_of("HT01a"), Column.CURRENT)
        assert [code for code, _column, _typed in self.codes(model, placed)] == ["HT01a", "HT01b", "NB01a"]

    def test_what_has_no_place_is_counted(self, model):
        placed = place_block(model, [["1", "", "x"], ["", ""], ["9"]], model.row_of("NL01a"), Column.CURRENT)
        assert self.codes(model, placed) == [("NL01a", 4, "1")]
        assert placed.outside == 2

    def test_explanations_are_pasted_into_their_column(self, model):
        placed = place_block(model, [["vì sao"]], model.row_of("HT01a"), Column.NOTE)
        assert self.codes(model, placed) == [("HT01a", 5, "vì sao")]


class TestVerdicts:
    def test_targets_are_written_as_officials_write_them(self, session, catalogue):
        set_values(session, [Edit("SXD", "NB07a", "2017", "1.500"), Edit("SXD", "NB07b", "2017", "2.000")], "form")
        rows = {row.target.code: row for row in progress(session, "TH-2016-2020", "2017").rows}
        row = rows["CT07"]
        assert goal_text(catalogue, row) == "≥ 100% (2020)"
        assert formula_text(row, catalogue) == "1.500 / 2.000 = 75%"
        assert value_text(catalogue, row) == "75%"
        assert gap_text(row, "văn bản", catalogue) == "thêm 500 văn bản"
        assert verdict_word(row, catalogue) == "Thiếu số liệu (tạm tính: chưa đến hạn)"
        assert bar_text(row, row.value) == "75%"
        milestone = rows["CT01"]
        assert goal_text(catalogue, milestone) == "Hoàn thành (2020)"
        assert value_text(catalogue, milestone) == ""


class TestPlaces:
    def test_the_five_year_plan_comes_first(self, session):
        assert places.plan_choices(session)[0].key == "TH-2016-2020"

    def test_periods_say_their_days(self, session, catalogue):
        plan = session.plan("TH-2016-2020")
        choices = places.period_choices(session, plan, catalogue)
        assert choices[0] == Choice("2016", "Năm 2016", "(15/12/2015 – 14/12/2016)")
        assert places.default_period(session, plan, choices) == "2017"  # the year of the test's clock

    def test_units_stand_in_official_order_and_the_root_is_not_the_first_choice(self, session):
        choices = places.unit_choices(session, session.plan("TH-2016-2020"), "2017")
        assert [choice.key for choice in choices[:3]] == ["UBNDTINH", "VPUBND", "SNV"]
        assert places.default_unit(session, choices) == "VPUBND"
        assert places.default_unit(session, []) == ""

    def test_every_plan_can_be_looked_at(self, session, catalogue):
        for choice in places.plan_choices(session):
            plan = session.plan(choice.key)
            assert isinstance(plan, Plan)
            for period in places.period_choices(session, plan, catalogue)[:3]:
                assert places.unit_choices(session, plan, period.key) is not None

    @pytest.mark.parametrize(
        ("code", "english", "short"),
        [
            ("2017", "Year 2017", "2017"),
            ("2017-Q1", "Quarter I of 2017", "Q1/17"),
            ("2017-H2", "Second half of 2017", "6TC/17"),
            ("2017-03", "2017-03", "03/17"),
        ],
    )
    def test_periods_are_named(self, code, english, short):
        assert period_name(code, Catalogue(Language.EN)) == english
        assert period_short(code) == short


class TestChoices:
    @pytest.mark.usefixtures("qapp")
    def test_the_model_is_sound_and_finds_without_marks(self):
        model = ChoiceModel()
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        model.set_choices([Choice("a", "Sở Xây dựng", "SXD"), Choice("b", "Huyện Thọ Xuân"), Choice("c", "Sở Y tế")])
        model.narrow("xay so")
        assert [model.choice(row).key for row in range(model.rowCount())] == ["a"]
        model.narrow("sxd")
        assert model.rowCount() == 1
        model.narrow("")
        assert model.row_of("c") == 2
        assert model.row_of("x") == -1


def test_changes_of_an_operation_are_told_in_words(session):
    set_values(session, [Edit("SXD", "HT01a", "2017", "10")], "form")
    set_values(session, [Edit("SXD", "HT01a", "2017", "12", "kiểm kê lại"), Edit("SXD", "NB09a", "2017", "KPS")], "form")
    second, first, setup = list_operations(session)
    changed = {change.element.code: change for change in operation_changes(session, second.id).figures}
    assert (changed["HT01a"].before, changed["HT01a"].after) == ("10", "12")
    assert (changed["HT01a"].note_before, changed["HT01a"].note_after) == ("", "kiểm kê lại")
    assert (changed["NB09a"].before, changed["NB09a"].after) == ("", "không phát sinh")
    only = operation_changes(session, first.id).figures[0]
    assert (only.before, only.after, only.note_before) == ("", "10", None)
    assert dict(operation_changes(session, setup.id).others)["Unit"] == 48


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the constants are immortal there")
def test_qt_calls_cannot_use_up_the_constants(qapp):
    keep_constants_alive()
    before = sys.getrefcount(None)
    label = QLabel()
    for _ in range(1000):
        label.setText("x")
    assert before > 1 << 39
    assert sys.getrefcount(None) > 1 << 39

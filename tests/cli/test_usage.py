"""A command line that is not right is told in the language of the run, never in click's English."""

from __future__ import annotations

import click
import pytest

from desktop_app.cli.app import COMMANDS, program
from desktop_app.cli.door import Door
from desktop_app.cli.usage import _NAMES
from desktop_app.text.catalogue import Catalogue, Language

CASES = [
    (("progress", "x.db", "--period", "2017"), "Thiếu “--plan”. Xem: sokehoach progress --help"),
    (("form", "issue"), "Thiếu “TỆP”."),
    (("form", "collect", "x.db"), "Thiếu “TỆP_HOẶC_THƯ_MỤC...”."),
    (("undo", "x.db", "y"), "“THAO_TÁC”: cần một số nguyên."),
    (("history", "x.db", "--limit", "0"), "“--limit”: cần một số nguyên từ 1 trở lên."),
    (("history", "x.db", "--limit"), "“--limit” cần có giá trị đi kèm. Xem: sokehoach history --help"),
    (("--json=3",), "“--json” không nhận giá trị."),
    (("progres",), "Không có lệnh “progres”. Có phải là progress?"),
    (("xyz",), "Không có lệnh “xyz”. Xem"),
    (("form", "isue"), "Không có lệnh “isue”. Có phải là issue?"),
    (("progress", "--plam", "x"), "Không có tùy chọn “--plam”. Có phải là --plan?"),
    (("undo", "x.db", "1", "2"), "“2” là thừa ở đây."),
    (("document", "x.db", "--plan", "P"), "Thiếu “--kind”. Hãy chọn một: plan, report."),
    (("document", "x.db", "--plan", "P", "--kind", "z"), "“--kind”: Hãy chọn một: plan, report."),
    (("form", "collect", "x.db", "không-có"), "“không-có” không tồn tại."),
    (("history", "."), "“.” là thư mục; cần một tệp."),
    (("demo", __file__), "là tệp; cần một thư mục."),
    (("--as", "Lan"), "Thiếu lệnh; hãy chọn một: new, samples"),
    (("plan", "show", "x.db", "P", "--at", "hôm qua"), "“--at”: “hôm qua” không phải là ngày"),
]


@pytest.mark.parametrize(("words", "told"), CASES, ids=lambda part: " ".join(part) if isinstance(part, tuple) else "")
def test_wrong_usage_is_told_in_vietnamese(cli, words, told):
    ran = cli(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Lệnh chưa đúng: ")
    assert told in ran.err
    for english in ("Missing", "Invalid", "No such", "Did you", "Got ", "Option", "FILE", "not ", "Path"):
        assert english not in ran.err


def test_wrong_usage_is_told_in_english_too(cli):
    assert "“--plan” is missing. See" in cli("progress", "x", "--period", "2017", "--lang", "en").err
    assert "“FILE” is missing." in cli("history", "--lang", "en").err


def test_a_group_alone_shows_its_help(cli):
    ran = cli("form")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Cách dùng: sokehoach form [TÙY CHỌN] LỆNH")
    assert "Lệnh chưa đúng" not in ran.err
    assert "collect, issue" in cli("--json", "form").json["error"]["text"]


def _every_command():
    context = click.Context(program, info_name="sokehoach", obj=Door(Catalogue(Language.EN)))
    for name in COMMANDS:
        if name.startswith("_"):
            continue
        found = program.get_command(context, name)
        yield name, found, context
        if isinstance(found, click.Group):
            inner = click.Context(found, info_name=name, parent=context)
            for part in found.list_commands(inner):
                yield f"{name} {part}", found.get_command(inner, part), inner


def test_every_name_in_a_command_line_has_a_translation():
    """Placeholders of one letter (P, K, F.xlsx) are the same in every language."""
    for name, command, parent in _every_command():
        context = click.Context(command, info_name=name, parent=parent)
        pieces = command.collect_usage_pieces(context)
        metavars = [item.metavar for item in command.get_params(context) if isinstance(item, click.Option) and item.metavar]
        for piece in (*pieces, *metavars):
            assert piece in _NAMES or len(piece.partition(".")[0]) == 1, (name, piece)

import pytest

WHERE = ("STP", "NB06a", "2017")


def test_a_value_is_set_and_shown_with_its_history(cli, sample_path):
    assert cli("value", "set", sample_path, *WHERE, "4391", "--note", "đã đối chiếu", "--as", "Lan").code == 0
    shown = cli("value", "show", sample_path, *WHERE, "--json")
    assert shown.code == 0
    assert (shown.json["value"], shown.json["state"], shown.json["note"]) == ("4391", "value", "đã đối chiếu")
    assert shown.json["history"][0]["actor"] == "Lan"
    assert shown.json["history"][0]["before"] is None


def test_a_negative_number_is_an_argument_and_is_refused_in_a_sentence(cli, sample_path):
    ran = cli("value", "set", sample_path, *WHERE, "-5")
    assert ran.code == 1
    assert ran.out == ""
    assert "“-5”" in ran.err


def test_an_ambiguous_figure_is_asked_and_nothing_is_written(cli, sample_path):
    ran = cli("value", "set", sample_path, *WHERE, "-", "--json")
    assert ran.code == 1
    assert ran.json["error"]["code"] == "figure_zero_or_none"
    assert cli("value", "show", sample_path, *WHERE, "--json").json["state"] == "not_reported"


def test_clear_takes_the_value_away(cli, sample_path):
    cli("value", "set", sample_path, *WHERE, "5")
    assert cli("value", "set", sample_path, *WHERE, "--clear").code == 0
    assert cli("value", "show", sample_path, *WHERE, "--json").json["state"] == "not_reported"


@pytest.mark.parametrize("words", ["quý I/2017", "Q1/2017", "2017-q1"])
def test_a_period_may_be_written_as_offices_do(cli, sample_path, words):
    assert cli("value", "set", sample_path, "STP", "NB06a", words, "5").code == 0
    assert cli("value", "show", sample_path, "STP", "NB06a", "2017-Q1", "--json").json["value"] == "5"


@pytest.mark.parametrize("extra", [(), ("5", "--clear")])
def test_a_value_or_clear_is_needed(cli, sample_path, extra):
    assert cli("value", "set", sample_path, *WHERE, *extra).code == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("STPP", "NB06a", "2017", "5"), "unknown_code"),
        (("STP", "NB66a", "2017", "5"), "unknown_code"),
        (("STP", "NB06a", "2017-13", "5"), "not_a_period"),
        (("STP", "NB06a", "0017", "5"), "not_a_period"),
    ],
)
def test_unknown_codes_are_wrong_usage_and_name_the_nearest(cli, sample_path, words, code):
    ran = cli("value", "set", sample_path, *words, "--json")
    assert ran.code == 2
    assert ran.json["error"]["code"] == code
    if code == "unknown_code":
        assert len(ran.json["error"]["params"]["nearest"].split(", ")) == 3


def test_undo_and_history_go_together(cli, sample_path):
    cli("value", "set", sample_path, *WHERE, "5")
    undone = cli("undo", sample_path, "--json")
    assert undone.code == 0
    told = cli("history", sample_path, "--json").json["operations"]
    assert told[0]["reverts"] == told[1]["id"]
    assert told[1]["name"] == "value.set"
    assert cli("undo", sample_path).code == 1


def test_json_is_the_only_thing_on_stdout_even_for_wrong_usage(cli, sample_path):
    assert cli("value", "show", sample_path, "--json").json["error"]["code"] == "usage"


def test_english_is_spoken_on_demand(cli, sample_path):
    assert "There is nothing to undo" in cli("undo", sample_path, "--lang", "en").err


@pytest.mark.parametrize("written", [(), ("--clear", "--note", "chưa đối chiếu")])
def test_a_value_that_nobody_reported_is_shown_as_such(cli, sample_path, written):
    if written:
        cli("value", "set", sample_path, *WHERE, "5")
        assert cli("value", "set", sample_path, *WHERE, *written).code == 0
    assert "(trống)" in cli("value", "show", sample_path, *WHERE).out
    shown = cli("value", "show", sample_path, *WHERE, "--json")
    assert shown.code == 0, shown.err
    assert (shown.json["value"], shown.json["state"]) == (None, "not_reported")


def test_the_unit_of_measure_stands_behind_figures_alone(cli, sample_path):
    for typed, shown in (("12", "12 "), ("kps", "không phát sinh\n")):
        cli("value", "set", sample_path, "STP", "HT01b", "2017", typed)
        first = cli("value", "show", sample_path, "STP", "HT01b", "2017").out.split("\n")[0] + "\n"
        assert first.split(": ", 1)[1].startswith(shown)


def test_a_contradiction_is_told_when_it_is_made(cli, sample_path):
    """The figure is taken all the same; what is doubtful is told from either side of the share."""
    assert cli("value", "set", sample_path, "STP", "HT01a", "2017", "124", "--json").json["issues"] == []
    ran = cli("value", "set", sample_path, "STP", "HT01b", "2017", "121", "--json")
    assert (ran.code, ran.json["outcome"]) == (0, "saved")
    assert [issue["code"] for issue in ran.json["issues"]] == ["share_above_whole"]
    assert "124" in ran.json["issues"][0]["text"]

import pytest

PLAN = "TH-2016-2020"


@pytest.mark.parametrize("what", [("plan",), ("report", "--period", "2017")])
@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_a_document_is_written_and_its_issues_listed(cli, sample_path, tmp_path, what, suffix):
    out = tmp_path / f"Văn bản.{suffix}"
    before = sample_path.read_bytes()
    ran = cli("document", sample_path, "--plan", PLAN, "--kind", *what, "--out", out, "--json")
    assert ran.code == 0
    assert (ran.json["path"], ran.json["kind"]) == (str(out), what[0])
    assert "figures_illustrative" in [issue["code"] for issue in ran.json["issues"]]
    assert all(issue["text"] and issue["severity"] in {"warning", "info"} for issue in ran.json["issues"])
    assert out.read_bytes()[:4] in {b"%PDF", b"PK\x03\x04"}
    assert sample_path.read_bytes() == before


def test_people_read_what_to_look_at_before_signing(cli, sample_path, tmp_path):
    ran = cli("document", sample_path, "--plan", PLAN, "--kind", "plan", "--out", tmp_path / "a.pdf")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == f"Đã ghi: {tmp_path / 'a.pdf'}"
    assert "Cần xem lại trước khi ký:" in ran.out


@pytest.mark.parametrize(
    ("words", "name", "error"),
    [
        (("--plan", "XX", "--kind", "plan"), "a.pdf", "unknown_code"),
        (("--plan", PLAN, "--kind", "report"), "a.pdf", "document_needs_period"),
        (("--plan", PLAN, "--kind", "report", "--period", "17"), "a.pdf", "not_a_period"),
        (("--plan", PLAN, "--kind", "annex"), "a.pdf", "usage"),
        (("--plan", PLAN, "--kind", "plan"), "a.odt", "document_format_unknown"),
    ],
)
def test_wrong_usage_is_told_and_nothing_is_written(cli, sample_path, words, name, error):
    folder = sample_path.parent
    ran = cli("document", sample_path, *words, "--out", folder / name, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, error)
    assert list(folder.iterdir()) == [sample_path]


def test_an_existing_document_is_not_overwritten(cli, sample_path, tmp_path):
    out = tmp_path / "a.docx"
    out.write_bytes(b"edited")
    ran = cli("document", sample_path, "--plan", PLAN, "--kind", "plan", "--out", out)
    assert ran.code == 1
    assert "a.docx" in ran.err
    assert out.read_bytes() == b"edited"

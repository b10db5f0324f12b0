"""Plain tables: names of their sheets."""

from __future__ import annotations

from desktop_app.exchange.writing.tables import sheet_name


def test_names_of_sheets_are_legal_and_given_once() -> None:
    taken: set[str] = set()
    assert [sheet_name(name, taken) for name in ("Sở A", "SỞ A", "Quý I/2017 [thử]", "'x'")] == [
        "Sở A",
        "SỞ A (2)",
        "Quý I-2017 (thử)",
        "x",
    ]
    assert taken == {"sở a", "sở a (2)", "quý i-2017 (thử)", "x"}


def test_long_names_stay_within_what_excel_takes_however_many_there_are() -> None:
    taken: set[str] = set()
    names = [sheet_name("Báo cáo của một đơn vị có tên rất dài", taken) for _ in range(120)]
    assert len(set(names)) == 120
    assert {len(name) for name in names} == {31}

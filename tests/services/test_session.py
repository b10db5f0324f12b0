"""A session: who acts, what is looked up by code, and what the file must hold."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.entities import Unit, UnitKind, UnitLevel
from desktop_app.domain.issues import CollectedError, UserError
from desktop_app.services.editing import Edit, set_values
from desktop_app.services.history import undo
from desktop_app.services.session import Session, login_name, nearest
from desktop_app.storage.database import create_database


@pytest.fixture
def bare(tmp_path: Path) -> Session:
    """A session on a file without a single row."""
    return Session(create_database(tmp_path / "trống.skh", holder="tester"), "tester")


def enter(session: Session, typed: str) -> int:
    done = set_values(session, [Edit("SXD", "HT01a", "2017", typed=typed)], "form")
    assert done.operation_id is not None
    return done.operation_id


def test_a_file_without_office_or_root_is_told(bare: Session) -> None:
    with pytest.raises(UserError, match="file_without_office"):
        _ = bare.office
    with bare.operation("setup", source="setup") as op:
        op.save(Unit(code="SXD", name="Sở Xây dựng", kind=UnitKind.DEPARTMENT, level=UnitLevel.PROVINCE, order_number=1))
    with pytest.raises(UserError, match="file_without_root"):
        _ = bare.root
    bare.close()


def test_codes_are_found_without_regard_to_case_and_the_nearest_are_named(small_office: Session) -> None:
    assert small_office.unit("sxd").code == "SXD"
    assert small_office.system("mc").code == "MC"
    assert small_office.target(small_office.plan("kh"), "ct02").code == "CT02"
    ask: list[Callable[[], object]] = [
        lambda: small_office.unit("SXX"),
        lambda: small_office.target(small_office.plan("KH"), "CT99"),
        lambda: small_office.system("Q"),
    ]
    told = []
    for call in ask:
        with pytest.raises(UserError) as refusal:
            call()
        told.append((refusal.value.code, str(refusal.value.params["nearest"]).split(", ")))
    assert [code for code, _nearest in told] == ["unknown_code"] * 3
    assert [found[0] for _code, found in told] == ["SXD", "CT01", "QLVB"]
    assert [len(found) for _code, found in told] == [3, 3, 2]


def test_the_nearest_code_is_the_one_most_like_it() -> None:
    assert nearest("so xay dung", ["Sở Y tế", "Sở Xây dựng", "Sở Tài chính", "x"])[0] == "Sở Xây dựng"
    assert nearest("a", []) == []


@pytest.mark.parametrize("error", [OSError, KeyError, ImportError])
def test_a_system_without_logins_has_an_unknown_actor(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def nobody() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert login_name() == "unknown"


def test_what_was_undone_is_not_undone_again(small_office: Session) -> None:
    made = enter(small_office, "5")
    undone = undo(small_office, made)
    with pytest.raises(UserError) as refusal:
        undo(small_office, made)
    assert (refusal.value.code, refusal.value.params["by"]) == ("operation_reverted", str(undone.id))


def test_what_was_entered_anew_is_not_overwritten_by_an_undo(small_office: Session) -> None:
    enter(small_office, "5")
    cleared = enter(small_office, "")
    enter(small_office, "6")
    with pytest.raises(CollectedError) as refusal:
        undo(small_office, cleared)
    assert [issue.code for issue in refusal.value.issues] == ["created_since"]


def test_a_figure_of_a_unit_that_is_gone_is_taken_with_a_warning(small_office: Session) -> None:
    with small_office.operation("setup", source="setup") as op:
        op.save(replace(small_office.unit("SXD"), valid_to=date(2017, 6, 30)))
    (cell,) = set_values(small_office, [Edit("SXD", "HT01a", "2017", typed="5")], "form").cells
    assert [issue.code for issue in cell.issues] == ["unit_not_valid"]
    assert cell.answer is not None
    (earlier,) = set_values(small_office, [Edit("SXD", "HT01a", "2016", typed="5")], "form").cells
    assert earlier.issues == ()

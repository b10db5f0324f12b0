"""What a form asks each unit for."""

from __future__ import annotations

from desktop_app.domain.entities import Exemption, Target
from desktop_app.services.forms import asked_units, form_content
from desktop_app.services.session import Session


def test_units_of_one_kind_are_asked_alike_but_for_their_exemptions(small_office: Session) -> None:
    office = small_office
    target = next(item for item in office.gateway.list(Target) if item.code == "CT03")  # DV09a
    with office.operation("exempt", source="test") as op:
        op.save(Exemption(target_id=target.id, unit_id=office.unit("STC").id, reason="không có thủ tục"))
    content = form_content(office, office.plan("KH"), "2017")
    asked = {code: [item.code for item in content.elements_for(office.unit(code))] for code in ("SXD", "STC", "SYT")}
    assert "DV09a" in asked["SXD"]
    assert asked["STC"] == [code for code in asked["SXD"] if code != "DV09a"]
    assert asked["SYT"] == asked["SXD"]
    assert target not in content.targets_for(office.unit("STC"))
    assert len(content.targets_for(office.unit("SXD"))) == 7


def test_tasks_and_systems_are_asked_of_those_whom_they_concern(small_office: Session) -> None:
    office = small_office
    content = form_content(office, office.plan("KH"), "2017")
    tasks = {code: [item.code for item in content.tasks_for(office.unit(code))] for code in ("SXD", "STC", "TINH")}
    assert tasks == {"SXD": ["NV01", "NV02"], "STC": [], "TINH": []}
    assert [item.code for item in content.systems_for(office.unit("STC"))] == ["MC", "QLVB"]
    assert content.systems_for(office.root) == []
    assert [unit.code for unit in asked_units(office, content, "2017")] == ["SXD", "STC", "SYT"]


def test_what_is_asked_may_be_changed_by_whoever_was_told(small_office: Session) -> None:
    content = form_content(small_office, small_office.plan("KH"), "2017")
    unit = small_office.unit("SXD")
    content.elements_for(unit).clear()
    content.tasks_for(unit).clear()
    assert len(content.elements_for(unit)) == 9
    assert len(content.tasks_for(unit)) == 2

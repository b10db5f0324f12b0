"""Samples, the catalogue and the forms that come with plans."""

from __future__ import annotations

from collections import Counter

import pytest

from desktop_app import library
from desktop_app.domain.entities import (
    Area,
    Element,
    ElementKind,
    Form,
    FundingSource,
    Goal,
    Indicator,
    IndicatorType,
    LegalDocument,
    Plan,
    System,
    SystemCategory,
    SystemLink,
    Target,
    Task,
    Unit,
    UnitKind,
)
from desktop_app.domain.issues import UserError
from desktop_app.library import loading

SAMPLE = "thanh-hoa-2016"
CATALOGUE_ROWS = 64
TWO_TYPES = {"HT08": "MI", "HT11": "MS", "DV09": "SG", "AT04": "SR", "NL02": "SR", "CS02": "MC", "KP01": "SR"}
"""Rows of the catalogue with two types; each is two indicators."""


@pytest.fixture(scope="module")
def shipped():
    return library.load_sample(SAMPLE)


def catalogue_row(code):
    return code[:4]


def test_every_row_of_the_catalogue_is_an_indicator(shipped):
    own = {"NB18", "DV26"}  # S2-12 and S2-20 have indicators that the catalogue of 64 rows lacks
    expected = {f"{group}{number:02d}" for group, count in GROUPS.items() for number in range(1, count + 1)}
    found = {catalogue_row(item.code) for item in shipped.of(Indicator)}
    assert found == expected | own
    assert len(expected) - 1 == CATALOGUE_ROWS  # DV24 and DV25 are one row and two indicators


GROUPS = {"HT": 11, "NB": 17, "DV": 25, "AT": 4, "NL": 3, "CS": 2, "KP": 2, "KS": 1}


def test_a_row_with_two_types_is_two_indicators(shipped):
    for row, types in TWO_TYPES.items():
        found = {item.code: str(item.type) for item in shipped.of(Indicator) if item.code.startswith(row)}
        assert found == {f"{row}-{kind}": kind for kind in types}


def test_a_fact_has_one_code_however_many_indicators_use_it(shipped):
    officials = shipped.by_code(Element, "HT01b").id
    users = {item.code for item in shipped.of(Indicator) if item.denominator_id == officials}
    assert {"HT01", "HT02", "HT06", "NB01", "NB02", "NB04", "NL01", "NL02-R"} <= users
    names = Counter(item.name.casefold() for item in shipped.of(Element))
    assert [name for name, count in names.items() if count > 1] == []
    definitions = Counter(item.definition for item in shipped.of(Element))
    assert [text for text, count in definitions.items() if count > 1] == []


def test_scales_and_special_formulas(shipped):
    indicators = {item.code: item for item in shipped.of(Indicator)}
    assert {indicators[code].scale for code in ("HT02", "HT06")} == {1}
    assert {item.scale for item in shipped.of(Indicator) if item.unit == "%"} == {100}
    assert indicators["NB08"].base_id == indicators["NB06"].id
    assert indicators["NB08"].growth == "relative"
    assert len(indicators["NB03"].condition_systems) == 3
    assert "trở lên" in indicators["DV03"].name
    assert indicators["AT04-S"].direction == "down"
    assert not indicators["HT02"].is_share
    assert {item.type for item in shipped.of(Indicator)} == set(IndicatorType)


def test_a_fact_lives_in_a_deployment_or_in_an_element_never_in_both(shipped):
    for item in shipped.of(Indicator):
        assert not (item.condition_systems and item.condition_element_id)


def test_money_elements_are_shown_in_million_dong(shipped):
    money = [item for item in shipped.of(Element) if item.kind is ElementKind.MONEY]
    assert {item.code for item in money} == {"KP01a", "KP01b", "KP02a", "KP02b"}
    assert {(item.unit, item.scale_vnd) for item in money} == {("triệu đồng", 1_000_000)}


def test_definitions_say_that_a_district_includes_its_communes(shipped):
    """The sample has no commune units, so whatever a target asks of communes a district answers for them."""
    assert not [unit for unit in shipped.of(Unit) if unit.kind is UnitKind.COMMUNE]
    plan = shipped.by_code(Plan, "TH-2016-2020")
    elements = {item.id: item for item in shipped.of(Element)}
    indicators = {item.id: item for item in shipped.of(Indicator)}
    for target in shipped.of(Target):
        if target.plan_id == plan.id and UnitKind.COMMUNE in target.scope:
            indicator = indicators[target.indicator_id]
            for key in {indicator.numerator_id, indicator.denominator_id} - {None}:
                assert "gồm cả cấp xã" in elements[key].definition


def test_a_plan_has_one_form_per_kind_of_period_that_it_asks(shipped):
    codes = {item.code for item in shipped.of(Form)}
    assert {"TH-2016-2020-Y", "TH-2016-2020-Q", "HD-2017-Y", "HD-2017-Q", "HD-2017-M"} <= codes
    assert "TH-2016-2020-M" not in codes
    plans = {item.id: item.code for item in shipped.of(Plan)}
    assert all(item.code == f"{plans[item.plan_id]}-{item.period_kind}" for item in shipped.of(Form))
    without = {"CTQG-2016-2020", "BTTTT-2016-2020"}  # references that no source describes
    assert {plans[item.plan_id] for item in shipped.of(Form)} == set(plans.values()) - without


def test_targets_are_numbered_in_order_per_plan(shipped):
    for plan in shipped.of(Plan):
        codes = [item.code for item in shipped.of(Target) if item.plan_id == plan.id]
        assert codes == [f"CT{number:02d}" for number in range(1, len(codes) + 1)]


def test_one_indicator_carries_several_years(shipped):
    target = next(item for item in shipped.of(Target) if "S3-22" in item.source_ids)
    assert {goal.year: int(goal.amount) for goal in shipped.of(Goal) if goal.target_id == target.id} == {2017: 5, 2020: 30}


def test_the_funding_tree_has_its_leaves_under_their_parents(shipped):
    by_id = {item.id: item for item in shipped.of(FundingSource)}
    for item in by_id.values():
        expected = item.code.rpartition(".")[0] or None
        assert (by_id[item.parent_id].code if item.parent_id else None) == expected
    assert {"1.1.1", "1.1.2", "1.1.3", "1.2.1", "1.2.2", "1.2.3", "1.2.4"} <= {item.code for item in by_id.values()}


def test_every_system_category_has_a_system(shipped):
    used = {item.category_id for item in shipped.of(System)}
    assert {item.id for item in shipped.of(SystemCategory)} == used


def test_links_of_the_ministry_stand_with_their_ids(shipped):
    systems = {item.id: item.code for item in shipped.of(System)}
    links = {(systems[item.from_system_id], systems[item.to_system_id]): item.source_ids for item in shipped.of(SystemLink)}
    assert links["VBDH-BO", "VBDH-CP"] == ("S4-06",)
    assert list(links.values()).count(("S4-07",)) == 3
    assert list(links.values()).count(("S4-08",)) == 2


def test_laws_of_today_and_what_replaced_what(shipped):
    documents = {item.symbol: item for item in shipped.of(LegalDocument)}
    old, new = documents["67/2006/QH11"], documents["148/2025/QH15"]
    assert old.replaced_by_id == new.id
    assert (old.valid_to.isoformat(), new.valid_from.isoformat()) == ("2026-06-30", "2026-07-01")
    for item in documents.values():
        if item.replaced_by_id is not None:
            assert item.valid_to is not None
            assert item.confidence
    assert documents["102/2009/NĐ-CP"].replaced_by_id == documents["73/2019/NĐ-CP"].id


DAYS = {
    "2634/BTTTT-THH": "2015-08-17",
    "3500/BTTTT-THH": "2017-09-27",
    "09/2019/NĐ-CP": "2019-01-24",
    "73/2019/NĐ-CP": "2019-09-05",
    "30/2020/NĐ-CP": "2020-03-05",
    "20/2020/QĐ-TTg": "2020-07-22",
    "1726/QĐ-BTTTT": "2020-10-12",
    "272/KH-UBND": "2020-12-21",
    "922/QĐ-BTTTT": "2022-05-20",
    "766/QĐ-TTg": "2022-06-23",
    "42/2022/NĐ-CP": "2022-06-24",
    "405/QĐ-BKHCN": "2025-04-03",
    "1686/NQ-UBTVQH15": "2025-06-16",
    "2629/QĐ-TTg": "2025-12-01",
    "148/2025/QH15": "2025-12-11",
    "275/KH-UBND": "2025-12-31",
}
"""Legal documents that no source names but the office of today cites, with the days of their publication."""


def test_legal_documents_of_later_years_have_their_days(shipped):
    found = {item.symbol: item.issued_on.isoformat() for item in shipped.of(LegalDocument) if item.issued_on}
    assert {symbol: found.get(symbol) for symbol in DAYS} == DAYS


def test_a_plan_and_its_document_are_of_the_same_day(shipped):
    documents = {item.symbol: item for item in shipped.of(LegalDocument)}
    dated = [plan for plan in shipped.of(Plan) if plan.symbol]
    assert {plan.code for plan in dated} == {"CTQG-2011-2015", "CTQG-2016-2020", "TH-2016-2020", "HD-2017"}
    assert [plan.code for plan in dated if documents[plan.symbol].issued_on != plan.issued_on] == []


def test_tasks_of_the_province_are_led_by_units_of_the_file(shipped):
    leads = shipped.task_leads()
    own = [item for item in shipped.of(Task) if item.plan_id == shipped.by_code(Plan, "TH-2016-2020").id]
    assert {code for plan, code in leads if plan == "TH-2016-2020"} == {item.code for item in own}


def test_samples_are_listed():
    assert [item.name for item in library.samples()] == [SAMPLE]


def test_an_unknown_sample_names_those_there_are():
    with pytest.raises(UserError) as caught:
        library.load_sample("hue-2016")
    assert (caught.value.code, caught.value.params["known"]) == ("unknown_sample", SAMPLE)


def test_an_empty_file_has_the_catalogue_and_one_root():
    empty = library.load_empty()
    assert [unit.is_root for unit in empty.of(Unit)] == [True]
    assert len(empty.of(Indicator)) > CATALOGUE_ROWS
    assert empty.of(Plan) == ()
    assert not empty.illustrative


def test_a_damaged_resource_ends_the_action_with_its_place(monkeypatch):
    tables = {f"{loading.SAMPLES}/{SAMPLE}.toml": {"name": SAMPLE, "title": "x", "units": ["root"], "plans": ["HD-2017"]}}
    read = loading.read_toml
    monkeypatch.setattr(loading, "read_toml", lambda name, issues: tables.get(name) or read(name, issues))
    with pytest.raises(UserError) as caught:
        library.load_sample(SAMPLE)
    assert caught.value.code == "library_damaged"
    assert caught.value.params["problem"] == "resource_unknown_reference"
    assert "HD-2017" in str(caught.value.params["where"])


def test_everything_refers_to_what_exists_and_rows_keep_their_order(shipped):
    plan = shipped.by_code(Plan, "TH-2016-2020")
    areas = [item for item in shipped.of(Area) if item.plan_id == plan.id]
    assert [item.order_number for item in areas] == [1, 2, 3, 4, 5]
    seen: set[tuple[str, int]] = set()
    from desktop_app.library.shipped import references

    for spec, rows in shipped.batches():
        for row in rows:
            for field, target in references(spec).items():
                key = getattr(row, field)
                assert key is None or (target, key) in seen
        seen |= {(spec.name, row.id) for row in rows if hasattr(row, "id")}
    assert len(seen) == sum(len(rows) for rows in shipped.groups.values())


def test_units_of_2016(shipped):
    kinds = [unit.kind for unit in shipped.of(Unit)]
    assert (kinds.count(UnitKind.PROVINCE), kinds.count(UnitKind.DEPARTMENT), kinds.count(UnitKind.DISTRICT)) == (1, 20, 27)
    districts = [unit for unit in shipped.of(Unit) if unit.kind is UnitKind.DISTRICT]
    assert [unit.admin_code for unit in districts] == [str(code) for code in range(380, 408) if code != 383]
    assert all(unit.identifier_illustrative for unit in shipped.of(Unit) if not unit.is_root)

"""The shipped data against our own copy of the sources' trace, ``tests/data/trace.csv``.

The copy was written from the sources, not from the resources. A missing id and a wrong figure fail alike, and the tests
at the end prove it by breaking every figure of the copy and every id of the shipped data.
"""

from __future__ import annotations

import ast
import csv
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app import library
from desktop_app.domain.entities import (
    Area,
    FundingSource,
    Goal,
    Indicator,
    LegalDocument,
    Plan,
    PlanActor,
    PlanBasis,
    PlanBudget,
    System,
    Target,
    Task,
    UnitKind,
)
from desktop_app.domain.specs import spec_of

TESTS = Path(__file__).resolve().parent.parent
TRACE = TESTS / "data" / "trace.csv"
SAMPLE = "thanh-hoa-2016"
WITH_IDS = (LegalDocument, System, Area, PlanActor, Target, Task, PlanBudget, Plan)
FREE = {"id", "kind", "note"}


def rows():
    with TRACE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


ROWS = rows()
IDS = [row["id"] for row in ROWS]


class Shelf:
    """The shipped sample, searched by trace id."""

    def __init__(self, shipped):
        self.shipped = shipped
        self.names = {
            cls: {item.id: item for item in shipped.of(cls)} for cls in (Plan, Indicator, LegalDocument, FundingSource)
        }

    def of(self, cls, trace_id):
        return [item for item in self.shipped.of(cls) if trace_id in item.source_ids]

    def plan_code(self, item):
        return self.names[Plan][item.plan_id].code

    def without(self, trace_id):
        """Return the shelf as if nothing carried a trace id."""
        groups = dict(self.shipped.groups)
        for cls in WITH_IDS:
            name = spec_of(cls).name
            groups[name] = tuple(
                replace(item, source_ids=tuple(word for word in item.source_ids if word != trace_id))
                for item in groups[name]
            )
        return Shelf(replace(self.shipped, groups=groups))


@pytest.fixture(scope="module")
def shelf():
    return Shelf(library.load_sample(SAMPLE))


def parts(text):
    return [part.strip().casefold() for part in text.split(";") if part.strip()]


def unmatched(wanted, texts):
    """Return the wanted words that no text holds as whole words."""
    found = [text.casefold() for text in texts]
    return [part for part in parts(wanted) if not any(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) for text in found)]


def wrong(row, column, found):
    return [] if row[column] == found else [f"{row['id']} {column}: source {row[column]!r}, shipped {found!r}"]


def lacking(row, column, texts):
    return [f"{row['id']} {column}: {part!r} is nowhere in {texts}" for part in unmatched(row[column], texts)]


def check_target(row, shelf):
    found = shelf.of(Target, row["id"])
    if len(found) != 1:
        return [f"{row['id']}: {len(found)} targets"]
    target = found[0]
    indicator = shelf.names[Indicator][target.indicator_id]
    goals = {goal.year: goal.amount for goal in shelf.shipped.of(Goal) if goal.target_id == target.id}
    year = int(row["year"]) if row["year"] else None
    goal = target.threshold if target.is_qualitative else goals.get(year)
    problems = wrong(row, "plan", shelf.plan_code(target))
    problems += wrong(row, "indicator", indicator.code)
    problems += wrong(row, "type", "Q" if target.is_qualitative else str(indicator.type))
    problems += wrong(row, "comparator", str(target.comparator))
    if set(row["scope"].split()) != {str(kind) for kind in target.scope}:
        problems.append(f"{row['id']} scope: source {row['scope']}, shipped {target.scope}")
    if (Decimal(row["goal"]) if row["goal"] else None) != goal:
        problems.append(f"{row['id']} goal of {year}: source {row['goal']!r}, shipped {goal}")
    if year is not None and target.is_qualitative and year != shelf.names[Plan][target.plan_id].end_year:
        problems.append(f"{row['id']} year: a target in words is due in the plan's last year")
    problems += lacking(row, "wording", [target.wording or ""])
    if row["comparator"] == "approx" and f"tolerance {target.tolerance_percent}" != row["note"]:
        problems.append(f"{row['id']} tolerance: source {row['note']}, shipped {target.tolerance_percent}")
    return problems


def check_system(row, shelf):
    found = shelf.of(System, row["id"])
    if not found:
        return [f"{row['id']}: no system"]
    problems = lacking(row, "name", [item.name for item in found])
    if row["unit_kind"] and not any(set(row["unit_kind"].split()) <= set(item.scope) for item in found):
        problems.append(f"{row['id']} unit kind: nobody of {row['unit_kind']} is asked for its state")
    return problems


def check_area(row, shelf):
    found = shelf.of(Area, row["id"])
    if len(found) != 1:
        return [f"{row['id']}: {len(found)} areas"]
    problems = wrong(row, "plan", shelf.plan_code(found[0])) + lacking(row, "name", [found[0].name])
    place = re.match(r"content (\d) of", row["note"])
    if place and int(place[1]) != found[0].order_number:
        problems.append(f"{row['id']} order: {found[0].order_number}")
    return problems


def check_actor(row, shelf):
    found = shelf.of(PlanActor, row["id"])
    if not found:
        return [f"{row['id']}: no actor"]
    problems = [problem for item in found for problem in wrong(row, "plan", shelf.plan_code(item))]
    problems += lacking(row, "name", [item.name for item in found])
    kinds = {str(item.unit_kind) for item in found if item.unit_kind}
    if set(row["unit_kind"].split()) != kinds:
        problems.append(f"{row['id']} unit kind: source {row['unit_kind']}, shipped {kinds}")
    return problems


def check_deadline(row, shelf):
    found = shelf.of(Task, row["id"])
    if len(found) != 1:
        return [f"{row['id']}: {len(found)} tasks"]
    task = found[0]
    date = task.due_on.isoformat() if task.due_on else task.due_text
    problems = wrong(row, "plan", shelf.plan_code(task)) + wrong(row, "date", date)
    problems += wrong(row, "recurring", task.recurring or "")
    problems += lacking(row, "name", [task.name])
    problems += lacking(row, "owner", [task.lead or ""])
    problems += lacking(row, "cooperating", [task.cooperating or ""])
    problems += lacking(row, "product", [task.product or ""])
    if row["number"] and "LAW" not in row["kind"]:
        document = shelf.names[LegalDocument].get(task.legal_document_id)
        problems += wrong(row, "number", document.symbol if document else "")
        problems += wrong(row, "day", document.issued_on.isoformat() if document else "")
    if parts(row["cooperating"]) == [] and task.cooperating:
        problems.append(f"{row['id']} cooperating: source names none")
    return problems


def check_law(row, shelf):
    cited = {(shelf.plan_code(item), item.legal_document_id) for item in shelf.shipped.of(PlanBasis)}
    documents = {item.symbol: item for item in shelf.of(LegalDocument, row["id"])}
    problems = []
    for number, day in zip(row["number"].split(), row["day"].split() or [""], strict=True):
        document = documents.get(number)
        if document is None:
            problems.append(f"{row['id']}: no legal document {number}, but {list(documents)}")
            continue
        issued = document.issued_on.isoformat() if document.issued_on else ""
        if issued != day:
            problems.append(f"{row['id']} day: source {day!r}, shipped {issued!r}")
        plan = shelf.shipped.by_code(Plan, row["plan"])
        is_plan = plan.symbol == number
        if is_plan and plan.issued_on != document.issued_on:
            problems.append(f"{row['id']}: the plan is of {plan.issued_on}, its document of {document.issued_on}")
        if (row["plan"], document.id) not in cited and not is_plan:
            problems.append(f"{row['id']}: {row['plan']} does not cite {number}")
        if "DL" not in row["kind"]:
            problems += lacking(row, "date", [document.issued_text or ""])
    return problems


def check_budget(row, shelf):
    found = shelf.of(PlanBudget, row["id"])
    if len(found) != 1:
        return [f"{row['id']}: {len(found)} budgets"]
    budget = found[0]
    source = shelf.names[FundingSource][budget.funding_source_id].code
    problems = wrong(row, "plan", shelf.plan_code(budget)) + wrong(row, "source", source)
    problems += wrong(row, "amount", "" if budget.amount_vnd is None else str(budget.amount_vnd))
    problems += wrong(row, "approximate", "yes" if budget.approximate else "")
    return problems + ([] if "DL" in row["kind"] else lacking(row, "name", [budget.name]))


def check_correction(row, shelf):
    """What a source got wrong is said where it was corrected."""
    found = [item for cls in (LegalDocument, Task, Plan) for item in shelf.of(cls, row["id"])]
    notes = [item.correction for item in found if item.correction]
    notes += [item.correction for item in shelf.shipped.of(Plan) if item.correction and row["id"] in item.correction]
    return [] if notes else [f"{row['id']}: no correction"]


def named_tests():
    """Return the names of all tests of the project."""
    names = set()
    for path in TESTS.rglob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names |= {
            node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        }
    return names


NAMED = named_tests()


def check_named_test(row, _shelf, names=None):
    wanted = row["id"].replace("-", "_")
    found = any(f"_{wanted}_" in f"{name}_" for name in (NAMED if names is None else names))
    return [] if found else [f"{row['id']}: no test is named after it"]


CHECKS = {
    "T": (check_target,),
    "SYS": (check_system,),
    "AREA": (check_area,),
    "ACT": (check_actor,),
    "DL": (check_deadline,),
    "LAW": (check_law,),
    "BUD": (check_budget,),
    "REL": (check_named_test,),
    "ERR": (check_correction, check_named_test),
}


def problems_of(row, shelf):
    return [problem for kind in row["kind"].split("/") for check in CHECKS[kind] for problem in check(row, shelf)]


def expected_ids():
    counts = {"S0": 17, "S1": 14, "S2": 28, "S3": 30, "S4": 13}
    return [f"{source}-{number:02d}" for source, count in counts.items() for number in range(1, count + 1)]


def test_the_copy_has_every_id_of_the_trace_once():
    assert expected_ids() == IDS


def test_the_copy_counts_every_kind():
    kinds = [kind for row in ROWS for kind in row["kind"].split("/")]
    counted = {kind: kinds.count(kind) for kind in CHECKS}
    assert counted == {"T": 35, "SYS": 36, "AREA": 14, "ACT": 9, "DL": 8, "LAW": 11, "BUD": 3, "REL": 9, "ERR": 5}


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_every_row_is_represented(row, shelf):
    assert problems_of(row, shelf) == []


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_a_missing_id_fails(row, shelf):
    """Take the id away from everything shipped, and its tests away: the row must fail."""
    stripped = shelf.without(row["id"])
    kinds = set(row["kind"].split("/")) - {"REL", "ERR"}
    if kinds:
        assert all(CHECKS[kind][0](row, stripped) for kind in kinds)
    else:
        wanted = row["id"].replace("-", "_")
        assert check_named_test(row, shelf, [name for name in NAMED if wanted not in name])


BROKEN = [(row, column) for row in ROWS for column in row if column not in FREE and row[column] and row["kind"] != "REL"]


@pytest.mark.parametrize(("row", "column"), BROKEN, ids=[f"{row['id']}-{column}" for row, column in BROKEN])
def test_a_wrong_figure_fails(row, column, shelf):
    """Change one thing in the copy: the row must fail, so whatever the copy says is compared."""
    changed = {
        "goal": lambda text: str(Decimal(text) + 1),
        "year": lambda text: str(int(text) + 1),
        "amount": lambda text: str(int(text) + 1),
        "scope": lambda text: " ".join(sorted({str(kind) for kind in UnitKind} - set(text.split()))),
        "plan": lambda text: "CTQG-2011-2015" if text != "CTQG-2011-2015" else "TH-2016-2020",
        "day": lambda text: text.replace("-0", "-1", 1) if "-0" in text else text.replace("-1", "-0", 1),
    }.get(column, lambda text: text + "x")
    broken = {**row, column: changed(row[column])}
    assert broken[column] != row[column]
    assert problems_of(broken, shelf)


def test_scopes_of_the_copy_are_unit_kinds():
    known = {str(kind) for kind in UnitKind}
    assert all(set(row["scope"].split()) | set(row["unit_kind"].split()) <= known for row in ROWS)

"""The walk of sixty broken returns, made anew and judged; walk.md tells of it.

``python -m tests.returns.walk make FOLDER`` creates the sample office, collects made-up returns of 2016, issues 2017 and
writes the folder ``gui-ve`` with what the units send back, and ``su-that.csv`` with what must come of every cell.
``python -m tests.returns.walk judge FOLDER`` collects that folder on the command line, compares every cell with the
truth and writes ``ket-qua.csv`` and ``bang.md``. LibreOffice breaks more than half of them: that needs ``soffice`` and a
Python with ``uno`` (``--python``).
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import shutil
import subprocess
import sys
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from desktop_app.domain.columns import DEPLOYMENT_WORDS, TASK_WORDS
from desktop_app.domain.entities import Deployment, Element, System, Task, TaskReport, Unit, Value, ValueState
from desktop_app.domain.entities.plans import TaskStatus
from desktop_app.domain.entities.systems import DeploymentStatus
from desktop_app.services.collecting import apply_collection, plan_collection
from desktop_app.services.issuing import issue
from desktop_app.services.session import Session
from desktop_app.services.setup import create_file
from tests.exchange.hostile import hostile_files
from tests.returns import columns, identities, rows, shapes  # noqa: F401 - each registers its breakers
from tests.returns.breaking import (
    BREAKERS,
    FIGURES,
    SYSTEMS,
    TASKS,
    Lost,
    NotApplicableError,
    Spot,
    broken,
    covers,
    found,
    saved,
)
from tests.returns.walk_cases import (
    BY_HAND,
    EITHER,
    EXACT,
    NINE_MONTHS,
    NOTE,
    NOTHING,
    NOW,
    PAID,
    PERCENT,
    QUIET,
    REMARK,
    SCRIPT,
    SINCE,
    STATUS,
    TOLD,
    USERS,
    WARNED,
    Case,
    honest,
)

PLAN, YEARS = "TH-2016-2020", ("2016", "2017")
OFFICE, ISSUED, SENT = "tinh.skh", "phat-hanh", "gui-ve"
TRUTH, RESULT, TABLE = "su-that.csv", "ket-qua.csv", "bang.md"
LIBRARY = {item.name: item for item in BREAKERS}
COLUMNS = ("file", "unit", "year", "sheet", "code", "column", "typed", "means", "then")
WHOLE = {"sheet_missing", "header_missing", "code_column_missing", "code_column_twice", "columns_swapped", "figures_unread"}
"""Issues that explain why no cell of a sheet was taken."""
OF_FILE = {"table_pasted_over", "round_filled_again", "identity_foreign", "row_without_code"}
"""Issues that explain cells without naming the code of each."""
NO_RETURNS = {
    "*bomb": lambda: next(hostile_files(["bombs"])).content,
    "*empty": lambda: b"",
    "*scan": lambda: b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
}
"""Files that are no workbooks any more."""
Truth = dict[str, str]


def cases() -> list[Case]:
    """Return every file of the walk."""
    return [*BY_HAND, *SCRIPT]


def name_of(case: Case) -> str:
    """Return the name under which a file comes back."""
    return case.name or f"{case.unit}_{PLAN}-Y_{case.year}.xlsx"


def answers(book: Any, number: int, year: str) -> dict[Spot, tuple[Any, str]]:
    """Return what an honest unit types into its workbook, and what that means."""
    made: dict[Spot, tuple[Any, str]] = {}
    for code in _codes(book, FIGURES):
        figure = honest(number, year)[code]
        made[FIGURES, code, NOW] = ("có", "1") if code == "CS01a" else (figure, str(figure))
    for at, code in enumerate(_codes(book, SYSTEMS) if year == YEARS[-1] else ()):
        if at % 4 == 3:
            made[SYSTEMS, code, STATUS] = (DEPLOYMENT_WORDS[DeploymentStatus.NOT_YET], DeploymentStatus.NOT_YET.value)
        else:
            made[SYSTEMS, code, STATUS] = (DEPLOYMENT_WORDS[DeploymentStatus.IN_USE], DeploymentStatus.IN_USE.value)
            made[SYSTEMS, code, SINCE] = (date(2015, 8, 3 + at), f"2015-08-{3 + at:02d}")
            made[SYSTEMS, code, USERS] = (20 + number + at, str(20 + number + at))
    for at, code in enumerate(_codes(book, TASKS)):
        done = 40 + at + (5 if year == YEARS[-1] else 0)
        paid = 1250.5 + 100 * at + (50 if year == YEARS[-1] else 0)
        made[TASKS, code, STATUS] = (TASK_WORDS[TaskStatus.IN_PROGRESS], TaskStatus.IN_PROGRESS.value)
        made[TASKS, code, PERCENT] = (done, str(done))
        made[TASKS, code, PAID] = (paid, str(int(paid * 1_000_000)))
    return made


def _codes(book: Any, sheet: str) -> list[str]:
    try:
        return list(found(book, sheet).rows)
    except NotApplicableError:  # a table of one row, or of none
        codes = (str(cell.value or "") for (cell,) in book[sheet].iter_rows(min_row=2, max_col=1))
        return [code for code in codes if code.isascii() and code and " " not in code]


def _cell(book: Any, spot: Spot) -> Any:
    sheet, code, heading = spot
    table = book[sheet]
    at = next(cell.column for cell in table[1] if cell.value == heading)
    return next(table.cell(row[0].row, at) for row in table.iter_rows() if row[0].value == code)


def filled(issued: bytes, case: Case, number: int) -> tuple[bytes, dict[Spot, tuple[Any, str]]]:
    """Return the workbook as the unit typed it, before anything is broken, and what its cells mean."""
    book = openpyxl.load_workbook(BytesIO(issued))
    made = answers(book, number, YEARS[-1])
    for spot, (raw, means) in list(made.items()):
        if case.add and spot[0] == FIGURES:
            made[spot] = (raw + case.add, str(int(means) + case.add))
    for spot, (raw, _means) in made.items():
        _cell(book, spot).value = raw
    for spot, typed in case.typed.items():
        cell = _cell(book, spot)
        if typed.raw is not None or spot not in made:
            cell.value = typed.raw
        if typed.number_format:
            cell.number_format = typed.number_format
        made[spot] = (typed.raw, "" if typed.means in (NOTHING, None) else str(typed.means))
    return saved(book), made


def truths(case: Case, made: dict[Spot, tuple[Any, str]], lost: Lost) -> Iterator[Truth]:
    """Yield a row of the truth for every cell of a file."""
    for spot, (raw, means) in made.items():
        typed = case.typed.get(spot)
        then = typed.then if typed else EXACT
        if typed is not None and typed.means is None:
            continue  # a blank means nothing, and nothing need be said of it
        if covers(case.may, spot):
            then = EITHER
        elif covers(lost, spot) or case.year != YEARS[-1]:
            then = TOLD
        yield dict(
            zip(
                COLUMNS,
                (name_of(case), case.unit, case.year, *spot, "" if raw is None else str(raw), means, then),
                strict=True,
            )
        )


def office(folder: Path) -> Session:
    """Create the data file with collected returns of 2016 and issued workbooks of 2017."""
    session = create_file(folder / OFFICE, "thanh-hoa-2016", "Lê Thị Hà")
    issue(session, PLAN, YEARS[0], folder / ISSUED / YEARS[0])
    order = _order(folder / ISSUED / YEARS[0])
    last = folder / "nam-2016"
    last.mkdir()
    for path in sorted((folder / ISSUED / YEARS[0]).iterdir()):
        book = openpyxl.load_workbook(path)
        for spot, (raw, _means) in answers(book, order.index(path.name.split("_")[0]), YEARS[0]).items():
            _cell(book, spot).value = raw
        (last / path.name).write_bytes(saved(book))
    plan = plan_collection(session, [last])
    assert not plan.needs_attention, [found_issue for item in plan.files for found_issue in item.issues]
    apply_collection(session, plan)
    with session.operation("value.set", source="form") as op:
        for (unit, code), amount in NINE_MONTHS.items():
            place = {"unit_id": session.unit(unit).id, "element_id": session.element(code).id}
            op.save(Value(**place, period="2017-9M", state=ValueState.VALUE, amount=amount))
    issue(session, PLAN, YEARS[1], folder / ISSUED / YEARS[1])
    return session


def make(folder: Path, python: str) -> None:
    """Make the office, the folder of returns and the truth."""
    folder.mkdir(parents=True)
    office(folder).close()
    order = _order(folder / ISSUED / YEARS[0])
    sent, raw = folder / SENT, folder / "truoc-khi-hong"
    sent.mkdir()
    raw.mkdir()
    rows_of: list[Truth] = []
    jobs: list[dict[str, Any]] = []
    for at, case in enumerate(cases()):
        issued = folder / ISSUED / case.year / f"{case.unit}_{PLAN}-Y_{case.year}.xlsx"
        content, made = filled(issued.read_bytes(), case, order.index(case.unit))
        lost = set(case.lost)
        if case.calc is not None:
            source = raw / f"{at:02d}_{case.unit}.xlsx"
            source.write_bytes(content)
            jobs.append(_job(folder, case, source, sent / name_of(case)))
        else:
            content, more = _broken(content, case)
            lost |= more
            _put(sent, case, content)
        rows_of += truths(case, made, lost)
    _in_calc(folder, jobs, python)
    (sent / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0 pictures of a folder")
    _written(folder / TRUTH, rows_of)
    print(f"{len(cases())} returns: {len(jobs)} by LibreOffice, {len(cases()) - len(jobs)} by script; {len(rows_of)} cells")


def _order(folder: Path) -> list[str]:
    """Return the units of a folder of issued workbooks; each has its place in the made-up figures."""
    return [path.name.split("_")[0] for path in sorted(folder.iterdir())]


def _broken(content: bytes, case: Case) -> tuple[bytes, Lost]:
    if case.breakers and case.breakers[0] in NO_RETURNS:
        return NO_RETURNS[case.breakers[0]](), set()
    return broken(content, [LIBRARY[name] for name in case.breakers])


def _put(sent: Path, case: Case, content: bytes) -> None:
    if not case.packed:
        (sent / name_of(case)).write_bytes(content)
        return
    with zipfile.ZipFile(sent / case.packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name_of(case), content)


def _job(folder: Path, case: Case, source: Path, target: Path) -> dict[str, Any]:
    ways = [list(way) for way in case.calc or ()]
    if case.adopts:
        other = folder / ISSUED / YEARS[1] / f"{case.adopts}_{PLAN}-Y_{YEARS[1]}.xlsx"
        ways.append(["import_sheet", str(other), FIGURES, "BIM SON"])
    return {"source": str(source), "target": str(target), "ways": ways, "filter": case.filter, "password": case.password}


def _in_calc(folder: Path, jobs: list[dict[str, Any]], python: str) -> None:
    listed = folder / "viec.json"
    listed.write_text(json.dumps(jobs, ensure_ascii=False), encoding="utf-8")
    subprocess.run(
        [python, str(Path(__file__).with_name("walk_in_calc.py")), str(listed)], check=True, stdout=subprocess.DEVNULL
    )


def _written(path: Path, rows_of: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows_of[0]))
        writer.writeheader()
        writer.writerows(rows_of)


def stored(session: Session, period: str) -> dict[tuple[str, Spot], str]:
    """Return everything that the data file holds of a period, as the truth writes it."""
    units = {item.id: item.code for item in session.gateway.list(Unit)}
    elements = {item.id: item.code for item in session.gateway.list(Element)}
    systems = {item.id: item.code for item in session.gateway.list(System)}
    tasks = {item.id: item for item in session.gateway.list(Task)}
    held: dict[tuple[str, Spot], Any] = {}
    for value in session.gateway.list(Value, period=period):
        place = units[value.unit_id], elements[value.element_id]
        held[place[0], (FIGURES, place[1], NOW)] = "KPS" if value.state is ValueState.NOT_APPLICABLE else value.amount
        held[place[0], (FIGURES, place[1], NOTE)] = value.note
    for row in session.gateway.list(Deployment) if period == YEARS[-1] else ():
        told = {STATUS: row.status.value, SINCE: row.since_on, USERS: row.users, REMARK: row.note}
        held.update({(units[row.unit_id], (SYSTEMS, systems[row.system_id], name)): told[name] for name in told})
    for report in session.gateway.list(TaskReport, period=period):
        task = tasks[report.task_id]
        lead = units[task.lead_unit_id] if task.lead_unit_id else ""
        told = {
            STATUS: report.status and report.status.value,
            PERCENT: report.percent,
            PAID: report.disbursed_vnd,
            REMARK: report.note,
        }
        held.update({(lead, (TASKS, task.code, name)): told[name] for name in told})
    return {place: str(content) for place, content in held.items() if content is not None}


def judge(folder: Path) -> int:
    """Collect the folder on the command line, compare every cell, print what differs; returns how many do."""
    data = folder / "xet.skh"
    shutil.copy(folder / OFFICE, data)
    problems = folder / "can-xem-lai.xlsx"
    problems.unlink(missing_ok=True)
    started = time.monotonic()
    preview = _collected(data, folder / SENT, "--problems", str(problems))
    took = time.monotonic() - started
    with contextlib.closing(Session.open(data, "walk", read_only=True)) as session:
        before = {year: stored(session, year) for year in YEARS}
    applied = _collected(data, folder / SENT, "--apply", "--expect", preview["digest"])
    with contextlib.closing(Session.open(data, "walk", read_only=True)) as session:
        held = {year: stored(session, year) for year in YEARS}
    with (folder / TRUTH).open(encoding="utf-8", newline="") as stream:
        truth = list(csv.DictReader(stream))
    defects, results = _judged(truth, applied, held[YEARS[1]])
    defects += [
        f"2016 changed: {place}" for place in before[YEARS[0]] if held[YEARS[0]].get(place) != before[YEARS[0]][place]
    ]
    _written(folder / RESULT, results)
    (folder / TABLE).write_text("\n".join(table(results, applied)), encoding="utf-8")
    total = Counter(row["came"] for row in results)
    print(f"{len(preview['files'])} files read in {took:.1f} s; cells: {dict(total)}; {len(defects)} to look at")
    print("\n".join(defects))
    return len(defects)


def table(results: list[Truth], applied: dict[str, Any]) -> Iterator[str]:
    """Yield the table of walk.md: what was done, what had to come out of it, what came out."""
    yield "| # | unit | what was done | by | must come out | came out |"
    yield "|---|---|---|---|---|---|"
    for number, case in enumerate(cases(), start=1):
        name = name_of(case)
        item = next(item for item in applied["files"] if _shown(item["path"]).endswith(name))
        cells = Counter(row["came"] for row in results if row["file"] == name)
        codes = dict.fromkeys(found_issue["code"] for found_issue in item["issues"] if found_issue["severity"] != "info")
        words = [f"{count} {word}" for word, count in sorted(cells.items(), reverse=True)]
        came = "refused" if item["status"] == "refused" else ", ".join(words)
        told = ": " * bool(codes) + ", ".join(f"`{code}`" for code in codes)
        by = "script" if case.calc is None else "LibreOffice"
        yield f"| {number} | {case.unit} | {case.says} | {by} | {_wanted(case)} | {came}{told} |"


def _wanted(case: Case) -> str:
    """Say in a few words what must come of a file."""
    if case.refused and "" not in case.refused:
        return "refused"
    lost = sum(typed.then == TOLD for typed in case.typed.values()) + len(case.lost)
    if case.year != YEARS[-1] or "" in case.refused:
        return "nothing taken silently"
    return "every cell exact" + (", but for what is told" if lost or case.told else "")


def _collected(data: Path, *arguments: str | Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "--json", "form", "collect", str(data), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return json.loads(done.stdout)


def _judged(truth: list[Truth], applied: dict[str, Any], held: dict[tuple[str, Spot], str]) -> tuple[list[str], list[Truth]]:
    files = {_shown(item["path"]): item for item in applied["files"]}
    by_file = defaultdict(list)
    for row in truth:
        by_file[row["file"]].append(row)
    allowed: dict[tuple[str, Spot], set[str]] = defaultdict(set)
    for row in truth:
        if row["then"] != TOLD and row["year"] == YEARS[-1]:
            allowed[row["unit"], _spot(row)].add(row["means"])
    defects = [
        f"WRONG {place}: {content}, not {allowed[place] or 'anything'}"
        for place, content in held.items()
        if content not in allowed[place]
    ]
    results: list[Truth] = []
    for case in cases():
        name = name_of(case)
        item = next((item for path, item in files.items() if path == name or path.endswith(f"/{name}")), None)
        if item is None:
            defects.append(f"{name}: not among the files")
            continue
        defects += _of_file(case, item)
        for row in by_file[name]:
            came, wrong = _of_cell(row, item, held, allowed)
            results.append({**row, "stored": held.get((row["unit"], _spot(row)), ""), "came": came})
            if wrong:
                defects.append(f"{name} {row['sheet']} {row['code']} {row['column']} ({row['then']}): {wrong}")
    return defects, results


def _shown(path: str) -> str:
    return path.split(f"{SENT}/", 1)[-1]


def _spot(row: Truth) -> Spot:
    return row["sheet"], row["code"], row["column"]


def _of_file(case: Case, item: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the treatment of a file as a whole."""
    codes = {found_issue["code"] for found_issue in item["issues"]}
    refused = item["status"] == "refused"
    if refused != bool(case.refused) and "" not in case.refused:
        yield f"{name_of(case)}: {item['status']} {sorted(codes)}"
    if refused and case.refused and "" not in case.refused and not codes & set(case.refused):
        yield f"{name_of(case)}: refused as {sorted(codes)}, not {case.refused}"
    if case.told and not codes & set(case.told):
        yield f"{name_of(case)}: none of {case.told} in {sorted(codes)}"


def _of_cell(
    row: Truth, item: dict[str, Any], held: dict[tuple[str, Spot], str], allowed: dict[tuple[str, Spot], set[str]]
) -> tuple[str, str]:
    """Return what became of a cell, and what is wrong with that, "" for nothing."""
    content = held.get((row["unit"], _spot(row)), "")
    if item["status"] == "refused":
        return "refused", ""
    told = [found_issue for found_issue in item["issues"] if _tells(found_issue, row)]
    nowhere = [found_issue["code"] for found_issue in told if found_issue["item"] and not found_issue["cell"]]
    if nowhere and set(nowhere) - {"row_missing"}:
        return "asked", f"told without a cell: {nowhere}"
    warned = any(
        found_issue["item"] == row["code"] and found_issue["severity"] == "warning" for found_issue in item["issues"]
    )
    if row["then"] != TOLD and content == row["means"]:
        if (row["then"] == WARNED) != warned and row["then"] in (WARNED, QUIET):
            return "right", f"warned: {warned}"
        return "right", ""
    if not told:
        return "silent", f"stored {content!r}, typed {row['typed']!r}, nothing told"
    wrong = row["then"] in (EXACT, WARNED, QUIET) and row["means"] != content
    return "asked", f"asked although clear: {[found_issue['code'] for found_issue in told]}" if wrong else ""


def _tells(found_issue: dict[str, Any], row: Truth) -> bool:
    code, severity = found_issue["code"], found_issue["severity"]
    if found_issue["item"] == row["code"]:
        return code == "row_missing" or severity in ("error", "question")
    return (
        code in OF_FILE
        or (code in WHOLE and row["sheet"] in (found_issue["sheet"] or row["sheet"]))
        or code == "column_missing"
    )


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.returns.walk")
    parser.add_argument("what", choices=("make", "judge"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", default="python3", help="a Python that can import uno")
    chosen = parser.parse_args()
    if chosen.what == "make":
        make(chosen.folder.resolve(), chosen.python)
        return 0
    return min(judge(chosen.folder.resolve()), 1)


if __name__ == "__main__":
    sys.exit(main())

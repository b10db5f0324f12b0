"""Reading a batch of returned files into a frozen plan of what would be taken; nothing is written."""

from __future__ import annotations

import gc
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from desktop_app.domain import periods
from desktop_app.domain.entities import Plan, Unit
from desktop_app.domain.issues import Issue, Place, UserError
from desktop_app.domain.merge import Merge, Policy
from desktop_app.services import cells
from desktop_app.services.cells import Cells
from desktop_app.services.collecting.checks import blanks, doubts, lacks_figures, lost_sheets
from desktop_app.services.collecting.desk import RoundDesk, UnitDesk, sheet_kinds
from desktop_app.services.collecting.disputes import ReadAnswers, Settled, settle_files, settle_sheets, told_apart
from desktop_app.services.collecting.merging import MergedForm, merge_form
from desktop_app.services.collecting.old_rounds import NewerRounds
from desktop_app.services.collecting.plan import CollectionPlan, FilePlan, RoundState
from desktop_app.services.collecting.reading import CellReader, ReadForm, form_issues
from desktop_app.services.collecting.system_doubts import system_doubts
from desktop_app.services.collecting.task_doubts import task_doubts
from desktop_app.services.collecting.without_meta import mark_doubtful_rows, missing_rows
from desktop_app.services.returns import reason_of, rejection_of
from desktop_app.services.rounds import unit_standings
from desktop_app.services.session import Session, nearest
from desktop_app.storage.history import history
from desktop_app.text.vietnamese import word_key

if TYPE_CHECKING:
    from desktop_app.exchange.child.client import ReadFile
    from desktop_app.exchange.recognising.forms import ReturnedForm

Progress = Callable[[int, int, str], None]


def plan_collection(
    session: Session,
    paths: Iterable[Path],
    policy: Policy = Policy.NONBLANK,
    *,
    take_rejected: bool = False,
    progress: Progress | None = None,
    each: Callable[[FilePlan], None] | None = None,
) -> CollectionPlan:
    """Read files, folders and zip archives and plan what would be taken; nothing is written.

    Args:
        session: the open file.
        paths: what was dropped or named.
        policy: what to do with differences.
        take_rejected: True to take the very file that was rejected before; False to refuse it, with the reason.
        progress: told after each file that was found, of a total of 0 as it is not known yet, and again after each that
            was read; it may raise to stop.
        each: given each file as soon as it is planned; where a unit sent several, their plans may still change.

    Raises:
        UserError: there is no file at all.
    """
    with without_collector():
        planner = _Planner(session, policy, take_rejected=take_rejected)
        return _planned(session, paths, planner, progress, each)


def _planned(
    session: Session,
    paths: Iterable[Path],
    planner: _Planner,
    progress: Progress | None,
    each: Callable[[FilePlan], None] | None,
) -> CollectionPlan:
    from desktop_app.exchange.child.client import read_files
    from desktop_app.exchange.scanning.found_files import find_files

    found = []
    for item in find_files(paths):
        found.append(item)
        if progress is not None:
            progress(len(found), 0, Path(item.name).name)
    if not found:
        raise UserError("nothing_to_collect")
    files = []
    reading = read_files(found)
    try:
        for number, read in enumerate(reading, start=1):
            files.append(planner.plan(read))
            if each is not None:
                each(files[-1])
            if progress is not None:
                progress(number, len(found), Path(read.file.name).name)
    finally:
        reading.close()
    planner.settle(files)
    newest = history(session.database, limit=1)
    return CollectionPlan(
        policy=planner.policy,
        files=tuple(files),
        rounds=tuple(planner.round_states(files)),
        digest=_digest(planner.policy, files),
        after_operation=newest[0].id if newest else 0,
    )


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep the garbage collector from walking over and over the many objects that a plan makes and keeps."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()  # what was made is old now, so that it is not walked at once
        if was_enabled:
            gc.enable()


def _digest(policy: Policy, files: list[FilePlan]) -> str:
    facts = [
        [
            item.sha256,
            item.unit.code if item.unit else "",
            item.form,
            item.period,
            item.refused,
            item.is_known,
            item.merged.fingerprint if item.merged else "",
            [(found.code, found.place.sheet, found.place.cell, found.place.item) for found in item.issues],
        ]
        for item in files
    ]
    return hashlib.sha256(json.dumps([str(policy), facts], ensure_ascii=False).encode()).hexdigest()


def _reader() -> CellReader:
    from desktop_app.exchange.layout import INPUTS

    return CellReader(sheet_kinds(), {sheet: [str(column) for column in columns] for sheet, columns in INPUTS.items()})


class _Planner:
    """Plans the files of one batch, one after the other, and at the end those of units that sent several."""

    def __init__(self, session: Session, policy: Policy, *, take_rejected: bool) -> None:
        self._session = session
        self.policy = policy
        self._take_rejected = take_rejected
        self._office = session.office
        self._reader = _reader()
        self._rounds: dict[tuple[str, str], RoundDesk] = {}
        self._plans = {item.code.casefold(): item for item in session.gateway.list(Plan)}
        self._units = {item.code.casefold(): item for item in session.gateway.list(Unit)}
        self._arrivals: dict[tuple[int, str], list[_Arrival]] = {}
        self._newer = NewerRounds(session)
        self._count = -1

    def plan(self, item: ReadFile) -> FilePlan:
        """Plan one file."""
        file = item.file
        self._count += 1
        blank = FilePlan(file.name, hashlib.sha256(file.content).hexdigest(), file.content)
        try:
            return self._planned(blank, item)
        except _RefusedError as refusal:
            issues = tuple(_at_file(issue, file.name) for issue in refusal.issues)
            return replace(blank, refused=True, issues=issues, **self._said(item))

    def _said(self, item: ReadFile) -> dict[str, Any]:
        """Return what a refused file says of itself."""
        named = self._unit_named(item.file.name)
        if item.form is None or item.form.refusals:
            return {"named_unit": named}
        identity = item.form.identity
        return {
            "unit": self._units.get(identity.get("unit", "").casefold()),
            "named_unit": named,
            "form": identity.get("form", ""),
            "period": identity.get("period", ""),
        }

    def _planned(self, blank: FilePlan, item: ReadFile) -> FilePlan:
        form = item.form
        if form is None:
            code, params = item.refused or ("file_damaged", {})
            raise _RefusedError(code, **params)
        if form.refusals:
            raise _RefusedError.of([_found_issue(*found) for found in form.refusals])
        desk, unit_desk, issued, trust = self._placed(form)
        unit = unit_desk.unit
        self._require_not_rejected(blank, unit_desk)
        mark_doubtful_rows(form, unit_desk, self._session)
        settled = settle_sheets(self._reader.read(form, unit_desk, issued), unit_desk)
        old = self._newer.check(settled, desk, unit_desk, issued, self.policy, name=blank.name)
        read = old.read
        found = [*old.issues, *self._misnamed(blank, unit), *self._guided(form, unit), *form_issues(form, unit.code)]
        found += [*lost_sheets(form, unit_desk), *missing_rows(form, unit_desk), *trust]
        if lacks_figures(form, read, unit_desk):
            unread = [cell.issue for cell in read.cells if cell.issue is not None]
            raise _RefusedError.of([*found, *read.issues, *unread, Issue("figures_unread", place=Place(unit=unit.code))])
        assert desk.round is not None  # noqa: S101 - a file without a round was refused
        found += self._repeated(unit_desk, blank)
        unit_desk.seen.setdefault(blank.sha256, blank.name)
        is_copy = unit_desk.seen[blank.sha256] != blank.name
        item_plan = replace(
            blank,
            unit=unit,
            form=desk.content.form.code,
            period=desk.period,
            round_id=desk.round.id,
            desk=unit_desk,
            is_known=is_copy or blank.sha256 in unit_desk.known,
        )
        arrival = _Arrival(self._count, item_plan, desk, unit_desk, issued, (*found, *read.issues), read)
        if is_copy:
            return arrival.copied()
        self._arrivals.setdefault((unit.id, desk.period), []).append(arrival)
        return arrival.merged(read, self.policy)

    def _require_not_rejected(self, blank: FilePlan, desk: UnitDesk) -> None:
        """Refuse the very file that was rejected before, unless it is wanted or was taken again since."""
        rejected = desk.rejected.get(blank.sha256)
        if rejected is not None and blank.sha256 not in desk.known and not self._take_rejected:
            day = rejection_of(self._session, rejected).at.astimezone().date()
            raise _RefusedError("return_rejected_before", day=day, reason=reason_of(rejected))

    def settle(self, files: list[FilePlan]) -> None:
        """Plan again the files of units that sent several: where these differ, nothing is taken of either.

        Files of several rounds are held against each other too, because rounds share figures and deployments: what an
        earlier file takes, a later one finds held.
        """
        by_unit: dict[int, list[list[_Arrival]]] = {}
        for (unit_id, _period), arrivals in self._arrivals.items():
            by_unit.setdefault(unit_id, []).append(arrivals)
        for groups in by_unit.values():
            if sum(map(len, groups)) == 1:
                continue
            pending = sorted(
                (found for arrivals in groups for found in _settled(arrivals)), key=lambda found: found[0].number
            )
            desks = list({id(item.unit_desk): item.unit_desk for item, _form, _arrivals in pending}.values())
            for desk in desks:
                desk.rewind()
            for item, settled, arrivals in pending:
                other = next((found for found in arrivals if found is not item), None)
                second = [self._second(item, other, len(settled.rivals))] if other is not None else []
                planned = replace(item.merged(settled.form, self.policy, *second), rivals=settled.rivals)
                files[item.number] = planned
                for desk in desks:
                    desk.learn(item.unit_desk, planned.merged.results if planned.merged else {})

    def _second(self, item: _Arrival, other: _Arrival, disputed: int) -> Issue:
        """Tell that a unit sent another file, and in how many cells the two differ."""
        params = {"unit": item.unit_desk.unit.name, "other": told_apart(other.plan.name, item.plan.name)}
        if disputed:
            return Issue("unit_twice", {**params, "count": disputed})
        return Issue("unit_twice_alike", params)

    def _repeated(self, desk: UnitDesk, blank: FilePlan) -> Iterator[Issue]:
        """Tell of a file that came twice, in this batch or before."""
        if blank.sha256 in desk.seen:
            yield Issue("file_twice", {"other": told_apart(desk.seen[blank.sha256], blank.name)})
        elif blank.sha256 in desk.known:
            yield Issue("file_known")

    def _misnamed(self, blank: FilePlan, unit: Unit) -> Iterator[Issue]:
        """Tell of a file whose name is that of another unit's workbook: figures may have been typed into a neighbour's."""
        other = self._unit_named(blank.name)
        if other is not None and other.id != unit.id:
            yield Issue("named_like_other", {"other": other.name, "unit": unit.name}, Place(unit=unit.code))

    def _unit_named(self, name: str) -> Unit | None:
        """Return the unit whose workbook is issued under such a name, as <unit>_<form>_<period>; None for any other name."""
        code, _, rest = PurePath(name.replace("\\", "/")).stem.partition("_")
        return self._units.get(code.casefold()) if rest else None

    def _guided(self, form: ReturnedForm, unit: Unit) -> Iterator[Issue]:
        """Tell of a guide that names another unit: somebody made a neighbour's workbook its own."""
        sheet, cell, name = form.named
        if name in {"", unit.name} or word_key(name) == word_key(unit.name):
            return
        others = [item for item in self._units.values() if word_key(item.name) == word_key(name)]
        if others:
            params = {"sheet": sheet, "other": others[0].name, "unit": unit.name}
            yield Issue("guide_names_other", params, Place("", sheet, cell, unit.code))

    def _placed(self, form: ReturnedForm) -> tuple[RoundDesk, UnitDesk, Cells, list[Issue]]:
        """Find the round, the unit and the issue that a workbook belongs to."""
        identity = form.identity
        self._check_origin(identity)
        desk = self._round(identity)
        unit = self._units.get(identity["unit"].casefold())
        if unit is None:
            raise _RefusedError("return_unit_unknown", unit=identity["unit"], nearest=self._near(identity["unit"]))
        unit_desk = desk.unit(unit)
        if not any(unit_desk.asked.values()):
            raise _RefusedError("return_unit_not_asked", unit=unit.name, form=desk.content.form.code)
        issued, trust = self._issued(form, desk, unit)
        return desk, unit_desk, issued, trust

    def _near(self, code: str) -> str:
        return ", ".join(nearest(code, [item.code for item in self._units.values()]))

    def _check_origin(self, identity: dict[str, str]) -> None:
        from desktop_app.exchange.content import FORMAT_VERSION

        if not identity["format_version"].isdecimal() or int(identity["format_version"]) > FORMAT_VERSION:
            raise _RefusedError("return_too_new", version=identity["format_version"])
        if identity["file_uuid"] != self._office.uuid:
            raise _RefusedError("return_of_other_file", plan=identity["plan"], unit=identity["unit"])

    def _round(self, identity: dict[str, str]) -> RoundDesk:
        plan = self._plans.get(identity["plan"].casefold())
        if plan is None:
            raise _RefusedError("return_plan_unknown", plan=identity["plan"])
        if not periods.is_period(identity["period"]):
            raise _RefusedError("return_period_unknown", period=identity["period"])
        key = (plan.code, identity["period"])
        if key not in self._rounds:
            try:
                self._rounds[key] = RoundDesk(self._session, plan, identity["period"])
            except UserError as error:
                raise _RefusedError("return_round_unknown", form=identity["form"], period=identity["period"]) from error
        desk = self._rounds[key]
        if desk.round is None or desk.content.form.code != identity["form"]:
            raise _RefusedError("return_round_unknown", form=identity["form"], period=identity["period"])
        return desk

    def _issued(self, form: ReturnedForm, desk: RoundDesk, unit: Unit) -> tuple[Cells, list[Issue]]:
        """Return what the input cells held at issue, and how far the workbook can be trusted."""
        issuance = desk.issuances.get(form.identity["issue_id"])
        if issuance is not None and issuance.unit_id != unit.id:
            other = next((item.code for item in self._units.values() if item.id == issuance.unit_id), "?")
            params = {"meta": unit.code, "line": f"{other} ({form.identity['issue_id']})"}
            raise _RefusedError.of([_found_issue("form_contradicts_itself", params, *form.place, "")])
        is_proved = bool(form.digest) and self._proves(form)
        if issuance is not None:
            altered = form.source == "meta" and not is_proved
            return cells.from_json(issuance.cells_json), [Issue("meta_altered")] if altered else []
        if not is_proved:
            raise _RefusedError("return_issue_unknown", unit=unit.name)
        return cells.from_json(form.values_json), [Issue("issue_not_kept")]

    def _proves(self, form: ReturnedForm) -> bool:
        import hmac

        from desktop_app.exchange.content import Identity
        from desktop_app.exchange.marks import digest_of_hashes

        parts = {**form.identity, "format_version": int(form.identity["format_version"])}
        wanted = digest_of_hashes(self._office.digest_key, Identity(**parts), *form.hashes)  # type: ignore[arg-type]
        return hmac.compare_digest(wanted.encode(), form.digest.encode())

    def round_states(self, files: list[FilePlan]) -> Iterator[RoundState]:
        """Give every round that the batch touches, with who has sent something."""
        for (_plan, period), desk in sorted(self._rounds.items()):
            if desk.round is None:
                continue
            came = {item.unit.id for item in files if not item.refused and item.unit and item.round_id == desk.round.id}
            units = tuple(item for item in unit_standings(desk) if not item.received and item.unit.id not in came)
            expected = len(desk.asked)
            codes, names = tuple(item.unit.code for item in units), tuple(item.unit.name for item in units)
            yield RoundState(desk.content.form.code, period, expected, expected - len(units), codes, names, units)


def _found_issue(code: str, params: Mapping[str, Any], sheet: str, cell: str, item: str) -> Issue:
    return Issue(code, params, Place("", sheet, cell, "", item))


def _settled(arrivals: list[_Arrival]) -> list[tuple[_Arrival, Settled, list[_Arrival]]]:
    """Return the files of one unit and period, each with what may be taken of it, and all of them."""
    answers = [ReadAnswers(item.plan.name, item.read, item.unit_desk) for item in arrivals]
    return [(item, settled, arrivals) for item, settled in zip(arrivals, settle_files(answers), strict=True)]


def _at_file(issue: Issue, name: str) -> Issue:
    return issue if issue.place.file else replace(issue, place=replace(issue.place, file=name))


@dataclass(frozen=True)
class _Arrival:
    """One file that was read, kept until it is known whether its unit sent another one.

    Attributes:
        number: its place in the batch, from 0.
        plan: what is known of it without its cells.
        issued: what the input cells held at issue.
        issues: what is wrong or doubtful before anything is merged.
    """

    number: int
    plan: FilePlan
    desk: RoundDesk
    unit_desk: UnitDesk
    issued: Cells
    issues: tuple[Issue, ...]
    read: ReadForm

    def merged(self, read: ReadForm, policy: Policy, *more: Issue) -> FilePlan:
        """Merge its cells and remember what is taken; return what becomes of it."""
        merged = merge_form(read, self.unit_desk, self.issued, policy)
        self.unit_desk.current.update(merged.results)
        issues = [*self.issues, *more, *merged.issues]
        issues += doubts(read, merged, self.unit_desk, self.desk)
        issues += system_doubts(read, merged, self.unit_desk, self.desk)
        issues += task_doubts(read, merged, self.unit_desk, self.desk)
        issues += blanks(read, self.unit_desk)
        return replace(self.plan, merged=merged, issues=tuple(_at_file(issue, self.plan.name) for issue in issues))

    def copied(self) -> FilePlan:
        """Return what becomes of a second copy of a file: nothing is taken, nothing is said twice."""
        count = len(self.read.cells) + self.read.blanks
        return replace(
            self.plan,
            merged=MergedForm(counts=Counter({Merge.UNCHANGED: count})),
            issues=tuple(_at_file(issue, self.plan.name) for issue in self.issues if issue.code == "file_twice"),
        )


class _RefusedError(Exception):
    """One file that cannot be taken, with the issues that say why."""

    def __init__(self, code: str, /, **params: Any) -> None:
        super().__init__(code)
        self.issues: list[Issue] = [Issue(code, params, Place())]

    @classmethod
    def of(cls, issues: list[Issue]) -> _RefusedError:
        """Return the refusal for several reasons, the last of which is the general one."""
        refusal = cls(issues[-1].code)
        refusal.issues = issues
        return refusal

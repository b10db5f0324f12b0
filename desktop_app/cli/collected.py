"""A collection as people read it on the command line: a line per file, what is to be looked at beneath, and a summary.

Many files must stay readable: what is said in the same words of many cells is one line, and what is only worth knowing is
said once for all files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.text.catalogue import N_, Catalogue

if TYPE_CHECKING:
    from desktop_app.domain.issues import Issue
    from desktop_app.services.collecting import CollectionPlan, CollectionResult, FilePlan

_NAMED_UNITS = 5
"""Up to so many units that sent nothing are named in full; more are given by their codes."""
_LISTED_CELLS = 3
"""Up to so many issues of one kind in one column stand in lines of their own."""
_FEW_FILES = 5
"""Of up to so many files everything is said beneath the file that it is about."""
_NAMED_CELLS = 12
"""Up to so many cells of which the same is said are named."""
_COUNTS = {
    "new": N_("new"),
    "changed": N_("changed"),
    "unchanged": N_("unchanged"),
    "cleared": N_("cleared"),
    "conflict": N_("in conflict"),
    "invalid": N_("not readable"),
}
_COLLAPSED = {
    "locked_cell_edited": N_("{count} locked cells were changed; the changes were ignored."),
    "figure_under_previous": N_(
        "{count} figures were typed under “Kỳ trước” instead of “Kỳ này” and were not taken; "
        "ask the unit to move them to “Kỳ này”."
    ),
    "figure_under_note": N_(
        "{count} figures were typed under “Giải trình” instead of “Kỳ này” and were not taken; "
        "ask the unit to move them to “Kỳ này”."
    ),
    "row_missing": N_("{count} rows are gone; the file keeps what it has."),
}
_OF_FILES = {
    "form_partly_blank": N_("{files} files: some figures of the form are not answered yet."),
    "file_known": N_("{files} files were collected before, byte for byte."),
    "file_twice": N_("{files} files are in the batch a second time."),
    "unit_twice_alike": N_("{files} files: the unit sent another one too; no answer of one contradicts the other."),
    "cell_cleared_kept": N_("{files} files: the unit emptied {count} cells; the file keeps what it has."),
    "cell_difference_kept": N_("{files} files: {count} answers differ; the file keeps what it has."),
    "row_missing": N_("{files} files: {count} rows are gone; the file keeps what it has."),
    "legacy_font_read": N_("{files} files: {count} cells in old fonts were read as Unicode."),
}
"""What is only worth knowing, said of many files at once; other codes are said in the words of the first."""


def collection_lines(result: CollectionResult, paths: tuple[Path, ...], _: Catalogue) -> Iterator[str]:
    """Give what a person reads of a collection.

    Args:
        result: the plan and what became of it.
        paths: what was named on the command line.
        _: the language.
    """
    plan = result.plan
    are_many = len(plan.files) > _FEW_FILES
    for item in plan.files:
        yield _file_line(item, _shown_path(item.name, paths), _)
        yield from _issue_lines(
            [issue for issue in item.issues if not (are_many and _is_told_once(issue))], _, are_many=are_many
        )
    if are_many:
        yield from _told_once(plan.files, _)
    yield from _advice(plan, _)
    for state in plan.rounds:
        yield _(
            "{form}, {period}: {received} of {expected} units have sent something.",
            form=state.form,
            period=state.period,
            received=state.received,
            expected=state.expected,
        )
        if state.missing:
            shown = state.missing_names if len(state.missing) <= _NAMED_UNITS else state.missing
            yield _("  Nothing yet from: {units}", units=", ".join(shown))
    yield _summary(plan, _)
    if result.applied:
        yield _("Taken.") if result.operation_id else _("Nothing new; nothing was written.")
    else:
        yield _("Only a preview. To take exactly this: --apply --expect {digest}", digest=plan.digest)


def _summary(plan: CollectionPlan, _: Catalogue) -> str:
    """Say in one line how many files, cells and units there are to look at."""
    refused = sum(item.refused for item in plan.files)
    asked = sum(change.asked for item in plan.files if item.merged is not None for change in item.merged.changes)
    read = len(plan.files) - refused
    parts = [_.count("{number} file read", "{number} files read", read)]
    if refused:
        parts.append(_.count("{number} refused", "{number} refused", refused))
    if asked:
        parts.append(_.count("{number} cell to decide or to correct", "{number} cells to decide or to correct", asked))
    if plan.missing:
        parts.append(_.count("{number} unit has sent nothing", "{number} units have sent nothing", len(plan.missing)))
    return " · ".join(parts)


def _shown_path(name: str, paths: tuple[Path, ...]) -> str:
    """Return the path of a file as it is shown: below the folder or archive that was named, if it was one of them."""
    if len(paths) == 1 and name != str(paths[0]) and name.startswith(str(paths[0])):
        return name.removeprefix(str(paths[0])).lstrip("/\\")
    for path in paths:
        if name.startswith(str(path)):
            return path.name + name.removeprefix(str(path))
    return name


def _file_line(item: FilePlan, name: str, _: Catalogue) -> str:
    if item.refused:
        return _("✕ {file}: refused", file=name)
    counts = [f"{count} {_(_COUNTS[kind])}" for kind, count in item.counts.items() if count]
    return _(
        "{sign} {file}: {unit}, {period} – {counts}",
        sign="!" if item.is_doubtful else "✓",
        file=name,
        unit=item.unit.name if item.unit else "",
        period=item.period,
        counts=", ".join(counts),
    )


def _is_told_once(issue: Issue) -> bool:
    from desktop_app.domain.issues import Severity

    return issue.severity is Severity.INFO


def _told_once(files: Iterable[FilePlan], _: Catalogue) -> Iterator[str]:
    """Give what is only worth knowing, a line for each kind."""
    found: dict[str, list[tuple[str, Issue]]] = {}
    for item in files:
        for issue in filter(_is_told_once, item.issues):
            found.setdefault(issue.code, []).append((item.name, issue))
    for code, told in found.items():
        count = len({name for name, _issue in told})
        if code in _OF_FILES:
            yield "i " + _(_OF_FILES[code], files=count, count=len(told))
        elif len(told) == 1:
            yield f"i {Path(told[0][0]).name}: {told[0][1].text(_)}"
        else:
            yield "i " + _("{files} files: {text}", files=count, text=told[0][1].text(_))


def _issue_lines(issues: list[Issue], _: Catalogue, *, are_many: bool) -> Iterator[str]:
    """Give a line for each issue; what is said in the same words, or of many files, is one line."""
    groups: dict[tuple[str, ...], list[Issue]] = {}
    for issue in issues:
        groups.setdefault(_group(issue, _), []).append(issue)
    kinds: dict[tuple[str, str], list[list[Issue]]] = {}
    for group in groups.values():
        kinds.setdefault((group[0].code, group[0].place.sheet), []).append(group)
    for (code, sheet), found in kinds.items():
        listed = found[:_LISTED_CELLS] if are_many and len(found) > _LISTED_CELLS + 1 else found
        for group in listed:
            if code in _COLLAPSED and len(group) > _LISTED_CELLS:
                yield "    " + _collapsed(group, _)
            else:
                yield from _told(group, _)
        left = [issue for group in found[len(listed) :] for issue in group]
        if left:
            yield "    " + _("{place}: {count} more of the same kind.", place=f"{sheet} {_cells(left)}", count=len(left))


def _told(group: list[Issue], _: Catalogue) -> Iterator[str]:
    """Give the lines of issues in one column of one kind, or in the same words."""
    texts: dict[str, list[Issue]] = {}
    for issue in group:
        texts.setdefault(issue.text(_), []).append(issue)
    for text, found in texts.items():
        place = " ".join(filter(None, (found[0].place.sheet, _cells(found))))
        yield f"    {place + ': ' if place else ''}{text}"


def _cells(issues: list[Issue]) -> str:
    names = [issue.place.cell for issue in issues if issue.place.cell]
    more = len(names) - _NAMED_CELLS
    return ", ".join(names[:_NAMED_CELLS]) + (f" … (+{more})" if more > 0 else "")


def _group(issue: Issue, _: Catalogue) -> tuple[str, ...]:
    """Return what issues have in common that stand in one line: their column, or else their words."""
    if issue.code in _COLLAPSED:
        return issue.code, issue.place.sheet, issue.place.cell.rstrip("0123456789")
    return issue.code, issue.place.sheet, issue.text(_)


def _collapsed(group: list[Issue], _: Catalogue) -> str:
    """Say of many cells in one column, or of many rows, at once what is wrong with them."""
    first, last = group[0], group[-1]
    where = (first.place.cell, last.place.cell) if first.place.cell else (first.place.item, last.place.item)
    return f"{first.place.sheet} {where[0]} … {where[1]}: " + _(_COLLAPSED[first.code], count=len(group))


def _advice(plan: CollectionPlan, _: Catalogue) -> Iterator[str]:
    """Say how what is asked can be settled from the command line."""
    codes = {issue.code for item in plan.files for issue in item.issues}
    counts = [item.counts for item in plan.files]
    if "cell_conflict" in codes:
        yield _("To settle conflicts: --policy file takes what the units answer; without it the file keeps what it holds.")
    if any(found["invalid"] for found in counts) or "cell_conflict" in codes:
        yield _(
            "What is not taken: correct the cell in the workbook and collect it again, or type the figure in with "
            "value set FILE UNIT ELEMENT PERIOD VALUE."
        )

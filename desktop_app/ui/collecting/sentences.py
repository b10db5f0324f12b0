"""The sentences of state of the exchange page: the round, files that are being read, and what was read."""

from __future__ import annotations

from collections import Counter

from desktop_app.domain.merge import Policy
from desktop_app.services.collecting import CollectionPlan, CollectionResult
from desktop_app.services.collecting.deciding import Decisions
from desktop_app.services.rounds import RoundStanding
from desktop_app.text.catalogue import N_, Catalogue
from desktop_app.text.dates import format_day
from desktop_app.ui.collecting.review import Kind, Review
from desktop_app.ui.places import shown_name
from desktop_app.ui.words import period_name

POLICIES = {
    Policy.NONBLANK: N_("Take what is filled in, ask about conflicts"),
    Policy.FILE: N_("Take the files as they are"),
    Policy.BLANKS: N_("Fill empty cells only"),
}
"""What a collection does with differences, as it is chosen."""
SHORT_WAIT = 5
MINUTE = 60
MOST_NAMED = 5
"""How many units a sentence names."""


def round_sentence(found: RoundStanding, catalogue: Catalogue) -> str:
    """Say how far a round has come."""
    _ = catalogue
    count = len(found.units)
    written = sum(1 for item in found.units if item.issued_at is not None)
    received = sum(1 for item in found.units if item.received)
    if not found.issued:
        return _("{all} units are asked; no workbook has been written yet", all=count)
    parts = [
        _("{issued} workbooks written", issued=written),
        _("{received}/{all} units have sent theirs", received=received, all=count),
    ]
    late = len(found.late())
    if late:
        parts.append(_.count("{number} unit is late", "{number} units are late", late))
    parts.append(_("due on {day}", day=format_day(found.due_on)))
    return " · ".join(parts)


def reading_sentence(progress: tuple[int, int], name: str, seconds: int | None, catalogue: Catalogue) -> str:
    """Say how far reading has come.

    Args:
        progress: files done, files in all; 0 in all while they are still being looked for.
        name: the last file.
        seconds: probably left; None where that is not known.
        catalogue: the reader's language.
    """
    _ = catalogue
    done, total = progress
    if not total:
        return " · ".join((_.count("{number} file found", "{number} files found", done), name))
    parts = [_("{done}/{total} files read", done=done, total=total), name]
    if seconds is not None and seconds >= MINUTE:
        parts.append(_.count("about {number} minute left", "about {number} minutes left", round(seconds / MINUTE)))
    elif seconds is not None and seconds >= SHORT_WAIT:
        parts.append(_.count("about {number} second left", "about {number} seconds left", seconds))
    return " · ".join(parts)


def plan_sentence(review: Review, decisions: Decisions, catalogue: Catalogue) -> str:
    """Say what was read, what is to be decided and who has sent nothing."""
    _ = catalogue
    plan = review.plan
    parts = [_.count("{number} file read", "{number} files read", len(plan.files))]
    refused = sum(1 for item in plan.files if item.refused)
    if refused:
        parts.append(_.count("{number} refused", "{number} refused", refused))
    counts = _count(review, decisions)
    if counts[Kind.DECIDE]:
        asked = counts[Kind.DECIDE]
        parts.append(
            _.count(
                "{number} cell to decide (stays as it is until then)",
                "{number} cells to decide (they stay as they are until then)",
                asked,
            )
        )
    if counts[Kind.DECIDED]:
        parts.append(_.count("{number} decided", "{number} decided", counts[Kind.DECIDED]))
    if counts[Kind.NOT_TAKEN]:
        parts.append(_.count("{number} cell not taken", "{number} cells not taken", counts[Kind.NOT_TAKEN]))
    parts += [words for words in (_missing(plan, _),) if words]
    return " · ".join(parts)


def taken_sentence(result: CollectionResult, review: Review, decisions: Decisions, catalogue: Catalogue) -> str:
    """Say what was taken, and what stays open."""
    _ = catalogue
    taken = sum(1 for item in result.plan.files if not item.refused)
    parts = [_.count("{number} file taken; Ctrl+Z undoes it.", "{number} files taken; Ctrl+Z undoes it.", taken)]
    still_open = len(review.undecided(decisions))
    if still_open:
        parts.append(
            _.count(
                "{number} cell was not decided and stays as it was.",
                "{number} cells were not decided and stay as they were.",
                still_open,
            )
        )
        parts.append(_("Still open: {units}.", units=_open_units(review, decisions)))
    return " ".join(parts)


def _open_units(review: Review, decisions: Decisions) -> str:
    """Name the units with cells that are still to be decided, each with how many."""
    found = Counter(shown_name(unit) for row in review.undecided(decisions) if (unit := review.item(row).unit) is not None)
    names = [f"{name} ({count})" for name, count in found.most_common(MOST_NAMED)]
    return ", ".join([*names, "…"] if len(found) > MOST_NAMED else names)


def _count(review: Review, decisions: Decisions) -> Counter[Kind]:
    """Count the cells to decide, decided and not taken; refused files are counted by themselves."""
    found: Counter[Kind] = Counter()
    for row in review.rows:
        if review.is_decided(row, decisions):
            found[Kind.DECIDED] += 1
        elif row.kinds & Kind.DECIDE:
            found[Kind.DECIDE] += 1
        elif row.kinds & Kind.NOT_TAKEN:
            found[Kind.NOT_TAKEN] += 1
    return found


def _missing(plan: CollectionPlan, catalogue: Catalogue) -> str:
    """Say for each round how many units have sent nothing."""
    _ = catalogue
    parts = []
    for state in plan.rounds:
        if state.missing:
            waits = _.count("{number} unit has sent nothing", "{number} units have sent nothing", len(state.missing))
            parts.append(f"{period_name(state.period, _)}: {waits}" if len(plan.rounds) > 1 else waits)
    return " · ".join(parts)

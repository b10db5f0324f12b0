"""The merge table of figures.md, every row under every policy, and what holds for all cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.merge import Merge, Outcome, Policy, merge_cell, merge_unreadable

cells = st.one_of(st.none(), st.integers(0, 3))
policies = st.sampled_from(Policy)
KEEP, LISTED, ASKED, TAKE = "keep", "listed", "asked", "take"

# base, returned, current → kind, then what nonblank, file and blanks do
TABLE = [
    # R same as B, whatever C is
    (1, 1, 1, Merge.UNCHANGED, KEEP, KEEP, KEEP),
    (1, 1, 2, Merge.UNCHANGED, KEEP, KEEP, KEEP),
    (1, 1, None, Merge.UNCHANGED, KEEP, KEEP, KEEP),
    (None, None, None, Merge.UNCHANGED, KEEP, KEEP, KEEP),
    (None, None, 2, Merge.UNCHANGED, KEEP, KEEP, KEEP),
    # R differs and is filled, C same as B and blank
    (None, 5, None, Merge.NEW, TAKE, TAKE, TAKE),
    # R differs and is filled, C same as B and filled
    (1, 5, 1, Merge.CHANGED, TAKE, TAKE, LISTED),
    # R differs and is blank, C same as B
    (1, None, 1, Merge.CLEARED, LISTED, TAKE, LISTED),
    # both differ from B and agree
    (1, 5, 5, Merge.UNCHANGED, KEEP, KEEP, KEEP),
    (1, None, None, Merge.UNCHANGED, KEEP, KEEP, KEEP),
    (None, 5, 5, Merge.UNCHANGED, KEEP, KEEP, KEEP),
    # all three differ
    (1, 5, 7, Merge.CONFLICT, ASKED, TAKE, LISTED),
    (1, 5, None, Merge.CONFLICT, ASKED, TAKE, LISTED),
    (1, None, 7, Merge.CONFLICT, ASKED, TAKE, LISTED),
    (None, 5, 7, Merge.CONFLICT, ASKED, TAKE, LISTED),
]


def expected(kind, deed, returned, current):
    return Outcome(
        kind,
        returned if deed == TAKE else current,
        takes_return=deed == TAKE,
        listed=deed == LISTED,
        asked=deed == ASKED,
    )


@pytest.mark.parametrize("row", TABLE)
def test_every_row_of_the_table(row):
    base, returned, current, kind, nonblank, file, blanks = row
    for policy, deed in ((Policy.NONBLANK, nonblank), (Policy.FILE, file), (Policy.BLANKS, blanks)):
        assert merge_cell(base, returned, current, policy) == expected(kind, deed, returned, current)


@pytest.mark.parametrize("current", [None, 7])
def test_unreadable_cells_keep_what_the_file_holds(current):
    assert merge_unreadable(current, Policy.NONBLANK) == Outcome(Merge.INVALID, current, asked=True)
    assert merge_unreadable(current, Policy.FILE) == Outcome(Merge.INVALID, current)
    assert merge_unreadable(current, Policy.BLANKS) == Outcome(Merge.INVALID, current)


@given(cells, cells, cells, policies)
def test_the_result_is_what_was_there_or_what_came_back(base, returned, current, policy):
    outcome = merge_cell(base, returned, current, policy)
    assert outcome.result == (returned if outcome.takes_return else current)
    assert sum((outcome.takes_return, outcome.listed, outcome.asked)) == (outcome.kind is not Merge.UNCHANGED)


@given(cells, cells, cells, policies)
def test_a_unit_that_changed_nothing_changes_nothing(base, returned, current, policy):
    if returned == base:
        assert merge_cell(base, returned, current, policy) == Outcome(Merge.UNCHANGED, current)


@given(cells, cells, cells)
def test_only_the_default_policy_asks_and_only_file_clears(base, returned, current):
    outcomes = {policy: merge_cell(base, returned, current, policy) for policy in Policy}
    assert not outcomes[Policy.FILE].asked
    assert not outcomes[Policy.BLANKS].asked
    for policy in (Policy.NONBLANK, Policy.BLANKS):
        assert outcomes[policy].result is not None or current is None
    assert outcomes[Policy.FILE].result == (current if returned == base else returned)
    if current is not None:
        assert outcomes[Policy.BLANKS].result == current


@given(cells, cells, cells, policies)
def test_applying_the_same_file_twice_changes_nothing_more(base, returned, current, policy):
    first = merge_cell(base, returned, current, policy)
    next_base = returned if first.takes_return else base  # the base advances with what was applied
    second = merge_cell(next_base, returned, first.result, policy)
    assert second.result == first.result
    if first.takes_return:
        assert second.kind is Merge.UNCHANGED


@given(cells, cells, st.lists(st.integers(0, 3), max_size=1), policies)
def test_contents_need_not_be_hashable(base, returned, content, policy):
    outcome = merge_cell([base], [returned], content, policy)
    assert outcome.kind in Merge

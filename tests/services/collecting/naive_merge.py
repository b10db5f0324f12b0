"""The merge of figures.md once more, as plainly as it can be written: dicts of words, no code of the program.

A cell is ``(kind, code, field)``; what it holds is a word, "" where it is blank. A returned workbook says a word for each of
its cells, or UNREADABLE where what was typed cannot be read.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

UNREADABLE = "?"
POLICIES = ("nonblank", "file", "blanks")
WORDS = {
    ("figure", "value"): ("1", "2", "0", "KPS"),
    ("figure", "note"): ("a", "b"),
    ("system", "status"): ("in_use", "in_progress"),
    ("system", "users"): ("1", "2"),
    ("task", "percent"): ("10", "20"),
    ("task", "note"): ("a", "b"),
}
"""What may stand in a cell, by its kind and field."""
ROWS = (("figure", "HT01a"), ("figure", "NB06a"), ("system", "QLVB"), ("task", "NV01"))
CELLS = tuple((kind, code, name) for kind, code in ROWS for of, name in WORDS if of == kind)
Cell = tuple[str, str, str]
Words = dict[Cell, str]


def outcome(base: str, returned: str, current: str, policy: str) -> tuple[str, str]:
    """Return the row of the table and what the cell holds afterwards."""
    if returned == UNREADABLE:
        found = "invalid", current
    elif returned in (base, current):
        found = "unchanged", current
    elif current != base:
        found = "conflict", returned if policy == "file" else current
    elif returned == "":
        found = "cleared", "" if policy == "file" else current
    elif current == "":
        found = "new", returned
    else:
        found = "changed", current if policy == "blanks" else returned
    return found


@dataclass
class Came:
    """A return that was applied: which cells it wrote, with what they held before and after; numbered as it came."""

    number: int
    name: str
    before: Words
    after: Words
    stands: bool = True


@dataclass
class Expected:
    """What a collection does to one unit."""

    counts: Counter[str]
    asked: set[Cell]
    taken: Words
    kept: bool


@dataclass
class NaiveUnit:
    """One unit: what the file holds in its cells, and what it has sent so far."""

    cells: tuple[Cell, ...] = CELLS
    file: Words = field(default_factory=dict)
    returns: list[Came] = field(default_factory=list)
    count: int = 0

    def base(self, cell: Cell, issued: Words) -> str:
        for came in reversed(self.returns):
            if came.stands and cell in came.after:
                wrote = came.after[cell]
                return wrote if self.file.get(cell, "") == wrote else issued.get(cell, "")
        return issued.get(cell, "")

    def knows(self, name: str) -> bool:
        return any(came.stands and came.name == name for came in self.returns)

    def refuses(self, name: str) -> bool:
        return not self.knows(name) and any(came.name == name for came in self.returns)

    def expect(self, name: str, issued: Words, returned: Words, policy: str) -> Expected:
        """Say what the table makes of a return; nothing changes yet."""
        kinds, taken, asked = {}, {}, set()
        for cell in self.cells:
            current = self.file.get(cell, "")
            kinds[cell], after = outcome(self.base(cell, issued), returned.get(cell, ""), current, policy)
            if after != current:
                taken[cell] = after
            if kinds[cell] in {"conflict", "invalid"} and policy == "nonblank":
                asked.add(cell)
        for kind, code in ROWS:
            row = {cell: taken.get(cell, self.file.get(cell, "")) for cell in self.cells if cell[:2] == (kind, code)}
            lone = kind == "system" and not row[kind, code, "status"] and any(row.values())
            for cell in [cell for cell in row if lone and cell in taken]:  # a deployment is nothing without a status
                del taken[cell]
                kinds[cell] = "invalid"
                asked.add(cell)
        return Expected(Counter(kinds.values()), asked, taken, kept=not self.knows(name) or bool(taken))

    def take(self, name: str, expected: Expected) -> None:
        """Do what was expected."""
        if expected.kept:
            before = {cell: self.file.get(cell, "") for cell in expected.taken}
            self.count += 1
            self.returns.append(Came(self.count, name, before, dict(expected.taken)))
        self.write(expected.taken)

    def write(self, words: Words) -> None:
        for cell, word in words.items():
            if word:
                self.file[cell] = word
            else:
                self.file.pop(cell, None)

    def can_take_back(self, came: Came) -> bool:
        """Say whether nobody wrote since in the cells that a return wrote."""
        if any(self.file.get(cell, "") != word for cell, word in came.after.items()):
            return False
        after = {**self.file, **came.before}
        return all(is_whole(after, code) for kind, code in ROWS if kind == "system")

    def take_back(self, came: Came) -> None:
        self.write(came.before)


def is_whole(file: Words, code: str) -> bool:
    """Say whether a system says nothing, or has a status."""
    return bool(file.get(("system", code, "status"))) or not file.get(("system", code, "users"))


def edited(
    chance: random.Random, words: Words, how_many: int, cells: tuple[Cell, ...] = CELLS, *, unreadable: bool = False
) -> Words:
    """Return words with some cells typed in anew, emptied, or typed so that they cannot be read."""
    found = dict(words)
    for cell in chance.sample(cells, how_many):
        choices = [*WORDS[cell[0], cell[2]], *([""] * 2)]
        if unreadable and cell[2] != "note":
            choices.append(UNREADABLE)
        found[cell] = chance.choice(choices)
    return {cell: word for cell, word in found.items() if word}

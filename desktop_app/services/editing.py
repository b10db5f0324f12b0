"""Typing figures: what the entry grid shows and what happens when a cell is left, a block pasted or a value set by command.

One cell and a thousand cells go the same way: read by the grammar, checked, and what is clear is written as one operation.
What is not clear stays with its question; nothing is guessed and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from desktop_app.domain import periods
from desktop_app.domain.entities import Element, Form, Indicator, Plan, Unit, Value, ValueState
from desktop_app.domain.indicators import is_valid
from desktop_app.domain.issues import Issue, Place, Severity
from desktop_app.domain.values import Answer, CellReading, Outcome, parse_cell
from desktop_app.services.answers import unit_answers
from desktop_app.services.forms import FormContent, due_on, form_content, sections_of
from desktop_app.services.session import Session
from desktop_app.text.vietnamese import clean


class CellOutcome(StrEnum):
    """What became of one edit."""

    SAVED = "saved"
    UNCHANGED = "unchanged"
    QUESTION = "question"
    INVALID = "invalid"


@dataclass(frozen=True)
class Edit:
    """What somebody typed into one cell.

    Attributes:
        typed: the figure as typed; "" clears it; None leaves it as it is.
        answer: the reading that was chosen when a question had been asked; then ``typed`` is not read.
        note: the explanation as typed; "" clears it; None leaves it as it is.
    """

    unit_code: str
    element_code: str
    period: str
    typed: str | None = None
    note: str | None = None
    answer: Answer | None = None


@dataclass(frozen=True)
class CellResult:
    """What became of one edit.

    Attributes:
        answer: what now stands in the cell; None where it is empty.
        issues: why it was not taken, or what is doubtful about it.
        readings: with QUESTION, the answers to choose from.
    """

    edit: Edit
    outcome: CellOutcome
    answer: Answer | None = None
    issues: tuple[Issue, ...] = ()
    readings: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class EditResult:
    """What became of a number of edits.

    Attributes:
        operation_id: the operation that wrote what was clear; None when nothing had to be written.
    """

    operation_id: int | None
    cells: tuple[CellResult, ...]


@dataclass(frozen=True)
class FormRow:
    """One element of a unit's form.

    Attributes:
        previous: the answer of Kỳ trước, from parts where it was not entered itself.
        current: what is stored for this period.
        computed: the answer that the parts of this period give where none is stored.
        issues: what is doubtful about the current answer.
    """

    element: Element
    previous: Answer | None
    current: Value | None
    computed: Answer | None
    issues: tuple[Issue, ...] = ()

    @property
    def is_entered(self) -> bool:
        """Say whether this period has an answer of its own."""
        return self.current is not None and self.current.state is not ValueState.NOT_REPORTED


@dataclass(frozen=True)
class FormSection:
    """Elements under one heading of the form."""

    code: str
    title: str
    rows: tuple[FormRow, ...]


@dataclass(frozen=True)
class UnitForm:
    """One unit's form for one period, as the entry grid shows it."""

    plan: Plan
    form: Form
    unit: Unit
    period: str
    previous_period: str
    window: tuple[date, date]
    due_on: date
    sections: tuple[FormSection, ...]

    @property
    def rows(self) -> list[FormRow]:
        """All rows, in order."""
        return [row for section in self.sections for row in section.rows]

    @property
    def entered(self) -> int:
        """How many elements are answered."""
        return sum(1 for row in self.rows if row.is_entered)

    @property
    def warnings(self) -> int:
        """How many rows are doubtful and not explained."""
        return sum(1 for row in self.rows if any(issue.severity is Severity.WARNING for issue in row.issues))


def load_form(session: Session, plan_code: str, period: str, unit_code: str) -> UnitForm:
    """Return a unit's form for a period.

    Raises:
        UserError: the plan or unit is unknown, or the plan has no form for this kind of period.
    """
    plan = session.plan(plan_code)
    unit = session.unit(unit_code)
    return unit_form(session, form_content(session, plan, period), period, unit)


def unit_form(session: Session, content: FormContent, period: str, unit: Unit) -> UnitForm:
    """Return a unit's form for a period, from form content that is loaded already."""
    elements = content.elements_for(unit)
    before = periods.previous(period)
    answers = unit_answers(session, unit, elements, (period, before, periods.year_before(period)))
    issues = answers.issues(period, content.indicators)
    sections = []
    for code, title, found in sections_of(elements):
        rows = tuple(
            FormRow(
                element=element,
                previous=answers.answer(element, before),
                current=answers.stored(element, period),
                computed=None if answers.stored(element, period) else answers.answer(element, period),
                issues=tuple(issues.get(element.code, ())),
            )
            for element in found
        )
        sections.append(FormSection(code=code, title=title, rows=rows))
    return UnitForm(
        plan=content.plan,
        form=content.form,
        unit=unit,
        period=period,
        previous_period=before,
        window=periods.window(period, session.office.regime),
        due_on=due_on(session, content.form, period),
        sections=tuple(sections),
    )


@dataclass
class _Pending:
    """One edit on its way: where it goes, how it was read, what stands there now."""

    edit: Edit
    element: Element
    unit: Unit
    reading: CellReading
    stored: Value | None
    wanted: Value | None = None
    issues: list[Issue] = field(default_factory=list)


def set_values(session: Session, edits: Sequence[Edit], source: str, *, own_form: bool = True) -> EditResult:
    """Write what somebody typed: all clear cells in one operation.

    Args:
        session: the open file.
        edits: the cells, each at most once.
        source: ``form``, ``paste`` or ``cli``.
        own_form: True where "." is a thousands mark, as in the program's own forms.

    Raises:
        UserError: a unit or element is unknown, or the file cannot be written; then nothing was written.
    """
    pending = [_read(session, edit, own_form=own_form) for edit in edits]
    writes = [item for item in pending if item.wanted != item.stored]
    operation_id: int | None = None
    if writes:
        name = "value.set" if len(writes) == 1 else "values.paste" if source == "paste" else "values.set"
        with session.operation(name, source=source, **_params(writes)) as op:
            op.save_many([item.wanted for item in writes if item.wanted is not None])
            for item in writes:
                if item.wanted is None and item.stored is not None:
                    op.delete(item.stored)
            operation_id = op.id
    return EditResult(operation_id, tuple(_result(item) for item in pending))


def doubts_about(session: Session, unit: Unit, element: Element, period: str) -> list[Issue]:
    """Return what is doubtful about an answer, and about the shares of which it is the whole."""
    indicators = [item for item in session.gateway.list(Indicator) if element.id in {item.numerator_id, item.denominator_id}]
    ids = {element.id} | {item.numerator_id for item in indicators} | {item.denominator_id for item in indicators}
    elements = [item for item in session.gateway.list(Element) if item.id in ids]
    answers = unit_answers(session, unit, elements, (period, periods.previous(period)))
    parts = {element.id} | {item.numerator_id for item in indicators}
    found = answers.issues(period, indicators)
    return [issue for item in elements if item.id in parts for issue in found.get(item.code, ())]


def _params(writes: list[_Pending]) -> dict[str, str | int]:
    first = writes[0]
    if len(writes) == 1:
        return {"element": first.element.code, "unit": first.unit.code, "period": first.edit.period}
    return {"count": len(writes), "period": first.edit.period}


def _read(session: Session, edit: Edit, *, own_form: bool) -> _Pending:
    unit = session.unit(edit.unit_code)
    element = session.element(edit.element_code)
    last_day = periods.window(edit.period, session.office.regime)[1]
    stored = session.gateway.get(Value, edit.period, element.id, unit.id)
    if edit.answer is not None:
        reading = CellReading(Outcome.VALUE, edit.answer)
    elif edit.typed is None:
        reading = CellReading(Outcome.BLANK)
    else:
        reading = parse_cell(edit.typed, "", element, own_form=own_form)
    pending = _Pending(edit, element, unit, reading, stored, wanted=stored)
    pending.issues += [_placed(pending, reading.issue)] if reading.issue else []
    if not is_valid(unit, last_day):
        pending.issues.append(_placed(pending, Issue("unit_not_valid", {"unit": unit.name, "day": last_day})))
    if reading.outcome in {Outcome.VALUE, Outcome.BLANK}:
        pending.wanted = _wanted(pending)
    return pending


def _placed(pending: _Pending, issue: Issue) -> Issue:
    return replace(issue, place=Place(unit=pending.unit.code, item=pending.element.code))


def _wanted(pending: _Pending) -> Value | None:
    """Return the row that should stand, None where none should; the figure and its explanation are two cells."""
    edit, stored = pending.edit, pending.stored
    answer = pending.reading.answer if pending.reading.outcome is Outcome.VALUE else None
    if edit.typed is None and edit.answer is None and stored is not None:
        answer = Answer(stored.state, stored.amount, stored.text)
    note = (stored.note if stored else None) if edit.note is None else clean(edit.note) or None
    if answer is None or answer.state is ValueState.NOT_REPORTED:
        if note is None:
            return None
        answer = Answer(ValueState.NOT_REPORTED)
    wanted = Value(
        unit_id=pending.unit.id,
        element_id=pending.element.id,
        period=edit.period,
        state=answer.state,
        amount=answer.amount,
        text=answer.text,
        note=note,
        return_id=None,
    )
    if stored is not None and replace(wanted, return_id=stored.return_id) == stored:
        return stored
    return wanted


_OUTCOMES = {Outcome.QUESTION: CellOutcome.QUESTION, Outcome.INVALID: CellOutcome.INVALID}


def _result(pending: _Pending) -> CellResult:
    changed = CellOutcome.UNCHANGED if pending.wanted == pending.stored else CellOutcome.SAVED
    outcome = _OUTCOMES.get(pending.reading.outcome, changed)
    now = pending.wanted
    answer = (
        Answer(now.state, now.amount, now.text) if now is not None and now.state is not ValueState.NOT_REPORTED else None
    )
    return CellResult(pending.edit, outcome, answer, tuple(pending.issues), pending.reading.readings)

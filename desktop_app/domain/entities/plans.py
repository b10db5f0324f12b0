"""Plans, their content areas, targets, tasks, money and legal bases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop_app.domain import specs
from desktop_app.domain.entities.units import UnitKind
from desktop_app.domain.specs import entity

PLAN_CODE = r"[0-9A-Za-z._-]+"


class PlanKind(StrEnum):
    """Kinds of plan (figures.md)."""

    NATIONAL = "national"
    GUIDANCE = "guidance"
    DIRECTION = "direction"
    FIVE_YEAR = "five_year"
    ANNUAL = "annual"
    AMENDMENT = "amendment"
    REFERENCE = "reference"


class Change(StrEnum):
    """What an amendment does to a target or task."""

    ADD = "add"
    CHANGE = "change"
    END = "end"


class Comparator(StrEnum):
    """How a value is held against its goal (figures.md)."""

    GE = "ge"
    LE = "le"
    GT = "gt"
    LT = "lt"
    EQ = "eq"
    APPROX = "approx"
    UP = "up"


class TaskForm(StrEnum):
    """Hình thức: how a task is carried out and paid for."""

    INVESTMENT = "investment"
    PURCHASE = "purchase"
    SERVICE_HIRE = "service_hire"
    UPKEEP = "upkeep"
    TRAINING = "training"
    REGULATION = "regulation"
    PPP = "ppp"
    OTHER = "other"


class TaskVerb(StrEnum):
    """The lifecycle verbs of plans (S4-11)."""

    BUILD = "build"
    SET_UP = "set_up"
    MAINTAIN = "maintain"
    UPDATE = "update"
    UPGRADE = "upgrade"
    CONNECT = "connect"
    INTEGRATE = "integrate"
    OPERATE = "operate"
    PLAN = "plan"
    COMPLETE = "complete"
    EXTEND = "extend"
    SHARE = "share"
    ISSUE = "issue"
    REPORT = "report"
    TRAIN = "train"
    OTHER = "other"


class TaskStatus(StrEnum):
    """The status list of the sheet ``Nhiệm vụ`` (figures.md, Reading cells)."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class MoneyStage(StrEnum):
    """Stages of money: proposed, allotted, spent, disbursed (domain.md §6)."""

    PROPOSED = "proposed"
    ALLOTTED = "allotted"
    SPENT = "spent"
    DISBURSED = "disbursed"


class JudgedVerdict(StrEnum):
    """What a person may decide where no rule does."""

    MET = "met"
    NOT_MET = "not_met"


@entity("legal_document", label="Legal document")
@dataclass(frozen=True, kw_only=True)
class LegalDocument:
    """A legal document with its validity, cited by plans as căn cứ.

    Attributes:
        kind: abbreviated kind as in NĐ 30/2020 (NĐ, QĐ, NQ, KH, CV, TB, Luật …).
        symbol: number and symbol, such as ``64/2007/NĐ-CP``; unique.
        correction: what the source said wrongly and how it was corrected; None when nothing was.
        confidence: v, h, m, l of domain.md; uncertain facts stay editable.
    """

    id: int = specs.integer(default=0)
    symbol: str = specs.text("Number and symbol")
    kind: str = specs.text("Kind of document")
    issued_on: date | None = specs.day("Issued on", default=None)
    issued_text: str | None = specs.text("Issued (as written)", default=None)
    issuer: str = specs.text("Issuer")
    title: str = specs.text("Title")
    valid_from: date | None = specs.day("In force from", default=None)
    valid_to: date | None = specs.day("In force to", default=None)
    replaced_by_id: int | None = specs.ref("legal_document", "Replaced by", default=None)
    confidence: str | None = specs.text("Confidence", default=None, pattern=r"[vhml]")
    correction: str | None = specs.text("Correction", default=None, multiline=True)
    source_ids: tuple[str, ...] = specs.words(default=())
    note: str | None = specs.text("Note", default=None, multiline=True)


@entity("attachment", label="Attachment")
@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file kept with a legal document (S0-17: the guidance letter has one)."""

    id: int = specs.integer(default=0)
    legal_document_id: int = specs.ref("legal_document", "Legal document")
    file_name: str = specs.text("File name")
    sha256: str = specs.text(pattern=r"[0-9a-f]{64}")
    content: bytes = specs.blob()
    added_on: date = specs.day("Added on")


@entity("funding_source", label="Funding source")
@dataclass(frozen=True, kw_only=True)
class FundingSource:
    """A node of the tree of funding sources (domain.md §6)."""

    id: int = specs.integer(default=0)
    code: str = specs.text("Code", pattern=r"[0-9A-Za-z._-]+")
    name: str = specs.text("Name")
    parent_id: int | None = specs.ref("funding_source", "Part of", default=None)
    order_number: int = specs.integer("Order", minimum=1)


@entity("plan", label="Plan", sorted_by="title")
@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan: national programme, guidance, five-year, annual, amendment and so on.

    Attributes:
        symbol: number and symbol of the document that issued it; None while it is a draft.
        issued_on: None where the source gives no full date; then ``issued_text`` keeps what it does give.
        parent_id: the plan it must align with (S0-06).
        amends_id: the plan that an amendment changes; ``effective_from`` is its date.
        responsible: who answers for it personally (S1-02).
        origin: where a shipped plan came from, with the version of the data; None for the office's own.
    """

    id: int = specs.integer(default=0)
    code: str = specs.text("Code", pattern=PLAN_CODE)
    title: str = specs.text("Title")
    short_title: str = specs.text("Short title")
    kind: PlanKind = specs.choice("Kind of plan", PlanKind)
    start_year: int = specs.integer("First year", minimum=1990, maximum=2100)
    end_year: int = specs.integer("Last year", minimum=1990, maximum=2100)
    symbol: str | None = specs.text("Number and symbol", default=None)
    issued_on: date | None = specs.day("Issued on", default=None)
    issued_text: str | None = specs.text("Issued (as written)", default=None)
    issuer: str | None = specs.text("Issuer", default=None)
    signer: str | None = specs.text("Signer", default=None)
    signer_position: str | None = specs.text("Position of the signer", default=None)
    parent_id: int | None = specs.ref("plan", "Aligned with", default=None)
    amends_id: int | None = specs.ref("plan", "Amends", default=None)
    effective_from: date | None = specs.day("Effective from", default=None)
    objective: str | None = specs.text("General objective", default=None, multiline=True)
    responsible: str | None = specs.text("Answerable", default=None)
    origin: str | None = specs.text("Origin", default=None)
    origin_version: str | None = specs.text("Version of the origin", default=None)
    source_ids: tuple[str, ...] = specs.words(default=())
    correction: str | None = specs.text("Correction", default=None, multiline=True)
    note: str | None = specs.text("Note", default=None, multiline=True)


@entity("plan_basis", label="Legal basis")
@dataclass(frozen=True, kw_only=True)
class PlanBasis:
    """A plan cites a legal document, in a given place of its list."""

    id: int = specs.integer(default=0)
    plan_id: int = specs.ref("plan", "Plan")
    legal_document_id: int = specs.ref("legal_document", "Legal document")
    order_number: int = specs.integer("Order", minimum=1)
    note: str | None = specs.text("Note", default=None)


@entity("plan_actor", label="Actor")
@dataclass(frozen=True, kw_only=True)
class PlanActor:
    """Somebody that a plan names: addressee, receiver, responsible agency or person (ACT rows of the trace).

    Attributes:
        role: what the plan says of them, such as ``thi hành``; Vietnamese, official wording.
        unit_kind: the kind of unit that is meant, where it is one.
    """

    id: int = specs.integer(default=0)
    plan_id: int = specs.ref("plan", "Plan")
    name: str = specs.text("Name")
    role: str = specs.text("Role")
    unit_kind: UnitKind | None = specs.choice("Kind of unit", UnitKind, default=None)
    order_number: int = specs.integer("Order", minimum=1)
    source_ids: tuple[str, ...] = specs.words(default=())


@entity("area", label="Content area")
@dataclass(frozen=True, kw_only=True)
class Area:
    """A content area of a plan (nội dung)."""

    id: int = specs.integer(default=0)
    plan_id: int = specs.ref("plan", "Plan")
    code: str = specs.text("Code", pattern=r"[0-9A-Za-z._-]+")
    name: str = specs.text("Name")
    order_number: int = specs.integer("Order", minimum=1)
    source_ids: tuple[str, ...] = specs.words(default=())


@entity("plan_section", label="Narrative section")
@dataclass(frozen=True, kw_only=True)
class PlanSection:
    """Narrative text of a plan at one place of the outline (general objective, solutions, organisation …).

    Attributes:
        outline_key: the place in ``resources/documents`` outlines that the text fills.
        body: paragraphs separated by a blank line.
    """

    id: int = specs.integer(default=0)
    plan_id: int = specs.ref("plan", "Plan")
    outline_key: str = specs.text("Place", pattern=r"[a-z0-9_.]+")
    body: str = specs.text("Text", multiline=True)


@entity("target", label="Target")
@dataclass(frozen=True, kw_only=True)
class Target:
    """An indicator inside a plan, with wording, scope, comparator and goals.

    Attributes:
        code: unique within the plan, such as ``CT07``.
        statement: our own official wording.
        indicator_id: None for a target that no indicator can measure (judged by hand).
        is_qualitative: type Q of figures.md; then ``wording`` keeps the words and ``threshold`` may make it judged.
        scope: kinds of unit that are expected; empty means the root unit alone.
        tolerance_percent: for ``approx``, per cent of the goal (shipped: 10).
        change: what an amendment does; None in a plan that amends nothing.
        changed_target_id: the target that an amendment changes or ends.
        tags: index sets such as ``PAR`` (S1-06).
    """

    id: int = specs.integer(default=0)
    plan_id: int = specs.ref("plan", "Plan")
    code: str = specs.text("Code", pattern=r"[0-9A-Za-z._-]+")
    statement: str = specs.text("Statement", multiline=True)
    short_statement: str = specs.text("Short statement")
    area_id: int | None = specs.ref("area", "Content area", default=None)
    indicator_id: int | None = specs.ref("indicator", "Indicator", default=None)
    is_qualitative: bool = specs.flag("Qualitative", default=False)
    scope: tuple[UnitKind, ...] = specs.choices("Scope", UnitKind, default=())
    comparator: Comparator = specs.choice("Comparator", Comparator, default=Comparator.GE)
    tolerance_percent: Decimal | None = specs.number("Tolerance (%)", default=None)
    wording: str | None = specs.text("Wording", default=None)
    threshold: Decimal | None = specs.number("Threshold", default=None)
    change: Change | None = specs.choice("Change", Change, default=None)
    changed_target_id: int | None = specs.ref("target", "Changed target", default=None)
    tags: tuple[str, ...] = specs.words("Index sets", default=())
    order_number: int = specs.integer("Order", minimum=1)
    source_ids: tuple[str, ...] = specs.words(default=())
    note: str | None = specs.text("Note", default=None, multiline=True)


@entity("goal", label="Goal")
@dataclass(frozen=True, kw_only=True)
class Goal:
    """What a target must reach by the end of a year; for one unit where ``unit_id`` is set."""

    id: int = specs.integer(default=0)
    target_id: int = specs.ref("target", "Target")
    year: int = specs.integer("Year", minimum=1990, maximum=2100)
    unit_id: int | None = specs.ref("unit", "Unit", default=None)
    amount: Decimal = specs.number("Goal")


@entity("exemption", label="Exemption")
@dataclass(frozen=True, kw_only=True)
class Exemption:
    """A unit that a target does not oblige although its kind is in scope."""

    id: int = specs.integer(default=0)
    target_id: int = specs.ref("target", "Target")
    unit_id: int = specs.ref("unit", "Unit")
    reason: str = specs.text("Reason", multiline=True)


@entity("judgement", label="Judgement")
@dataclass(frozen=True, kw_only=True)
class Judgement:
    """A verdict that a person gave; for the whole plan where ``unit_id`` is None."""

    id: int = specs.integer(default=0)
    target_id: int = specs.ref("target", "Target")
    period: str = specs.period("Period")
    unit_id: int | None = specs.ref("unit", "Unit", default=None)
    verdict: JudgedVerdict = specs.choice("Verdict", JudgedVerdict)
    judge: str = specs.text("Judged by")
    reason: str = specs.text("Reason", multiline=True)


@entity("task", label="Task")
@dataclass(frozen=True, kw_only=True)
class Task:
    """A task or project of a plan.

    Attributes:
        lead_unit_id: the unit of the file that leads it and reports on it.
        lead: who leads it in words, for agencies that are no unit of the file.
        cooperating: who cooperates, in words, separated by semicolons.
        due_text: the deadline as the plan words it, beside an empty ``due_on`` where it is no single day.
        recurring: how often a deadline comes back, in words, such as ``hằng năm``.
    """

    id: int = specs.integer(default=0)
    plan_id: int = specs.ref("plan", "Plan")
    code: str = specs.text("Code", pattern=r"[0-9A-Za-z._-]+")
    name: str = specs.text("Name", multiline=True)
    area_id: int | None = specs.ref("area", "Content area", default=None)
    lead_unit_id: int | None = specs.ref("unit", "Leading unit", default=None)
    lead: str | None = specs.text("Leading agency", default=None)
    cooperating: str | None = specs.text("Cooperating agencies", default=None)
    product: str | None = specs.text("Product", default=None)
    starts_on: date | None = specs.day("Starts on", default=None)
    due_on: date | None = specs.day("Due on", default=None)
    due_text: str | None = specs.text("Deadline", default=None)
    recurring: str | None = specs.text("Recurs", default=None)
    form: TaskForm | None = specs.choice("Form of work", TaskForm, default=None)
    verb: TaskVerb | None = specs.choice("Verb", TaskVerb, default=None)
    system_id: int | None = specs.ref("system", "System", default=None)
    legal_document_id: int | None = specs.ref("legal_document", "Legal document", default=None)
    responsible: str | None = specs.text("Answerable", default=None)
    carried_over: bool = specs.flag("Carried over", default=False)
    change: Change | None = specs.choice("Change", Change, default=None)
    changed_task_id: int | None = specs.ref("task", "Changed task", default=None)
    order_number: int = specs.integer("Order", minimum=1)
    source_ids: tuple[str, ...] = specs.words(default=())
    correction: str | None = specs.text("Correction", default=None, multiline=True)
    note: str | None = specs.text("Note", default=None, multiline=True)


@entity("plan_budget", label="Budget of a plan")
@dataclass(frozen=True, kw_only=True)
class PlanBudget:
    """Money that a plan names as a whole (S2-24), or a way of funding without an amount (S2-25).

    Attributes:
        approximate: True for "khoảng …".
    """

    id: int = specs.integer(default=0)
    plan_id: int = specs.ref("plan", "Plan")
    name: str = specs.text("Name")
    funding_source_id: int | None = specs.ref("funding_source", "Funding source", default=None)
    amount_vnd: int | None = specs.money("Amount", default=None)
    approximate: bool = specs.flag("Approximate", default=False)
    order_number: int = specs.integer("Order", minimum=1)
    source_ids: tuple[str, ...] = specs.words(default=())


@entity("task_money", label="Money of a task")
@dataclass(frozen=True, kw_only=True)
class TaskMoney:
    """Money of a task by year, source and stage, in đồng."""

    id: int = specs.integer(default=0)
    task_id: int = specs.ref("task", "Task")
    year: int = specs.integer("Year", minimum=1990, maximum=2100)
    funding_source_id: int = specs.ref("funding_source", "Funding source")
    stage: MoneyStage = specs.choice("Stage", MoneyStage)
    amount_vnd: int = specs.money("Amount")


@entity("task_report", key=("task_id", "period"), label="Task report")
@dataclass(frozen=True, kw_only=True)
class TaskReport:
    """What the leading unit reported on a task for a period.

    Attributes:
        percent: 0 to 100, per cent complete.
        disbursed_vnd: disbursed up to the end of the period, in đồng.
    """

    task_id: int = specs.ref("task", "Task")
    period: str = specs.period("Period")
    status: TaskStatus | None = specs.choice("Status", TaskStatus, default=None)
    percent: int | None = specs.integer("Complete (%)", default=None, minimum=0, maximum=100)
    disbursed_vnd: int | None = specs.money("Disbursed", default=None)
    note: str | None = specs.text("Note", default=None, multiline=True)
    return_id: int | None = specs.ref("unit_return", default=None)

"""What people read for the members of closed lists: the command line, the window and the exchange share these names.

The tables map a member to an English msgid. Official documents and workbooks take their words from ``resources/documents``
and :mod:`desktop_app.domain.columns` instead, which are Vietnamese in every language.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from desktop_app.domain.entities import (
    Change,
    Comparator,
    ConditionKind,
    DeploymentStatus,
    Direction,
    ElementKind,
    GrowthKind,
    IndicatorType,
    JudgedVerdict,
    Lifecycle,
    LinkStatus,
    Measure,
    MoneyStage,
    PeriodKind,
    PlanKind,
    Regime,
    ReturnStatus,
    SuccessionKind,
    TaskForm,
    TaskStatus,
    TaskVerb,
    UnitKind,
    UnitLevel,
    ValueState,
)
from desktop_app.domain.issues import Severity
from desktop_app.domain.values import Outcome
from desktop_app.text.catalogue import N_, Catalogue

_BY_ENUM: dict[type[StrEnum], Mapping[Any, str]] = {
    UnitKind: {
        UnitKind.PROVINCE: N_("Province"),
        UnitKind.DEPARTMENT: N_("Provincial department"),
        UnitKind.PUBLIC_SERVICE: N_("Public service unit"),
        UnitKind.DISTRICT: N_("District"),
        UnitKind.COMMUNE: N_("Commune"),
        UnitKind.VERTICAL: N_("Vertical agency"),
        UnitKind.MINISTRY: N_("Ministry"),
        UnitKind.MINISTRY_UNIT: N_("Unit of a ministry"),
        UnitKind.OTHER: N_("Other unit"),
    },
    UnitLevel: {
        UnitLevel.CENTRAL: N_("Central level"),
        UnitLevel.PROVINCE: N_("Provincial level"),
        UnitLevel.DISTRICT: N_("District level"),
        UnitLevel.COMMUNE: N_("Commune level"),
    },
    SuccessionKind: {
        SuccessionKind.MERGER: N_("Merger"),
        SuccessionKind.SPLIT: N_("Split"),
        SuccessionKind.TRANSFER: N_("Transfer of tasks"),
    },
    Lifecycle: {
        Lifecycle.PLANNED: N_("Planned"),
        Lifecycle.BUILDING: N_("Being built"),
        Lifecycle.IN_USE: N_("In use"),
        Lifecycle.UPGRADING: N_("Being upgraded"),
        Lifecycle.RETIRED: N_("Retired"),
    },
    DeploymentStatus: {
        DeploymentStatus.NOT_YET: N_("Not deployed yet"),
        DeploymentStatus.IN_PROGRESS: N_("Being deployed"),
        DeploymentStatus.IN_USE: N_("In use"),
        DeploymentStatus.STOPPED: N_("No longer used"),
    },
    LinkStatus: {LinkStatus.PLANNED: N_("Planned"), LinkStatus.CONNECTED: N_("Connected")},
    ElementKind: {
        ElementKind.COUNT: N_("Whole number"),
        ElementKind.DECIMAL: N_("Number with decimals"),
        ElementKind.MONEY: N_("Money"),
        ElementKind.YES_NO: N_("Yes or no"),
        ElementKind.DAY: N_("Day"),
        ElementKind.TEXT: N_("Written answer"),
    },
    Measure: {
        Measure.STOCK: N_("As of the last day of the period"),
        Measure.FLOW: N_("Arising inside the period"),
    },
    PeriodKind: {
        PeriodKind.YEAR: N_("Year"),
        PeriodKind.HALF: N_("Half-year"),
        PeriodKind.NINE_MONTHS: N_("Nine months"),
        PeriodKind.QUARTER: N_("Quarter"),
        PeriodKind.MONTH: N_("Month"),
    },
    ValueState: {
        ValueState.VALUE: N_("Has a figure"),
        ValueState.ZERO: N_("Zero"),
        ValueState.NOT_APPLICABLE: N_("Nothing arose"),
        ValueState.NOT_REPORTED: N_("Not reported"),
    },
    IndicatorType: {
        IndicatorType.RATIO: N_("Ratio"),
        IndicatorType.COUNT: N_("Share of units that meet a condition"),
        IndicatorType.SUM: N_("Sum"),
        IndicatorType.GROWTH: N_("Growth"),
        IndicatorType.MILESTONE: N_("Milestone"),
        IndicatorType.INDEX: N_("Index or score"),
        IndicatorType.PROVINCE: N_("Entered for the whole province"),
    },
    ConditionKind: {
        ConditionKind.ELEMENT: N_("A figure answered with yes"),
        ConditionKind.RATIO: N_("The unit's own ratio reaches a threshold"),
        ConditionKind.SYSTEMS: N_("Systems in use"),
    },
    GrowthKind: {GrowthKind.RELATIVE: N_("In per cent of the year before"), GrowthKind.POINTS: N_("In points")},
    Direction: {Direction.UP: N_("More is better"), Direction.DOWN: N_("Less is better")},
    PlanKind: {
        PlanKind.NATIONAL: N_("National programme"),
        PlanKind.GUIDANCE: N_("Guidance"),
        PlanKind.DIRECTION: N_("Direction"),
        PlanKind.FIVE_YEAR: N_("Five-year plan"),
        PlanKind.ANNUAL: N_("Annual plan"),
        PlanKind.AMENDMENT: N_("Amendment"),
        PlanKind.REFERENCE: N_("Plan cited only"),
    },
    Change: {Change.ADD: N_("Added"), Change.CHANGE: N_("Changed"), Change.END: N_("Ended")},
    Comparator: {
        Comparator.GE: N_("at least"),
        Comparator.LE: N_("at most"),
        Comparator.GT: N_("more than"),
        Comparator.LT: N_("less than"),
        Comparator.EQ: N_("exactly"),
        Comparator.APPROX: N_("about"),
        Comparator.UP: N_("more than the year before"),
    },
    TaskForm: {
        TaskForm.INVESTMENT: N_("Investment project"),
        TaskForm.PURCHASE: N_("Purchase"),
        TaskForm.SERVICE_HIRE: N_("Hire of IT services"),
        TaskForm.UPKEEP: N_("Upgrade and upkeep"),
        TaskForm.TRAINING: N_("Training"),
        TaskForm.REGULATION: N_("Regulation"),
        TaskForm.PPP: N_("Public-private partnership"),
        TaskForm.OTHER: N_("Other form"),
    },
    TaskVerb: {
        TaskVerb.BUILD: N_("Build"),
        TaskVerb.SET_UP: N_("Set up"),
        TaskVerb.MAINTAIN: N_("Maintain"),
        TaskVerb.UPDATE: N_("Keep up to date"),
        TaskVerb.UPGRADE: N_("Upgrade"),
        TaskVerb.CONNECT: N_("Connect"),
        TaskVerb.INTEGRATE: N_("Integrate"),
        TaskVerb.OPERATE: N_("Operate"),
        TaskVerb.PLAN: N_("Draw up a master plan"),
        TaskVerb.COMPLETE: N_("Perfect"),
        TaskVerb.EXTEND: N_("Set up in addition"),
        TaskVerb.SHARE: N_("Share"),
        TaskVerb.ISSUE: N_("Promulgate"),
        TaskVerb.REPORT: N_("Report"),
        TaskVerb.TRAIN: N_("Train"),
        TaskVerb.OTHER: N_("Other work"),
    },
    TaskStatus: {
        TaskStatus.NOT_STARTED: N_("Not started"),
        TaskStatus.IN_PROGRESS: N_("In progress"),
        TaskStatus.DONE: N_("Done"),
        TaskStatus.PAUSED: N_("Paused"),
        TaskStatus.CANCELLED: N_("Cancelled"),
    },
    MoneyStage: {
        MoneyStage.PROPOSED: N_("Proposed"),
        MoneyStage.ALLOTTED: N_("Allotted"),
        MoneyStage.SPENT: N_("Spent"),
        MoneyStage.DISBURSED: N_("Paid out"),
    },
    JudgedVerdict: {JudgedVerdict.MET: N_("Met"), JudgedVerdict.NOT_MET: N_("Not met")},
    Regime: {
        Regime.ND09: N_("Periods of Decree 09/2019 (from the 15th)"),
        Regime.CALENDAR: N_("Calendar periods"),
    },
    ReturnStatus: {
        ReturnStatus.RECEIVED: N_("Taken in"),
        ReturnStatus.HAS_ISSUES: N_("Has points to settle"),
        ReturnStatus.APPROVED: N_("Approved"),
        ReturnStatus.REJECTED: N_("Rejected"),
    },
    Severity: {
        Severity.ERROR: N_("Error"),
        Severity.QUESTION: N_("Question"),
        Severity.WARNING: N_("Warning"),
        Severity.INFO: N_("Information"),
    },
    Outcome: {
        Outcome.VALUE: N_("Read"),
        Outcome.BLANK: N_("Empty"),
        Outcome.QUESTION: N_("To be decided"),
        Outcome.INVALID: N_("Not taken"),
    },
}

VERDICTS: dict[str, tuple[str, str]] = {
    "met": ("✓", N_("Met")),
    "not_met": ("✕", N_("Not met")),
    "not_due": ("◷", N_("Not due yet")),
    "incomplete": ("◐", N_("Figures missing")),
    "judged_by_hand": ("✎", N_("Judged by hand")),
    "not_applicable": ("–", N_("Not applicable")),
}
"""Sign and English msgid of every verdict of figures.md, so that it never depends on colour alone."""

COMPARATOR_SIGNS: dict[Comparator, str] = {
    Comparator.GE: "≥",
    Comparator.LE: "≤",
    Comparator.GT: ">",
    Comparator.LT: "<",
    Comparator.EQ: "=",
    Comparator.APPROX: "≈",
    Comparator.UP: "↑",
}
"""How a comparator stands before a goal in tables: "≥ 80%"."""


def label(catalogue: Catalogue, member: StrEnum) -> str:
    """Return what people read for a member of a closed list.

    Raises:
        KeyError: the list has no names here.
    """
    return catalogue(_BY_ENUM[type(member)][member])


def labels(catalogue: Catalogue, members: type[StrEnum]) -> dict[StrEnum, str]:
    """Return what people read for every member of a closed list, in its order, as for a combo box."""
    return {member: catalogue(msgid) for member, msgid in _BY_ENUM[members].items()}


def verdict_label(catalogue: Catalogue, verdict: str) -> str:
    """Return a verdict with its sign: "✓ Đạt".

    Raises:
        KeyError: no such verdict.
    """
    sign, msgid = VERDICTS[verdict]
    return f"{sign} {catalogue(msgid)}"

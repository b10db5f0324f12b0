"""Units: the agencies that report, their names over time and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain import specs
from desktop_app.domain.specs import entity

UNIT_CODE = r"[0-9A-Za-z._-]+"


class UnitKind(StrEnum):
    """What sort of agency a unit is; the scope of a target is a set of these."""

    PROVINCE = "province"
    DEPARTMENT = "department"
    PUBLIC_SERVICE = "public_service"
    DISTRICT = "district"
    COMMUNE = "commune"
    VERTICAL = "vertical"
    MINISTRY = "ministry"
    MINISTRY_UNIT = "ministry_unit"
    OTHER = "other"


class UnitLevel(StrEnum):
    """Level of government: central, T (tỉnh), H (huyện), X (xã)."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class SuccessionKind(StrEnum):
    """How one unit followed another."""

    MERGER = "merger"
    SPLIT = "split"
    TRANSFER = "transfer"


@entity("unit", label="Unit", sorted_by="name")
@dataclass(frozen=True, kw_only=True)
class Unit:
    """An agency that reports, or a root unit (kind ``province`` or ``ministry``) for which figures are rolled up.

    Attributes:
        code: unique without regard to case.
        name: the full name in force today; earlier ones are ``UnitName`` rows.
        symbol: what stands in document numbers, such as ``SKHCN``.
        identifier: mã định danh (QĐ 20/2020/QĐ-TTg), such as ``H56.05``.
        identifier_illustrative: True where the identifier is a made-up sample.
        admin_code: mã đơn vị hành chính, digits.
        order_number: place in the official order of presentation, from 1.
        is_root: True for the one unit that the file's plan is for.
        valid_from: first day of existence; None means since before the file's memory.
        valid_to: last day of existence, included; None means it still exists.
    """

    id: int = specs.integer(default=0)
    code: str = specs.text("Code", pattern=UNIT_CODE)
    name: str = specs.text("Name")
    short_name: str | None = specs.text("Short name", default=None)
    symbol: str | None = specs.text("Document symbol", default=None)
    kind: UnitKind = specs.choice("Kind of unit", UnitKind)
    level: UnitLevel = specs.choice("Level", UnitLevel)
    identifier: str | None = specs.text("Identifier", default=None, pattern=r"[A-Z]\d{2}(\.[0-9A-Z]{2,3})*")
    identifier_illustrative: bool = specs.flag(default=False)
    admin_code: str | None = specs.text("Administrative code", default=None, pattern=r"\d{2,5}")
    order_number: int = specs.integer("Official order", minimum=1)
    is_root: bool = specs.flag(default=False)
    valid_from: date | None = specs.day("Valid from", default=None)
    valid_to: date | None = specs.day("Valid to", default=None)
    contact_name: str | None = specs.text("Contact", default=None)
    contact_phone: str | None = specs.text("Telephone", default=None)
    contact_email: str | None = specs.text("E-mail", default=None)
    note: str | None = specs.text("Note", default=None, multiline=True)


@entity("unit_name", label="Earlier name")
@dataclass(frozen=True, kw_only=True)
class UnitName:
    """A name that a unit bore up to and including ``valid_to``."""

    id: int = specs.integer(default=0)
    unit_id: int = specs.ref("unit", "Unit")
    name: str = specs.text("Name")
    valid_to: date = specs.day("Valid to")


@entity("unit_succession", label="Succession")
@dataclass(frozen=True, kw_only=True)
class UnitSuccession:
    """``successor`` took over ``predecessor`` (or part of it) on a day."""

    id: int = specs.integer(default=0)
    predecessor_id: int = specs.ref("unit", "Predecessor")
    successor_id: int = specs.ref("unit", "Successor")
    kind: SuccessionKind = specs.choice("Kind of succession", SuccessionKind)
    took_effect_on: date = specs.day("Took effect on")


@entity("person", label="Person", sorted_by="name")
@dataclass(frozen=True, kw_only=True)
class Person:
    """A person who signs, answers for something or can be asked."""

    id: int = specs.integer(default=0)
    name: str = specs.text("Name")
    position: str | None = specs.text("Position", default=None)
    unit_id: int | None = specs.ref("unit", "Unit", default=None)
    phone: str | None = specs.text("Telephone", default=None)
    email: str | None = specs.text("E-mail", default=None)

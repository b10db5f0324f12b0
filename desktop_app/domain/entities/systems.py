"""Software systems, databases and infrastructure, and where they are in use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain import specs
from desktop_app.domain.specs import entity

SYSTEM_CODE = r"[0-9A-Za-z._-]+"


class Lifecycle(StrEnum):
    """Where a system stands in its life, in the verbs of plans (S4-11)."""

    PLANNED = "planned"
    BUILDING = "building"
    IN_USE = "in_use"
    UPGRADING = "upgrading"
    RETIRED = "retired"


class DeploymentStatus(StrEnum):
    """The status list of the sheet ``Hệ thống`` (figures.md, Reading cells)."""

    NOT_YET = "not_yet"
    IN_PROGRESS = "in_progress"
    IN_USE = "in_use"
    STOPPED = "stopped"


class LinkStatus(StrEnum):
    """Whether two systems exchange data."""

    PLANNED = "planned"
    CONNECTED = "connected"


@entity("system_category", label="System category", sorted_by="name")
@dataclass(frozen=True, kw_only=True)
class SystemCategory:
    """A sort of system, such as document management."""

    id: int = specs.integer(default=0)
    code: str = specs.text("Code", pattern=SYSTEM_CODE)
    name: str = specs.text("Name")
    order_number: int = specs.integer("Order", minimum=1)


@entity("system", label="System", sorted_by="name")
@dataclass(frozen=True, kw_only=True)
class System:
    """A software system, database or piece of infrastructure.

    Attributes:
        owner: cơ quan chủ quản, as text where it is no unit of the file.
        operator: đơn vị vận hành.
        security_level: cấp độ an toàn hệ thống thông tin, 1 to 5.
        scope: kinds of unit that are asked for its deployment on the sheet ``Hệ thống``; empty means none are.
        source_ids: trace ids of the source documents.
    """

    id: int = specs.integer(default=0)
    code: str = specs.text("Code", pattern=SYSTEM_CODE)
    name: str = specs.text("Name")
    category_id: int = specs.ref("system_category", "Category")
    description: str | None = specs.text("Description", default=None, multiline=True)
    owner: str | None = specs.text("Owner", default=None)
    operator: str | None = specs.text("Operator", default=None)
    lifecycle: Lifecycle | None = specs.choice("Lifecycle", Lifecycle, default=None)
    security_level: int | None = specs.integer("Security level", default=None, minimum=1, maximum=5)
    funding_form: str | None = specs.text("Funding form", default=None)
    scope: tuple[str, ...] = specs.words("Asked of", default=())
    source_ids: tuple[str, ...] = specs.words(default=())
    order_number: int = specs.integer("Order", default=1, minimum=1)
    note: str | None = specs.text("Note", default=None, multiline=True)


@entity("deployment", key=("unit_id", "system_id"), label="Deployment")
@dataclass(frozen=True, kw_only=True)
class Deployment:
    """The state of one system at one unit.

    Attributes:
        since_on: first day of use.
        users: people who use it.
        return_id: the return that last wrote it; None when typed in the program.
    """

    unit_id: int = specs.ref("unit", "Unit")
    system_id: int = specs.ref("system", "System")
    status: DeploymentStatus = specs.choice("Status", DeploymentStatus)
    since_on: date | None = specs.day("Since", default=None)
    users: int | None = specs.integer("Users", default=None, minimum=0)
    note: str | None = specs.text("Note", default=None, multiline=True)
    return_id: int | None = specs.ref("unit_return", default=None)


@entity("system_link", label="System link")
@dataclass(frozen=True, kw_only=True)
class SystemLink:
    """``from_system`` sends data to, or is reached through, ``to_system``."""

    id: int = specs.integer(default=0)
    from_system_id: int = specs.ref("system", "From system")
    to_system_id: int = specs.ref("system", "To system")
    status: LinkStatus = specs.choice("Status", LinkStatus)
    source_ids: tuple[str, ...] = specs.words(default=())
    note: str | None = specs.text("Note", default=None, multiline=True)

"""The file itself: whose it is and by which calendar it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop_app.domain import specs
from desktop_app.domain.specs import entity


class Regime(StrEnum):
    """Which days a reporting period covers.

    Source: NĐ 09/2019/NĐ-CP for ``nd09``; ``calendar`` is our own convention for offices that count by calendar.
    """

    ND09 = "nd09"
    CALENDAR = "calendar"


@entity("office", label="Office")
@dataclass(frozen=True, kw_only=True)
class Office:
    """The one row that says what this data file is (id 1).

    Attributes:
        uuid: identity of the file; workbooks that it issues carry it.
        digest_key: hexadecimal key of the tamper evidence in issued workbooks; never leaves the file.
        sample: code of the sample that the file was made from.
        illustrative: True while the file may hold made-up figures of a sample; every document says so.
        created_with: version of the program that made the file.
    """

    id: int = specs.integer(default=1, minimum=1, maximum=1)
    uuid: str = specs.text(pattern=r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
    regime: Regime = specs.choice("Calendar of periods", Regime, default=Regime.ND09)
    digest_key: str = specs.text(pattern=r"[0-9a-f]{64}")
    sample: str | None = specs.text(default=None)
    illustrative: bool = specs.flag("Illustrative figures", default=False)
    created_at: datetime = specs.instant("Created")
    created_with: str = specs.text()

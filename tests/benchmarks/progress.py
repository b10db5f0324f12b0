"""Progress of 60 targets for one period, beside the bare SQL sum over every period that the year can tile."""

from __future__ import annotations

from desktop_app.domain import periods
from desktop_app.services.progress import progress
from desktop_app.services.session import Session
from tests.benchmarks import world
from tests.benchmarks.races import Race


def races() -> list[Race]:
    """Return the one promise: at most twice the sum that SQLite alone needs."""
    session = Session.open(world.cached(), read_only=True)
    codes = periods.periods_needed(world.PERIOD)
    marks = ", ".join("?" * len(codes))
    sums = f"SELECT element_id, period, SUM(amount), COUNT(*) FROM value WHERE period IN ({marks}) GROUP BY 1, 2"
    return [
        Race(
            name="Progress of 60 targets over 518,400 values",
            yardstick_name="SELECT … SUM(amount), COUNT(*) … GROUP BY 1, 2",
            ours=lambda: progress(session, world.PLAN, world.PERIOD),
            yardstick=lambda: session.database.connection.execute(sums, codes).fetchall(),
            limit=2,
            rounds=9,
        )
    ]

"""How long reading still takes."""

from __future__ import annotations

import pytest

from desktop_app.ui.collecting.work import Pace


class TestPace:
    @pytest.mark.parametrize(
        ("seconds", "done", "total", "left"),
        [(1.0, 20, 200, None), (10.0, 2, 200, None), (10.0, 20, 200, 90), (10.0, 200, 200, 0), (10.0, 20, 0, None)],
    )
    def test_the_time_left_is_guessed_once_enough_is_read(
        self, seconds: float, done: int, total: int, left: int | None
    ) -> None:
        moments = iter([100.0, 100.0 + seconds])
        assert Pace(lambda: next(moments)).seconds_left(done, total) == left

    def test_looking_for_files_counts_for_nothing(self) -> None:
        moments = iter([0.0, 500.0, 510.0])
        pace = Pace(lambda: next(moments))
        assert pace.seconds_left(20, 0) is None
        assert pace.seconds_left(10, 20) == 10

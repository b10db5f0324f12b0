"""A screen is something that somebody can look at."""

from __future__ import annotations

import sys

import pytest

from desktop_app.cli.display import has_display, paints_offscreen


@pytest.fixture(autouse=True)
def linux_without_a_screen(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def test_nothing_set_is_no_screen():
    assert not has_display()
    assert not paints_offscreen()


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_x_and_wayland_are_screens(monkeypatch, name):
    monkeypatch.setenv(name, "")
    assert not has_display()
    monkeypatch.setenv(name, ":0")
    assert has_display()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_always_have_one(monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)
    assert has_display()


@pytest.mark.parametrize("painted", ["offscreen", "minimal"])
def test_painting_offscreen_is_no_screen_even_where_there_is_one(monkeypatch, painted):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("QT_QPA_PLATFORM", painted)
    assert not has_display()
    assert paints_offscreen()

"""Each component says in words what it shows in colour, and keeps to the strict policy."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from attain.measurement.metrics import MonthState
from attain.measurement.outcomes import Outcome
from attain.website.navigation import JOBS, PERSONAL
from attain.website.states import LOOKS, look_of
from drawing import drawn, words
from project import PACKAGE, ROOT

TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
TONES = {"good", "bad", "warn", "open", "info", "calm"}


def icons() -> set[str]:
    sprite = (ROOT / "tools" / "assets.py").read_text("utf-8").split('_ICONS = """')[1]
    return set(sprite.split('"""')[0].split())


def test_every_outcome_and_every_month_has_a_word_an_icon_and_a_tone() -> None:
    for state in [*Outcome, *MonthState]:
        assert state.value in LOOKS
    assert {look.tone for look in LOOKS.values()} == TONES
    assert {look.icon for look in LOOKS.values()} <= icons()
    assert all(str(look.word) for look in LOOKS.values())


def test_every_entry_of_the_navigation_has_an_icon_of_the_sprite() -> None:
    places = [place for _title, places in JOBS for place in places]
    assert {place.icon for place in [*places, *PERSONAL]} <= icons()


def test_a_state_that_nobody_declared_is_shown_by_its_own_name() -> None:
    assert look_of("half_way_there").word == "Half way there"
    assert "Half way there" in drawn('{% status "half_way_there" %}')


def test_a_state_is_told_by_a_word_and_not_by_its_colour_alone() -> None:
    shown = drawn("<c-status :state='outcome' />", outcome=Outcome.NOT_MET)
    assert "state-bad" in shown
    assert words("<c-status :state='outcome' />", outcome=Outcome.NOT_MET) == "Not met"
    short = drawn("<c-status state='met' short='True' />")
    assert 'aria-label="Met"' in short


def test_a_figure_is_shown_with_what_it_rests_on() -> None:
    text = words("<c-figure label='Level' value='81.4' unit='%' n='38' interval='55 – 84' />")
    assert text == "Level 81.4 % 55 – 84 n = 38"


def test_a_missing_figure_says_so_and_is_no_zero() -> None:
    figure = "<c-figure label='Backlog' :value='value' />"
    assert words(figure, value=None) == "Backlog No data"
    assert words(figure, value=Decimal(0)) == "Backlog 0"


def test_a_strip_says_each_month_and_its_state() -> None:
    months = [
        {"month": "2026-01", "state": "on_target"},
        {"month": "2026-02", "state": MonthState.NO_READING, "url": "/months/2026-02"},
        {"month": "2026-03", "state": "off_target", "text": "missed by two points"},
    ]
    text = drawn("{% month_strip months 'Level' %}", months=months)
    assert 'aria-label="Level"' in text
    assert "2026-01: On target" in text
    assert "2026-02: No reading" in text
    assert 'href="/months/2026-02"' in text
    assert "2026-03: missed by two points" in text


def test_what_people_write_is_shown_and_never_run() -> None:
    evil = "<script>alert(1)</script>"
    months = [{"month": evil, "state": "met"}]
    shown = drawn(
        "{% status state %}{% month_strip months evil %}<c-figure :label='evil' :value='evil' />"
        "<c-empty :title='evil'>{{ evil }}</c-empty>{% icon 'x' evil %}"
        "<c-chart id='a' :option='option' label='{{ evil }}'>-</c-chart>",
        state=evil, months=months, evil=evil, option={"name": "</script><script>alert(1)"},
    )  # fmt: skip
    assert "<script>alert" not in shown


def test_a_heat_map_is_a_table_with_a_name_and_a_legend() -> None:
    heat = {
        "caption": "Level by hour", "corner": "Day", "columns": ["08", "09"],
        "rows": [{"name": "Monday", "cells": [{"level": 5, "text": "91"}, {}]}],
        "legend": [(1, "poor"), (5, "good")],
    }  # fmt: skip
    shown = drawn("<c-heat-map :heat='heat' />", heat=heat)
    assert '<p class="heat-caption">Level by hour</p>' in shown
    assert '<table aria-label="Level by hour">' in shown
    assert 'scope="row">Monday' in shown
    assert 'class="heat-5"' in shown
    assert shown.count("No data") == 2  # the empty cell, and the legend


def test_long_work_is_asked_after_until_it_is_done() -> None:
    template = "<c-progress url='/job' label='Import' done='3' total='6' state='{{ state }}' />"
    running, done = drawn(template, state="running"), drawn(template, state="done")
    assert 'hx-get="/job"' in running
    assert "hx-get" not in done
    assert 'max="6" value="3"' in running


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_template_keeps_to_the_strict_policy(path: Path) -> None:
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"<[^>]*\sstyle=", text)
    assert not re.search(r"<[^>]*\son[a-z]+=", text)
    assert not re.search(r"<style|<script(?![^>]*\b(src=|type=\"application/json\"))", text)
    assert not re.search(r"(src|href)=\"(https?:)?//", text)
    # An icon that the sprite does not hold would be drawn as nothing.
    named = set(re.findall(r"{% icon \"([a-z0-9-]+)\"", text))
    assert named <= icons()


def test_the_templates_are_found() -> None:
    assert len(TEMPLATES) > 50

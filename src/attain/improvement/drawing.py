"""Charts drawn on the server, from the same option that a browser is given, for paper.

The library runs in a machine of its own without files, network or clock, anew for each report: so
the same option gives the same drawing.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

_LIBRARY = "attain/vendor/echarts.js"
_COLOURS = ["#3f7fd6", "#8d6fcc", "#e39a1c", "#2f9e52", "#cf3a34", "#b6bdc7"]
_TEXT = "#1c2430"
# The library looks for what browsers have; it is given just enough to draw texts as it estimates.
_BEFORE = """
var self = this;
var console = {log() {}, warn() {}, error() {}};
var setTimeout = () => 0, clearTimeout = () => {};
"""
_DRAW = """
const size = {width: %(width)d, height: %(height)d};
const chart = echarts.init(null, %(theme)s, {renderer: "svg", ssr: true, ...size});
chart.setOption(Object.assign({animation: false}, %(option)s));
JSON.stringify(chart.renderToSVGString());
"""


def chart_svg(option: Mapping[str, Any], width: int, height: int) -> str:
    """Return a chart as SVG in the colours of paper."""
    import quickjs  # needed for reports alone

    machine = quickjs.Context()
    machine.eval(_BEFORE)
    machine.eval(_library())
    drawn = machine.eval(
        _DRAW
        % {
            "theme": json.dumps({"color": _COLOURS, "textStyle": {"color": _TEXT}}),
            "width": width,
            "height": height,
            "option": json.dumps(option),
        }
    )
    svg: str = json.loads(drawn)
    return svg


@cache
def _library() -> str:
    path = finders.find(_LIBRARY)
    if not isinstance(path, str):
        raise FileNotFoundError(_LIBRARY)
    return Path(path).read_text("utf-8")

"""Formulas of the preview: MathML, and nothing but MathML."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.preview.formulas import _ELEMENTS, mathml, with_mathml


def test_formulas_become_mathml() -> None:
    side = with_mathml(r"<p>Area \(\pi r^2\) and \[\frac{a}{b} &lt; 1\]</p>")
    assert side.startswith('<p>Area <math display="inline"><mrow><mi>π</mi><msup>')
    assert '<math display="block">' in side
    assert "<mo>&lt;</mo>" in side
    assert "\\" not in side


def test_what_is_in_a_tag_is_left_alone() -> None:
    side = r'<img alt="\(x\)"> \(y\)'
    assert with_mathml(side).startswith(r'<img alt="\(x\)"> <math')


def test_a_side_without_formulas_is_the_same() -> None:
    side = '<p class="x">a ( b ) [ c ]</p>'
    assert with_mathml(side) is side


@pytest.mark.parametrize("tex", [r"\frac{", r"x^2^3", "{" * 3000])
def test_tex_that_is_not_understood_is_shown(tex: str) -> None:
    assert with_mathml(rf"\({tex}\)") == rf'<code class="tex">\({tex}\)</code>'


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{&lt;img src=x onerror=alert(1)&gt;}",
        r"\href{javascript:alert(1)}{x}",
        r"\style{background:url(//example.org)}{x}",
        r'\class{x" onclick="alert(1)}{y}',
        r"\mathrm{</math><script>alert(1)</script>}",
    ],
)
def test_tex_cannot_bring_in_html(tex: str) -> None:
    assert_only_mathml(mathml(tex, display=False) or "")


@given(st.text(alphabet=r"\{}^_&<>\"'abchrefstylclxm/ 1;:#", max_size=60))
def test_no_tex_brings_in_html(tex: str) -> None:
    assert_only_mathml(mathml(tex, display=True) or "")


def assert_only_mathml(markup: str) -> None:
    tags = re.findall(r"<(/?)([a-zA-Z!?]*)((?:\s[^<>]*)?)>", markup)
    assert len(tags) == markup.count("<")
    assert {name for _, name, _ in tags} <= _ELEMENTS
    assert not any(re.search(r"(?:href|style|class|on\w+)\s*=", attributes) for _, _, attributes in tags)


def test_without_the_library_tex_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "latex2mathml.converter", None)
    mathml.cache_clear()
    assert with_mathml(r"\(a &lt; b\)") == r'<code class="tex">\(a &lt; b\)</code>'
    mathml.cache_clear()

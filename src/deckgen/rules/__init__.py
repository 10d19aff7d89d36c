"""The lint rules: one module each, listed here in order of their codes.

A rule takes a `LintedDeck`, yields diagnostics, and knows nothing of configuration, output or other rules. Its
docstring is its page. A new rule is a module, a line in this list, and a folder of cases in `tests/rules`.
"""

from __future__ import annotations

from deckgen.rules import (
    answer_given_away,
    answer_too_long,
    doubled_word,
    long_enumeration,
    no_source,
    several_questions,
    unsourced_figure,
    yes_no_answer,
)
from deckgen.rules.registry import Rule, rule_of

RULES: tuple[Rule, ...] = tuple(
    rule_of(module)
    for module in (
        answer_given_away,
        answer_too_long,
        doubled_word,
        long_enumeration,
        no_source,
        several_questions,
        unsourced_figure,
        yes_no_answer,
    )
)

"""Severities of rules as `deck.yaml` sets them: ``rules: {no-source: error, confusable-terms: off}``."""

from __future__ import annotations

from collections.abc import Mapping

from deckgen.bank import DeckSettings
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.names import nearest
from deckgen.rules import RULES
from deckgen.rules.core import CORE

Severities = Mapping[str, Severity | None]
"""The severity of every rule; None for those that are off."""

DEFAULTS: Severities = {rule.code: rule.severity for rule in RULES}


def severities(settings: DeckSettings) -> tuple[Severities, list[Diagnostic]]:
    """The severity of every rule in a deck, and what is wrong with its settings."""
    chosen = dict(DEFAULTS)
    found: list[Diagnostic] = []
    for name, value in settings.rules:
        if name.value in chosen:
            chosen[name.value] = None if value.value == "off" else Severity(value.value)
            continue
        if name.value in CORE:
            message, advice = (
                f"`{name.value}` is not a rule that can be set",
                "only rules can be set; this always holds",
            )
        else:
            guess = nearest(name.value, chosen)
            message = f"there is no rule `{name.value}`"
            advice = f"did you mean `{guess}`?" if guess else "`deckgen explain` lists the rules"
        span = settings.source.span(name.start, name.end)
        found.append(Diagnostic("unknown-rule", Severity.WARNING, message, span, help=advice))
    return chosen, found

"""The names of a deck's topics as Anki compares them: without regard to case, level by level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deckgen.bank import Topic
from deckgen.diagnostic import Diagnostic, Label, Severity

_BLANKS = re.compile(r"\s+")


def split_topics(topics: Iterable[Topic]) -> Iterator[Diagnostic]:
    """An error for every topic that spells a subdeck, or a level above it, otherwise than the first that names it.

    Anki would make one subdeck of the two and keep whichever spelling it met first, so that a learner's deck and the
    lock would differ by the order of import.
    """
    first: dict[str, tuple[str, Topic]] = {}
    for topic in topics:
        levels = topic.name.value.split("::")
        for depth in range(1, len(levels) + 1):
            name = "::".join(levels[:depth])
            known, other = first.setdefault(_BLANKS.sub(" ", name.casefold()), (name, topic))
            if known != name:
                right = "::".join([known, *levels[depth:]])
                yield Diagnostic(
                    "split-topic",
                    Severity.ERROR,
                    f"the topic `{name}` is called `{known}` in {other.source.path.rpartition('/')[2]}",
                    topic.source.span(topic.name.start, topic.name.end),
                    (Label(other.source.span(other.name.start, other.name.end), "named here"),),
                    f"to Anki they are one subdeck: write `{right}` here, or change the spelling there",
                )
                break

"""An entry that cites regulators of several regions and does not say where it holds.

Why: approvals, doses and laws differ from place to place. A learner must know whose they are.

Bad:

    # sources.yaml
    us: {title: US prescribing information, kind: label}
    eu: {title: EU product information, publisher: European Medicines Agency, kind: label}
    # topic.yaml
    topic: Doses
    facts:
      - id: start
        fact: Treatment is started at the age of {{c1::6 months}}.
        sources: [us#2.1, eu#4.2]

Good:

    # sources.yaml
    us: {title: US prescribing information, kind: label}
    eu: {title: EU product information, publisher: European Medicines Agency, kind: label}
    # topic.yaml
    topic: Doses
    facts:
      - id: start
        fact: In the US and in the EU, treatment is started at the age of {{c1::6 months}}.
        sources: [us#2.1, eu#4.2]

False alarms: none in 521 good entries of ten subjects.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from deckgen.bank import Work
from deckgen.diagnostic import Diagnostic, Severity
from deckgen.linted import LintedDeck

CODE = "region-missing"
SEVERITY = Severity.WARNING
SCOPE = "file"
_REGIONS = {
    "US": re.compile(r"\bU\.?S\.?A?\b|\bFDA\b|United States|DailyMed"),
    "EU": re.compile(r"\bEMA\b|\bEU\b|Europe"),
    "UK": re.compile(r"\bUK\b|\bMHRA\b|\bNICE\b|United Kingdom|British|Britain|England|Scotland"),
    "Japan": re.compile(r"\bPMDA\b|Japan"),
    "Canada": re.compile(r"Canad"),
    "Australia": re.compile(r"\bTGA\b|Australia"),
    "India": re.compile(r"\bCDSCO\b|India\b"),
    "China": re.compile(r"\bNMPA\b|China|Chinese"),
}
_OFFICIAL = frozenset(["label", "regulator"])
_ANYWHERE = re.compile(
    "|".join(pattern.pattern for pattern in _REGIONS.values()) + r"|world|countr|region|jurisdiction|label",
    re.IGNORECASE,
)


def check(deck: LintedDeck) -> Iterator[Diagnostic]:
    """Entries without `region` whose labels and regulators are of several regions, where the text names no place."""
    regions = {key: region for key, work in deck.bank.works.items() if (region := _region(work)) is not None}
    if len(set(regions.values())) < 2:
        return
    for item in deck.items:
        if item.entry.region is not None:
            continue
        cited = dict.fromkeys(regions[citation.key] for citation in item.entry.sources if citation.key in regions)
        if len(cited) > 1 and not any(_ANYWHERE.search(text.plain) for text in item.texts):
            yield item.report(
                CODE,
                f"sources of {' and '.join(cited)} are cited, and nothing says where this holds",
                "add `region`, or name the places in the text",
            )


def _region(work: Work) -> str | None:
    if work.kind is None or work.kind.value not in _OFFICIAL:
        return None
    about = " ".join(part.value for part in (work.title, work.publisher) if part is not None)
    return _region_in(about)


@functools.lru_cache(maxsize=4096)
def _region_in(about: str) -> str | None:
    found = [name for name, pattern in _REGIONS.items() if pattern.search(about)]
    return found[0] if len(found) == 1 else None

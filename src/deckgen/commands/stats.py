"""`deckgen stats`: what is in a deck, and how many reviews it will ask."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TextIO

from deckgen.deckbuild import check_deck
from deckgen.diagnostic import has_errors, in_order, summary
from deckgen.render.text import render_text
from deckgen.stats import Contents, Forecast, Plan, Tally, contents, forecasts, library
from deckgen.workspace import DeckFolder

_NO_FORECAST = "A forecast of the reviews needs the library fsrs: pip install fsrs"


def run(decks: Sequence[DeckFolder], plan: Plan, *, now: int, format: str, out: TextIO, err: TextIO) -> int:  # noqa: A002 - the name of the option
    """Print the statistics of decks; without `fsrs` no forecast. 0: done; 1: errors in the banks."""
    checked = [check_deck(deck.path, deck.shown, now) for deck in decks]
    errors = in_order(found for result in checked for found in result.diagnostics if has_errors([found]))
    if errors:
        err.write(render_text(errors, colour=False) + f"{summary(errors)}; there is nothing to count\n")
        return 1
    counted = [contents(result.bank, result.notes) for result in checked if result.bank is not None]
    foreseen = bool(library())
    expected = [forecasts(deck, plan) if foreseen else () for deck in counted]
    if format == "json":
        shown = [
            asdict(deck) | {"forecasts": [asdict(item) for item in ahead]}
            for deck, ahead in zip(counted, expected, strict=True)
        ]
        out.write(json.dumps({"decks": shown, "assumptions": _assumptions(plan)}, ensure_ascii=False, indent=2) + "\n")
        return 0
    for deck, ahead in zip(counted, expected, strict=True):
        out.write(_text(deck, ahead, plan))
    out.write("\n" + "\n".join(_wrapped(plan) if foreseen else [_NO_FORECAST]) + "\n")
    return 0


def _text(deck: Contents, ahead: Sequence[Forecast], plan: Plan) -> str:
    lines = [f"{deck.deck}: {deck.total.entries:,} entries, {deck.total.cards:,} cards"]
    lines += _table("topic", ("entries", "cards"), deck.topics)
    lines += _table("kind", ("entries", "cards"), deck.kinds)
    lines += _table("tier", ("entries", "cards"), deck.tiers)
    lines += _table("source", ("works", "cited"), deck.sources)
    if ahead:
        head = f"forecast, {plan.days} days"
        lines += ["", f"  {head:24}{'cards':>9}{'reviews':>9}{'a day':>9}{'busiest':>9}  seen"]
    for item in ahead:
        seen = f"all by day {item.all_seen}" if item.all_seen is not None else f"{item.introduced:,} of {item.cards:,}"
        a_day = item.reviews / plan.days
        lines.append(f"  {item.name:24}{item.cards:9,}{item.reviews:9,}{a_day:9.1f}{item.busiest:9,}  {seen}")
    return "\n".join(lines) + "\n"


def _table(head: str, columns: tuple[str, str], tallies: Sequence[Tally]) -> list[str]:
    lines = ["", f"  {head:24}{columns[0]:>9}{columns[1]:>9}"]
    return lines + [f"  {tally.name:24}{tally.entries:9,}{tally.cards:9,}" for tally in tallies]


def _assumptions(plan: Plan) -> dict[str, object]:
    return {
        "scheduler": "FSRS with default parameters, no fuzz, no steps within a day",
        "library": f"fsrs {library()}",
        "retention": plan.retention,
        "new_a_day": plan.new_a_day,
        "days": plan.days,
        "seed": plan.seed,
        "learner": "does all that is due; first answer Good, later ones Good with the predicted recall or Again",
    }


def _wrapped(plan: Plan) -> list[str]:
    order = f"{plan.new_a_day} new cards a day in the deck's order"
    return [
        f"Assumed: {order}, {plan.retention:.0%} retention, {plan.days} days, seed {plan.seed}.",
        f"Scheduler: FSRS (fsrs {library()}) with its default parameters, no fuzz, no steps within a day.",
        "Learner: does all that is due on its day; the first answer is Good, later ones are Good with the recall",
        "that FSRS predicts, else Again. Reviews do not count the first showing of a card; the busiest day does.",
    ]

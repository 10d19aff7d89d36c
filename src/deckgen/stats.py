"""What is in a deck, and how many reviews it will ask of a learner.

Runs on a checked deck. The forecast simulates the FSRS scheduler card by card with the `fsrs` library (the extra
``deckgen[stats]``), which is imported only here and only when a forecast is asked for.
"""

from __future__ import annotations

import datetime
import importlib.metadata
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from deckgen.bank import Bank, Entry
from deckgen.errors import UserError
from deckgen.note import Note

DAYS = 365
MOST_SIMULATED = 2000
"""More cards than this are forecast from an even sample."""
NO_TIER = "none"
NO_KIND = "other"
_TIER = "tier::"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entries and cards share a name; for sources, how many works and citations."""

    name: str
    entries: int
    cards: int


@dataclass(frozen=True, slots=True)
class Contents:
    """The live entries and cards of a deck, grouped; withdrawn entries and retired cards are not counted."""

    deck: str
    total: Tally
    topics: tuple[Tally, ...]
    kinds: tuple[Tally, ...]
    tiers: tuple[Tally, ...]
    sources: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a forecast assumes of the learner and the scheduler."""

    new_a_day: int = 20
    retention: float = 0.9
    seed: int = 1
    days: int = DAYS


@dataclass(frozen=True, slots=True)
class Forecast:
    """Reviews expected of a learner within the plan's days. ``all_seen`` is the day on which the last new card
    comes, or None if that is later; ``busiest`` the most answers, new cards included, asked on one day."""

    name: str
    cards: int
    introduced: int
    reviews: int
    busiest: int
    all_seen: int | None


def contents(bank: Bank, notes: Iterable[Note]) -> Contents:
    """Count a deck. Entries that became no note have no cards."""
    cards = {note.id: len(note.ordinals) - len(note.retired) for note in notes}
    topics, kinds, tiers = _Counts(), _Counts(), _Counts()
    cited: Counter[str] = Counter()
    for topic, entry in bank.entries():
        if entry.withdrawn is not None:
            continue
        number = cards.get(entry.id.value, 0)
        topics.add(topic.name.value, number)
        kinds.add(str(entry.kind), number)
        tiers.add(tier(entry), number)
        cited.update(citation.key for citation in entry.sources)
    sources = _Counts()
    for key, work in bank.works.items():
        sources.add(work.kind.value if work.kind is not None else NO_KIND, cited[key])
    everything = topics.tallies()
    total = Tally("all", sum(t.entries for t in everything), sum(t.cards for t in everything))
    by_size = sorted(sources.tallies(), key=lambda tally: (-tally.entries, tally.name))
    return Contents(bank.settings.id.value, total, everything, kinds.tallies(), tiers.tallies(), tuple(by_size))


def tier(entry: Entry) -> str:
    """The name behind the entry's first ``tier::`` tag."""
    names = (tag.value[len(_TIER) :] for tag in entry.tags if tag.value.startswith(_TIER))
    return next(names, NO_TIER)


def library() -> str:
    """The version of the installed `fsrs`, or an empty text."""
    try:
        return importlib.metadata.version("fsrs")
    except importlib.metadata.PackageNotFoundError:
        return ""


def forecasts(counted: Contents, plan: Plan) -> tuple[Forecast, ...]:
    """The forecast for the whole deck, and for each tier by itself where the deck has several."""
    wanted = [counted.total]
    if len(counted.tiers) > 1:
        wanted += counted.tiers
    return tuple(forecast(tally.name, tally.cards, plan) for tally in wanted)


def forecast(name: str, cards: int, plan: Plan) -> Forecast:
    """Simulate a learner who meets ``plan.new_a_day`` new cards a day and does all that is due.

    The first answer to a card is Good; later answers are Good with the probability of recall that FSRS predicts on
    that day, else Again. A card is answered once a day at most. Raises `UserError` if `fsrs` is not installed.
    """
    introduced = min(cards, plan.new_a_day * plan.days)
    sample = range(introduced)
    if introduced > MOST_SIMULATED:
        sample = range(0, introduced, -(-introduced // MOST_SIMULATED))
    learner = _Learner(plan)
    asked: Counter[int] = Counter()
    for index in sample:
        asked.update(learner.days(index))
    scale = introduced / len(sample) if sample else 0
    fresh = Counter(index // plan.new_a_day for index in range(introduced))
    busiest = max((fresh[day] + round(asked[day] * scale) for day in range(plan.days)), default=0)
    last = (cards - 1) // plan.new_a_day + 1 if cards else 0
    seen = last if last <= plan.days else None
    return Forecast(name, cards, introduced, round(sum(asked.values()) * scale), busiest, seen)


class _Learner:
    """Reviews single cards by FSRS. Cards do not influence each other, so each has its own chance."""

    def __init__(self, plan: Plan) -> None:
        try:
            import fsrs  # noqa: PLC0415 - an extra; nothing else of deckgen needs it
        except ImportError:
            raise UserError("the forecast needs the library fsrs: pip install fsrs") from None
        self.fsrs, self.plan = fsrs, plan
        self.scheduler = fsrs.Scheduler(
            desired_retention=plan.retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False
        )

    def days(self, index: int) -> list[int]:
        """The days on which a card is reviewed after its introduction."""
        chance = random.Random(f"{self.plan.seed}:{index}")  # noqa: S311 - a simulation
        start = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
        day = index // self.plan.new_a_day
        card = self.fsrs.Card(card_id=index, due=start)
        good, again = self.fsrs.Rating.Good, self.fsrs.Rating.Again
        rating = good
        reviews: list[int] = []
        while True:
            now = start + datetime.timedelta(days=day)
            card, _ = self.scheduler.review_card(card, rating, now)
            day = (card.due - start).days
            if day >= self.plan.days:
                return reviews
            reviews.append(day)
            recalled = self.scheduler.get_card_retrievability(card, start + datetime.timedelta(days=day))
            rating = good if chance.random() < recalled else again


class _Counts:
    """Entries and cards under names, in the order in which the names first came."""

    def __init__(self) -> None:
        self.entries: Counter[str] = Counter()
        self.cards: Counter[str] = Counter()

    def add(self, name: str, cards: int) -> None:
        self.entries[name] += 1
        self.cards[name] += cards

    def tallies(self) -> tuple[Tally, ...]:
        return tuple(Tally(name, count, self.cards[name]) for name, count in self.entries.items())

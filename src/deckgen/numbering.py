"""Which number each answer of a note has: the same answer keeps its number, a new one gets a new one.

Runs on what a note asks for now and what the lock says it asked for before. A number is never given to another
answer; the number of an answer that is gone is retired, and comes back only with that same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deckgen.lock import Answer, NoteRecord
from deckgen.succession import Names, same_answer


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one card asks for. ``preferred`` is the number it should get if that is free, ``kept`` one it has."""

    texts: tuple[str, ...]
    places: tuple[int | str, ...] = ()
    hint: str | None = None
    preferred: int | None = None
    kept: int | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """The answers in the order in which they were wanted, those retired, and what was decided (for people)."""

    answers: tuple[Answer, ...]
    retired: tuple[Answer, ...]
    decisions: tuple[str, ...] = ()


Same = Callable[[Answer, Wanted], bool]


def number(wanted: Sequence[Wanted], record: NoteRecord | None, tests: Sequence[Same]) -> Numbered:
    """Give every wanted answer its number.

    ``tests`` say whether an earlier answer is the wanted one, strictest first: all answers are tried with the
    first test before any is tried with the second. Live answers are preferred to retired ones.
    """
    if record is None:
        return _first(wanted)
    live, gone = list(record.answers), list(record.retired)
    found: dict[int, Answer] = {}
    for index, item in enumerate(wanted):
        if item.kept is not None:
            found[index] = _take(live, item.kept)
    for earlier in (live, gone):
        for test in tests:
            for index, item in enumerate(wanted):
                if index not in found:
                    match = next((answer for answer in earlier if test(answer, item)), None)
                    if match is not None:
                        earlier.remove(match)
                        found[index] = match
    following = record.next_number
    answers: list[Answer] = []
    decisions: list[str] = []
    for index, item in enumerate(wanted):
        before = found.get(index)
        if before is None:
            free = item.preferred is not None and item.preferred >= following
            chosen = item.preferred if free and item.preferred is not None else following
            following = chosen + 1
            decisions.append(f"c{chosen} is new: `{said(item.texts)}`")
        else:
            chosen = before.number
            if before.texts != item.texts:
                decisions.append(f"c{chosen} keeps its number: `{said(before.texts)}` became `{said(item.texts)}`")
            if before in record.retired:
                decisions.append(f"c{chosen} is back: `{said(item.texts)}`")
        answers.append(Answer(chosen, item.texts, item.places, item.hint))
    decisions += [f"c{answer.number} is retired: `{said(answer.texts)}` is gone" for answer in live]
    retired = sorted((*gone, *(_retired(answer) for answer in live)), key=_by_number)
    return Numbered(tuple(answers), tuple(retired), tuple(decisions))


def _first(wanted: Sequence[Wanted]) -> Numbered:
    taken = {item.preferred for item in wanted if item.preferred is not None}
    following = max(taken, default=0)
    answers = []
    for item in wanted:
        if item.preferred is None:
            following += 1
        answers.append(Answer(item.preferred or following, item.texts, item.places, item.hint))
    return Numbered(tuple(answers), ())


def _take(live: list[Answer], chosen: int) -> Answer:
    for answer in live:
        if answer.number == chosen:
            live.remove(answer)
            return answer
    raise ValueError(f"no answer has the number {chosen}")


def _retired(answer: Answer) -> Answer:
    """What stays known of an answer that is gone: its number and texts, and the row and column of a cell."""
    names = tuple(place for place in answer.places if isinstance(place, str))
    return Answer(answer.number, tuple(dict.fromkeys(answer.texts)), names)


def _by_number(answer: Answer) -> int:
    return answer.number


def said(texts: Sequence[str]) -> str:
    """Texts as a message shows them: shortened, on one line."""
    joined = " … ".join(" ".join(text.split()) for text in dict.fromkeys(texts))
    return joined if len(joined) <= 60 else joined[:57] + "..."


# Tests for the kinds of entry


def texts_equal(answer: Answer, item: Wanted) -> bool:
    return answer.texts == item.texts


def texts_and_places_equal(answer: Answer, item: Wanted) -> bool:
    return answer.texts == item.texts and answer.places == item.places


def texts_succeed(names: Names) -> Same:
    """Every text of either has its like in the other, however often it is mentioned."""

    def test(answer: Answer, item: Wanted) -> bool:
        return all(any(same_answer(old, new, names) for new in item.texts) for old in answer.texts) and all(
            any(same_answer(old, new, names) for old in answer.texts) for new in item.texts
        )

    return test


def cell_succeeds(names: Names) -> Same:
    """Row, column and text of a table cell are the same, in whatever spelling."""

    def test(answer: Answer, item: Wanted) -> bool:
        before, now = (*answer.places, *answer.texts), (*item.places, *item.texts)
        return len(before) == len(now) and all(
            same_answer(str(old), str(new), names) for old, new in zip(before, now, strict=True)
        )

    return test

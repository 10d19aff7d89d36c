"""A fact with what the features ask of it: clauses, phrases, lists, words that come again."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from deckgen.cloze.abbreviations import long_forms
from deckgen.cloze.wordlists import lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckgen.cloze.sentence import Row

_REACH = 12  # pieces to look back for what a phrase hangs on
_NOT_AGAIN = 1000  # marks a word that does not come again in the running count
BLOCK = 64  # pieces; no candidate crosses a multiple of it, which keeps sums over a text within floating point
LONGEST = 12  # pieces in a candidate
_STARTS = frozenset("ANXUKJgdbv#%qyQZaRL")
_ENDS = frozenset("ANXUKJgdbv#%qyaRL)")
_CONTENT = frozenset("ANXUKg#%qy")
_NOUNISH = frozenset("NXUKA")
_RANKED = frozenset("ANXUKJdbvg")
_PHRASE = frozenset("DAJNXUKLg#%qyQ")
_SPOKEN = frozenset("PoTCDBHMZWrQx")
_COUNTED = frozenset("NAJRbvdgaXUKLQoPTCBHMZWrxG#%qy")
_JOINING = frozenset("PoTC,")
_NOUNS = frozenset("ANXUKL")
_VALUES = frozenset("%qy")
_VERBS = frozenset("vBHMdb")


class View:
    """A fact with what the features ask of it: most are lists with one value for each piece."""

    __slots__ = (
        "again", "again_count", "band", "bounds", "clause", "clauses", "commas", "contrast", "fans_in", "fans_out",
        "first", "first_verb", "forms", "full_stop", "governors", "high_band", "item", "joint_count", "last", "line",
        "long_form", "low_band", "lows", "n", "noun_count", "order", "phrase", "phrases", "pieces", "place",
        "spoken", "tags", "value_count", "values", "values_in", "verb_before", "word_count",
    )  # fmt: skip

    def __init__(self, row: Row) -> None:
        self.pieces, self.tags = row
        self.n = len(self.tags)
        self.line = "".join(self.tags)
        self.lows = [p.low for p in self.pieces]
        self.forms = [p.form for p in self.pieces]
        self.value_count = _count(_VALUES, self.line)
        self.values = self.value_count[-1]
        self.bounds = self._blocks()
        self._clauses()
        self._phrases()
        self._items()
        self._echoes()
        self._sums()
        self._govern()
        self.long_form = long_forms(self.pieces, self.tags) if "(" in self.line else {}
        self.full_stop = bool(self.tags) and self.lows[-1] == "."

    def _blocks(self) -> list[int]:
        """Where stretches that no candidate leaves begin: at stops, and every `BLOCK` pieces; last the length."""
        bounds = [0]
        for k, tag in enumerate(self.tags):
            if tag in ".;" or k - bounds[-1] >= BLOCK:
                bounds.append(k)
        return [*dict.fromkeys(bounds), self.n]

    def _clauses(self) -> None:
        """Number the clauses; find the first verb of each, the last verb before each piece, and contrast words."""
        tags, lows, n = self.tags, self.lows, self.n
        self.clause, self.verb_before = [0] * n, [-1] * n
        first_verb: dict[int, int] = {}
        clause, verb = 0, -1
        for k, tag in enumerate(tags):
            self.verb_before[k] = verb
            if tag in _VERBS:
                first_verb.setdefault(clause, k)
                if tag not in "HM":
                    verb = k
            elif tag == "G":
                verb = k
            elif tag in ".;W" or lows[k] == "but" or (tag == "," and self._opens_clause(k)):
                clause += 1
            self.clause[k] = clause
        self.first_verb = [first_verb.get(c, n) for c in self.clause]
        self.clauses = clause + 1
        self.values_in = Counter([self.clause[k] for k in range(n) if tags[k] in "%qy"]) if self.values else {}
        contrast = lists()["contrast"]
        told = not contrast.isdisjoint(lows)
        self.contrast = next(k for k, low in enumerate(lows) if low in contrast) if told else -1

    def _opens_clause(self, k: int) -> bool:
        tags, n = self.tags, self.n
        if k + 1 >= n:
            return False
        if tags[k + 1] in "WG":
            return True
        joined = self.lows[k + 1] in ("and", "but", "so", "with")
        return joined and any(t in "vBHM" for t in tags[k + 2 : k + 8])

    def _phrases(self) -> None:
        """Number the noun phrases; find the first and last word of content."""
        tags, n = self.tags, self.n
        self.phrase = [-1] * n
        count = -1
        inside = False
        content = []
        for k, tag in enumerate(tags):
            if tag in _PHRASE:
                count += not inside
                self.phrase[k] = count
                inside = True
            else:
                inside = False
            if tag in _CONTENT:
                content.append(k)
        self.phrases = count + 1
        self.first, self.last = (content[0], content[-1]) if content else (0, n)

    def _items(self) -> None:
        """Number the items of lists of three and more: (place, how many) for each piece."""
        tags, lows, n = self.tags, self.lows, self.n
        self.item = [(0, 0)] * n
        self.commas = self.line.count(",")
        if self.commas + self.line.count("C") < 2:
            return
        group: list[int] = []
        busy = False
        for k, tag in enumerate(tags):
            if tag == "," or lows[k] in ("and", "or"):
                if group and (k - group[-1] > 6 or busy):
                    self._number(group)
                    group = []
                group.append(k)
                busy = False
            elif tag in "vBHMWb;.":
                busy = True
        self._number(group)

    def _number(self, group: list[int]) -> None:
        if len(group) < 2:
            return
        count = 2 + sum(b - a > 1 for a, b in pairwise(group))
        for k in range(max(0, group[0] - 5), group[0]):
            if self.item[k] == (0, 0):
                self.item[k] = (1, count)
        place = 1
        for k, after in zip(group, [*group[1:], min(self.n, group[-1] + 6)], strict=True):
            if after - k > 1:
                place += 1
                self.item[k + 1 : after] = [(place, count)] * (after - k - 1)

    def _echoes(self) -> None:
        """Words that come again, neighbours they share, and the order of values of one kind."""
        tags, lows, n = self.tags, self.lows, self.n
        self.again = [False] * n
        nouns = [low[:6] for low, tag in zip(lows, tags, strict=True) if tag in _NOUNISH]
        if len(set(nouns)) < len(nouns):
            counts = Counter(nouns)
            self.again = [tags[k] in _NOUNISH and counts[lows[k][:6]] > 1 for k in range(n)]
        self.order = [""] * n
        valued = [k for k, piece in enumerate(self.pieces) if piece.kind]
        if valued:
            kinds = Counter([self.pieces[k].kind for k in valued])
            seen: Counter[str] = Counter()
            for k in valued:
                kind = self.pieces[k].kind
                self.order[k] = f"{kind}{min(seen[kind], 3)}/{min(kinds[kind], 4)}"
                seen[kind] += 1
        nexts: dict[str, str] = {}
        previous: dict[str, str] = {}
        self.fans_out: set[str] = set()
        self.fans_in: set[str] = set()
        repeated = _repeated(lows)
        for before, after in pairwise(lows) if repeated else ():
            if before in repeated and nexts.setdefault(before, after) != after:
                self.fans_out.add(before)
            if after in repeated and previous.setdefault(after, before) != before:
                self.fans_in.add(after)

    def _govern(self) -> None:
        """For each piece what it would hang on, and how many phrases stand between it and the last verb."""
        tags = self.tags
        self.governors: list[tuple[str, str, str]] = []
        self.place: list[int] = []
        verb = after = -1
        for i in range(self.n):
            self.governors.append(self._governor(i) if tags[i] in _STARTS else ("", "", ""))
            here = self.phrase[i]
            if self.verb_before[i] != verb:
                verb, after = self.verb_before[i], -1
            if here >= 0 and after < 0 <= verb:
                after = here
            self.place.append(-1 if verb < 0 else 4 if here < 0 else 3 if here > after + 3 else here - after)

    def _governor(self, i: int) -> tuple[str, str, str]:
        """A preposition with class and form of its head; V with the verb; or the class of another word before."""
        tags, lows = self.tags, self.lows
        k, far = i - 1, i - _REACH
        while k >= 0 and k > far and tags[k] in "DRAJQ#x":
            k -= 1
        if k < 0:
            return ("^", "", "")
        if tags[k] in "PoT":
            h = k - 1
            while h >= 0 and h > far and tags[h] in "Rx":
                h -= 1
            return (lows[k], "^", "") if h < 0 else (lows[k], tags[h], lows[h])
        if tags[k] in "vbgGdBHM":
            return ("V", "", lows[k])
        return (tags[k], "", "")

    def _sums(self) -> None:
        """Running counts, and words as features name them: closed-class and telling words, '_' for all others."""
        telling = lists()["telling"]
        tags = self.tags
        self.spoken = [
            low if tag in _SPOKEN or low in telling else "_" for tag, low in zip(tags, self.lows, strict=True)
        ]
        self.word_count = _count(_COUNTED, self.line)
        self.noun_count = _count(_NOUNS, self.line)
        self.joint_count = _count(_JOINING, self.line)
        self.again_count = [0] * (self.n + 1)
        if any(self.again):
            nounish = zip(tags, self.again, strict=True)
            marks = [1 if again else _NOT_AGAIN if tag in _NOUNISH else 0 for tag, again in nounish]
            self.again_count = list(accumulate(marks, initial=0))
        self.band = [p.frequency // 10 for p in self.pieces]
        ranked = list(zip(self.band, map(_RANKED.__contains__, tags), strict=True))
        self.low_band = [band if known else 9 for band, known in ranked]
        self.high_band = [band if known else 0 for band, known in ranked]


def _repeated(words: Sequence[str]) -> set[str]:
    """The words that come more than once."""
    once: set[str] = set()
    out = set()
    for word in words:
        if word in once:
            out.add(word)
        once.add(word)
    return out


def _count(classes: frozenset[str], line: str) -> list[int]:
    """How many pieces of these classes stand before each place."""
    return list(accumulate(map(classes.__contains__, line), initial=0))


def candidates(view: View) -> list[tuple[int, list[int]]]:
    """Stretches that may be hidden, as where they begin, in order, and where they may end.

    They have a proper first and last word and closed brackets, and none leaves its block. A number is not cut from
    what it counts, though it may be hidden alone; letters in a row ("G, B and D") stay together.
    """
    tags, line = view.tags, view.line
    opens, closes = list(map(_STARTS.__contains__, line)), list(map(_ENDS.__contains__, line))
    if "L" in line:
        labels = lists()["label"]
        for k in range(1, view.n):
            if tags[k] == "L" and view.lows[k - 1] in labels:
                opens[k] = closes[k - 1] = False
    letters = [k for k, tag in enumerate(line) if tag == "K" and len(view.lows[k]) == 1] if "K" in line else []
    for k in letters:
        if k + 1 < view.n:
            opens[k + 1] = False
        if k + 2 < view.n and k + 2 in letters and tags[k + 1] in ",C":
            closes[k] = opens[k + 2] = False
    counting = [False] * view.n
    if "#" in line:
        counting = [tag == "#" and after in "NXA" for tag, after in zip(line, line[1:] + ".", strict=True)]
    depths = [piece.depth for piece in view.pieces]
    flat = not any(depths)
    out = []
    for first, last in pairwise(view.bounds):
        for i in range(first, last):
            if not opens[i]:
                continue
            end = min(last, i + LONGEST)
            if flat:
                ends = [j + 1 for j in range(i, end) if closes[j] and (j == i or not counting[j])]
            else:
                ends = [j for j in _balanced(i, end, closes, depths) if j == i + 1 or not counting[j - 1]]
            if ends:
                out.append((i, ends))
    return out


def _balanced(i: int, end: int, closes: Sequence[bool], depths: Sequence[int]) -> Iterator[int]:
    """Where a stretch that begins at piece i may end, without a bracket left open."""
    depth = 0
    for j in range(i, end):
        depth += depths[j]
        if depth < 0:
            return
        if not depth and closes[j]:
            yield j + 1

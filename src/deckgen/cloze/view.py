"""A fact with what the features ask of it: clauses, phrases, lists, words that come again."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from deckgen.cloze.wordlists import lists

if TYPE_CHECKING:
    from deckgen.cloze.sentence import Row

_REACH = 12  # pieces to look back for what a phrase hangs on
_NOT_AGAIN = 1000  # marks a word that does not come again in the running count
LONGEST = 12  # pieces in a candidate
_STARTS = frozenset("ANXUKJgdbv#%qyQZaRL")
_ENDS = frozenset("ANXUKJgdbv#%qyaRL)")
_CONTENT = frozenset("ANXUKg#%qy")
_NOUNISH = frozenset("NXUKA")
_RANKED = frozenset("ANXUKJdbvg")
_PHRASE = frozenset("DAJNXUKLg#%qyQ")
_SPOKEN = frozenset("PoTCDBHMZWrQx")
_JOINING = frozenset("PoTC,")


class View:
    """A fact with what the features ask of it, found in one pass."""

    def __init__(self, row: Row) -> None:
        self.pieces, self.tags = row
        self.n = len(self.tags)
        self.lows = [p.low for p in self.pieces]
        self._clauses()
        self._phrases()
        self._items()
        self._echoes()
        self._sums()
        self._govern()
        self.full_stop = bool(self.tags) and self.lows[-1] == "."

    def _clauses(self) -> None:
        """Number the clauses; find the first verb of each, the last verb before each piece, and contrast words."""
        tags, lows, n = self.tags, self.lows, self.n
        self.clause, self.opener, self.verb_before = [0] * n, ["^"] * n, [-1] * n
        first_verb: dict[int, int] = {}
        clause, opener, verb = 0, "^", -1
        contrast = lists()["contrast"]
        self.contrast = -1
        for k, tag in enumerate(tags):
            low = lows[k]
            self.verb_before[k] = verb
            if tag in ".;W" or low == "but" or (tag == "," and self._opens_clause(k)):
                clause += 1
            if tag in "vBHMdb":
                first_verb.setdefault(clause, k)
                if tag not in "HM":
                    verb = k
            elif tag == "G":
                verb = k
            if tag == "W" or low == "but":
                opener = low
            elif tag in ".;":
                opener = "^"
            elif tag == "," and opener not in ("^", "whereas", "while"):
                opener = ","
            self.clause[k], self.opener[k] = clause, opener
            if self.contrast < 0 and low in contrast:
                self.contrast = k
        self.first_verb = [first_verb.get(c, n) for c in self.clause]
        self.clauses = clause + 1
        self.values_in = Counter(self.clause[k] for k in range(n) if tags[k] in "%qy")

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
        group: list[int] = []
        self.commas = 0
        busy = False
        for k, tag in enumerate(tags):
            self.commas += tag == ","
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
        stems = [low[:6] for low in lows]
        counts = Counter(stems[k] for k in range(n) if tags[k] in _NOUNISH)
        self.again = [tags[k] in _NOUNISH and counts[stems[k]] > 1 for k in range(n)]
        kinds = Counter(p.kind for p in self.pieces if p.kind)
        seen: Counter[str] = Counter()
        self.order = [""] * n
        nexts: dict[str, set[str]] = {}
        previous: dict[str, set[str]] = {}
        for k, piece in enumerate(self.pieces):
            if piece.kind:
                self.order[k] = f"{piece.kind}{min(seen[piece.kind], 3)}/{min(kinds[piece.kind], 4)}"
                seen[piece.kind] += 1
            if k:
                nexts.setdefault(lows[k - 1], set()).add(lows[k])
                previous.setdefault(lows[k], set()).add(lows[k - 1])
        self.fans_out = {low for low, after in nexts.items() if len(after) > 1}
        self.fans_in = {low for low, before in previous.items() if len(before) > 1}
        self.values = sum(t in "%qy" for t in tags)

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
            self.place.append(-1 if verb < 0 else 4 if here < 0 else min(here - after, 3))

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
        self.spoken = [
            low if tag in _SPOKEN or low in telling else "_" for tag, low in zip(self.tags, self.lows, strict=True)
        ]
        self.value_count, self.noun_count, self.joint_count, self.again_count = [0], [0], [0], [0]
        values = nouns = joints = agains = 0
        for tag, again in zip(self.tags, self.again, strict=True):
            values += tag in "%qy"
            nouns += tag in "ANXUKL"
            joints += tag in _JOINING
            agains += 1 if again else (_NOT_AGAIN if tag in _NOUNISH else 0)
            self.value_count.append(values)
            self.noun_count.append(nouns)
            self.joint_count.append(joints)
            self.again_count.append(agains)
        bands = [p.frequency // 10 for p in self.pieces]
        self.band = bands
        self.low_band = [b if t in _RANKED else 9 for b, t in zip(bands, self.tags, strict=True)]
        self.high_band = [b if t in _RANKED else 0 for b, t in zip(bands, self.tags, strict=True)]


def candidates(view: View) -> list[tuple[int, int]]:
    """Stretches that may be hidden: proper first and last word, brackets closed, no end of sentence inside."""
    tags, pieces, n = view.tags, view.pieces, view.n
    labels = lists()["label"]
    out = []
    for i in range(n):
        if tags[i] not in _STARTS or (tags[i] == "L" and i and view.lows[i - 1] in labels):
            continue
        depth = 0
        for j in range(i + 1, min(n, i + LONGEST) + 1):
            tag = tags[j - 1]
            if tag in ".;":
                break
            depth += pieces[j - 1].depth
            if depth < 0:
                break
            if depth or tag not in _ENDS or (j < n and tags[j] == "L" and view.lows[j - 1] in labels):
                continue
            out.append((i, j))
    return out

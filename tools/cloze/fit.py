"""Fit the weights of the cloze engine to facts that people marked, and write weights.tsv.

    python tools/cloze/fit.py --data FOLDER [--out src/deckgen/cloze/weights.tsv]

FOLDER (or the environment variable CLOZE_DATA) holds facts-*.jsonl and dev.jsonl as described in
benchmarks/README.md; the facts in the folder facts beside this script are used as well. Needs numpy and scipy, which
the engine does not.
The objective is convex and minimised to a tight tolerance before rounding, so the same data give the same file.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "src"))
sys.path.insert(0, str(HERE))

from marked import Marked, own_facts, read_notes  # noqa: E402

from deckgen.cloze.model import features_of, spans_of  # noqa: E402
from deckgen.cloze.sentence import read  # noqa: E402
from deckgen.cloze.view import View  # noqa: E402

OUT = HERE.parents[1] / "src" / "deckgen" / "cloze" / "weights.tsv"
KEPT = 9000  # weights in the file
SEEN = 8  # candidates that must hold a feature
PENALTY = 5.0
OWN_WEIGHTS = {  # of the files in facts, against a key fact, which two readers marked
    "first": 1.5,
    "more": 0.5,
    "rivals": 1.0,
    "pharmacology": 0.7,
    "subjects": 0.6,
    "decks-biology": 0.35,
    "decks-medicine": 0.35,
    "decks-general": 0.35,
    "decks-technical": 0.3,
    "decks-courses": 0.3,
    "decks-lists": 0.3,
}
DECK_SIZE, DECK_WEIGHT, DECK_MOST = 100, 1.25, 3.75  # a deck of 100 notes counts 125, one of 400 counts 250
TERSE = "~"  # prefix of the copy of a feature that counts in texts without a final full stop


@dataclass(frozen=True)
class Sentence:
    """A marked fact ready for fitting: pieces, candidates, features of each, which ones people hid."""

    length: int
    spans: list[tuple[int, int]]
    features: list[list[str]]
    hidden: list[int]
    weight: float


def prepare(note: Marked, weight: float) -> Sentence:
    """Align the blanks people made with the candidates of the engine; those that are no candidate are dropped."""
    view = View(read(note.text))
    spans = spans_of(view)
    features = [features_of(view, i, j) for i, j in spans]
    if not view.full_stop:
        features = [[*one, *(TERSE + f for f in one)] for one in features]
    starts = {p.start: k for k, p in enumerate(view.pieces)}
    ends = {p.end: k + 1 for k, p in enumerate(view.pieces)}
    place = {span: k for k, span in enumerate(spans)}
    hidden: list[int] = []
    for a, b in note.places(starts, ends):
        first = starts.get(a)
        if first is not None and view.tags[first] == "D" and view.pieces[first].end < b:
            first += 1
        k = place.get((first, ends.get(b)))
        if k is not None and all(spans[h][1] <= spans[k][0] or spans[k][1] <= spans[h][0] for h in hidden):
            hidden.append(k)
    return Sentence(view.n, spans, features, hidden, weight)


class Fit:
    """A semi-Markov model over candidates, fitted by penalised maximum likelihood."""

    def __init__(self, sentences: list[Sentence], vocabulary: list[str]) -> None:
        self.place = {f: k for k, f in enumerate(vocabulary)}
        rows, cols, at = [], [], 0
        owner, end, size, gold, weight = [], [], [], [], []
        for s, sentence in enumerate(sentences):
            hidden = set(sentence.hidden)
            for k, (i, j) in enumerate(sentence.spans):
                found = [self.place[f] for f in sentence.features[k] if f in self.place]
                rows += [at] * len(found)
                cols += found
                at += 1
                owner.append(s)
                end.append(j)
                size.append(j - i)
                gold.append(float(k in hidden))
                weight.append(sentence.weight)
        shape = (at, len(vocabulary))
        self.x = sparse.csr_matrix((np.ones(len(rows)), (rows, cols)), shape=shape)
        self.xt = self.x.T.tocsr()
        self.owner, self.end, self.size = np.array(owner), np.array(end), np.array(size)
        self.weight, self.gold = np.array(weight), np.array(gold)
        self.total = np.array([s.weight for s in sentences])
        self.lengths = np.array([s.length for s in sentences])

    def marginals(self, score: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Log of the sum over all ways to hide, and the chance of each candidate."""
        count, n, longest = len(self.lengths), int(self.lengths.max()), int(self.size.max())
        table = np.full((count, n + 1, longest + 1), -1e9)
        table[self.owner, self.end, self.size] = score
        before = np.full((count, n + 1), -1e9)
        before[:, 0] = 0
        for j in range(1, n + 1):
            m = min(longest, j)
            ways = [before[:, j - 1 : j], before[:, j - m : j][:, ::-1] + table[:, j, 1 : m + 1]]
            before[:, j] = _log_sum(np.concatenate(ways, axis=1))
        whole = before[np.arange(count), self.lengths]
        after = np.full((count, n + 1), -1e9)
        after[np.arange(count), self.lengths] = 0
        for i in range(n - 1, -1, -1):
            steps = np.arange(1, min(longest, n - i) + 1)
            ways = [after[:, i + 1 : i + 2], after[:, i + steps] + table[:, i + steps, steps]]
            after[:, i] = np.where(i < self.lengths, _log_sum(np.concatenate(ways, axis=1)), after[:, i])
        start = self.end - self.size
        log = before[self.owner, start] + score + after[self.owner, self.end] - whole[self.owner]
        return whole, np.exp(np.minimum(log, 0))

    def minimise(self, penalty: float, steps: int) -> np.ndarray:
        """The weights."""
        wanted = self.xt @ (self.gold * self.weight)

        def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
            whole, chance = self.marginals(self.x @ w)
            value = -(wanted @ w) + self.total @ whole + 0.5 * penalty * (w @ w)
            return value, -wanted + self.xt @ (chance * self.weight) + penalty * w

        start = np.zeros(len(self.place))
        options = {"maxiter": steps, "ftol": 1e-12, "gtol": 1e-4}
        return minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x


def _log_sum(terms: np.ndarray) -> np.ndarray:
    top = terms.max(axis=1, keepdims=True)
    return (top + np.log(np.exp(terms - top).sum(axis=1, keepdims=True)))[:, 0]


def fit(sentences: list[Sentence], kept: int = KEPT, steps: int = 300) -> dict[str, float]:
    """Fit on all features, keep those that weigh most, fit again on these."""
    counts = Counter(f for s in sentences for one in s.features for f in one)
    vocabulary = sorted(f for f, n in counts.items() if n >= SEEN)
    first = Fit(sentences, vocabulary).minimise(PENALTY, min(steps, 60))
    impact = {f: abs(round(float(w), 4)) * counts[f] ** 0.5 for f, w in zip(vocabulary, first, strict=True)}
    chosen = sorted(sorted(vocabulary, key=lambda f: (-round(impact[f], 3), f))[:kept])
    second = Fit(sentences, chosen).minimise(PENALTY, steps)
    return {f: round(float(w), 2) for f, w in zip(chosen, second, strict=True)}


def lines(weights: dict[str, float]) -> list[str]:
    """The file: feature, weight, what is added in texts without a final full stop."""
    names = sorted({f.removeprefix(TERSE) for f in weights})
    rows = [(f, weights.get(f, 0.0), weights.get(TERSE + f, 0.0)) for f in names]
    return [f"{f}\t{w:g}\t{extra:g}" for f, w, extra in rows if w or extra]


def load(folder: Path) -> list[tuple[Marked, float]]:
    """All marked facts with their weights."""
    notes = [(note, 1.0) for path in sorted(folder.glob("facts-*.jsonl")) for note in read_notes(path)]
    for name, weight in OWN_WEIGHTS.items():
        notes += [(note, weight) for note in own_facts(HERE / "facts" / f"{name}.txt")]
    deck_notes = read_notes(folder / "dev.jsonl")
    sizes = Counter(note.source for note in deck_notes)
    for note in deck_notes:
        weight = DECK_WEIGHT * (DECK_SIZE / sizes[note.source]) ** 0.5
        notes.append((note, min(weight, DECK_MOST)))
    return notes


def main() -> int:
    """Read, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", default=os.environ.get("CLOZE_DATA"), help="folder of marked facts")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    if not args.data:
        parser.error("say where the marked facts are: --data FOLDER or CLOZE_DATA")
    sentences = [prepare(note, weight) for note, weight in load(Path(args.data))]
    head = "# Written by tools/cloze/fit.py: feature, weight, what is added in texts without a final full stop.\n"
    args.out.write_text(head + "\n".join(lines(fit(sentences))) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

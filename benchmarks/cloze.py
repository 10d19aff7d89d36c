"""How well the cloze engine agrees with people, and how fast it is.

    python benchmarks/cloze.py --data FOLDER                 the shipped weights, on all marked facts
    python benchmarks/cloze.py --data FOLDER --folds 5       held out: fitted without the facts that are scored
    python benchmarks/cloze.py --data FOLDER --leave-out     held out: fitted without the source that is scored
    python benchmarks/cloze.py --deck cards/dupilumab        blanks, leaks and speed on the facts of a deck

FOLDER (or CLOZE_DATA) is described in README.md beside this script. The held-out modes need numpy and scipy.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock
from zlib import crc32

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(ROOT / "tools" / "cloze"))

from marked import Marked, own_facts, read_notes  # noqa: E402

from deckgen.cloze import Context, Engine, model  # noqa: E402
from deckgen.cloze.visible import DETERMINERS  # noqa: E402
from deckgen.cloze.wordlists import lists  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Key = tuple[str, ...]
_WORD = re.compile(r"[^\W_]+(?:[.,](?=\d)\d+)*|%")
_COLUMNS = ("notes", "P", "R", "F1", "oF1", "hit", "n", "none", "leak", "trivial")
_FEW = 20  # notes of a source below which it is pooled


def words(text: str) -> list[str]:
    """Lower-case words; decimal numbers stay whole, a percent sign is a word."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text).lower())
    return [w.replace(",", "") if w[0].isdigit() else w for w in found]


def bare(answer: str) -> Key:
    """An answer without determiners, unless nothing else is left."""
    found = words(answer)
    return tuple(w for w in found if w not in DETERMINERS) or tuple(found)


def overlap(a: Key, b: Key) -> float:
    """Words in common (Dice)."""
    return 2 * sum((Counter(a) & Counter(b)).values()) / (len(a) + len(b)) if a and b else 0.0


def paired(predicted: Sequence[Key], wanted: Sequence[Key]) -> float:
    """Sum of overlaps of the best one-to-one pairing, found greedily."""
    pairs = sorted(((overlap(p, w), i, j) for i, p in enumerate(predicted) for j, w in enumerate(wanted)), reverse=True)
    total, left, right = 0.0, set[int](), set[int]()
    for score, i, j in pairs:
        if score and i not in left and j not in right:
            left.add(i)
            right.add(j)
            total += score
    return total


def times(needle: Key, hay: Sequence[str]) -> int:
    """Occurrences of a row of words, none overlapping."""
    count = at = 0
    while needle and at + len(needle) <= len(hay):
        if tuple(hay[at : at + len(needle)]) == needle:
            count, at = count + 1, at + len(needle)
        else:
            at += 1
    return count


@dataclass
class Tally:
    """Sums over notes, and the measures made of them."""

    sums: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, wanted: Iterable[str], predicted: Sequence[str]) -> None:
        """Count one note."""
        keys = list(dict.fromkeys(bare(a) for a in predicted))
        gold = list(dict.fromkeys(bare(a) for a in wanted))
        given = Counter(bare(a) for a in predicted)
        hay = [w for w in words(text) if w not in DETERMINERS]
        trivial = lists()["stop"] | lists()["general"]
        hits = len(set(keys) & set(gold))
        self.sums.update(notes=1, gold=len(gold), predicted=len(keys), hits=hits, hit=hits > 0, none=not keys)
        self.sums["overlap"] += paired(keys, gold)  # type: ignore[assignment]
        self.sums["leak"] += sum(times(k, hay) > given[k] for k in keys)
        self.sums["trivial"] += sum(all(w in trivial or (len(w) == 1 and w.isalpha()) for w in k) for k in keys)

    def row(self) -> dict[str, float]:
        """The measures."""
        s = self.sums
        precision, recall = s["hits"] / max(s["predicted"], 1), s["hits"] / max(s["gold"], 1)
        soft_p, soft_r = s["overlap"] / max(s["predicted"], 1), s["overlap"] / max(s["gold"], 1)
        notes = max(s["notes"], 1)
        return {
            "notes": s["notes"],
            "P": precision,
            "R": recall,
            "F1": 2 * precision * recall / max(precision + recall, 1e-9),
            "oF1": 2 * soft_p * soft_r / max(soft_p + soft_r, 1e-9),
            "hit": s["hit"] / notes,
            "n": s["predicted"] / notes,
            "none": s["none"] / notes,
            "leak": s["leak"] / max(s["predicted"], 1),
            "trivial": s["trivial"] / max(s["predicted"], 1),
        }


def answers(engine: Engine, text: str) -> list[str]:
    """What the engine hides."""
    return [text[b.start : b.end] for b in engine.choose(text).blanks]


def held_out(notes: Sequence[Marked], groups: Mapping[str, str], folder: Path) -> dict[str, list[str]]:
    """Predictions for each note by weights fitted without the group of the note; keyed by source and id."""
    import fit  # noqa: PLC0415 - needs numpy, which the plain benchmark does not

    sentences = [(note, fit.prepare(note, weight)) for note, weight in fit.load(folder)]
    out: dict[str, list[str]] = {}
    for group in sorted(set(groups.values())):
        kept = [s for note, s in sentences if groups.get(note.text) != group]
        table = {f: round(100 * w) for f, w in fit.fit(kept, steps=80).items()}
        full = {f: w for f, w in table.items() if not f.startswith(fit.TERSE)}
        extra = {f[1:]: w for f, w in table.items() if f.startswith(fit.TERSE)}
        terse = {f: full.get(f, 0) + extra.get(f, 0) for f in full | extra}
        with mock.patch.object(model, "weights", lambda tables=(full, terse): tables):
            model._sums.cache_clear()
            engine = Engine(Context())
            for note in notes:
                if groups.get(note.text) == group:
                    out.setdefault(note.text, answers(engine, note.text))
    model._sums.cache_clear()
    return out


def show(title: str, rows: Mapping[str, Mapping[str, float]]) -> None:
    """Print a table."""
    print(f"\n{title:<34}" + "".join(f"{c:>8}" for c in _COLUMNS))
    for name, row in rows.items():
        cells = (f"{row[c]:8.0f}" if c == "notes" else f"{row[c]:8.3f}" for c in _COLUMNS)
        print(f"{name:<34}" + "".join(cells))


def tables(notes: Sequence[Marked], predicted: Mapping[str, list[str]]) -> None:
    """Print the measures by source, for biomedical sentences, and the mean over sources of people's decks."""
    by: dict[str, Tally] = {}
    sizes = Counter(n.source for n in notes)
    for note in notes:
        deck = not note.source.startswith("facts-")
        names = [note.source if sizes[note.source] >= _FEW else "(small sources)"]
        if deck and note.domain == "biomed" and note.form == "sentence":
            names.append("decks: biomedical sentences")
        for name in names:
            by.setdefault(name, Tally()).add(note.text, note.answers, predicted.get(note.text, []))
    rows = {name: by[name].row() for name in sorted(by)}
    facts = {name: rows[name] for name in rows if name.startswith("facts-")}
    decks = {name: rows[name] for name in rows if name not in facts and not name.startswith("decks:")}
    for subject in sorted({name.rpartition(".")[0] for name in facts}):
        pair = [row for name, row in facts.items() if name.startswith(subject)]
        rows[f"{subject}, mean"] = {c: sum(r[c] for r in pair) / len(pair) for c in _COLUMNS}
    if decks:
        rows["decks: mean over sources"] = {c: sum(r[c] for r in decks.values()) / len(decks) for c in _COLUMNS}
    show("source", rows)


def speed(texts: Sequence[str]) -> None:
    """Print facts a second on one core, warm."""
    engine = Engine(Context())
    for text in texts:
        engine.choose(text)
    best = 0.0
    for _ in range(5):
        start = time.process_time()
        for text in texts:
            engine.choose(text)
        best = max(best, len(texts) / (time.process_time() - start))
    print(f"\nspeed: {best:.0f} facts a second")


def read_all(folder: Path) -> list[Marked]:
    """The marked facts; the two readers of the key facts are sources of their own."""
    out = []
    for path in sorted(folder.glob("facts-*.jsonl")):
        out += [Marked(n.id, n.text, n.answers, n.spans, path.stem, n.domain, n.form) for n in read_notes(path)]
    return out + read_notes(folder / "dev.jsonl")


def facts_of(folder: Path) -> list[str]:
    """Plain facts of a deck's banks: those without clozes made by hand, on one line."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            text = line.strip().removeprefix("- ").strip()
            if text.startswith("fact:") and "{{c" not in text:
                found.append(text.removeprefix("fact:").strip().strip("'\""))
    return found


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", default=os.environ.get("CLOZE_DATA"), help="folder of marked facts")
    parser.add_argument("--folds", type=int, default=0, help="score held-out facts in so many folds")
    parser.add_argument("--leave-out", action="store_true", help="score each deck by weights fitted without it")
    parser.add_argument("--deck", type=Path, help="a deck whose facts are measured without marks")
    args = parser.parse_args()
    if args.deck:
        texts = facts_of(args.deck)
        engine = Engine(Context(subject=args.deck.name))
        tally = Tally()
        for text in texts:
            tally.add(text, (), [text[b.start : b.end] for b in engine.choose(text).blanks])
        show("deck", {str(args.deck): tally.row()})
        speed(texts)
        return 0
    if not args.data:
        notes = own_facts(ROOT / "tools" / "cloze" / "facts" / "first.txt")
        tables(notes, {n.text: answers(Engine(Context()), n.text) for n in notes})
        return 0
    notes = read_all(Path(args.data))
    if args.folds:
        groups = {n.text: f"fold {crc32(n.text.encode()) % args.folds}" for n in notes}
        tables(notes, held_out(notes, groups, Path(args.data)))
    elif args.leave_out:
        decks = [n for n in notes if not n.source.startswith("facts-")]
        tables(decks, held_out(decks, {n.text: n.source.partition(" (")[0] for n in decks}, Path(args.data)))
    else:
        engine = Engine(Context())
        tables(notes, {n.text: answers(engine, n.text) for n in notes})
    speed([n.text for n in notes if n.source.startswith("facts-")])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

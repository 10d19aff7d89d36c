"""Random decks and random edits of them, as an author would make them, for tests of promises to learners."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

from decks import write_deck

Entry = dict[str, Any]

WORDS = [
    "receptor", "kinase", "cytokine", "eosinophil", "interleukin", "membrane", "treaty", "senate", "tariff",
    "matrix", "theorem", "vector", "sonata", "rhythm", "glacier", "delta", "estuary", "photon", "quark",
    "enzyme", "ligand", "axon", "synapse", "tribunal", "plaintiff", "statute",
]  # fmt: skip
NAMES = ["IL-4", "IL-13", "STAT6", "JAK1", "TYK2", "IL-4Rα", "beta-1", "TGF-β", "IgE", "FeNO", "CO₂", "Rome", "Ghent"]
VALUES = [
    "38%",
    "10%",
    "300 mg",
    "3 to 14 days",
    "every 2 weeks",
    "12 years",
    "1815",
    "about 30 kg",
    "≥300 cells/µL",
    "0.5 mL",
]
RESPELT = {"3 to 14 days": "3–14 days", "beta-1": "β1", "every 2 weeks": "every two weeks", "about 30 kg": "30 kg"}


class Author:
    """Writes a deck and edits it. ``topics`` maps a file to its entries; what is random comes from the seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.count = 0
        self.version = 1
        self.glossary: dict[str, Any] = {}
        self.topics: dict[str, list[Entry]] = {"alpha": [], "beta": []}
        for _ in range(6):
            self.add()

    def words(self, low: int, high: int) -> str:
        return " ".join(self.dice.choice(WORDS) for _ in range(self.dice.randint(low, high)))

    def clause(self) -> str:
        lead = self.dice.choice(["binds", "raises", "requires", "lasts", "was signed in", "encodes", "inhibits"])
        return f"{lead} {self.dice.choice(NAMES + VALUES)} in the {self.words(1, 2)}"

    def sentence(self) -> str:
        return f"{self.dice.choice(NAMES)} {self.clause()} and {self.clause()}."

    def add(self) -> None:
        self.count += 1
        entry: Entry = {"id": f"entry-{self.count}"}
        kind = self.dice.choice(["fact", "fact", "hand", "basic", "choice", "sequence", "table"])
        if kind == "fact":
            entry["fact"] = self.sentence()
        elif kind == "hand":
            entry["fact"] = (
                f"{{{{c1::{self.dice.choice(NAMES)}}}}} {self.words(2, 3)} {{{{c2::{self.dice.choice(VALUES)}}}}}"
            )
        else:
            entry["question"] = f"What about {self.words(2, 4)} number {self.count}?"
        if kind in ("basic", "choice"):
            entry["answer"] = self.words(1, 3)
        if kind == "basic" and self.dice.random() < 0.5:
            entry["reverse"] = "true"
        if kind == "choice":
            entry["distractors"] = [f"not {self.words(1, 2)}", {"text": f"nor {self.words(1, 2)}", "why": "no"}]
        if kind == "sequence":
            entry["steps"] = [self.step() for _ in range(self.dice.randint(2, 5))]
        if kind == "table":
            entry["columns"] = ["Dose", "Age"]
            entry["rows"] = {f"Row {name}": [self.cell(), self.cell()] for name in "ABC"[: self.dice.randint(1, 3)]}
            entry["rows"]["Row Z"] = [self.dice.choice(VALUES), ""]
        self.topics[self.dice.choice(sorted(self.topics))].append(entry)

    def step(self) -> str:
        return f"{self.dice.choice(NAMES)} {self.clause()}"

    def cell(self) -> str:
        return self.dice.choice([*VALUES, *NAMES])

    def entries(self) -> list[Entry]:
        return [entry for topic in self.topics.values() for entry in topic]

    # Edits

    def edit(self) -> str:
        """One random edit of a random entry; what it was."""
        name = self.dice.choice(
            ["reword", "reword", "insert", "delete", "swap", "respell", "answer", "rename", "withdraw", "add", "move",
             "glossary", "steer", "rows", "explain", "reverse", "split"]
        )  # fmt: skip
        living = [entry for entry in self.entries() if "withdrawn" not in entry]
        if living:
            getattr(self, f"_{name}")(self.dice.choice(living))
        return name

    def _text(self, entry: Entry) -> tuple[str, str]:
        key = "fact" if "fact" in entry else "question"
        return key, entry[key]

    def _reword(self, entry: Entry) -> None:
        key, text = self._text(entry)
        parts = text.split(" ")
        at = self.dice.randrange(len(parts) + 1)
        if text.count("{{", 0, len(" ".join(parts[:at]))) == text.count("}}", 0, len(" ".join(parts[:at]))):
            parts.insert(at, self.dice.choice(["clearly", "in general", "often", self.dice.choice(WORDS)]))
        entry[key] = " ".join(parts)

    def _insert(self, entry: Entry) -> None:
        if "steps" in entry:
            entry["steps"].insert(self.dice.randrange(len(entry["steps"]) + 1), self.step())
        elif "fact" in entry:
            entry["fact"] = entry["fact"].rstrip(".") + f", which {self.clause()}."

    def _delete(self, entry: Entry) -> None:
        if len(entry.get("steps", ())) > 2:
            entry["steps"].pop(self.dice.randrange(len(entry["steps"])))
        elif "fact" in entry and "{{" not in entry["fact"]:
            parts = entry["fact"].split(" and ")
            if len(parts) > 1 and len(parts[0].split()) > 3:
                entry["fact"] = parts[0] + "."

    def _swap(self, entry: Entry) -> None:
        if "steps" in entry:
            self.dice.shuffle(entry["steps"])
        elif "rows" in entry:
            rows = list(entry["rows"].items())
            self.dice.shuffle(rows)
            entry["rows"] = dict(rows)
        elif " and " in entry.get("fact", "") and "{{" not in entry["fact"]:
            entry["fact"] = " and ".join(reversed(entry["fact"].rstrip(".").split(" and "))) + "."

    def _respell(self, entry: Entry) -> None:
        text = json.dumps(entry, ensure_ascii=False)
        for old, new in RESPELT.items():
            text = text.replace(old, new)
        entry.update(json.loads(text))

    def _answer(self, entry: Entry) -> None:
        if "answer" in entry:
            entry["answer"] = self.words(1, 3)
        elif "steps" in entry:
            entry["steps"][self.dice.randrange(len(entry["steps"]))] = self.step()
        elif "fact" in entry:
            old = self.dice.choice(NAMES + VALUES)
            entry["fact"] = entry["fact"].replace(old, self.dice.choice(NAMES + VALUES))

    def _rename(self, entry: Entry) -> None:
        self.count += 1
        entry["was"] = [*entry.get("was", []), entry["id"]]
        entry["id"] = f"renamed-{self.count}"

    def _withdraw(self, entry: Entry) -> None:
        entry["withdrawn"] = {"on": "2024-01-01", "reason": "No longer taught"}

    def _add(self, entry: Entry) -> None:
        self.add()

    def _move(self, entry: Entry) -> None:
        for topic in self.topics.values():
            if entry in topic:
                topic.remove(entry)
        target = self.topics[self.dice.choice(sorted(self.topics))]
        target.insert(self.dice.randrange(len(target) + 1), entry)

    def _glossary(self, entry: Entry) -> None:
        name = self.dice.choice(NAMES + WORDS)
        self.glossary[name] = {"class": self.dice.choice(["cytokine", "protein", "city"])}

    def _steer(self, entry: Entry) -> None:
        if "fact" in entry and "{{" not in entry["fact"]:
            here = [text for text in NAMES + VALUES if f" {text} " in f" {entry['fact'].rstrip('.')} "]
            entry.pop("keep", None)
            entry.pop("hide", None)
            if here:
                entry[self.dice.choice(["hide", "keep"])] = [self.dice.choice(here)]

    def _rows(self, entry: Entry) -> None:
        if "rows" not in entry:
            return
        what = self.dice.choice(["cell", "add", "drop", "empty", "rename"])
        names = list(entry["rows"])
        name = self.dice.choice(names)
        if what == "cell":
            entry["rows"][name] = [self.cell(), self.cell()]
        elif what == "empty":
            entry["rows"][name] = [entry["rows"][name][0] or self.cell(), ""]
        elif what == "add":
            entry["rows"][f"Row {self.words(1, 1)}"] = [self.cell(), self.cell()]
        elif what == "drop" and len(names) > 1:
            del entry["rows"][name]
        elif what == "rename":
            entry["rows"] = {(f"Line {self.count}" if n == name else n): c for n, c in entry["rows"].items()}

    def _explain(self, entry: Entry) -> None:
        entry["explanation"] = self.words(3, 6)

    def _reverse(self, entry: Entry) -> None:
        if "answer" in entry and "distractors" not in entry:
            entry["reverse"] = "false" if entry.get("reverse") == "true" else "true"

    def _split(self, entry: Entry) -> None:
        """A new file takes half of another one's entries."""
        source = self.topics[max(self.topics, key=lambda name: len(self.topics[name]))]
        half = len(source) // 2
        self.count += 1
        self.topics[f"file{self.count}"] = source[half:]
        del source[half:]

    def clean(self) -> None:
        """Steering that the text no longer fits would be an error: an author takes it out."""
        for entry in self.entries():
            for key in ("hide", "keep"):
                if key in entry and not all(text in entry["fact"] for text in entry[key]):
                    del entry[key]

    def write(self, root: Path) -> None:
        """Write the files of the deck as they stand."""
        self.clean()
        folder = root / "cards" / "law"
        for old in folder.glob("*.yaml"):
            old.unlink()
        files = {"deck.yaml": f"id: law\nname: Law\nversion: {self.version}.0.0\n"}
        files["glossary.yaml"] = json.dumps(self.glossary or {"Torts": {"class": "law"}}, ensure_ascii=False)
        for stem, entries in self.topics.items():
            facts = [entry for entry in entries if "fact" in entry]
            questions = [entry for entry in entries if "fact" not in entry]
            bank = {"topic": stem.title(), "sources": ["code#1"], "facts": facts, "questions": questions}
            files[f"{stem}.yaml"] = json.dumps(copy.deepcopy(bank), ensure_ascii=False, indent=1)
        write_deck(root, files)

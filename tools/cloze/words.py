"""Make words.tsv, the frequent English words of the cloze engine: word, usual class, frequency.

    python tools/cloze/words.py [--out src/deckgen/cloze/words.tsv]

Frequencies come from the package wordfreq (data under CC BY-SA 4.0), classes from the lexicon of Brill's tagger as it
comes with the package textblob (MIT). The engine needs neither; both are needed here only.
"""

from __future__ import annotations

import argparse
from importlib.resources import files
from pathlib import Path

from wordfreq import top_n_list, zipf_frequency

OUT = Path(__file__).resolve().parents[2] / "src" / "deckgen" / "cloze" / "words.tsv"
CLASSES = {
    **dict.fromkeys(("NN", "NNS", "NNP", "NNPS", "FW", "UH", "NN|JJ"), "N"),
    **dict.fromkeys(("JJ", "JJ|NP"), "A"),
    **dict.fromkeys(("JJR", "JJS", "RBR"), "J"),
    **dict.fromkeys(("VB", "VBP"), "b"),
    **dict.fromkeys(("VBD", "VBN"), "d"),
    "RB": "R",
    "VBZ": "v",
    "VBG": "g",
}
COMMON, LEAST = 2.9, 2.5  # Zipf frequency from which any word is kept, and from which verbs and adjectives are
CANDIDATES = 90_000
HEAD = """\
# Written by tools/cloze/words.py: word, usual class ('-' not known), Zipf frequency times ten.
# Frequencies: wordfreq by Robyn Speer, CC BY-SA 4.0; classes: lexicon of Eric Brill's tagger, MIT.
# This file is under CC BY-SA 4.0.
"""


def lexicon() -> dict[str, str]:
    """The usual Penn tag of each word."""
    out: dict[str, str] = {}
    for line in (files("textblob.en") / "en-lexicon.txt").read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if len(fields) == 2 and not line.startswith(";;;"):
            out.setdefault(fields[0], fields[1])
    return out


def noun_or_verb(word: str, tags: dict[str, str]) -> bool:
    """Whether a word in -s may be a plural as well as a verb."""
    if tags.get(word) not in ("NNS", "VBZ") or not word.endswith("s"):
        return False
    for stem in (word[:-1], word[:-2], word[:-3] + "y"):
        past = {tags.get(stem + "ed"), tags.get(stem + "d")} & {"VBD", "VBN"}
        if tags.get(stem) in ("VB", "VBP") or (tags.get(stem) == "NN" and past):
            return True
    return False


def rows() -> list[str]:
    """The lines of the file."""
    tags = lexicon()
    common = {word for word in top_n_list("en", CANDIDATES) if zipf_frequency(word, "en") >= COMMON}
    out = []
    for word in sorted(common | set(tags)):
        if not (word.isascii() and word.isalpha() and word.islower()) or len(word) < 2:
            continue
        frequency = zipf_frequency(word, "en")
        letter = "a" if noun_or_verb(word, tags) else CLASSES.get(tags.get(word, ""), "-")
        if frequency >= (COMMON if letter in "N-" else LEAST):
            out.append(f"{word}\t{letter}\t{min(70, round(frequency * 10))}")
    return out


def main() -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    args.out.write_text(HEAD + "\n".join(rows()) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

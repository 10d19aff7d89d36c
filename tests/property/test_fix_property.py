"""Whatever a bank holds: a fix twice is a fix once, and what no fix touches stays as it was."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.deckbuild import check_deck
from deckgen.fixes import apply_fixes
from lintbank import DECK, NOW, SOURCES

LINE = st.sampled_from(
    [
        "  - fact: The {{c1::Nile}} is is a river of Africa. # once",
        "  - id: nile",
        "  - id: Bad Id  # spelt so",
        "    fact: The the {{c1::Rhine}} flows to the the sea.",
        "    fcat: A river of Egypt is the {{c1::Nile}}.",
        "    tags: [river, River]",
        "    # a comment",
        "    regoin: EG",
        '    explanation: "It holds 5 mcg of IL-4Ra, and \\u0041 is is an A."',
        "    explanation: |\n      One line.\n      Two two lines of IL4-Rα # no comment",
        "",
        "  -   fact: 'A dose of 5 mcg is is {{c1::small}}'",
        "questions:",
        "  - question: Which of these is not a river?\n    answer: Ararat\n    distractors: [Rhine, Nile]",
    ]
)


def round_of_fixes(folder: Path, *, unsafe: bool) -> dict[str, str]:
    found = check_deck(folder, "cards/test", NOW).diagnostics
    changed = {item.source.path: item.text for item in apply_fixes(found, unsafe=unsafe)}
    for path, text in changed.items():
        (folder / path.removeprefix("cards/test/")).write_text(text)
    return changed


@settings(max_examples=60, deadline=None)
@given(st.lists(LINE, max_size=12), st.booleans())
def test_fixing_comes_to_an_end_and_keeps_comments(lines: list[str], unsafe: bool) -> None:
    text = "topic: T\nsources: [book#1]\nfacts:\n" + "".join(f"{line}\n" for line in lines)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, body in (("deck.yaml", DECK), ("sources.yaml", SOURCES), ("topic.yaml", text)):
            (folder / file).write_text(body)
        for _ in range(8):
            if not round_of_fixes(folder, unsafe=unsafe):
                break
        after = (folder / "topic.yaml").read_text()
        assert round_of_fixes(folder, unsafe=unsafe) == {}
    assert after.count("#") == text.count("#")
    assert after.count("\n") >= text.count("\n")

"""What the engine hides, and what an author can make it hide or keep."""

from __future__ import annotations

from deckgen.cloze import Choice, Context, Engine, Term

GLOSSARY = (
    Term("dupilumab", aliases=("Dupixent",), kind="drug"),
    Term("IL-4Rα", aliases=("CD124",), kind="receptor subunit", expansion="interleukin-4 receptor alpha"),
    Term("IL-13", kind="cytokine"),
)
CONTEXT = Context(glossary=GLOSSARY, subject="Dupilumab")


def hidden(text: str, choice: Choice) -> list[str]:
    return [text[b.start : b.end] for b in choice.blanks]


def test_author_hides() -> None:
    text = "Dupilumab is given at night or in the morning, at night as a rule."
    choice = Engine(CONTEXT).choose(text, hide=["at night", "noon"], limit=1)
    assert hidden(text, choice) == ["at night", "at night"]
    assert {b.group for b in choice.blanks} == {1}
    assert choice.missing == ("noon",)


def test_author_keeps() -> None:
    text = "The dose is 300 mg every 2 weeks."
    choice = Engine(Context()).choose(text, keep=["300 mg"])
    assert all("300" not in answer for answer in hidden(text, choice))


def test_author_hint_wins() -> None:
    text = "Dupilumab blocks IL-13 and is given at 300 mg."
    choice = Engine(CONTEXT).choose(text, hints={"IL-13": "which one?"}, hide=["IL-13"])
    assert next(b.hint for b in choice.blanks if text[b.start : b.end] == "IL-13") == "which one?"


def test_fixed_blanks_keep_their_group() -> None:
    text = "Dupilumab blocks IL-13 at 300 mg every 2 weeks."
    at = text.index("IL-13")
    choice = Engine(CONTEXT).choose(text, fixed=[(at, at + 5, 4)])
    assert (at, at + 5, 4) in [(b.start, b.end, b.group) for b in choice.blanks]
    assert all(b.group > 4 for b in choice.blanks if b.start != at)


def test_alias_in_sight_gives_answer_away() -> None:
    text = "IL-4Rα is the receptor subunit that is also called CD124."
    assert hidden(
        text, Engine(CONTEXT).choose(text, elsewhere="interleukin-4 receptor alpha, CD124")
    ) == [] or all(
        answer not in ("IL-4Rα", "CD124")
        for answer in hidden(text, Engine(CONTEXT).choose(text, elsewhere="CD124"))
    )


def test_nothing_to_hide() -> None:
    assert Engine(Context()).choose("It is what it is.").blanks == ()
    assert Engine(Context()).choose("").blanks == ()

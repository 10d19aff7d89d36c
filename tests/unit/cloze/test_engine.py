"""What the engine hides, and what an author can make it hide or keep."""

from __future__ import annotations

import subprocess
import sys

import pytest

from deckgen.cloze import Choice, Context, Engine, Term

GLOSSARY = (
    Term("dupilumab", aliases=("Dupixent",), kind="drug"),
    Term("IL-4Rα", aliases=("CD124",), kind="receptor subunit", expansion="interleukin-4 receptor alpha"),
    Term("IL-13", kind="cytokine"),
    Term("atopic dermatitis", aliases=("AD",), kind="disease"),
)
CONTEXT = Context(glossary=GLOSSARY, subject="Dupilumab")


def hidden(text: str, choice: Choice) -> list[str]:
    return [text[b.start : b.end] for b in choice.blanks]


def calls(engine: Engine, text: str) -> int:
    """Calls that a choice makes, which stand for its work."""
    count = 0

    def tick(*_: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        engine.choose(text)
    finally:
        sys.setprofile(before)
    return count


def blanks(text: str, **told: object) -> list[str]:
    return hidden(text, Engine(Context()).choose(text, **told))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dupilumab has a molecular mass of about 147 kDa.", "147 kDa"),
        ("In asthma, lebrikizumab is given as 250 mg every 4 weeks without a loading dose.", "250 mg every 4 weeks"),
        ("In the trial, remission was reached by 38% of patients versus 10% on placebo.", "38%"),
        ("CD25, also called Tac, is encoded by the IL2RA gene.", "Tac"),
        ("The treaty was signed on 3 March 1918 in a fortress.", "3 March 1918"),
        ("Nivolumab can cause pneumonitis and colitis.", "pneumonitis"),
    ],
)
def test_hides_the_whole_unit(text: str, expected: str) -> None:
    assert expected in blanks(text)


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("The Supreme Court decided Marbury v. Madison in 1803.", "Marbury v. Madison"),
        ("Segregated schools were held unlawful in Brown v. Board of Education.", "Brown v. Board of Education"),
        (
            "Carlill v Carbolic Smoke Ball Company made an offer to the world binding.",
            "Carlill v Carbolic Smoke Ball Company",
        ),
    ],
)
def test_name_of_a_case_is_never_cut(text: str, case: str) -> None:
    parties = [party.strip(".") for party in case.replace(" v ", " v. ").split(" v. ")]
    cut = [answer for answer in blanks(text) if case not in answer and any(party in answer for party in parties)]
    assert not cut


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Starry Night was painted by Vincent van Gogh in 1889.", "Vincent van Gogh"),
        ("The Mona Lisa is a portrait by Leonardo da Vinci.", "Leonardo da Vinci"),
        ("The Fifth Republic was founded by Charles de Gaulle in 1958.", "Charles de Gaulle"),
    ],
)
def test_name_of_a_person_is_not_cut_at_its_particle(text: str, name: str) -> None:
    assert name in blanks(text)


def test_number_is_not_cut_from_what_it_counts() -> None:
    assert "compare two" not in blanks('Metaphors compare two things without using "like" or "as".')


def test_letters_in_a_row_stay_together() -> None:
    text = "The dominant seventh chord on G holds the notes G, B, D and F."
    assert not {"notes G", "G, B", "B", "D", "D and F"} & set(blanks(text))


def test_rare_words_in_note_form_get_a_blank() -> None:
    assert blanks("Gamosepalous: Joint sepals; Polysepalous: Separate sepals")


def test_names_of_variables_are_no_foreign_words() -> None:
    assert blanks("Vectors x, y, z span three dimensions.") == blanks("Vectors u, v, w span three dimensions.")


def test_author_hides() -> None:
    text = "Dupilumab is given at night or in the morning, at night as a rule."
    choice = Engine(CONTEXT).choose(text, hide=["at night", "noon"], limit=1)
    assert hidden(text, choice) == ["at night", "at night"]
    assert {b.group for b in choice.blanks} == {1}
    assert choice.missing == ("noon",)


def test_author_keeps() -> None:
    text = "The dose is 300 mg every 2 weeks."
    assert all("300" not in answer for answer in blanks(text, keep=["300 mg"]))


def test_author_hint_wins() -> None:
    text = "Dupilumab blocks IL-13 and is given at 300 mg."
    choice = Engine(CONTEXT).choose(text, hints={"IL-13": "which one?"}, hide=["IL-13"])
    assert next(b.hint for b in choice.blanks if text[b.start : b.end] == "IL-13") == "which one?"


def test_limit_counts_groups() -> None:
    text = "The four moons are Io, Europa, Ganymede and Callisto, found in 1610."
    assert len({b.group for b in Engine(Context()).choose(text, limit=1).blanks}) == 1
    assert Engine(Context()).choose(text, limit=0).blanks == ()


def test_fixed_blanks_keep_their_group() -> None:
    text = "Dupilumab blocks IL-13 at 300 mg every 2 weeks."
    at = text.index("IL-13")
    choice = Engine(CONTEXT).choose(text, fixed=[(at, at + 5, 4)])
    assert (at, at + 5, 4) in [(b.start, b.end, b.group) for b in choice.blanks]
    assert all(b.group > 4 for b in choice.blanks if b.start != at)


def test_subject_of_the_deck_stays_in_sight() -> None:
    engine = Engine(CONTEXT)
    for text in (
        "Dupilumab blocks IL-13.",
        "In adults, dupilumab is injected every 2 weeks.",
        "Dupixent was approved in 2017.",
        "Conjunctivitis is common with dupilumab.",
    ):
        assert all("dupi" not in answer.lower() for answer in hidden(text, engine.choose(text)))


def test_glossary_term_is_not_cut() -> None:
    text = "The drug is approved for atopic dermatitis in adults."
    for answer in hidden(text, Engine(CONTEXT).choose(text)):
        assert answer not in ("atopic", "dermatitis")


def test_glossary_class_is_the_hint() -> None:
    text = "The antibody binds IL-4Rα."
    choice = Engine(CONTEXT).choose(text)
    assert [(text[b.start : b.end], b.hint) for b in choice.blanks] == [("IL-4Rα", "receptor subunit")]


def test_alias_on_the_front_gives_answer_away() -> None:
    text = "The antibody binds IL-4Rα on T cells."
    assert "IL-4Rα" in hidden(text, Engine(CONTEXT).choose(text))
    assert "IL-4Rα" not in hidden(text, Engine(CONTEXT).choose(text, elsewhere="What does CD124 do?"))


def test_answer_seen_twice_is_one_group() -> None:
    text = "Insulin lowers blood glucose, and too much insulin causes hypoglycemia."
    choice = Engine(Context()).choose(text, hide=["hypoglycemia"])
    for blank in choice.blanks:
        answer = text[blank.start : blank.end].lower()
        assert text.lower().count(answer) == sum(b.group == blank.group for b in choice.blanks)


def test_atoms_are_hidden_whole_or_not() -> None:
    text = "The energy of a photon is E = hf joules."
    start, end = text.index("E ="), text.index(" joules")
    for blank in Engine(Context()).choose(text, atoms=[(start, end)]).blanks:
        assert blank.end <= start or blank.start >= end or (blank.start <= start and end <= blank.end)


@pytest.mark.parametrize("text", ["", " ", "It is what it is.", "...", "\n\n", "of the and"])
def test_nothing_to_hide(text: str) -> None:
    assert Engine(Context()).choose(text).blanks == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Behandlung wird bei Erwachsenen mit einer Dosis von 600 mg begonnen.", ["600 mg"]),
        ("患者は300mgを投与される。", ["300mg"]),
        ("يُعطى الدواء بجرعة 300 mg كل أسبوعين للمرضى البالغين", ["300 mg"]),
        ("Москва — столица России с 1918 года.", ["1918"]),
        ("La France compte environ 68,4 millions d'habitants.", ["68,4 millions"]),
        ("Am 8. Mai 1945 wurde die bedingungslose Kapitulation unterzeichnet.", ["8. Mai 1945"]),
    ],
)
def test_other_languages(text: str, expected: list[str]) -> None:
    assert blanks(text) == expected


def test_other_languages_are_told_by_few_words() -> None:
    assert not blanks("Les cellules animales n'ont pas de paroi cellulaire.")


def test_words_of_two_languages_make_a_text_no_foreign_one() -> None:
    assert blanks("Red giants die young, unlike brown dwarfs.")


def test_elision_is_no_code() -> None:
    assert blanks("La photosynthèse transforme l'énergie lumineuse en 2 étapes.") == ["2"]


def test_term_in_script_without_blanks() -> None:
    text = "患者はアトピー性皮膚炎である。"
    engine = Engine(Context(glossary=(Term("アトピー性皮膚炎", kind="病名"),)))
    assert [(text[b.start : b.end], b.hint) for b in engine.choose(text).blanks] == [("アトピー性皮膚炎", "病名")]


@pytest.mark.parametrize("unit", ["1", "(", "-", "[(", "a-", "1-", "mg ", "1 ", "( ", "word ", "A, ", "., ", "%", "β"])
def test_hostile_input_takes_linear_work(unit: str) -> None:
    engine = Engine(Context(glossary=GLOSSARY, subject="word"))
    calls(engine, unit * (2_000 // len(unit)))
    few, many = (calls(engine, unit * (size // len(unit))) for size in (4_000, 16_000))
    assert many < 6 * few  # four times the text; sixteen times would be quadratic


def test_same_choice_in_any_process() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from deckgen.cloze import Context, Engine, Term;"
        "t = 'IL-4Rα binds IL-4 and IL-13, 38% versus 10%, in asthma, COPD and dermatitis since 2017.';"
        "g = tuple(Term(n, kind='x') for n in ('IL-4', 'IL-13', 'asthma', 'COPD'));"
        "print(ascii(Engine(Context(glossary=g)).choose(t, detailed=True)))"
    )
    import deckgen  # noqa: PLC0415

    source = deckgen.__path__[0].rsplit("/", 1)[0]
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, source],
            env={"PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed, locale in (("0", "C"), ("1", "C.UTF-8"), ("77", "tr_TR.UTF-8"))
    }
    assert len(runs) == 1


def test_import_reads_no_word_list() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "import deckgen.cloze, deckgen.cloze.wordlists as w;"
        "print(w.frequent_words.cache_info().currsize + w.lists.cache_info().currsize)"
    )
    import deckgen  # noqa: PLC0415

    source = deckgen.__path__[0].rsplit("/", 1)[0]
    done = subprocess.run([sys.executable, "-c", code, source], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "0"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Hauptstadt von Österreich ist Wien.", "Wien"),
        ("Der Aufstand in Wien begann im Jahr 1848.", "1848"),
        ("La capital de España es Madrid.", "Madrid"),
    ],
)
def test_in_other_languages_what_the_sentence_ends_with_is_asked_for(text: str, expected: str) -> None:
    assert blanks(text)[-1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Dupilumab blocks IL-4 and IL-13, which lowers the level of TARC by 80% within 4 weeks.",
        "Infliximab neutralizes TNF-α and may reactivate latent tuberculosis.",
    ],
)
def test_the_score_is_the_sum_of_its_reasons(text: str) -> None:
    candidates = Engine(Context()).choose(text, detailed=True).candidates
    assert len(candidates) > 2
    assert any(candidate.taken for candidate in candidates)
    for candidate in candidates:
        assert abs(candidate.score - sum(r.weight for r in candidate.reasons)) < 0.01


def test_a_text_twice_as_long_takes_twice_the_work() -> None:
    engine = Engine(CONTEXT)
    calls(engine, "IL-13 inhibits IL-4Rα and " * 10)
    once, twice = (calls(engine, "IL-13 inhibits IL-4Rα and " * times) for times in (200, 400))
    assert twice < 2.4 * once


@pytest.mark.parametrize(
    "text",
    [
        "Phenoxybenzamine blocks α receptors irreversibly, phentolamine reversibly.",
        "Ursodeoxycholic acid slows primary biliary cholangitis; obeticholic acid activates the farnesoid X receptor.",
        "Numbers of the lynx peak a year or two after those of the snowshoe hare",
        "In probability terms, P(A or B) means P(A), P(B), or both.",
    ],
)
def test_a_fact_that_holds_something_gets_a_card(text: str) -> None:
    assert blanks(text)

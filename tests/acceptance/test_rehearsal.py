"""What the rehearsal says of releases that are right, and of releases that are wrong in every known way."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_packages import BASIC, CLOZE, NEW, OLD, Kind, Made, Release

import deckgen
from deckgen.commands import rehearse
from deckgen.errors import UserError
from deckgen.rehearsal import Entry, Rehearsal, Run, Step, as_json, as_text, rehearse_chain
from deckgen.rehearsal.report import BROKEN, NOTED

DAYS = 4


def bank() -> dict[str, Made]:
    """Forty notes of both kinds, by guid."""
    basic = [Made(f"b{n}", (f"question {n}", f"answer {n}"), tags=("t",)) for n in range(20)]
    cloze = [
        Made(f"c{n}", (f"Fact {n} has {{{{c1::alpha-{n}}}}} and {{{{c2::omega-{n}}}}}.", "more"), kind="cloze")
        for n in range(20)
    ]
    return {made.guid: made for made in (*basic, *cloze)}


CHANGED = ("b1", "b2", "b3", "c1", "c2", "c3")


def reworded(notes: dict[str, Made], *, mod: int = NEW) -> dict[str, Made]:
    """Six of the notes say the same in other words."""
    again = {guid: notes[guid].but(fields=(f"Now: {notes[guid].fields[0]}", "more"), mod=mod) for guid in CHANGED}
    basic = {guid: replace(again[guid], fields=(again[guid].fields[0], notes[guid].fields[1])) for guid in CHANGED[:3]}
    return {**notes, **again, **basic}


def rehearsed(tmp_path: Path, old: Release, new: Release, scheduler: str = "sm2", seed: int = 1) -> Step:
    packages = [old.write(tmp_path / "old.apkg"), new.write(tmp_path / "new.apkg")]
    return rehearse_chain(packages, seed=seed, days=DAYS, scheduler=scheduler).runs[0].steps[0]


def release(notes: dict[str, Made], **changes: Any) -> Release:
    return Release(tuple(notes.values()), **changes)


def guids(step: Step, code: str) -> list[str | None]:
    return [entry.guid for entry in step.findings.get(code, ())]


def broken(step: Step) -> set[str]:
    return set(step.findings) & set(BROKEN)


# Releases that are right


@pytest.mark.parametrize("scheduler", ["sm2", "fsrs"])
def test_times_that_moved_with_the_content_keep_every_promise(tmp_path: Path, scheduler: str) -> None:
    added = {"n1": Made("n1", ("new question", "new answer"), mod=NEW)}
    step = rehearsed(tmp_path, release(bank()), release(reworded(bank()) | added), scheduler)
    assert step.broken == 0
    assert step.counts["reviews"] == step.counts["reviews kept"] > 60
    assert step.counts["schedules unchanged"] == 60
    assert 40 <= step.counts["cards studied"] < 60
    assert (step.counts["notes updated"], step.counts["notes untouched"]) == (6, 34)
    assert (step.counts["notes added"], step.counts["cards new"]) == (1, 1)
    assert step.counts["edits made"] == 16
    assert {entry.text for entry in step.findings["edits-lost"]} == {"tag", "field", "mark"}
    assert set(guids(step, "edits-lost")) <= set(CHANGED)
    assert set(guids(step, "questions-reworded")) <= set(CHANGED)


def test_new_css_and_templates_with_a_later_time_keep_every_promise(tmp_path: Path) -> None:
    styled = {
        "basic": replace(BASIC, css=".card { color: red }", mod=NEW),
        "cloze": replace(CLOZE, templates=(("Cloze", "<b>{{cloze:Text}}</b>", "{{cloze:Text}}"),), mod=NEW),
    }
    step = rehearsed(tmp_path, release(bank()), release(bank(), kinds=styled))
    assert step.findings == {}
    assert step.counts["notes untouched"] == 40


def test_a_new_cloze_is_a_new_card_and_moves_nothing(tmp_path: Path) -> None:
    notes = bank()
    notes["c5"] = notes["c5"].but(fields=("{{c3::first}} then {{c1::alpha-5}} and {{c2::omega-5}}", "more"))
    step = rehearsed(tmp_path, release(bank()), release(notes))
    assert step.broken == 0
    assert guids(step, "cards-added") == ["c5"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("IL-4Rα", "IL4-R alpha"),
        ("β1", "beta-1"),
        ("3 to 14 days", "3–14 days"),
        ("IL4-R", "IL-4Rα"),
        ("1000", "1,000"),
    ],
)
def test_another_spelling_of_an_answer_is_not_another_answer(tmp_path: Path, before: str, after: str) -> None:
    old, new = studied_note(f"It is {{{{c1::{before}}}}}."), studied_note(f"It is {{{{c1::{after}}}}}.", mod=NEW)
    step = rehearsed(tmp_path, release(old), release(new))
    assert step.broken == 0
    assert guids(step, "answers-reworded") == ["x"]


def studied_note(text: str, extra: str = "", **changes: Any) -> dict[str, Made]:
    """A bank whose first note, which the learner is sure to study, says this."""
    made = Made("x", (text, extra), kind="cloze")
    return {"x": replace(made, **changes), **bank()}


# Releases that are wrong


def test_one_time_for_all_notes_rewrites_those_that_did_not_change(tmp_path: Path) -> None:
    notes = {guid: replace(made, mod=NEW) for guid, made in reworded(bank()).items()}
    step = rehearsed(tmp_path, release(bank()), release(notes))
    assert broken(step) == {"notes-rewritten", "edits-broken"}
    assert set(guids(step, "notes-rewritten")) == set(bank()) - set(CHANGED)
    assert {entry.text for entry in step.findings["edits-broken"]} == {"tag", "field", "mark"}
    assert not set(guids(step, "edits-broken")) & set(CHANGED)


def test_changes_whose_time_was_not_raised_do_not_arrive(tmp_path: Path) -> None:
    notes = reworded(bank(), mod=OLD)
    text, extra = notes["c1"].fields
    notes["c1"] = replace(notes["c1"], fields=(text + " {{c3::new}}", extra))
    step = rehearsed(tmp_path, release(bank()), release(notes))
    assert broken(step) == {"notes-refused", "error-cards"}
    assert sorted(map(str, guids(step, "notes-refused"))) == sorted(CHANGED)
    assert {entry.text for entry in step.findings["notes-refused"]} == {
        "its time is not later than in the earlier release"
    }
    assert [(entry.guid, entry.ordinal) for entry in step.findings["error-cards"]] == [("c1", 2)]


def test_a_change_older_than_the_learners_note_does_not_arrive(tmp_path: Path) -> None:
    late = {guid: replace(made, mod=NEW) for guid, made in bank().items()}
    step = rehearsed(tmp_path, release(late), release(reworded(late, mod=NEW - 10)))
    assert "notes-refused" in broken(step)


def test_css_whose_time_was_not_raised_does_not_arrive(tmp_path: Path) -> None:
    styled = {"basic": replace(BASIC, css=".card { color: red }"), "cloze": CLOZE}
    step = rehearsed(tmp_path, release(bank()), release(bank(), kinds=styled))
    assert broken(step) == {"note-types-refused"}
    assert step.findings["note-types-refused"][0].text.startswith("Made Basic: its time is not later")


WRONG_TYPES: dict[str, tuple[Kind, str]] = {
    "a field more": (replace(BASIC, fields=("Front", "Back", "More"), mod=NEW), "fields or templates"),
    "fields in another order": (replace(BASIC, fields=("Back", "Front"), mod=NEW), "fields or templates"),
    "a template more": (
        replace(BASIC, templates=(*BASIC.templates, ("Back", "{{Back}}", "{{Front}}")), mod=NEW),
        "fields or templates",
    ),
    "another id": (replace(BASIC, id=1_500_000_009, mod=NEW), "another note type"),
}


@pytest.mark.parametrize(("kind", "reason"), WRONG_TYPES.values(), ids=WRONG_TYPES.keys())
def test_another_schema_keeps_changed_notes_out(tmp_path: Path, kind: Kind, reason: str) -> None:
    notes = reworded(bank())
    if len(kind.fields) == 3:
        notes |= {
            guid: replace(made, fields=(*made.fields, "")) for guid, made in notes.items() if made.kind == "basic"
        }
    notes = {guid: replace(made, ordinals=(0,)) if made.kind == "basic" else made for guid, made in notes.items()}
    step = rehearsed(tmp_path, release(bank()), release(notes, kinds={"basic": kind, "cloze": CLOZE}))
    assert {"notes-refused", "note-types-doubled"} <= broken(step)
    refused = {entry.guid: entry.text for entry in step.findings["notes-refused"]}
    assert set(refused) >= {"b1", "b2", "b3"}
    assert reason in refused["b1"]
    assert [entry.text for entry in step.findings["note-types-doubled"]] == ["Made Basic+"]
    assert step.counts["reviews"] == step.counts["reviews kept"]


def test_a_dropped_cloze_number_leaves_an_error(tmp_path: Path) -> None:
    notes = bank()
    for number in range(5):
        notes[f"c{number}"] = notes[f"c{number}"].but(fields=(f"Fact {number} has {{{{c1::alpha-{number}}}}}.", "more"))
    step = rehearsed(tmp_path, release(bank()), release(notes))
    assert broken(step) == {"error-cards"}
    assert [(entry.guid, entry.ordinal) for entry in step.findings["error-cards"]] == [(f"c{n}", 1) for n in range(5)]


def test_a_broken_template_and_a_blank_front_are_errors(tmp_path: Path) -> None:
    notes = bank()
    notes["b4"] = notes["b4"].but(fields=("&nbsp;", "answer 4"))
    kinds = {"basic": BASIC, "cloze": replace(CLOZE, templates=(("Cloze", "{{cloze:text}}", ""),), mod=NEW)}
    step = rehearsed(tmp_path, release(bank()), release(notes, kinds=kinds))
    faults = {entry.guid: entry.text for entry in step.findings["error-cards"]}
    assert faults["b4"] == "front-blank"
    assert faults["c0"] == "template-syntax-error"
    assert len(step.findings["error-cards"]) == 41


def test_errors_that_were_there_before_break_nothing(tmp_path: Path) -> None:
    notes = bank() | {"x": Made("x", ("&nbsp;", "blank"))}
    step = rehearsed(tmp_path, release(notes), release(reworded(notes)))
    assert step.broken == 0
    assert guids(step, "errors-kept") == ["x"]


def test_swapped_cloze_numbers_are_moved_answers(tmp_path: Path) -> None:
    old, new = studied_note("{{c1::Paris}} and {{c2::Rome}}"), studied_note("{{c2::Paris}} and {{c1::Rome}}", mod=NEW)
    step = rehearsed(tmp_path, release(old), release(new))
    assert broken(step) == {"answers-moved"}
    assert [entry.text for entry in step.findings["answers-moved"]] == [
        "'Paris' became 'Rome'",
        "'Rome' became 'Paris'",
    ]


@pytest.mark.parametrize("marked", [True, False])
def test_a_corrected_answer_has_to_be_marked_as_changed(tmp_path: Path, marked: bool) -> None:
    new = bank()
    tags = ("t", "bank::changed::2.0") if marked else ("t",)
    new["b0"] = new["b0"].but(fields=("question 0", "another answer"), tags=tags)
    step = rehearsed(tmp_path, release(bank()), release(new))
    assert guids(step, "answers-changed" if marked else "answers-moved") == ["b0"]
    assert step.broken == (0 if marked else 1)


def test_a_tag_of_an_earlier_change_does_not_cover_a_later_one(tmp_path: Path) -> None:
    tagged = bank()
    tagged["b0"] = replace(tagged["b0"], tags=("bank::changed::1.5",))
    new = tagged | {"b0": tagged["b0"].but(fields=("question 0", "another answer"))}
    assert broken(rehearsed(tmp_path, release(tagged), release(new))) == {"answers-moved"}


STUBBED = replace(
    CLOZE,
    fields=("Text", "Stubs"),
    templates=(
        (
            "Cloze",
            "{{cloze:Text}}<div class=stubs>{{cloze:Stubs}}</div>",
            "{{cloze:Text}}<div class=stubs>{{cloze:Stubs}}</div>",
        ),
    ),
)


def test_a_stub_retires_a_card_and_moves_nothing(tmp_path: Path) -> None:
    kinds = {"basic": BASIC, "cloze": STUBBED}
    new = studied_note("{{c1::Paris}} only", "{{c2::Rome::retired}}", mod=NEW)
    step = rehearsed(
        tmp_path, release(studied_note("{{c1::Paris}} and {{c2::Rome}}"), kinds=kinds), release(new, kinds=kinds)
    )
    assert step.broken == 0
    assert [(entry.guid, entry.ordinal, entry.text) for entry in step.findings["cards-retired"]] == [("x", 1, "Rome")]


@pytest.mark.parametrize(("answer", "expected"), [("Rome", set()), ("rome", set()), ("Ghent", {"answers-moved"})])
def test_a_retired_card_may_only_ask_again_for_what_it_asked_for(
    tmp_path: Path, answer: str, expected: set[str]
) -> None:
    kinds = {"basic": BASIC, "cloze": STUBBED}
    old = studied_note("{{c1::Paris}} only", "{{c2::It asked for <b>Rome</b>, no more.::retired}}")
    new = studied_note(f"{{{{c1::Paris}}}} and {{{{c2::{answer}}}}}", "", mod=NEW)
    step = rehearsed(tmp_path, release(old, kinds=kinds), release(new, kinds=kinds))
    assert broken(step) == expected
    assert ("cards-returned" in step.findings) == (not expected)


def test_a_table_cell_that_moves_to_another_row_has_moved(tmp_path: Path) -> None:
    kind = replace(
        CLOZE,
        fields=("Prompts", "Content"),
        templates=(("Table", "{{cloze:Prompts}}", "{{cloze:Content}}"),),
    )

    def table(row: str, mod: int) -> dict[str, Made]:
        prompt = f"<span class=cell><span class=row>{row}</span> <span class=column>Dose</span></span>"
        return studied_note(f"{{{{c1::<i></i>::{prompt}}}}}", "{{c1::300 mg}}", mod=mod)

    kinds = {"basic": BASIC, "cloze": kind}
    others = {guid: made for guid, made in bank().items() if made.kind == "basic"}
    for row, expected in (("Children", {"answers-moved"}), ("adults", set())):
        old = release({"x": table("Adults", OLD)["x"], **others}, kinds=kinds)
        new = release({"x": table(row, NEW)["x"], **others}, kinds=kinds)
        assert broken(rehearsed(tmp_path, old, new)) == expected


def test_dropped_notes_and_moved_decks_are_told(tmp_path: Path) -> None:
    notes = {guid: replace(made, deck="Bank::Two") for guid, made in bank().items()}
    del notes["b7"]
    step = rehearsed(tmp_path, release(bank()), release(notes))
    assert step.broken == 0
    assert guids(step, "notes-dropped") == ["b7"]
    assert len(step.findings["decks-kept"]) == 59


def test_a_guid_given_twice_is_told(tmp_path: Path) -> None:
    new = Release((*bank().values(), Made("b7", ("another question", "with the same guid"), mod=NEW)))
    step = rehearsed(tmp_path, release(bank()), new)
    assert guids(step, "guids-twice") == ["b7"]
    assert step.broken > 0


def test_pictures_that_change_under_one_name_do_not_arrive(tmp_path: Path) -> None:
    notes = bank()
    for guid in ("b1", "b2"):
        notes[guid] = replace(notes[guid], fields=(f"{guid} <img src='p.png'>", f"answer {guid}"))
    later = notes | {"b1": notes["b1"].but()}
    kinds = {"basic": replace(BASIC, css="@import url(_style.css);"), "cloze": CLOZE}
    old = release(notes, kinds=kinds, media={"p.png": b"old", "_style.css": b"a {}"})
    new = release(later, kinds=kinds, media={"p.png": b"new", "_style.css": b"b {}"})
    step = rehearsed(tmp_path, old, new)
    assert guids(step, "notes-refused") == ["b2"]
    assert [entry.text for entry in step.findings["media-stale"]] == ["_style.css"]
    assert step.counts["notes updated"] == 1


def test_missing_media_are_told(tmp_path: Path) -> None:
    notes = bank()
    notes["b1"] = notes["b1"].but(fields=("q <img src='gone.png'>", "answer 1"))
    kinds = {"basic": replace(BASIC, css="@font-face { src: url('_gone.woff') }", mod=NEW), "cloze": CLOZE}
    step = rehearsed(tmp_path, release(bank()), release(notes, kinds=kinds))
    assert {entry.text for entry in step.findings["media-missing"]} == {"gone.png", "_gone.woff"}


def test_another_sort_field_stamps_all_notes(tmp_path: Path) -> None:
    edit = "update col set models = replace(models, '\"sortf\": 0', '\"sortf\": 1')"
    kinds = {"basic": replace(BASIC, mod=NEW), "cloze": replace(CLOZE, mod=NEW)}
    new = release(reworded(bank()), kinds=kinds, edit=edit)
    step = rehearsed(tmp_path, release(bank()), new)
    assert {entry.text.partition(":")[0] for entry in step.findings["notes-refused"]} == {
        "the sort field of its note type is another"
    }
    assert "full-sync" in step.findings


# Chains, the report, the command


def test_a_chain_is_rehearsed_step_by_step_and_skipping(tmp_path: Path) -> None:
    second = reworded(bank())
    third = second | {"b8": second["b8"].but(fields=("Again: question 8", "answer 8"), mod=NEW + 1_000_000)}
    paths = [release(notes).write(tmp_path / f"{place}.apkg") for place, notes in enumerate((bank(), second, third))]
    whole = rehearse_chain(paths, days=DAYS, scheduler="fsrs")
    assert whole.broken == 0
    assert [step.counts["notes updated"] for step in whole.runs[0].steps] == [6, 1]
    assert whole.runs[0].steps[1].counts["reviews"] > whole.runs[0].steps[0].counts["reviews"]
    skipping = rehearse_chain([paths[0], paths[2]], days=DAYS, scheduler="fsrs")
    assert skipping.broken == 0
    assert skipping.runs[0].steps[0].counts["notes updated"] == 7


def test_going_back_to_an_older_release_changes_nothing(tmp_path: Path) -> None:
    paths = [release(notes).write(tmp_path / f"{place}.apkg") for place, notes in enumerate((bank(), reworded(bank())))]
    back = rehearse_chain([paths[1], paths[0]], days=DAYS, scheduler="sm2").runs[0].steps[0]
    assert broken(back) == {"notes-refused"}
    assert back.counts["schedules unchanged"] == 60


def test_a_change_that_came_late_is_an_update_when_it_comes(tmp_path: Path) -> None:
    stuck, mended = reworded(bank(), mod=OLD), reworded(bank(), mod=NEW)
    paths = [release(notes).write(tmp_path / f"{place}.apkg") for place, notes in enumerate((bank(), stuck, mended))]
    first, second = rehearse_chain(paths, days=DAYS, scheduler="sm2").runs[0].steps
    assert broken(first) == {"notes-refused"}
    assert broken(second) == set()
    assert second.counts["notes updated"] == 6


def two(tmp_path: Path) -> list[Path]:
    return [
        release(bank()).write(tmp_path / "old.apkg"),
        release(reworded(bank())).write(tmp_path / "new.apkg"),
    ]


def test_packages_of_two_decks_are_told_from_releases_of_one(tmp_path: Path) -> None:
    other = {f"z{guid}": replace(made, guid=f"z{guid}") for guid, made in bank().items()}
    step = rehearsed(tmp_path, release(bank()), release(other))
    assert step.findings["nothing-shared"]


def test_the_same_seed_gives_the_same_report_and_another_gives_another(tmp_path: Path) -> None:
    paths = two(tmp_path)
    first = rehearse_chain(paths, seed=5, days=DAYS)
    assert as_json(first) == as_json(rehearse_chain(paths, seed=5, days=DAYS))
    assert as_json(first) != as_json(rehearse_chain(paths, seed=6, days=DAYS))
    assert [run.scheduler for run in first.runs] == ["fsrs", "sm2"]


def test_days_really_pass(tmp_path: Path) -> None:
    paths = two(tmp_path)
    short, long = (rehearse_chain(paths, days=days, scheduler="fsrs").runs[0].steps[0] for days in (2, 40))
    assert long.counts["reviews"] > 2 * short.counts["reviews"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_command_tells_broken_promises_by_its_exit_code(tmp_path: Path, form: str) -> None:
    old, new = two(tmp_path)
    out = io.StringIO()
    options: dict[str, Any] = {"seed": 1, "days": 2, "scheduler": "both", "format": form, "colour": False}
    assert rehearse.run(old, new, out=out, **options) == 0
    if form == "json":
        values = json.loads(out.getvalue())
        assert (values["broken"], values["seed"], values["packages"]) == (0, 1, ["old.apkg", "new.apkg"])
        assert values["runs"][0]["steps"][0]["counts"]["notes updated"] == 6
        assert set(values["runs"][0]["steps"][0]["noted"]) <= set(NOTED)
    else:
        assert out.getvalue().endswith("every promise is kept\n")
    worse = release({guid: replace(made, mod=NEW) for guid, made in bank().items()}).write(tmp_path / "worse.apkg")
    out = io.StringIO()
    assert rehearse.run(old, worse, out=out, **options) == 1
    assert "notes-rewritten" in out.getvalue() or "BROKEN: notes rewritten" in out.getvalue()


def test_a_note_is_named_by_its_entry() -> None:
    step = Step("a", "b", {"reviews": 1}, {"reviews-lost": (Entry("gone", "q{x", 0, "isotype"),)})
    text = as_text(Rehearsal(("a", "b"), 1, 1, (Run("fsrs", (step,)),)))
    assert "note isotype, card 1: gone" in text
    assert "promises broken: 1 case\n" in text


def test_long_lists_are_cut_in_the_text_and_controls_escaped() -> None:
    entries = tuple(Entry("\x1b[2J", f"g{n}") for n in range(30))
    step = Step("a", "b", {"reviews": 1}, {"reviews-lost": entries})
    text = as_text(Rehearsal(("a", "b"), 1, 1, (Run("fsrs", (step,)),)))
    assert "BROKEN: reviews lost: 30" in text
    assert ".. and 20 more" in text
    assert "\x1b" not in text


def test_wrong_use_and_refused_packages_are_user_errors(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    refused = release(bank(), edit="update notes set flds = 'one' where guid = 'b1'").write(tmp_path / "r.apkg")
    text = tmp_path / "text.apkg"
    text.write_text("no zip")
    for packages, options in (
        ([old], {}),
        ([old, new], {"days": 0}),
        ([old, new], {"scheduler": "sm5"}),
        ([old, refused], {"days": 1}),
        ([old, text], {}),
        ([old, tmp_path / "missing.apkg"], {}),
    ):
        with pytest.raises(UserError):
            rehearse_chain(packages, **options)


def test_without_the_library_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("deckgen.rehearsal")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr(deckgen, "rehearsal", raising=False)
    for name in [name for name in sys.modules if name.partition(".")[0] == "anki"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "anki", None)
    with pytest.raises(UserError, match="pip install anki"):
        rehearse.run(
            Path("a"), Path("b"), seed=1, days=1, scheduler="both", format="text", out=io.StringIO(), colour=False
        )


def test_the_guide_explains_every_finding() -> None:
    guide = (Path(__file__).parents[2] / "docs/how-to/rehearse-a-release.md").read_text(encoding="utf-8")
    for code in (*BROKEN, *NOTED):
        assert f"`{code}`" in guide, code

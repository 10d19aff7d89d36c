"""Tokens end where words end; atoms and graphemes stay whole."""

from __future__ import annotations

import pytest

from deckgen.cloze.tokens import is_border, tokenise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IL-4Rα (CD124), too.", ["IL-4Rα", "(", "CD124", ")", ",", "too", "."]),
        ("the β-(1,3)-D-glucan wall", ["the", "β-(1,3)-D-glucan", "wall"]),
        ("Na⁺/K⁺-ATPase;", ["Na⁺/K⁺-ATPase", ";"]),
        ("Marbury v. Madison.", ["Marbury", "v.", "Madison", "."]),
        ("一番、300mg", ["一番", "、", "300mg"]),
        ("one—two", ["one", "—", "two"]),
        ("a\nb", ["a", "\n", "b"]),
        ("-5 or .05.", ["-5", "or", ".05", "."]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert [t.text for t in tokenise(text)] == expected


def test_atom_is_one_token() -> None:
    text = "energy (E = mc²) holds"
    assert [t.text for t in tokenise(text, [(8, 15)])] == ["energy", "(", "E = mc²", ")", "holds"]


@pytest.mark.parametrize(
    ("text", "at"), [("receptor", 3), ("e\u0301a", 1), ("👩\u200d🔬", 1), ("🇩🇪", 1), ("15", 1), ("IL4", 2)]
)
def test_no_border_inside(text: str, at: int) -> None:
    assert not is_border(text, at)

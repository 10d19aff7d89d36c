"""`deckgen explain`: the page of a code, or all codes with a line each."""

from __future__ import annotations

from typing import TextIO

from deckgen.errors import UserError
from deckgen.explanations import EXPLANATIONS, Explanation
from deckgen.names import nearest
from deckgen.render.text import Style


def run(code: str | None, *, out: TextIO, colour: bool) -> int:
    """Write the page of a code, or the list of all. Raises `UserError` for a code that there is not."""
    style = Style(colour)
    if code is None:
        rules = [page for page in EXPLANATIONS.values() if page.rule]
        others = [page for page in EXPLANATIONS.values() if not page.rule]
        out.write("Rules, which `rules` in deck.yaml sets to off, warning or error:\n\n")
        out.writelines(_line(page, style) for page in rules)
        out.write("\nWhat always holds:\n\n")
        out.writelines(_line(page, style) for page in others)
        return 0
    page = EXPLANATIONS.get(code)
    if page is None:
        guess = nearest(code, EXPLANATIONS)
        hint = f"did you mean `{guess}`?" if guess else "`deckgen explain` lists all codes"
        raise UserError(f"there is no code `{code}`; {hint}")
    out.write(f"{style(page.code, '1')}\n\n{page.about}\n\n{page.text}\n")
    return 0


def _line(page: Explanation, style: Style) -> str:
    shade = {"error": "1;31", "warning": "1;33", "off": "2"}[page.standing]
    return f"  {page.code:<30} {style(f'{page.standing:<8}', shade)} {page.title}\n"

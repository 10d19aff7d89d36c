"""Codes of bank files that cannot be read as YAML, or not as banks want it."""

from __future__ import annotations

from deckgen.diagnostic import Severity
from deckgen.rules.core.page import Page

_E = Severity.ERROR

FILES: dict[str, Page] = {
    "alias-bomb": Page(
        _E,
        "The aliases of a file stand for too much.",
        "A YAML alias repeats what its anchor holds. Aliases of aliases multiply; a small file could fill the "
        "memory. Write the parts out.",
    ),
    "alias-loop": Page(
        _E,
        "An alias that holds itself.",
        "The part an alias stands for contains that alias, so it would never end. Write the part out.",
    ),
    "bad-escape": Page(
        _E,
        "A backslash between double quotes that begins no escape.",
        "YAML reads `\\n` or `\\u00e9` there as one character, and knows no `\\g`. Put formulas and paths between "
        "single quotes, or write them as a block after `|`: there a backslash is a backslash.",
    ),
    "colon-in-text": Page(
        _E,
        "A colon and a space inside unquoted text.",
        "YAML reads `Note: this` as a key and a value. Put the whole text in quotes, or write it as a block after `|`.",
    ),
    "control-character": Page(
        _E,
        "A character that no bank may hold.",
        "Control characters are invisible in most editors, steer terminals, and break YAML. Delete the character.",
    ),
    "empty-file": Page(
        _E,
        "A bank file with nothing in it.",
        "Fill the file or delete it.",
    ),
    "file-ending": Page(
        _E,
        "A bank file that ends in .yml.",
        "Only files that end in .yaml are read, so that nothing is passed over in silence. Rename the file.",
    ),
    "in-subfolder": Page(
        _E,
        "A bank file in a folder within the deck.",
        "Only files beside `deck.yaml` are read, one for each topic, so that nothing is passed over in silence. "
        "Move the file up; `topics` in `deck.yaml` sets the order.",
    ),
    "missing-space": Page(
        _E,
        "No space after the colon of a key.",
        "YAML reads `fact:text` as one word. Write `fact: text`.",
    ),
    "not-a-key": Page(
        _E,
        "A list or mapping where a key belongs.",
        "Unquoted text that begins with `{` or `[` is a mapping or a list to YAML. Put such text in quotes.",
    ),
    "not-utf8": Page(
        _E,
        "A file that is not UTF-8.",
        "Save the file as UTF-8. The diagnostic stands at the first byte that is wrong.",
    ),
    "outside-deck": Page(
        _E,
        "A link out of the deck's folder.",
        "Nothing outside the folder of a deck is ever read, so that a bank from a stranger cannot bring a private "
        "file into a package. Copy the file into the folder.",
    ),
    "reserved-character": Page(
        _E,
        "Unquoted text that begins with a reserved character.",
        "YAML keeps `@`, `` ` `` and `%` for itself at the beginning of a text. Put the text in quotes.",
    ),
    "second-document": Page(
        _E,
        "A second YAML document in one file.",
        "A line of `---` begins a new document. Take it out, or move what follows to a file of its own.",
    ),
    "tab-indent": Page(
        _E,
        "A tab where YAML wants spaces.",
        "Indent with spaces.",
    ),
    "too-deep": Page(
        _E,
        "Lists and mappings nested too deeply.",
        "A bank needs five levels. A missing quote before a row of brackets is the usual reason.",
    ),
    "too-long": Page(
        _E,
        "A text longer than any card can show.",
        "A text has 10,000 characters at most. Split it: a card asks for one thing.",
    ),
    "too-large": Page(
        _E,
        "A file too large to read.",
        "Split the file into several topics.",
    ),
    "unclosed-bracket": Page(
        _E,
        "A bracket or brace that is not closed.",
        "Unquoted text that begins with a bracket or brace is a list or mapping to YAML. Close it, or put the "
        "text in quotes.",
    ),
    "unclosed-quote": Page(
        _E,
        "A quote that is not closed on its line.",
        'A quote inside text is doubled between single quotes and written `\\"` between double ones. The parser '
        "notices a missing one far behind the mistake; the diagnostic stands at the opening quote.",
    ),
    "unknown-alias": Page(
        _E,
        "An alias without an anchor.",
        "Unquoted text that begins with `*` is an alias to YAML. Put the text in quotes.",
    ),
    "unreadable": Page(
        _E,
        "A file that cannot be read.",
        "It must be a regular file that you may read.",
    ),
    "yaml-syntax": Page(
        _E,
        "YAML that does not parse.",
        "Check the indentation and the quotes at the place shown. The entry is passed over, the rest of the file "
        "is checked.",
    ),
    "yaml-tag": Page(
        _E,
        "A YAML tag.",
        "Tags such as `!!python/object` have no meaning in a bank: everything is text. Take the tag out, or put "
        "text that begins with `!` in quotes.",
    ),
}

"""The files of a new deck repository, in any subject. Runs for `deckgen init`; writes nothing itself."""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Mapping
from dataclasses import dataclass

from deckgen import __version__
from deckgen.errors import UserError
from deckgen.fmt import formatted
from deckgen.names import ID, MAX_ID, is_web_address, slug
from deckgen.schema import FILES, file_name, modeline, schema_text
from deckgen.source import Source
from deckgen.yamltext import line_list, scalar

_PLACE = re.compile(r"@@([a-z_]+(?::[a-z]+)?)@@")
_TAKEN = {"deck", "sources", "glossary", "about"}

_DECK_FILES = {
    "deck.yaml": "deck.yaml",
    "sources.yaml": "sources.yaml",
    "glossary.yaml": "glossary.yaml",
    "about.yaml": "about.yaml",
}
_REPOSITORY_FILES = {
    "README.md": "README.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "LICENSE": "LICENSE",
    ".gitattributes": "gitattributes",
    ".gitignore": "gitignore",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    ".github/workflows/deck.yml": "workflow.yml",
    ".github/ISSUE_TEMPLATE/correction.yml": "correction.yml",
    ".github/ISSUE_TEMPLATE/question.yml": "question.yml",
    ".github/ISSUE_TEMPLATE/config.yml": "issue-config.yml",
    ".github/pull_request_template.md": "pull_request_template.md",
}


@dataclass(frozen=True, slots=True)
class NewDeck:
    """What `deckgen init` is told or asks for. ``topic`` is the name of the first topic."""

    name: str
    id: str
    topic: str
    description: str
    authors: tuple[str, ...]
    year: int
    repository: str | None = None

    @property
    def stem(self) -> str:
        """The name of the file of the first topic, without its ending."""
        stem = slug(self.topic)
        return "topic" if stem == "entry" else f"{stem}-topic" if stem in _TAKEN else stem


def deck_id(name: str) -> str:
    """The id suggested for a deck by its name."""
    made = slug(name)
    return "deck" if made == "entry" else made


def check_answers(deck: NewDeck) -> None:
    """Raise `UserError` for an answer that cannot be used."""
    if not ID.fullmatch(deck.id) or len(deck.id) > MAX_ID:
        raise UserError(
            f"the id {deck.id!r} is not a kebab-case name: use lower-case letters, digits and single hyphens, "
            f"such as {deck_id(deck.id)!r}"
        )
    for what, text in (("name", deck.name), ("topic", deck.topic)):
        if not text.strip() or not text.isprintable():
            raise UserError(f"the {what} must be one line of text")
    if deck.repository is not None and not is_web_address(deck.repository):
        raise UserError(f"the repository must be a web address such as https://github.com/you/{deck.id}")


def files(deck: NewDeck) -> dict[str, str]:
    """All files of the repository by path with forward slashes. Raises `UserError` as `check_answers` does."""
    check_answers(deck)
    values = _values(deck)
    folder = f"cards/{deck.id}"
    made = {f"{folder}/{name}": _filled(template, values) for name, template in _DECK_FILES.items()}
    made[f"{folder}/{deck.stem}.yaml"] = _filled("topic.yaml", values)
    made = {path: formatted(Source(path, text)) for path, text in made.items()}
    made |= {f"schema/{file_name(name)}": schema_text(name) for name in FILES}
    made |= {name: _filled(template, values) for name, template in _REPOSITORY_FILES.items()}
    return made


def _values(deck: NewDeck) -> Mapping[str, str]:
    link = deck.repository
    return {
        "id": deck.id,
        "id_yaml": scalar(deck.id),
        "name": deck.name,
        "name_yaml": scalar(deck.name),
        "topic_yaml": scalar(deck.topic),
        "description": deck.description,
        "description_yaml": scalar(deck.description, "  "),
        "authors": ", ".join(deck.authors),
        "authors_yaml": line_list(deck.authors),
        "stem": deck.stem,
        "year": str(deck.year),
        "repository_line": f"repository: {link}\n" if link else "",
        "readme_title_yaml": scalar(f"{deck.name}: about this deck"),
        "source_url_line": f"  url: {link}\n" if link else "",
        "deckgen": __version__,
        **{f"modeline:{name}": modeline(name, "../../schema") for name in FILES},
    }


def _filled(template: str, values: Mapping[str, str]) -> str:
    text = importlib.resources.files(__package__).joinpath(template).read_text(encoding="utf-8")
    return _PLACE.sub(lambda found: values[found[1]], text)

"""Data flows one way: a module imports only from lower layers of this table."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "deckgen"
LAYERS = [
    "errors files names places source spec succession theme media cache bar collector workers cloze anki_filters",
    "diagnostic markup notetypes apkg memory shelf",
    "markdown lock bankfiles yaml_errors anki_template",
    "nodes clozetext note numbering workspace inspection",
    "bank facts package comments yamltext fmtscalars progress rehearsal",
    "reader texts order references sourcing together update verification linted fixes fmt persist stats newentry",
    "shapes surroundings topicnames rules",
    "topicloader parts config explanations ignores",
    "loader compose lint schema",
    "filewise recover scaffold",
    "composing",
    "deckbuild",
    "states",
    "diff",
    "report",
    "render",
    "preview",
    "commands telling",
    "cli_options",
    "cli_authoring cli_packages cli_preview",
    "cli",
    "__main__",
]
LAYER = {name: number for number, names in enumerate(LAYERS) for name in names.split()}
"""A module or package of `deckgen` and its layer. Within a package, modules may import each other."""


def part(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """What a module imports from deckgen as it is loaded; what a function imports when it runs does not count."""
    names: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("deckgen"):
            parts = (node.module or "").split(".")[1:2]
            names.update(parts or [alias.name for alias in node.names if (SOURCE / f"{alias.name}.py").exists()])
    return names


def test_every_module_has_its_layer() -> None:
    here = {part(path) for path in SOURCE.rglob("*.py")} - {"__init__"}
    assert here == set(LAYER)


def test_imports_go_down_only() -> None:
    wrong = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for path in sorted(SOURCE.rglob("*.py"))
        for name in sorted(imported(path))
        if part(path) in LAYER and name != part(path) and LAYER[name] >= LAYER[part(path)]
    ]
    assert wrong == []


def test_one_module_knows_genanki_and_one_knows_yaml() -> None:
    owners: dict[str, set[str]] = {"genanki": set(), "yaml": set()}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for module in modules:
                if module.split(".")[0] in owners:
                    owners[module.split(".")[0]].add(path.name)
    assert owners == {"genanki": {"package.py"}, "yaml": {"nodes.py", "yaml_errors.py"}}

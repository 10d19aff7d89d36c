"""deckgen compiles YAML question banks into Anki packages.

The stages, in order: ``files → nodes → bank → notes → lock → package``. ``commands/build.py`` names them all.
"""

__version__ = "0.1.0"

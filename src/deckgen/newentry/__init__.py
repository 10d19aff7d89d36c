"""One new entry: from what an author says to YAML, and to its place in a bank file. For `deckgen new`."""

from deckgen.newentry.draft import Draft, entry_yaml, suggested_id
from deckgen.newentry.place import insert_entry, insert_work

__all__ = ["Draft", "entry_yaml", "insert_entry", "insert_work", "suggested_id"]

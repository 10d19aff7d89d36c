"""What is raised for a package that cannot be read."""

from __future__ import annotations

from deckgen.errors import UserError


class PackageError(UserError):
    """The package cannot be read, or reading it would take more than the limits; the message says why."""

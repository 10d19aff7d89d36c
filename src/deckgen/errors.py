"""The one exception that means the user can mend it: wrong use, or a file that cannot be read."""

from __future__ import annotations


class UserError(Exception):
    """Wrong use or an unreadable file; shown without a traceback, exit code 2."""

"""Settings for all tests: no test may fail because a machine is slow."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("deckgen", deadline=None)
settings.load_profile("deckgen")

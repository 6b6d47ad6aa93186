"""Settings of the property tests: no time limit per example, so that a busy machine does not fail them."""

from hypothesis import settings

settings.register_profile("volmacht", deadline=None)
settings.load_profile("volmacht")

"""The demo scenario, loaded once for a module."""

from tests.demo_scenario import demo_authority, loaded_demo

__all__ = ["demo_authority", "loaded_demo"]

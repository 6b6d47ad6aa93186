"""The demo scenario, loaded once for a module."""

from tests.demo_scenario import loaded_demo

__all__ = ["loaded_demo"]

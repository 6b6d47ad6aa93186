"""Levels of assurance: how sure the log-in makes us of who somebody is (DM-60).

The numbers are DigiD's own and are ordered: a higher level always satisfies a lower one.
"""

from enum import IntEnum


class LevelOfAssurance(IntEnum):
    """DigiD Basis 10, Midden 20, Substantieel 25, Hoog 30."""

    BASIC = 10
    MIDDLE = 20
    SUBSTANTIAL = 25
    HIGH = 30

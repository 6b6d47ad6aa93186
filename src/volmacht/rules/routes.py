"""The seven ways in which a mandate comes to be (DM-10 to DM-16)."""

from enum import StrEnum


class Route(StrEnum):
    """How a mandate was established. It stays with the mandate and is part of every answer to a provider."""

    ONLINE_REPRESENTED = "online_represented"  # A, DM-10: the represented person, online; code shown at once
    ONLINE_REPRESENTATIVE = "online_representative"  # B, DM-11: the representative, online; code by letter
    DIRECT = "direct"  # C, DM-12: a representative mandated before; active at once
    SOFTWARE = "software"  # D, DM-13: the representative's software, over REST
    HELPDESK = "helpdesk"  # E, DM-14: by telephone; code by letter
    COUNTER = "counter"  # F, DM-15: at a provider's counter; active at once
    SURVIVOR = "survivor"  # G, DM-16: for the affairs of somebody who died; registered by the provider

"""Reads of the register, one file per question; frozen values only, never a model instance."""

from volmacht.mandates.queries.blocks import blocked_until
from volmacht.mandates.queries.closed_requests import ClosedRequests, closed_requests
from volmacht.mandates.queries.deciding import Asked, decide_for
from volmacht.mandates.queries.disputed import Disputed, disputed
from volmacht.mandates.queries.endings import last_days
from volmacht.mandates.queries.overview import (
    MandateEntry,
    MandateFilter,
    MandateList,
    known_representatives,
    list_mandates,
    mandate_counts,
    mandate_for,
)
from volmacht.mandates.queries.personal import everything_about
from volmacht.mandates.queries.proposals import (
    EndingList,
    EndingMandate,
    Proposal,
    ending_soon,
    proposal_about,
    proposals_to_answer,
    received,
)
from volmacht.mandates.queries.representable import Choice, ChoiceList, representable
from volmacht.mandates.queries.requests import (
    RequestEntry,
    count_requests,
    has_room,
    list_requests,
    request_for,
)
from volmacht.mandates.queries.standing import mandate_that_stands, standing_beside, successor
from volmacht.mandates.queries.unusable import Unusable, unusable
from volmacht.mandates.queries.usage import UsageRow, usage
from volmacht.mandates.queries.uses import UseEntry, UseList, list_uses, popularity, use_for

__all__ = [
    "Asked",
    "Choice",
    "ChoiceList",
    "ClosedRequests",
    "Disputed",
    "EndingList",
    "EndingMandate",
    "MandateEntry",
    "MandateFilter",
    "MandateList",
    "Proposal",
    "RequestEntry",
    "Unusable",
    "UsageRow",
    "UseEntry",
    "UseList",
    "blocked_until",
    "closed_requests",
    "count_requests",
    "decide_for",
    "disputed",
    "ending_soon",
    "everything_about",
    "has_room",
    "known_representatives",
    "last_days",
    "list_mandates",
    "list_requests",
    "list_uses",
    "mandate_counts",
    "mandate_for",
    "mandate_that_stands",
    "popularity",
    "proposal_about",
    "proposals_to_answer",
    "received",
    "representable",
    "request_for",
    "standing_beside",
    "successor",
    "unusable",
    "usage",
    "use_for",
]

"""What others may read about connecting providers. Reads only; gives frozen values, never models.

`case_page`, `form_pages`, `file_content`: of one case, for who may see it. `queue`, `urgent`: for the desk. `cases_of`:
for members; `client_page` and what stands beside it: for suppliers. `lead_times` and `tariffs` are public.
"""

from volmacht.onboarding.answers_by_key import row_names
from volmacht.onboarding.automatic_checks import AutomaticCheck
from volmacht.onboarding.certificates import EndingCertificate
from volmacht.onboarding.metadata import TestedConnection
from volmacht.onboarding.proposing import Basis, Proposal
from volmacht.onboarding.queries.cases import (
    asked_to_go_live,
    case_by_number,
    case_page,
    change_waits_for_the_desk,
    connection_in_test,
    connection_of_change,
    connections_that_run,
    documents_in_force,
    draft_configuration,
    failing_checks,
    file_content,
    form_pages,
    keys_a_change_leaves_out,
    service_uuids,
    what_runs,
)
from volmacht.onboarding.queries.clients import (
    ROWS as CLIENT_ROWS,
)
from volmacht.onboarding.queries.clients import (
    ClientCase,
    ClientFilter,
    ClientPage,
    Outlook,
    cases_of_clients,
    chosen_cases,
    client_page,
    outlook_of_changes,
    outlook_of_messages,
)
from volmacht.onboarding.queries.connection_data import (
    ConnectedService,
    ConnectionData,
    OurAddresses,
    TestMandate,
    connection_data,
    our_addresses,
    why_nobody_to_test_with,
)
from volmacht.onboarding.queries.known import (
    CasePage,
    CaseRow,
    DocumentInForce,
    KnownConfiguration,
    KnownEvent,
    KnownFile,
    KnownMessage,
    KnownPage,
    KnownReport,
    KnownReturnedAnswer,
    KnownSignature,
)
from volmacht.onboarding.queries.lead_times import LeadTime, lead_times
from volmacht.onboarding.queries.numbers import ids_of_cases, numbers_of
from volmacht.onboarding.queries.overviews import (
    KnownSentence,
    cases_of,
    ending_certificates,
    function_given_before,
    is_connected,
    standard_sentences,
)
from volmacht.onboarding.queries.queue import ROWS as QUEUE_ROWS
from volmacht.onboarding.queries.queue import QueueFilter, QueuePage, Urgent, queue, urgent
from volmacht.onboarding.queries.reports import proposed_verdicts
from volmacht.onboarding.queries.tariffs import tariffs
from volmacht.onboarding.queries.usage import usage_of_organisation

__all__ = [
    "CLIENT_ROWS",
    "QUEUE_ROWS",
    "AutomaticCheck",
    "Basis",
    "CasePage",
    "CaseRow",
    "ClientCase",
    "ClientFilter",
    "ClientPage",
    "ConnectedService",
    "ConnectionData",
    "DocumentInForce",
    "EndingCertificate",
    "KnownConfiguration",
    "KnownEvent",
    "KnownFile",
    "KnownMessage",
    "KnownPage",
    "KnownReport",
    "KnownReturnedAnswer",
    "KnownSentence",
    "KnownSignature",
    "LeadTime",
    "OurAddresses",
    "Outlook",
    "Proposal",
    "QueueFilter",
    "QueuePage",
    "TestMandate",
    "TestedConnection",
    "Urgent",
    "asked_to_go_live",
    "case_by_number",
    "case_page",
    "cases_of",
    "cases_of_clients",
    "change_waits_for_the_desk",
    "chosen_cases",
    "client_page",
    "connection_data",
    "connection_in_test",
    "connection_of_change",
    "connections_that_run",
    "documents_in_force",
    "draft_configuration",
    "ending_certificates",
    "failing_checks",
    "file_content",
    "form_pages",
    "function_given_before",
    "ids_of_cases",
    "is_connected",
    "keys_a_change_leaves_out",
    "lead_times",
    "numbers_of",
    "our_addresses",
    "outlook_of_changes",
    "outlook_of_messages",
    "proposed_verdicts",
    "queue",
    "row_names",
    "service_uuids",
    "standard_sentences",
    "tariffs",
    "urgent",
    "usage_of_organisation",
    "what_runs",
    "why_nobody_to_test_with",
]

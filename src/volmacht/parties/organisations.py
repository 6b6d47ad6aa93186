"""Organisations that can act for people: known by KvK number, as eHerkenning names them (DM-02, AD-16).

Used through `operations`. eHerkenning gives no name, and no trade register is connected: an organisation is called by
its number, which is public. Touches the tables of this app only.
"""

from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from volmacht import clock
from volmacht.audit.kinds import SYSTEM, EventKind
from volmacht.audit.operations import record
from volmacht.parties import queries
from volmacht.parties.models import Organisation, Party
from volmacht.rules.identifiers import KvkNumber
from volmacht.rules.kinds import PartyKind
from volmacht.rules.searching import folded


def know_organisation(kvk: KvkNumber) -> UUID:
    """The id of the organisation with this number; who is new here is added."""
    known = queries.party_with_kvk(kvk)
    if known:
        return known
    name = f"KvK {kvk}"
    try:
        with transaction.atomic():
            party = Party.objects.create(
                id=uuid4(),
                kind=PartyKind.ORGANISATION,
                name=name,
                search_name=folded(name),
                created_at=clock.now(),
            )
            Organisation.objects.create(party=party, kvk_number=kvk.value)
            record(EventKind.ORGANISATION_REGISTERED, actor=SYSTEM, subject_id=party.id)
            return party.id
    except IntegrityError:  # a colleague logged in for the first time at the same moment: theirs counts
        known = queries.party_with_kvk(kvk)
        if known is None:
            raise
        return known

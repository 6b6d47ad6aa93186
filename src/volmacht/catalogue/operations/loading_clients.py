"""The clients of the REST calls of a catalogue file on their way in; a part of `loading` (BR-11)."""

from collections.abc import Callable

from volmacht.catalogue.client_contents import read_client
from volmacht.catalogue.file import BadCatalogueFile, Table
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.models import RestClient
from volmacht.catalogue.operations.differing import differences
from volmacht.catalogue.reading import InvalidContent
from volmacht.rules.environment import Environment

CarryOut = Callable[[str, ChangeKind, Table], None]


def load_client(environment: Environment, table: Table, carry_out: CarryOut) -> None:
    """Add what is new, and change what stands otherwise; which client it is says its entity id."""
    where = f"{environment}, client '{table.get('entity_id')}'"
    content = {**table, "environment": environment}
    row = RestClient.objects.filter(environment=environment, entity_id=str(table.get("entity_id"))).first()
    if row is None:
        carry_out(where, ChangeKind.ADD_CLIENT, content)
        return
    try:
        wanted = read_client({**content, "id": row.id})
    except InvalidContent as error:
        raise BadCatalogueFile(f"{where}: {error}") from error
    differing = differences(row, table, wanted)
    if list(wanted.certificates) == row.certificates:
        differing.pop("certificates", None)  # a list in the row, a tuple here
    if differing:
        carry_out(where, ChangeKind.CHANGE_CLIENT, {"id": row.id, **differing})

"""What the demo's catalogue managers have to judge: each differs from what stands, and can be carried out."""

from volmacht.catalogue import queries as catalogue
from volmacht.demo.cataloguing import PROPOSER
from volmacht.parties import queries as parties


def test_a_level_and_a_file_wait_for_a_second_catalogue_manager(loaded_demo: None, db: None) -> None:
    proposer = parties.staff_member(PROPOSER)
    assert proposer is not None
    (level,), (file,) = catalogue.open_proposals(), catalogue.open_imports()
    assert {level.proposed_by, file.proposed_by} == {proposer.id}
    opened = catalogue.proposal(level.id)
    assert opened is not None
    assert {one.field for one in opened.changes} == {"announced_level", "announced_on"}
    assert not opened.obstacle
    stored = catalogue.stored_import(file.id)
    assert stored is not None
    assert stored.differs == ()
    assert stored.run.possible
    assert stored.run.changes_something

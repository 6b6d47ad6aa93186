"""A process of its own beside a running rotation: `python -m tests.parties.many_people add|read NUMBER`.

`add` stores so many people with confirmed addresses; `read` finds and opens them over and over until its input
ends, and tells what went wrong.
"""

import json
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from itertools import count, islice
from uuid import UUID

import django

from volmacht.rules.identifiers import Bsn, InvalidIdentifier

PAUSE_SECONDS = 0.003  # leaves the processor to the tests beside this one
NEW_HERE = Bsn("999900006")  # of whom the population register knows, and Volmacht not yet


def numbers() -> Iterator[Bsn]:
    """Citizen service numbers that pass the 11-test, always the same ones."""
    for number in count(100_000_000):
        try:
            yield Bsn(str(number))
        except InvalidIdentifier:
            continue


def people(amount: int) -> list[tuple[UUID, Bsn]]:
    """Who they are."""
    return [(UUID(int=place + 1), bsn) for place, bsn in enumerate(islice(numbers(), amount))]


def add(amount: int) -> None:
    """Store them under the keys that are current."""
    from volmacht import clock
    from volmacht.parties.models import EmailAddress, Party, Person
    from volmacht.sealing import Purpose, current_hash_version, keyed_hash, seal

    now, them = clock.now(), people(amount)
    Party.objects.bulk_create([Party(id=id_, kind="person", created_at=now) for id_, _ in them])
    Person.objects.bulk_create(
        [
            Person(
                party_id=id_,
                bsn_sealed=seal(Purpose.BSN, id_, bsn.value.encode()),
                bsn_hash=keyed_hash(Purpose.BSN, bsn.value),
                bsn_hash_version=current_hash_version(),
            )
            for id_, bsn in them
        ]
    )
    EmailAddress.objects.bulk_create(
        [
            EmailAddress(
                id=id_,
                party_id=id_,
                address_sealed=seal(Purpose.EMAIL_ADDRESS, id_, f"{bsn.value}@a.example".encode()),
                given_at=now,
                confirmed_at=now,
            )
            for id_, bsn in them
        ]
    )


def read(amount: int) -> None:
    """Look everybody up, again and again; now and then ask for somebody who is new."""
    from volmacht.parties import operations, queries

    over = threading.Event()

    def wait_for_the_end() -> None:
        sys.stdin.read()
        over.set()

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    wrong: Counter[str] = Counter()
    done, newcomers = 0, set()
    them = people(amount)
    while not over.wait(PAUSE_SECONDS):
        id_, bsn = them[(done * 7919) % amount]
        try:
            if done % 25 == 0:
                newcomers.add(operations.know_person(NEW_HERE))
            wrong["not found"] += queries.party_with_bsn(bsn) != id_
            wrong["not opened"] += queries.bsn_of(id_) != bsn
            address = queries.confirmed_address(id_)
            wrong["no address"] += address is None or address.address != f"{bsn.value}@a.example"
        except Exception as error:  # noqa: BLE001 - whatever it is, it goes in the account
            wrong[f"{type(error).__name__}: {error}"] += 1
        done += 1
        if done == 1:
            sys.stdout.write("reading\n")
            sys.stdout.flush()
    account = {"done": done, "wrong": +wrong, "newcomers": sorted(str(id_) for id_ in newcomers)}
    sys.stdout.write(json.dumps(account))


if __name__ == "__main__":
    django.setup()
    {"add": add, "read": read}[sys.argv[1]](int(sys.argv[2]))

"""Accounts: links, passwords, codes of an app, recovery codes."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.accounts import PASSWORD, code_of, make_account
from volmacht import clock
from volmacht.parties import operations, queries
from volmacht.parties.models import Account, RecoveryCode
from volmacht.rules.accounts import AccountObjection, LinkPurpose

pytestmark = pytest.mark.usefixtures("db")
EMAIL = "Petra@Gemeente.example"


def test_a_link_makes_an_account_once() -> None:
    secret = operations.make_link(LinkPurpose.NEW_ACCOUNT, email=EMAIL)
    made = operations.set_up_account(secret, name="Petra", password=PASSWORD, language="nl")
    assert isinstance(made, UUID)
    again = operations.set_up_account(secret, name="Petra", password=PASSWORD, language="nl")
    assert again is AccountObjection.LINK_USED


def test_looking_at_a_link_uses_nothing_up() -> None:
    secret = operations.make_link(LinkPurpose.NEW_ACCOUNT, email=EMAIL)
    for _ in range(3):
        assert not isinstance(operations.look_at_link(secret), AccountObjection)


def test_a_link_ends_and_an_earlier_one_ends_at_once() -> None:
    first = operations.make_link(LinkPurpose.NEW_ACCOUNT, email=EMAIL)
    second = operations.make_link(LinkPurpose.NEW_ACCOUNT, email=EMAIL.lower())
    assert operations.look_at_link(first) is AccountObjection.LINK_EXPIRED
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        assert operations.look_at_link(second) is AccountObjection.LINK_EXPIRED


def test_a_link_that_nobody_was_sent_does_not_work() -> None:
    assert operations.look_at_link("geraden") is AccountObjection.LINK_UNKNOWN
    assert (
        operations.set_up_account("geraden", name="X", password=PASSWORD, language="nl")
        is AccountObjection.LINK_UNKNOWN
    )


def test_a_link_for_a_password_makes_no_account_and_the_other_way_round() -> None:
    somebody = make_account()
    made = operations.link_for_address(somebody.email, forgotten=False)
    assert made is not None
    assert made[0] is LinkPurpose.PASSWORD  # who asks for an account and has one
    secret = made[1]
    assert (
        operations.set_up_account(secret, name="X", password=PASSWORD, language="nl")
        is AccountObjection.LINK_UNKNOWN
    )
    new = operations.make_link(LinkPurpose.NEW_ACCOUNT, email="ander@gemeente.example")
    assert operations.choose_password(new, PASSWORD) is AccountObjection.LINK_UNKNOWN


def test_one_address_has_one_account_however_it_is_written() -> None:
    make_account(EMAIL)
    assert queries.account_with_email("  PETRA@gemeente.EXAMPLE ") is not None
    again = operations.make_link(LinkPurpose.NEW_ACCOUNT, email=EMAIL.upper())
    assert (
        operations.set_up_account(again, name="X", password=PASSWORD, language="nl")
        is AccountObjection.LINK_USED
    )


@pytest.mark.parametrize(
    ("password", "objection"),
    [
        ("kort", AccountObjection.PASSWORD_TOO_SHORT),
        ("x" * 201, AccountObjection.PASSWORD_TOO_LONG),
        ("q1w2e3r4t5y6", AccountObjection.PASSWORD_COMMON),
        ("384729105837", AccountObjection.PASSWORD_NUMERIC),
        ("petra@gemeente", AccountObjection.PASSWORD_LIKE_YOU),
        ("Petra de Projectleider", AccountObjection.PASSWORD_LIKE_YOU),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_and_the_link_works_still(
    password: str, objection: AccountObjection
) -> None:
    secret = operations.make_link(LinkPurpose.NEW_ACCOUNT, email=EMAIL)
    found = operations.set_up_account(secret, name="Petra de Projectleider", password=password, language="nl")
    assert found is objection
    assert not isinstance(operations.look_at_link(secret), AccountObjection)


def test_a_password_is_kept_with_the_strongest_hasher() -> None:
    somebody = make_account()
    kept = Account.objects.get(id=somebody.id).password
    assert kept.startswith("argon2$argon2id$")
    assert PASSWORD not in kept


def test_unknown_address_and_wrong_password_get_one_answer() -> None:
    somebody = make_account()
    assert operations.try_password(somebody.email.upper(), PASSWORD) == somebody.id
    assert operations.try_password(somebody.email, "iets anders dan dat") is AccountObjection.WRONG
    assert operations.try_password("niemand@gemeente.example", PASSWORD) is AccountObjection.WRONG
    Account.objects.filter(id=somebody.id).update(active=False)
    assert operations.try_password(somebody.email, PASSWORD) is AccountObjection.WRONG


def test_a_forgotten_password_keeps_the_second_step_and_ends_every_log_in() -> None:
    somebody = make_account()
    made = operations.link_for_address(somebody.email, forgotten=True)
    assert made is not None
    assert operations.choose_password(made[1], "zes blauwe bakfietsen") == somebody.id
    known = queries.account(somebody.id)
    assert known is not None
    assert known.has_totp
    assert known.sessions_from is not None
    assert operations.try_password(somebody.email, PASSWORD) is AccountObjection.WRONG
    assert operations.choose_password(made[1], "zeven rode bakfietsen") is AccountObjection.LINK_USED


def test_nothing_is_mailed_to_an_address_without_account() -> None:
    assert operations.link_for_address("niemand@gemeente.example", forgotten=True) is None


def test_changing_a_password_asks_for_the_present_one() -> None:
    somebody = make_account()
    new = "zes blauwe bakfietsen"
    wrong = operations.change_password(somebody.id, old="geraden wachtwoord", new=new)
    assert wrong is AccountObjection.WRONG
    assert operations.change_password(somebody.id, old=PASSWORD, new=new) is None
    assert operations.try_password(somebody.email, new) == somebody.id


def test_a_code_works_once_and_an_earlier_one_never_after_it() -> None:
    somebody = make_account()
    now = clock.wall_clock()
    assert operations.use_totp(somebody.id, somebody.code(now)) is None
    assert operations.use_totp(somebody.id, somebody.code(now)) is AccountObjection.WRONG_CODE
    before = somebody.code(now - timedelta(seconds=30))
    assert operations.use_totp(somebody.id, before) is AccountObjection.WRONG_CODE


@pytest.mark.parametrize("seconds", [-90, 90])
def test_a_code_of_long_before_or_after_is_refused(seconds: int) -> None:
    somebody = make_account()
    code = somebody.code(clock.wall_clock() + timedelta(seconds=seconds))
    assert operations.use_totp(somebody.id, code) is AccountObjection.WRONG_CODE


@pytest.mark.parametrize("code", ["", "12345", "1234567", "١٢٣٤٥٦", "abcdef"])
def test_what_is_no_code_is_refused(code: str) -> None:
    assert operations.use_totp(make_account().id, code) is AccountObjection.WRONG_CODE


def test_the_secret_of_an_app_is_sealed_for_its_account() -> None:
    one, other = make_account(), make_account("ander@gemeente.example")
    row = Account.objects.get(id=one.id)
    assert one.totp_secret.encode() not in bytes(row.totp_sealed or b"")
    Account.objects.filter(id=other.id).update(totp_sealed=row.totp_sealed)
    from volmacht.sealing import CannotOpen

    with pytest.raises(CannotOpen):
        operations.use_totp(other.id, one.code())


def test_an_app_is_taken_into_use_only_with_a_code_of_it() -> None:
    somebody = make_account()
    secret = operations.new_totp_secret()
    other = operations.new_totp_secret()
    wrong = operations.set_totp(somebody.id, secret=secret, code=code_of(other))
    assert wrong is AccountObjection.WRONG_CODE
    assert operations.set_totp(somebody.id, secret=secret, code=code_of(secret)) is None


def test_the_only_second_step_stays() -> None:
    assert operations.remove_totp(make_account().id) is AccountObjection.LAST_SECOND_FACTOR


def test_ten_recovery_codes_work_once_each_and_for_their_account_only() -> None:
    somebody, other = make_account(), make_account("ander@gemeente.example")
    codes = operations.renew_recovery_codes(somebody.id)
    assert len(set(codes)) == 10
    assert operations.use_recovery_code(other.id, codes[0]) is AccountObjection.WRONG_CODE
    assert operations.use_recovery_code(somebody.id, codes[0].lower().replace("-", " ")) is None
    assert operations.use_recovery_code(somebody.id, codes[0]) is AccountObjection.WRONG_CODE
    assert queries.recovery_codes_left(somebody.id) == 9
    assert all(code.replace("-", "").encode() not in bytes(row.code_hash)
               for code in codes for row in RecoveryCode.objects.all())  # fmt: skip


def test_new_recovery_codes_end_the_old_ones() -> None:
    somebody = make_account()
    old = operations.renew_recovery_codes(somebody.id)
    operations.renew_recovery_codes(somebody.id)
    assert operations.use_recovery_code(somebody.id, old[0]) is AccountObjection.WRONG_CODE


def test_what_is_no_passkey_opens_nothing() -> None:
    somebody = make_account()
    for answer in ("", "{}", "[]", "null", '{"rawId": "AAAA"}', '{"rawId": 5}', "x" * 20_000):
        assert (
            operations.try_passkey(challenge="AAAA", answer=answer) is AccountObjection.PASSKEY_NOT_ACCEPTED
        )
        found = operations.add_passkey(somebody.id, challenge="AAAA", answer=answer, name="")
        assert found is AccountObjection.PASSKEY_NOT_ACCEPTED


def test_a_name_is_needed() -> None:
    somebody = make_account()
    assert operations.change_account(somebody.id, name="  ", language="en") is AccountObjection.NAME_MISSING
    assert operations.change_account(somebody.id, name=" Petra  P. ", language="en") is None
    known = queries.account(somebody.id)
    assert known is not None
    assert (known.name, known.language) == ("Petra P.", "en")


def test_nobody_is_no_account() -> None:
    assert queries.account(uuid4()) is None
    assert queries.counts_since(uuid4()) is None

"""Writing people, organisations, accounts and employees. One module per task; callers import from here."""

from volmacht.parties.operations.accounts import (
    change_account,
    end_sessions,
    record_account_log_in,
    set_up_account,
)
from volmacht.parties.operations.consents import (
    end_supplier_consent,
    give_supplier_consent,
)
from volmacht.parties.operations.email_addresses import (
    CONFIRMATION_TERM,
    ErasedPerson,
    address_to_confirm,
    confirm_email_address,
    give_email_address,
    remove_email_addresses,
)
from volmacht.parties.operations.links import (
    link_for_address,
    link_for_employee,
    look_at_link,
    make_link,
    sweep_links,
)
from volmacht.parties.operations.members import (
    accept_invitation,
    change_member_roles,
    invite_member,
    look_at_invitation,
    remove_member,
    withdraw_invitation,
)
from volmacht.parties.operations.passkeys import (
    add_passkey,
    ask_for_new_passkey,
    ask_for_passkey,
    remove_passkey,
    try_passkey,
)
from volmacht.parties.operations.passwords import (
    change_password,
    choose_password,
    password_objection,
    try_password,
)
from volmacht.parties.operations.people import (
    choose_language,
    erase_person,
    hold,
    know_person,
    population_register,
    refresh_party,
    refresh_person,
)
from volmacht.parties.operations.proving import (
    prove_by_certificate,
    prove_by_eherkenning,
    record_proof_of_organisation,
    record_proof_of_signatory,
    start_challenge,
)
from volmacht.parties.operations.renaming import rename_organisation
from volmacht.parties.operations.second_factors import (
    new_totp_secret,
    recovery_codes_hashed_under,
    remove_totp,
    renew_recovery_codes,
    set_totp,
    totp_address,
    use_recovery_code,
    use_totp,
)
from volmacht.parties.operations.signing_up import (
    Claimed,
    SignUp,
    alb_register,
    oin_register,
    sign_up_organisation,
)
from volmacht.parties.operations.staff import (
    TwoNeeded,
    approve_staff_change,
    create_staff_member,
    propose_staff_change,
    reject_staff_change,
)
from volmacht.parties.operations.taking_over import (
    EndedSignUp,
    drop_claim,
    lapse_sign_up,
    note_reminder,
    sweep_claims,
)
from volmacht.parties.operations.trying_registers import fault_of_alb_register, fault_of_oin_register
from volmacht.parties.organisations import know_organisation
from volmacht.parties.rekeying import (
    Batch,
    people_hashed_under,
    rekey_accounts,
    rekey_email_addresses,
    rekey_people,
)
from volmacht.parties.test_people import may_test

__all__ = [
    "CONFIRMATION_TERM",
    "Batch",
    "Claimed",
    "EndedSignUp",
    "ErasedPerson",
    "SignUp",
    "TwoNeeded",
    "accept_invitation",
    "add_passkey",
    "address_to_confirm",
    "alb_register",
    "approve_staff_change",
    "ask_for_new_passkey",
    "ask_for_passkey",
    "change_account",
    "change_member_roles",
    "change_password",
    "choose_language",
    "choose_password",
    "confirm_email_address",
    "create_staff_member",
    "drop_claim",
    "end_sessions",
    "end_supplier_consent",
    "erase_person",
    "fault_of_alb_register",
    "fault_of_oin_register",
    "give_email_address",
    "give_supplier_consent",
    "hold",
    "invite_member",
    "know_organisation",
    "know_person",
    "lapse_sign_up",
    "link_for_address",
    "link_for_employee",
    "look_at_invitation",
    "look_at_link",
    "make_link",
    "may_test",
    "new_totp_secret",
    "note_reminder",
    "oin_register",
    "password_objection",
    "people_hashed_under",
    "population_register",
    "propose_staff_change",
    "prove_by_certificate",
    "prove_by_eherkenning",
    "record_account_log_in",
    "record_proof_of_organisation",
    "record_proof_of_signatory",
    "recovery_codes_hashed_under",
    "refresh_party",
    "refresh_person",
    "reject_staff_change",
    "rekey_accounts",
    "rekey_email_addresses",
    "rekey_people",
    "remove_email_addresses",
    "remove_member",
    "remove_passkey",
    "remove_totp",
    "rename_organisation",
    "renew_recovery_codes",
    "set_totp",
    "set_up_account",
    "sign_up_organisation",
    "start_challenge",
    "sweep_claims",
    "sweep_links",
    "totp_address",
    "try_passkey",
    "try_password",
    "use_recovery_code",
    "use_totp",
    "withdraw_invitation",
]

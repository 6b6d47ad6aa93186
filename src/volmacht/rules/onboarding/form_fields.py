"""Every field of every form of connecting (CN-2, CN-5, CN-16, CN-20, CN-21, CN-24). Data, and nothing else. Pure.

What step 1 asked is not asked again: its answers stand on the page CHOICES, and give the services their defaults
(CN-16). Limits of a service are those of the catalogue (DM-60).
"""

from typing import Final

from volmacht.rules.onboarding.changes import NEEDS, ChangeOf
from volmacht.rules.onboarding.choices import LONGEST_MONTHS, MOST_SERVICES, CodeMoment, Lead
from volmacht.rules.onboarding.forms import Chapter, Field, FieldKind, Form, FormKey, Page, PageKey

YES: Final = "yes"
LEVELS: Final = ("10", "20", "25", "30")
REPRESENTATIVES: Final = ("burger", "organisatie", "burger_en_organisatie")
CONNECTION_KINDS: Final = ("own", "cluster")
CONTACTS: Final = ("project_leader", "functional", "technical", "security")

_CHOICES = Page(
    key=PageKey.CHOICES,
    fields=(
        Field(key="lead", kind=FieldKind.CHOICE, chapter=Chapter.RESPONSIBLE, options=tuple(Lead)),
        Field(
            key="services_per_code",
            kind=FieldKind.NUMBER,
            chapter=Chapter.SERVICES_PER_CODE,
            lowest=1,
            highest=MOST_SERVICES,
        ),
        Field(
            key="code_moment", kind=FieldKind.CHOICE, chapter=Chapter.CODE_MOMENT, options=tuple(CodeMoment)
        ),
        Field(
            key="validity_months",
            kind=FieldKind.NUMBER,
            chapter=Chapter.VALIDITY,
            lowest=1,
            highest=LONGEST_MONTHS,
        ),
        Field(key="message_box", kind=FieldKind.FLAG, chapter=Chapter.MESSAGE_BOX),
        Field(key="survivors", kind=FieldKind.FLAG, chapter=Chapter.SURVIVORS),
        Field(key="supplier", kind=FieldKind.FLAG, chapter=Chapter.SUPPLIER),
    ),
)
_ORGANISATION = Page(
    key=PageKey.ORGANISATION,
    fields=(
        Field(key="public_task", kind=FieldKind.LINES, chapter=Chapter.ORGANISATION, longest=1000),
        Field(key="legal_basis", kind=FieldKind.LINES, chapter=Chapter.ORGANISATION, longest=1000),
        Field(key="website", kind=FieldKind.ADDRESS, chapter=Chapter.ORGANISATION),
        Field(key="supplier_oin", kind=FieldKind.OIN, chapter=Chapter.SUPPLIER, required=False, longest=20),
    ),
)
_CONTACTS = Page(
    key=PageKey.CONTACTS,
    fields=tuple(
        field
        for who in CONTACTS
        for field in (
            Field(key=f"{who}_name", kind=FieldKind.LINE, chapter=Chapter.CONTACTS, longest=200),
            Field(key=f"{who}_email", kind=FieldKind.EMAIL, chapter=Chapter.CONTACTS, longest=254),
            Field(
                key=f"{who}_phone", kind=FieldKind.PHONE, chapter=Chapter.CONTACTS, longest=30, required=False
            ),
        )
    ),
)
_SERVICE_FIELDS = (
    Field(key="name", kind=FieldKind.LINE, chapter=Chapter.SERVICES),
    Field(key="name_en", kind=FieldKind.LINE, chapter=Chapter.SERVICES, required=False),
    Field(key="website", kind=FieldKind.ADDRESS, chapter=Chapter.SERVICES),
    Field(key="description", kind=FieldKind.LINE, chapter=Chapter.SERVICES, longest=300),
    Field(key="description_en", kind=FieldKind.LINE, chapter=Chapter.SERVICES, longest=300, required=False),
    Field(key="explanation", kind=FieldKind.LINES, chapter=Chapter.SERVICES, longest=2000),
    Field(key="explanation_en", kind=FieldKind.LINES, chapter=Chapter.SERVICES, longest=2000, required=False),
    Field(key="permission_question", kind=FieldKind.LINE, chapter=Chapter.SERVICES, required=False),
    Field(key="keywords", kind=FieldKind.LINE, chapter=Chapter.SERVICES, longest=500, required=False),
    Field(key="minimum_level", kind=FieldKind.CHOICE, chapter=Chapter.SERVICES, options=LEVELS),
    Field(
        key="representative_kind", kind=FieldKind.CHOICE, chapter=Chapter.SERVICES, options=REPRESENTATIVES
    ),
    Field(key="request_days", kind=FieldKind.NUMBER, chapter=Chapter.VALIDITY, lowest=1, highest=365),
    Field(key="minimum_age", kind=FieldKind.NUMBER, chapter=Chapter.SERVICES, lowest=0, highest=120),
)
_SERVICES = Page(key=PageKey.SERVICES, fields=_SERVICE_FIELDS, most=MOST_SERVICES)
_CONNECTION_FIELDS = (
    Field(key="connection_kind", kind=FieldKind.CHOICE, chapter=Chapter.SUPPLIER, options=CONNECTION_KINDS),
    Field(key="entity_id", kind=FieldKind.ENTITY_ID, chapter=Chapter.METADATA),
    Field(
        key="cluster_connection",
        kind=FieldKind.ENTITY_ID,
        chapter=Chapter.SUPPLIER,
        asked_when=("connection_kind", "cluster"),
    ),
    Field(
        key="metadata_address", kind=FieldKind.ADDRESS, chapter=Chapter.METADATA, required=False, longest=2048
    ),
)
_CONNECTION = Page(key=PageKey.CONNECTION, fields=_CONNECTION_FIELDS)
_SECURITY = Page(
    key=PageKey.SECURITY,
    fields=(
        Field(key="assessed_on", kind=FieldKind.DAY, chapter=Chapter.SECURITY),
        Field(key="assessed_by", kind=FieldKind.LINE, chapter=Chapter.SECURITY),
    ),
)
_GOING_LIVE = Page(
    key=PageKey.GOING_LIVE,
    fields=(
        Field(key="live_on", kind=FieldKind.DAY, chapter=Chapter.GOING_LIVE),
        Field(key="questions_phone", kind=FieldKind.PHONE, chapter=Chapter.GOING_LIVE, longest=30),
    ),
)
_CHANGE = Page(
    key=PageKey.CHANGE,
    fields=(
        Field(key="change_of", kind=FieldKind.CHOICE, chapter=Chapter.CHANGES, options=tuple(ChangeOf)),
        Field(
            key="from_day",
            kind=FieldKind.DAY,
            chapter=Chapter.CHANGES,
            asked_when=("change_of", *(change for change in ChangeOf if NEEDS[change].day)),
        ),
        Field(
            key="service",
            kind=FieldKind.LINE,
            chapter=Chapter.CHANGES,
            longest=36,
            asked_when=("change_of", *(change for change in ChangeOf if NEEDS[change].service)),
        ),
        *(
            Field(key=key, kind=kind, chapter=chapter, longest=longest, asked_when=("change_of", change))
            for key, kind, chapter, longest, change in (
                ("new_name", FieldKind.LINE, Chapter.ORGANISATION, 255, ChangeOf.ORGANISATION_NAME),
                ("contact_name", FieldKind.LINE, Chapter.CONTACTS, 200, ChangeOf.CONTACTS),
                ("contact_email", FieldKind.EMAIL, Chapter.CONTACTS, 254, ChangeOf.CONTACTS),
                ("new_supplier_oin", FieldKind.OIN, Chapter.SUPPLIER, 20, ChangeOf.SUPPLIER),
                ("new_description", FieldKind.LINE, Chapter.SERVICES, 300, ChangeOf.DESCRIPTION),
            )
        ),
        Field(
            key="metadata_address",
            kind=FieldKind.ADDRESS,
            chapter=Chapter.METADATA,
            required=False,
            longest=2048,
            asked_when=("change_of", ChangeOf.METADATA),
        ),
        Field(
            key="contact",
            kind=FieldKind.CHOICE,
            chapter=Chapter.CONTACTS,
            options=CONTACTS,
            asked_when=("change_of", ChangeOf.CONTACTS),
        ),
        Field(
            key="new_level",
            kind=FieldKind.CHOICE,
            chapter=Chapter.SERVICES,
            options=LEVELS,
            asked_when=("change_of", ChangeOf.LEVEL),
        ),
        Field(
            key="new_months",
            kind=FieldKind.NUMBER,
            chapter=Chapter.VALIDITY,
            lowest=1,
            highest=LONGEST_MONTHS,
            asked_when=("change_of", ChangeOf.TERM),
        ),
        Field(key="reason", kind=FieldKind.LINES, chapter=Chapter.CHANGES, longest=1000),
    ),
)

FORMS: Final = {
    form.key: form
    for form in (
        Form(key=FormKey.APPLICATION, pages=(_CHOICES, _ORGANISATION, _CONTACTS)),
        Form(key=FormKey.PREPRODUCTION, pages=(_SERVICES, _CONNECTION)),
        Form(key=FormKey.PRODUCTION, pages=(_CONNECTION, _SECURITY, _GOING_LIVE)),
        Form(
            key=FormKey.NEW_SERVICE,
            pages=(Page(key=PageKey.SERVICES, fields=_SERVICE_FIELDS, most=MOST_SERVICES),),
        ),
        Form(key=FormKey.CHANGE, pages=(_CHANGE,)),
    )
}

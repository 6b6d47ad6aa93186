"""What the organisations of the demo answer on each page of each form. Pure, but for the day."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from volmacht import clock
from volmacht.rules.onboarding.answers import ROW, Answers
from volmacht.rules.onboarding.changes import NEEDS, ChangeOf
from volmacht.rules.onboarding.form_fields import CONTACTS
from volmacht.rules.onboarding.forms import FormKey, PageKey

CHOICES = {
    "lead": "team",
    "services_per_code": 1,
    "code_moment": "during_login",
    "validity_months": 36,
    "message_box": False,
    "survivors": False,
    "supplier": False,
}
SERVICE = {
    "minimum_level": "20",
    "representative_kind": "burger",
    "request_days": 90,
    "minimum_age": 18,
}
ASSESSED_BEFORE, LIVE_AFTER, CHANGES_AFTER = timedelta(days=20), timedelta(days=14), timedelta(days=60)
TESTS_FROM = 9000


def answers_for(
    case: Mapping[str, Any], form: FormKey, page: PageKey, standing: Answers, service: str
) -> Answers:
    """Of one page. `standing`: what stands there, whose rows keep their numbers; `service`: the one that changes."""
    if page is PageKey.SERVICES:
        answers = _services(case, standing)
    elif page is PageKey.CONNECTION:
        answers = _connection(case, form)
    elif page is PageKey.CHANGE:
        answers = _change(case, service)
    elif page is PageKey.SECURITY:
        answers = _security()
    elif page is PageKey.GOING_LIVE:
        answers = _going_live()
    elif page is PageKey.CHOICES:
        answers = {**CHOICES, **case.get("choices", {})}
    else:
        answers = _organisation(case) if page is PageKey.ORGANISATION else _contacts(case)
    return answers


def entity_id(case: Mapping[str, Any], *, tests: bool) -> str:
    """Of the connection of a case: an index from 9000 is one for tests."""
    index = int(case.get("index", 1)) + (TESTS_FROM if tests else 0)
    return f"urn:nl-eid-gdi:1.0:DV:{case['oin']}:entities:{index:04}"


def _services(case: Mapping[str, Any], standing: Answers) -> Answers:
    rows = list(standing) if isinstance(standing, Sequence) else []
    numbers = [{ROW: row[ROW]} for row in rows]
    return [
        {**SERVICE, **service, **(numbers[place] if place < len(numbers) else {})}
        for place, service in enumerate(case["services"])
    ]


def _connection(case: Mapping[str, Any], form: FormKey) -> Answers:
    return {"connection_kind": "own", "entity_id": entity_id(case, tests=form is FormKey.PREPRODUCTION)}


def _organisation(case: Mapping[str, Any]) -> Answers:
    return {"public_task": case["task"], "legal_basis": case["law"], "website": case["site"]}


def _contacts(case: Mapping[str, Any]) -> Answers:
    """By what somebody is for, not by name: a desk that anybody can reach."""
    domain = str(case["site"]).removeprefix("https://www.")
    names = ("Projectleiding", "Team dienstverlening", "Team techniek", "Team informatiebeveiliging")
    answers: dict[str, object] = {}
    for who, name in zip(CONTACTS, names, strict=True):
        answers |= {f"{who}_name": name, f"{who}_email": f"{name.split()[-1].lower()}@{domain}"}
    return answers


def _security() -> Answers:
    return {"assessed_on": f"{clock.today() - ASSESSED_BEFORE}", "assessed_by": "Verzonnen Audits"}


def _going_live() -> Answers:
    return {"live_on": f"{clock.today() + LIVE_AFTER}", "questions_phone": "088 000 00 00"}


def _change(case: Mapping[str, Any], service: str) -> Answers:
    answers: dict[str, object] = dict(case["answers"])
    needs = NEEDS[ChangeOf(str(answers["change_of"]))]
    if needs.service:
        answers["service"] = service
    if needs.day:
        answers["from_day"] = f"{clock.today() + CHANGES_AFTER}"
    return answers

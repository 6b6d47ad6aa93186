"""The metadata that a case brings: judged before its owner is registered, taken in once it is (CN-2, CN-5)."""

from volmacht.catalogue.operations import NotRegistered, import_metadata
from volmacht.catalogue.queries import judge_metadata
from volmacht.onboarding.forms import environment_of, form_to_fill_in, forms_now, pages_of
from volmacht.onboarding.kinds import FileKind
from volmacht.onboarding.models import Case, Configuration
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseKind
from volmacht.rules.onboarding.forms import PageKey


def newest(case: Case) -> bytes | None:
    """The document that was uploaded last."""
    row = case.files.filter(kind=FileKind.METADATA).order_by("-uploaded_at").first()
    return bytes(row.content) if row else None


def is_good(case: Case) -> bool:
    """Whether the newest document would be taken in for the connection that the form names; a new service has none."""
    if case.kind == CaseKind.NEW_SERVICE:
        return True
    data, forms = newest(case), forms_now(case)
    if data is None or not forms:
        return False
    connection = pages_of(case, forms)[forms[-1]].get(PageKey.CONNECTION, {})
    entity_id = str(connection.get("entity_id", "")).strip() if isinstance(connection, dict) else ""
    form = form_to_fill_in(case) or forms[-1]
    return judge_metadata(environment=environment_of(form), entity_id=entity_id, data=data).is_good


def take_in(version: Configuration) -> None:
    """Give the catalogue the document of what was just carried out; one that is not good it leaves, and tells."""
    data = newest(version.case)
    if data is None:
        return
    pages = pages_of(version.case)
    addresses = [
        str(found.get("metadata_address") or "").strip()
        for form, answers in pages.items()
        if environment_of(form) == version.environment
        and isinstance(found := answers.get(PageKey.CONNECTION, {}), dict)
    ]
    try:
        import_metadata(
            environment=Environment(version.environment),
            entity_id=version.connection,
            data=data,
            source=next(filter(None, addresses), ""),
        )
    except NotRegistered:  # of a cluster: the supplier's own connection has its metadata
        return

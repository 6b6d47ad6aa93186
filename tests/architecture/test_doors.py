"""A domain app is entered through `operations` and `queries` only; its closed vocabularies may be known."""

import ast

from tests.architecture.sources import APPS, PACKAGE, sources

DOORS = {"operations", "queries"}
VOCABULARIES = {"kinds", "states"}
# What else may be used from outside, each with its reason.
ALSO = {
    "audit.verification": "the command that verifies the chain is its only user",
    "audit.signing": "the doctor checks a published checkpoint as anyone could",
    "audit.models": "a migration of audit itself",
    "notifications.adapters.folder": "the demo shows the mail that the folder adapter wrote",
    "parties.population_register": "the port that its adapters and stand-in speak of",
    "logins.entities": "who and where we are on the wire: addresses of doors and pages are made of it",
    "logins.look_ups": "what a door gives to the pure judging of a message",
    "logins.publishing": "our own metadata, for the door that shows it",
    "onboarding.documents": "texts to read, in versions: files of the package, and no tables",
    "catalogue.snapshot": "tests make the process forget the catalogue of the test before",
}


def entered(module: str, own: str) -> str | None:
    """The part of another app's inside that an import reaches, as `app.module`."""
    parts = module.split(".")
    if parts[0] != "volmacht" or len(parts) <= 2 or parts[1] not in APPS or parts[1] == own:
        return None
    return ".".join(parts[1:])


def allowed(inside: str) -> bool:
    """Whether others may import it."""
    app, _, rest = inside.partition(".")
    return rest.split(".")[0] in DOORS | VOCABULARIES or any(
        inside == f"{name}" or inside.startswith(f"{name}.") for name in ALSO if name.startswith(f"{app}.")
    )


def test_an_app_is_entered_through_operations_and_queries() -> None:
    found = [
        f"{source.name}: {inside}"
        for source in sources("src")
        for module in source.imports
        if (inside := entered(module, source.name.split("/")[2])) and not allowed(inside)
    ]
    assert found == []


def test_every_app_that_others_use_has_both_doors() -> None:
    without = {"limits": "counting and asking are one step"}
    for app in APPS:
        doors = {path.stem for path in (PACKAGE / app).iterdir()} & DOORS
        assert doors == DOORS or (app in without and doors), app


def test_a_query_returns_no_rows() -> None:
    """Frozen values leave an app, never something that could be saved past its operations."""
    found = []
    for source in sources("src"):
        app = source.name.split("/")[2]
        if app not in APPS or "/queries" not in source.name:
            continue
        prefix = f"volmacht.{app}.models."
        rows = {"QuerySet"} | {
            name.removeprefix(prefix) for name in source.imports if name.startswith(prefix)
        }
        found += [
            f"{source.name}: {function.name}"
            for function in source.functions
            if not function.name.startswith("_")
            and function.returns is not None
            and rows & {getattr(node, "id", "") for node in ast.walk(function.returns)}
        ]
    assert found == []

"""For machines that watch this one: alive, ready, and figures. Holds nothing about people."""

from contextlib import suppress

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.certificate_figures import certificate_figures
from volmacht.portals.shared.login_session import background


def database_is_reachable() -> bool:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return False
    return True


def migrations_are_applied() -> bool:
    """Whether the tables are those of this version."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


@audience(Audience.PUBLIC)
@background
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return JsonResponse({"status": "live"})


@audience(Audience.PUBLIC)
@background
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """200 when pages can be served; 503 says which part is missing."""
    database = database_is_reachable()
    migrations = database and migrations_are_applied()
    parts = {"database": database, "migrations": migrations}
    if all(parts.values()):
        return JsonResponse({"status": "ready", **parts})
    return JsonResponse({"status": "not ready", **parts}, status=503)


@audience(Audience.OPERATIONS)
@background
@require_safe
def metrics(_request: HttpRequest) -> HttpResponse:
    """Prometheus figures of this process, and how long certificates last while the database can say so (MD-43)."""
    figures = generate_latest()
    with suppress(DatabaseError):
        figures += certificate_figures()
    return HttpResponse(figures, content_type=CONTENT_TYPE_LATEST)

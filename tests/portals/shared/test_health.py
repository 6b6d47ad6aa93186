"""What machines that watch this one can ask."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client


def test_a_process_that_answers_is_alive_without_a_database(client: Client) -> None:
    response = client.get("/health/live")

    assert (response.status_code, response.json()) == (200, {"status": "live"})


@pytest.mark.django_db
def test_ready_means_that_database_and_tables_are_there(client: Client) -> None:
    response = client.get("/health/ready")

    assert response.status_code == 200
    assert response.json() == {"status": "ready", "database": True, "migrations": True}


@pytest.mark.django_db
def test_a_migration_that_is_missing_means_not_ready(client: Client) -> None:
    MigrationRecorder(connection).migration_qs.filter(app="sessions").delete()

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "database": True, "migrations": False}


@pytest.mark.django_db
def test_figures_count_answers_by_route(client: Client) -> None:
    client.get("/health/live")

    text = client.get("/metrics").text

    assert 'volmacht_requests_total{method="GET",route="live",status="200"}' in text
    assert 'volmacht_request_seconds_bucket{le="0.005",route="live"}' in text

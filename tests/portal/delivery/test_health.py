"""A load balancer learns if the process runs, and if it reaches its database."""

from unittest.mock import patch

import pytest
from django.db import OperationalError, connections

pytestmark = pytest.mark.django_db


def test_the_process_runs_whatever_its_database_does(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content, response["Content-Type"]) == (200, b"ok\n", "text/plain")


def test_it_is_ready_while_the_database_answers(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content, response["Content-Type"]) == (
        200,
        b"ready\n",
        "text/plain",
    )
    with patch.object(type(connections["default"]), "cursor", side_effect=OperationalError("hush")):
        response = client.get("/readyz")
        assert client.get("/healthz").status_code == 200
    assert (response.status_code, response.content, response["Content-Type"]) == (
        503,
        b"no database\n",
        "text/plain",
    )

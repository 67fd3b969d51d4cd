"""Cloudflare's client, unchanged, against the simulator: what this project does, seen from where the mail goes."""

import cloudflare
import pytest
from cloudflare import Cloudflare

from addresses import forward


def where_mail_goes(simulator, address):
    return simulator.control("POST", f"mail/{address}")["outcome"]


def test_mail_to_the_address_goes_to_its_destination(simulator, client, zone_id):
    assert forward(client, zone_id, "support@example.com", "team@corp.example") == "created"

    assert where_mail_goes(simulator, "support@example.com") == "forwarded to team@corp.example"
    assert where_mail_goes(simulator, "sales@example.com") == "rejected"


def test_nothing_is_written_where_all_is_right(simulator, client, zone_id):
    forward(client, zone_id, "support@example.com", "team@corp.example")
    simulator.control("DELETE", "calls")

    assert forward(client, zone_id, "support@example.com", "team@corp.example") == "unchanged"

    assert {call["method"] for call in simulator.control("GET", "calls")["calls"]} == {"GET"}


def test_a_rule_that_another_user_created_is_changed(simulator, client, zone_id):
    simulator.control("PUT", "zones/example.com", {"rules": [{"address": "support@example.com", "drop": True}]})

    assert forward(client, zone_id, "support@example.com", "team@corp.example") == "changed"

    assert where_mail_goes(simulator, "support@example.com") == "forwarded to team@corp.example"


def test_the_owner_of_the_destination_is_waited_for(simulator, client, zone_id):
    simulator.control("PUT", "addresses/newcomer@corp.example", {"verified": False})
    assert forward(client, zone_id, "support@example.com", "newcomer@corp.example") == "waiting"

    simulator.control("POST", "addresses/newcomer@corp.example/verify")

    assert forward(client, zone_id, "support@example.com", "newcomer@corp.example") == "created"


def test_one_rule_is_created_although_the_answer_is_lost(simulator, client, zone_id):
    simulator.control("POST", "faults", {"method": "POST", "path": "/email/routing/rules", "fault": {"reset": "after"}})

    assert forward(client, zone_id, "support@example.com", "team@corp.example") == "created"

    calls = simulator.control("GET", "calls")["calls"]
    assert [call["status"] for call in calls if call["method"] == "POST"] == [0, 409]
    assert len(simulator.control("GET", "zones/example.com")["rules"]) == 1


def test_a_token_that_may_only_read_is_refused(simulator, zone_id):
    rights = ["Zone: Zone: Read", "Zone: Email Routing Rules: Read"]
    token = simulator.control("PUT", "tokens/reader", {"rights": rights})["value"]
    reader = Cloudflare(base_url=simulator.api_url, api_token=token, max_retries=0)

    with pytest.raises(cloudflare.PermissionDeniedError):
        forward(reader, zone_id, "support@example.com", "team@corp.example")

"""What this project is about: mail to an address is to go to a destination. Nothing in here knows of the simulator."""

from __future__ import annotations

from typing import NamedTuple

import cloudflare
from cloudflare import Cloudflare

UNVERIFIED = 2054
"""Cloudflare's code for a rule that forwards to an address which is not verified."""


class Rule(NamedTuple):
    """The rule for an address, and where it forwards to while it is on."""

    id: str
    destination: str | None


def forward(client: Cloudflare, zone_id: str, address: str, destination: str) -> str:
    """Lets mail to the address go to the destination. Can be repeated.

    Says what was done: created, changed, unchanged, or waiting, where the owner of the destination has yet to click the link in
    Cloudflare's mail.
    """
    rule = rule_for(client, zone_id, address)
    if rule and rule.destination == destination:
        return "unchanged"
    wanted = {
        "zone_id": zone_id,
        "name": f"mail to {address}",
        "enabled": True,
        "matchers": [{"type": "literal", "field": "to", "value": address}],
        "actions": [{"type": "forward", "value": [destination]}],
    }
    try:
        if rule:
            client.email_routing.rules.update(rule_identifier=rule.id, **wanted)
            return "changed"
        client.email_routing.rules.create(**wanted)
        return "created"
    except cloudflare.APIStatusError as error:
        if any(item.code == UNVERIFIED for item in error.errors):
            return "waiting"
        # The answer to a first attempt may have been lost: the client repeated it by itself, and then the rule was there already.
        if isinstance(error, cloudflare.ConflictError):
            there = rule_for(client, zone_id, address)
            if there and there.destination == destination:
                return "created"
        raise


def rule_for(client: Cloudflare, zone_id: str, address: str) -> Rule | None:
    for rule in client.email_routing.rules.list(zone_id=zone_id):
        if any((matcher.value or "").lower() == address.lower() for matcher in rule.matchers or []):
            action = rule.actions[0] if rule.enabled and rule.actions else None
            forwards = action is not None and action.type == "forward" and action.value
            return Rule(rule.id, action.value[0] if forwards else None)
    return None

"""Cloudflare's Python SDK, unchanged, against the simulator: every object is created, read, updated and deleted."""

import json
import os
import sys
import urllib.request

import cloudflare
from cloudflare import Cloudflare

ACCOUNT = os.environ["CLOUDFLARE_ACCOUNT_ID"]
CONTROL = os.environ["CLOUDFLARE_BASE_URL"].replace("/client/v4", "/_simulator")
client = Cloudflare(api_token=os.environ["CLOUDFLARE_API_TOKEN"], max_retries=0)
failed = 0


def step(name, call, holds=lambda answer: True):
    """One call, one line: it must go through and its answer must hold."""
    global failed
    try:
        answer = call()
        good, why = bool(holds(answer)), "unexpected answer: %r" % (answer,)
    except Exception as error:  # whatever a client throws is a failure of the simulator
        answer, good, why = None, False, "%s: %s" % (type(error).__name__, error)
    print("%s python %s%s" % ("ok    " if good else "FAILED", name, "" if good else " (" + why[:300] + ")"))
    failed += not good
    return answer


def refusal(call, status, code):
    """The call must be refused with that status and code."""
    try:
        call()
    except cloudflare.APIStatusError as error:
        return error.status_code == status and error.errors[0].code == code
    return False


def control(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(CONTROL + path, data, {"Content-Type": "application/json"}, method=method)
    urllib.request.urlopen(request).close()


step("user.tokens.verify", lambda: client.user.tokens.verify(), lambda a: a.status == "active")
step("accounts.list", lambda: list(client.accounts.list()), lambda a: a[0].id == ACCOUNT)
step("accounts.get", lambda: client.accounts.get(account_id=ACCOUNT), lambda a: a.id == ACCOUNT)

zone = step("zones.create", lambda: client.zones.create(account={"id": ACCOUNT}, name="python.example", type="full"),
            lambda a: a.status == "pending" and len(a.name_servers) == 2)
z = zone.id
step("zones.create twice is 1061",
     lambda: refusal(lambda: client.zones.create(account={"id": ACCOUNT}, name="python.example"), 400, 1061), bool)
step("zones.list by name", lambda: list(client.zones.list(name="python.example")), lambda a: [x.id for x in a] == [z])
step("zones.get", lambda: client.zones.get(zone_id=z), lambda a: a.name == "python.example")
step("zones.edit", lambda: client.zones.edit(zone_id=z, paused=True), lambda a: a.paused is True)
step("zones.activation_check.trigger", lambda: client.zones.activation_check.trigger(zone_id=z), lambda a: a.id == z)
control("POST", "/zones/python.example/activate")
step("zones.get after activation", lambda: client.zones.get(zone_id=z), lambda a: a.status == "active")

record = step("dns.records.create", lambda: client.dns.records.create(zone_id=z, name="www.python.example", type="A", content="192.0.2.1", ttl=300),
              lambda a: a.content == "192.0.2.1")
step("dns.records.list", lambda: list(client.dns.records.list(zone_id=z)), lambda a: len(a) == 1)
step("dns.records.update", lambda: client.dns.records.update(dns_record_id=record.id, zone_id=z, name="www.python.example", type="A", content="192.0.2.2", ttl=300),
     lambda a: a.content == "192.0.2.2")
step("dns.records.edit", lambda: client.dns.records.edit(dns_record_id=record.id, zone_id=z, name="www.python.example", type="A", content="192.0.2.3", ttl=300),
     lambda a: a.content == "192.0.2.3")
step("dns.records.get", lambda: client.dns.records.get(dns_record_id=record.id, zone_id=z), lambda a: a.id == record.id)
step("dns.records.delete", lambda: client.dns.records.delete(dns_record_id=record.id, zone_id=z), lambda a: a.id == record.id)

step("email_routing.get before enabling", lambda: client.email_routing.get(zone_id=z), lambda a: a.enabled is False)
step("email_routing.enable", lambda: client.email_routing.enable(zone_id=z, body={}), lambda a: a.enabled is True)
step("email_routing.dns.get", lambda: client.email_routing.dns.get(zone_id=z))
step("email_routing.dns.create for a subdomain", lambda: client.email_routing.dns.create(zone_id=z, name="in.python.example"),
     lambda a: a.enabled is True)
step("dns.records.list holds the mail records", lambda: list(client.dns.records.list(zone_id=z, type="MX")), lambda a: len(a) == 6)
step("email_routing.dns.delete", lambda: client.email_routing.dns.delete(zone_id=z))
step("email_routing.get after that", lambda: client.email_routing.get(zone_id=z), lambda a: a.enabled is False)
step("email_routing.enable again", lambda: client.email_routing.enable(zone_id=z, body={}), lambda a: a.status == "ready")
step("email_routing.dns.create for the subdomain again", lambda: client.email_routing.dns.create(zone_id=z, name="in.python.example"))
step("email_routing.dns.edit unlocks it", lambda: client.email_routing.dns.edit(zone_id=z, name="in.python.example"),
     lambda a: a.enabled is True)

address = step("addresses.create", lambda: client.email_routing.addresses.create(account_id=ACCOUNT, email="python@corp.example"),
               lambda a: a.verified is None)
FORWARD = [{"type": "forward", "value": ["python@corp.example"]}]
TO = [{"type": "literal", "field": "to", "value": "a@python.example"}]
step("rules.create to an unverified address is 2054",
     lambda: refusal(lambda: client.email_routing.rules.create(zone_id=z, actions=FORWARD, matchers=TO), 400, 2054), bool)
control("POST", "/addresses/python@corp.example/verify")
step("addresses.list", lambda: list(client.email_routing.addresses.list(account_id=ACCOUNT)),
     lambda a: any(x.email == "python@corp.example" and x.verified for x in a))
step("addresses.get", lambda: client.email_routing.addresses.get(destination_address_identifier=address.id, account_id=ACCOUNT),
     lambda a: a.email == "python@corp.example")

rule = step("rules.create", lambda: client.email_routing.rules.create(zone_id=z, name="first", actions=FORWARD, matchers=TO, enabled=True, priority=3),
            lambda a: a.priority == 3 and a.actions[0].value == ["python@corp.example"])
step("rules.create for the same address is 2014",
     lambda: refusal(lambda: client.email_routing.rules.create(zone_id=z, actions=FORWARD, matchers=TO), 409, 2014), bool)
step("rules.list holds the catch-all", lambda: list(client.email_routing.rules.list(zone_id=z)),
     lambda a: len(a) == 2 and any(x.matchers[0].type == "all" for x in a))
step("rules.get", lambda: client.email_routing.rules.get(rule_identifier=rule.id, zone_id=z), lambda a: a.name == "first")
step("rules.update", lambda: client.email_routing.rules.update(rule_identifier=rule.id, zone_id=z, name="second", actions=[{"type": "drop", "value": []}], matchers=TO, enabled=False),
     lambda a: a.name == "second" and a.enabled is False)
step("rules.delete", lambda: client.email_routing.rules.delete(rule_identifier=rule.id, zone_id=z), lambda a: a.id == rule.id)
step("rules.get after that is 404",
     lambda: refusal(lambda: client.email_routing.rules.get(rule_identifier=rule.id, zone_id=z), 404, 1001), bool)

step("catch_alls.get", lambda: client.email_routing.rules.catch_alls.get(zone_id=z), lambda a: a.enabled is False)
step("catch_alls.update", lambda: client.email_routing.rules.catch_alls.update(zone_id=z, actions=FORWARD, matchers=[{"type": "all"}], enabled=True, name="all"),
     lambda a: a.enabled is True and a.actions[0].type == "forward")
step("catch_alls.update back", lambda: client.email_routing.rules.catch_alls.update(zone_id=z, actions=[{"type": "drop"}], matchers=[{"type": "all"}], enabled=False, name=""),
     lambda a: a.enabled is False)

# --- what is deployed ----------------------------------------------------------------------------------------------------

database = step("d1.database.create", lambda: client.d1.database.create(account_id=ACCOUNT, name="python-db"),
                lambda a: a.name == "python-db")
d = database.uuid
step("d1.database.list by name", lambda: list(client.d1.database.list(account_id=ACCOUNT, name="python-db")),
     lambda a: [x.uuid for x in a] == [d])
step("d1.database.query", lambda: list(client.d1.database.query(
    d, account_id=ACCOUNT, sql="CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('x'); SELECT a FROM t")),
     lambda a: len(a) == 3 and a[2].results == [{"a": "x"}])
step("d1.database.query with an error is 7500",
     lambda: refusal(lambda: list(client.d1.database.query(d, account_id=ACCOUNT, sql="SELECT 1 FROM gone")), 400, 7500), bool)
step("d1.database.raw", lambda: list(client.d1.database.raw(d, account_id=ACCOUNT, sql="SELECT ? AS b", params=["y"])),
     lambda a: a[0].results.columns == ["b"] and a[0].results.rows == [["y"]])
step("d1.database.get", lambda: client.d1.database.get(d, account_id=ACCOUNT), lambda a: a.num_tables == 1)

bucket = step("r2.buckets.create", lambda: client.r2.buckets.create(account_id=ACCOUNT, name="python-bucket"),
              lambda a: a.name == "python-bucket")
step("r2.buckets.get", lambda: client.r2.buckets.get("python-bucket", account_id=ACCOUNT), lambda a: a.storage_class == "Standard")
step("r2.buckets.get in another jurisdiction is 10006", lambda: refusal(
    lambda: client.r2.buckets.get("python-bucket", account_id=ACCOUNT, jurisdiction="eu"), 404, 10006), bool)
step("r2.buckets.list", lambda: client.r2.buckets.list(account_id=ACCOUNT),
     lambda a: "python-bucket" in [b.name for b in a.buckets])

scripts = client.workers.scripts


def upload(text):
    return scripts.update("python-worker", account_id=ACCOUNT, metadata={
        "main_module": "index.js", "compatibility_date": "2026-04-01",
        "bindings": [{"type": "d1", "name": "DB", "id": d}, {"type": "plain_text", "name": "TEXT", "text": text},
                     {"type": "r2_bucket", "name": "BUCKET", "bucket_name": "python-bucket"}]},
        files={"index.js": ("index.js", b"export default {}", "application/javascript+module")})


step("workers.scripts.update", lambda: upload("first"), lambda a: a.id == "python-worker" and a.startup_time_ms > 0)
step("workers.scripts.update again", lambda: upload("second"), lambda a: a.id == "python-worker")
versions = step("workers.scripts.versions.list", lambda: list(scripts.versions.list("python-worker", account_id=ACCOUNT)),
                lambda a: [v.number for v in a] == [2, 1])
step("workers.scripts.versions.get", lambda: scripts.versions.get(versions[1].id, account_id=ACCOUNT, script_name="python-worker"),
     lambda a: a.number == 1)
step("workers.scripts.deployments.create", lambda: scripts.deployments.create(
    "python-worker", account_id=ACCOUNT, strategy="percentage", annotations={"workers_message": "split"},
    versions=[{"version_id": versions[0].id, "percentage": 60}, {"version_id": versions[1].id, "percentage": 40}]), lambda a: a.id)
step("workers.scripts.deployments.get", lambda: scripts.deployments.get("python-worker", account_id=ACCOUNT),
     lambda a: [v.percentage for v in a.deployments[0].versions] == [60, 40] and len(a.deployments) == 3)
step("workers.scripts.settings.get", lambda: scripts.settings.get("python-worker", account_id=ACCOUNT), lambda a: a.logpush is False)
step("workers.scripts.script_and_version_settings.get",
     lambda: scripts.script_and_version_settings.get("python-worker", account_id=ACCOUNT), lambda a: len(a.bindings) == 3)
step("workers.scripts.schedules.update", lambda: scripts.schedules.update(
    "python-worker", account_id=ACCOUNT, body=[{"cron": "*/5 * * * *"}]), lambda a: a.schedules[0].cron == "*/5 * * * *")
step("workers.scripts.subdomain.create", lambda: scripts.subdomain.create("python-worker", account_id=ACCOUNT, enabled=True),
     lambda a: a.enabled)
step("workers.scripts.secrets.list", lambda: list(scripts.secrets.list("python-worker", account_id=ACCOUNT)), lambda a: a == [])
domain = step("workers.domains.update", lambda: client.workers.domains.update(
    account_id=ACCOUNT, environment="production", hostname="api.python.example", service="python-worker", zone_id=z),
              lambda a: a.hostname == "api.python.example")
step("workers.domains.list", lambda: list(client.workers.domains.list(account_id=ACCOUNT, service="python-worker")),
     lambda a: len(a) == 1)
step("workers.domains.delete", lambda: client.workers.domains.delete(domain.id, account_id=ACCOUNT))
route = step("workers.routes.create", lambda: client.workers.routes.create(
    zone_id=z, pattern="python.example/*", script="python-worker"), lambda a: True)
step("workers.routes.list", lambda: list(client.workers.routes.list(zone_id=z)), lambda a: a[0].script == "python-worker")

project = step("pages.projects.create", lambda: client.pages.projects.create(
    account_id=ACCOUNT, name="python-site", production_branch="main"), lambda a: a.name == "python-site")
step("pages.projects.list", lambda: list(client.pages.projects.list(account_id=ACCOUNT)), lambda a: len(a) >= 1)
step("pages.projects.get of nothing is 8000007",
     lambda: refusal(lambda: client.pages.projects.get("gone", account_id=ACCOUNT), 404, 8000007), bool)
step("pages.projects.domains.create",
     lambda: client.pages.projects.domains.create("python-site", account_id=ACCOUNT, name="www.python.example"),
     lambda a: a.name == "www.python.example")
step("pages.projects.deployments.list",
     lambda: list(client.pages.projects.deployments.list("python-site", account_id=ACCOUNT)), lambda a: a == [])
step("pages.projects.delete", lambda: client.pages.projects.delete("python-site", account_id=ACCOUNT))
step("workers.scripts.delete", lambda: scripts.delete("python-worker", account_id=ACCOUNT))
step("r2.buckets.delete", lambda: client.r2.buckets.delete("python-bucket", account_id=ACCOUNT))
step("d1.database.delete", lambda: client.d1.database.delete(d, account_id=ACCOUNT))

step("addresses.delete", lambda: client.email_routing.addresses.delete(destination_address_identifier=address.id, account_id=ACCOUNT),
     lambda a: a.id == address.id)
step("email_routing.disable", lambda: client.email_routing.disable(zone_id=z, body={}), lambda a: a.enabled is False)
step("zones.delete", lambda: client.zones.delete(zone_id=z), lambda a: a.id == z)
step("zones.list after that", lambda: list(client.zones.list(name="python.example")), lambda a: a == [])
sys.exit(1 if failed else 0)

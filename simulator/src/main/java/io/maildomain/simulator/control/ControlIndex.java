package io.maildomain.simulator.control;

/** What {@code GET /_simulator} shows. */
final class ControlIndex {

    static final String TEXT = """
            The simulator's control plane. It is no part of Cloudflare's API and needs no token.

            GET    /_simulator/state                       everything, as JSON (?comparable=true: without times and history)
            PUT    /_simulator/state                       load it
            PUT    /_simulator/zones/{name}                a zone as another user made it: {"status", "routing": true,
                                                           "dns_records": [{"type", "name", "content", "priority"}],
                                                           "rules": [{"address", "forward_to" | "worker" | "drop"}],
                                                           "catch_all": {"worker"}, "subdomains": ["in"], "unlocked"}
            GET    /_simulator/zones/{name}
            DELETE /_simulator/zones/{name}
            POST   /_simulator/zones/{name}/activate       the registrar points the domain here
            POST   /_simulator/zones/{name}/move           or elsewhere
            PUT    /_simulator/accounts/{id}               {"name", "pending_zone_limit"}
            PUT    /_simulator/addresses/{email}           {"verified": true}
            POST   /_simulator/addresses/{email}/verify    a user clicks the link
            GET    /_simulator/tokens                      without their values
            PUT    /_simulator/tokens/{name}               {"value", "rights": ["Zone: Zone: Edit"], "zones": ["*"],
                                                           "accounts": ["*"], "status", "expires_on", "user", "kind"}
            DELETE /_simulator/tokens/{name}               revoke it
            POST   /_simulator/mail/{address}              a mail is sent there: {"outcome", "rule_id", "steps"}; nothing
                                                           is kept of it, and no Worker is run
            PUT    /_simulator/workers/{name}              a Worker script exists
            DELETE /_simulator/workers/{name}              or not
            GET    /_simulator/workers/{name}              with its versions and deployments
            POST   /_simulator/workers/{name}/deploy       a user deploys: {"source": "dash", "message", "tag", "bindings",
                                                           "serves": true} a new version, or {"versions":
                                                           [{"version": 1, "percentage": 50}, …]} those that are there
            PUT    /_simulator/custom-domains/{host}       {"worker"} a user takes it for a Worker
            DELETE /_simulator/custom-domains/{host}
            PUT    /_simulator/routes                      {"pattern", "script"} a user lets it lead to a Worker
            PUT    /_simulator/databases/{name}            a D1 database; {"sql"} is run on it
            GET    /_simulator/databases/{name}            with the rows of its tables
            DELETE /_simulator/databases/{name}
            PUT    /_simulator/buckets/{name}              an R2 bucket: {"jurisdiction"}
            DELETE /_simulator/buckets/{name}
            PUT    /_simulator/pages/{name}                a Pages project: {"production_branch", "domains"}
            POST   /_simulator/pages/{name}/deploy         a user deploys a site without files: {"branch", "message"}
            DELETE /_simulator/pages/{name}
            PUT    /_simulator/answers/{host}              what a host answers to a probe: {"status", "headers", "body",
                                                           "versions": {"id, number or tag": {"status": 500}}}
            DELETE /_simulator/answers/{host}
            PUT    /_simulator/refused-domains/{name}      {"code": 1097} adding that domain is refused
            DELETE /_simulator/refused-domains/{name}
            POST   /_simulator/faults                      {"method", "path": "regular expression", "after": 0, "times": 1,
                                                           "token": "name", "fault": {"status": 500} | {"reset": "before"}
                                                           | {"reset": "after"} | {"stall": "30s"} | {"body": "malformed"}
                                                           | {"page": "lost" | "short" | "doubled" | "stale"}}
            GET    /_simulator/faults
            DELETE /_simulator/faults[/{id}]
            GET    /_simulator/calls                       counts by method and route, by token, those refused (429), and
                                                           the calls in order (?limit=100: the latest); ?every=5s: counts
                                                           for each interval, too
            DELETE /_simulator/calls                       start again
            GET    /_simulator/quirks                      readings of disputed behaviour, and what there is to choose from
            PUT    /_simulator/quirks                      {"name": "reading"}
            """;

    private ControlIndex() {}
}

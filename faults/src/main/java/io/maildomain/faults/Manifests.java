package io.maildomain.faults;

import java.util.List;

/** The resources of the life that every case leads through. */
final class Manifests {

    /** A domain that Cloudflare does not know: its zone is created, and goes with it. */
    static final String FRESH = """
            apiVersion: maildomain.io/v1alpha1
            kind: MailDomain
            metadata: {name: fresh}
            spec:
              domain: fresh.example
              credentials: {secretRef: {name: tokens}}
              zone: {deletionPolicy: Delete}
              subdomains: [notify]
              subaddressing: true
              rules:
              - {address: support@fresh.example, action: {forwardTo: team@corp.example}}
              - {address: bot@in.fresh.example, action: {worker: mailbox-worker}, priority: 10}
              - {address: noreply@fresh.example, action: {drop: true}}
            """;

    /** It loses a subdomain and a rule, gets another rule, and two are changed; subaddressing goes back. */
    static final String FRESH_UPDATED = """
            apiVersion: maildomain.io/v1alpha1
            kind: MailDomain
            metadata: {name: fresh}
            spec:
              domain: fresh.example
              credentials: {secretRef: {name: tokens}}
              zone: {deletionPolicy: Delete}
              subdomains: [notify]
              rules:
              - {address: support@fresh.example, action: {forwardTo: postmaster@corp.example}}
              - {address: sales@fresh.example, action: {forwardTo: team@corp.example}}
              - {address: noreply@fresh.example, action: {drop: true}, enabled: false}
            """;

    /** A domain that another user set up: two of their rules are taken over, one does what is asked already. */
    static final String SETTLED = """
            apiVersion: maildomain.io/v1alpha1
            kind: MailDomain
            metadata: {name: settled}
            spec:
              domain: settled.example
              credentials: {secretRef: {name: tokens}}
              conflictPolicy: Adopt
              subdomains: [in, out]
              subaddressing: true
              rules:
              - {address: old@settled.example, action: {forwardTo: team@corp.example}}
              - {address: older@settled.example, action: {drop: true}}
              - {address: same@settled.example, action: {forwardTo: team@corp.example}}
              - {address: new@settled.example, action: {worker: mailbox-worker}}
            """;

    /** One rule that was taken over goes back, another rule comes, a subdomain is given up. */
    static final String SETTLED_UPDATED = settledLater("drop: true");

    /** What is asked for while the operator is down. */
    static final String SETTLED_MEANWHILE = settledLater("forwardTo: postmaster@corp.example");

    static final String FRESH_CATCH_ALL = catchAll("fresh", "forwardTo: postmaster@corp.example");
    static final String FRESH_CATCH_ALL_UPDATED = catchAll("fresh", "drop: true");
    static final String SETTLED_CATCH_ALL = catchAll("settled", "forwardTo: postmaster@corp.example");
    static final String SETTLED_CATCH_ALL_UPDATED = catchAll("settled", "worker: mailbox-worker");

    /** The MailDomain of the zone that is created, once it is renamed. */
    static final String FRESH_RENAMED = "fresh-renamed";

    private Manifests() {}

    static List<String> all() {
        return List.of(FRESH, SETTLED, FRESH_CATCH_ALL, SETTLED_CATCH_ALL);
    }

    /** The same with this CloudflareAccount instead of a Secret. */
    static String withAccount(String account, String yaml) {
        return yaml.replace("secretRef: {name: " + Sandbox.SECRET + "}", "accountRef: {name: " + account + "}");
    }

    /** What all of them are called, a MailDomain and its CatchAllRule alike. */
    static List<String> names() {
        return List.of("fresh", "settled");
    }

    /** The same under other names. */
    static List<String> renamed() {
        return called("-renamed");
    }

    /** The same for another namespace, where they have names of their own: so each write tells whose it is. */
    static List<String> moved() {
        return called("-moved");
    }

    private static List<String> called(String suffix) {
        return all().stream()
                .map(yaml -> yaml.replaceAll("\\{name: (fresh|settled)}", "{name: $1" + suffix + "}"))
                .toList();
    }

    private static String settledLater(String action) {
        return """
                apiVersion: maildomain.io/v1alpha1
                kind: MailDomain
                metadata: {name: settled}
                spec:
                  domain: settled.example
                  credentials: {secretRef: {name: tokens}}
                  conflictPolicy: Adopt
                  subdomains: [in]
                  subaddressing: true
                  rules:
                  - {address: old@settled.example, action: {forwardTo: team@corp.example}}
                  - {address: same@settled.example, action: {forwardTo: team@corp.example}}
                  - {address: new@settled.example, action: {%s}}
                  - {address: more@settled.example, action: {forwardTo: postmaster@corp.example}}
                """.formatted(action);
    }

    private static String catchAll(String name, String action) {
        return """
                apiVersion: maildomain.io/v1alpha1
                kind: CatchAllRule
                metadata: {name: %1$s}
                spec:
                  domainRef: {name: %1$s}
                  action: {%2$s}
                """.formatted(name, action);
    }
}

package io.maildomain.faults;

import java.util.List;

/** The resources of the life that every case leads through. */
final class Manifests {

    /** A domain that Cloudflare does not know: its zone is made, and goes with it. */
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

    /** A domain that somebody else set up: two of their rules are taken over, one does what is asked already. */
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

    /** One rule that was taken over goes back, another rule comes, a subdomain is let go of. */
    static final String SETTLED_UPDATED = settledLater("drop: true");

    /** What is asked for while the operator is down. */
    static final String SETTLED_MEANWHILE = settledLater("forwardTo: postmaster@corp.example");

    static final String FRESH_CATCH_ALL = catchAll("fresh", "forwardTo: postmaster@corp.example");
    static final String FRESH_CATCH_ALL_UPDATED = catchAll("fresh", "drop: true");
    static final String SETTLED_CATCH_ALL = catchAll("settled", "forwardTo: postmaster@corp.example");
    static final String SETTLED_CATCH_ALL_UPDATED = catchAll("settled", "worker: mailbox-worker");

    private Manifests() {}

    static List<String> all() {
        return List.of(FRESH, SETTLED, FRESH_CATCH_ALL, SETTLED_CATCH_ALL);
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

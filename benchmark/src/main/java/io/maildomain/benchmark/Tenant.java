package io.maildomain.benchmark;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A namespace whose owner applies MailDomains; here is what they apply.
 *
 * @param account the CloudflareAccount that they may use
 */
public record Tenant(String namespace, String account) {

    /** A destination whose owner has clicked the link. */
    public static final String VERIFIED = "team@corp.example";

    /** A destination whose owner has not. */
    public static final String UNVERIFIED = "newcomer@corp.example";

    /** A MailDomain whose rules r0@…, r1@… and so on forward to a verified destination; named as its domain, with dashes. */
    public String mailDomain(String domain, int rules) {
        return mailDomain(name(domain), domain, rules, VERIFIED);
    }

    /** A MailDomain whose rules r0@…, r1@… and so on all forward to one destination. */
    public String mailDomain(String name, String domain, int rules, String destination) {
        String lines = IntStream.range(0, rules)
                .mapToObj(i -> "  - {address: r%d@%s, action: {forwardTo: %s}}\n".formatted(i, domain, destination))
                .collect(Collectors.joining());
        return """
                apiVersion: maildomain.io/v1alpha1
                kind: MailDomain
                metadata: {namespace: %s, name: %s}
                spec:
                  domain: %s
                  credentials: {accountRef: {name: %s}}
                  rules:
                %s""".formatted(namespace, name, domain, account, lines);
    }

    /** A CatchAllRule that drops, of the MailDomain that is named as its domain. */
    public String catchAll(String domain) {
        return """
                apiVersion: maildomain.io/v1alpha1
                kind: CatchAllRule
                metadata: {namespace: %s, name: %s}
                spec: {domainRef: {name: %2$s}, action: {drop: true}}
                """.formatted(namespace, name(domain));
    }

    /** A domain's name with dashes: what its MailDomain is called. */
    public static String name(String domain) {
        return domain.replace('.', '-');
    }
}

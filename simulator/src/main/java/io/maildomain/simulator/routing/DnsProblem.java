package io.maildomain.simulator.routing;

import io.maildomain.simulator.state.DnsRecord;
import io.maildomain.simulator.state.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Something wrong with a host's DNS records, under the code that {@code GET …/email/routing/dns} gives it.
 *
 * @param record the one that is missing, or that is there and should not be
 */
record DnsProblem(Kind kind, DnsRecord record) {

    /** Everything that is wrong at a host. A missing DKIM record has no code and is not reported. */
    static List<DnsProblem> at(Zone zone, String host, Instant now) {
        List<DnsProblem> problems = new ArrayList<>();
        for (DnsRecord required : HostRecords.required(zone, host, now)) {
            boolean reported = required.isMx() || required.isSpf();
            if (reported && !HostRecords.isThere(zone, required)) {
                problems.add(new DnsProblem(required.isMx() ? Kind.MX_MISSING : Kind.SPF_MISSING, required));
            }
        }
        HostRecords.foreignMx(zone, host).forEach(mx -> problems.add(new DnsProblem(Kind.MX_FOREIGN, mx)));
        List<DnsRecord> policies = HostRecords.senderPolicies(zone, host);
        policies.stream()
                .filter(HostRecords::isForeignPolicy)
                .forEach(spf -> problems.add(new DnsProblem(Kind.SPF_FOREIGN, spf)));
        if (policies.size() > 1) {
            policies.forEach(spf -> problems.add(new DnsProblem(Kind.SPF_MULTIPLE, spf)));
        }
        return problems;
    }

    boolean isMissing() {
        return kind == Kind.MX_MISSING || kind == Kind.SPF_MISSING;
    }

    /** What can be wrong. */
    enum Kind {
        MX_MISSING("mx.missing"),
        MX_FOREIGN("mx.foreign"),
        SPF_MISSING("spf.missing"),
        SPF_FOREIGN("spf.foreign"),
        SPF_MULTIPLE("spf.multiple");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}

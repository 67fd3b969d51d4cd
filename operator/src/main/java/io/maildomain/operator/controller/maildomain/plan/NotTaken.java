package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes that Cloudflare answered with success and did not carry out, as the status remembers them: they are not repeated
 * for the same spec, or after an hour at the earliest; what Cloudflare says instead is looked at and said
 * ({@code NotTakingEffect}). A status that a user has edited can only lead to fewer writes, or to one more.
 *
 * @param hosts since when the records of a host, or Email Routing itself, are not as was asked
 * @param rules the same of a rule, by its address
 * @param subaddressing whether the setting did not change
 */
public record NotTaken(Map<String, Instant> hosts, Map<String, Instant> rules, boolean subaddressing) {

    public static final NotTaken NOTHING = new NotTaken(Map.of(), Map.of(), false);

    private static final Duration FOR_SO_LONG = Duration.ofHours(1);

    public NotTaken {
        hosts = Map.copyOf(hosts);
        rules = Map.copyOf(rules);
    }

    /** What the status tells of this very spec. */
    public static NotTaken in(MailDomain live, Instant now) {
        if (!Conditions.isSeen(live)) {
            return NOTHING;
        }
        Instant earliest = now.minus(FOR_SO_LONG);
        return new NotTaken(
                live.getStatus().dns().stream()
                        .filter(host -> isSince(host.notTakenSince(), earliest))
                        .collect(Collectors.toMap(HostStatus::host, HostStatus::notTakenSince, (one, other) -> one)),
                live.getStatus().rules().stream()
                        .filter(rule -> isSince(rule.notTakenSince(), earliest))
                        .collect(Collectors.toMap(RuleStatus::address, RuleStatus::notTakenSince, (one, other) -> one)),
                Conditions.find(live.getStatus().conditions(), ConditionType.ROUTING_ENABLED)
                        .filter(known -> known.says(Reason.SubaddressingNotTakingEffect))
                        .isPresent());
    }

    /** The same with what is known of rules that Mailboxes add, by their addresses: a MailDomain's status says nothing of these. */
    public NotTaken and(Map<String, Instant> attached, Instant now) {
        Instant earliest = now.minus(FOR_SO_LONG);
        Map<String, Instant> all = new HashMap<>(rules);
        attached.forEach((address, since) -> {
            if (isSince(since, earliest)) {
                all.put(address, since);
            }
        });
        return new NotTaken(hosts, all, subaddressing);
    }

    private static boolean isSince(Instant time, Instant earliest) {
        return time != null && time.isAfter(earliest);
    }

    Optional<Instant> host(String name) {
        return Optional.ofNullable(hosts.get(name));
    }

    Optional<Instant> rule(String address) {
        return Optional.ofNullable(rules.get(address));
    }
}

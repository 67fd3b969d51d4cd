package io.maildomain.operator.trace.plan;

import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.maildomain.plan.HostDns;
import io.maildomain.operator.dns.plan.WorldView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found on the way to an address.
 *
 * @param view what the world sees of the zone's domain; null: DNS was not asked
 * @param zone the zone that holds the host; null: the token sees none
 * @param content what is in that zone; null where there is none, or mail does not get that far
 * @param states of the rules of the domain's MailDomains as their statuses have them, by {@code namespace/name} and address in lower case;
 *     empty without a cluster
 */
public record TraceFacts(
        @Nullable WorldView view,
        @Nullable Zone zone,
        @Nullable Content content,
        Map<String, Map<String, RuleState>> states) {

    public TraceFacts {
        states = Map.copyOf(states);
    }

    /**
     * What is in a zone.
     *
     * @param host what is known of the mail records of the address' host
     */
    public record Content(RoutingSettings routing, HostDns host, List<RoutingRule> rules, CatchAll catchAll) {
        public Content {
            rules = List.copyOf(rules);
        }
    }
}

package io.maildomain.operator.trace.plan;

import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.dns.plan.WorldView;
import io.maildomain.operator.ownership.MailAction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found on the way to an address.
 *
 * @param world what the world sees; null: DNS was not asked
 * @param zone the zone that holds the host; null: the token sees none
 * @param content what is in that zone; null where there is none, or mail does not get that far
 * @param asked what MailDomains ask for, by {@code namespace/name} and address in lower case; empty without a cluster
 */
public record TraceFacts(
        @Nullable Outside world,
        @Nullable Zone zone,
        @Nullable Content content,
        Map<String, Map<String, Asked>> asked) {

    public TraceFacts {
        asked = Map.copyOf(asked);
    }

    /**
     * What the world sees.
     *
     * @param zone of the zone's name, which is what a registry delegates
     * @param host of the address' host, which is where mail is sent
     */
    public record Outside(WorldView zone, WorldView host) {}

    /**
     * What is in a zone.
     *
     * @param host what is known of the MX records of the address' host
     */
    public record Content(RoutingSettings routing, MailHost host, List<RoutingRule> rules, CatchAll catchAll) {
        public Content {
            rules = List.copyOf(rules);
        }
    }

    /**
     * What a MailDomain asks for an address.
     *
     * @param action of its spec, which the rule that stands may not have yet
     * @param state as its status has it
     */
    public record Asked(MailAction action, RuleState state) {}
}

package io.maildomain.operator.controller.offline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.maildomain.plan.HostDns.Known;
import io.maildomain.operator.controller.maildomain.plan.LiveRule;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.trace.plan.Destiny;
import io.maildomain.operator.trace.plan.MailHost;
import io.maildomain.operator.trace.plan.MailTrace;
import io.maildomain.operator.trace.plan.TraceFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Of several rules for one address, {@code import}, {@code plan} and {@code trace} go by the same one. */
class SeveralRulesProperties {

    private static final String ADDRESS = "a@example.com";
    private static final Zone ZONE =
            new Zone("z", "example.com", "", "", "active", "full", List.of(), List.of(), "", Instant.EPOCH, true);
    private static final RoutingSettings ON = new RoutingSettings(true, "ready", "example.com", false);
    private static final CatchAll OFF = new CatchAll("c", "", false, List.of(RuleAction.drop()), "api");

    /** What differs between rules for one address. */
    record Given(boolean enabled, int priority) {}

    @Property(tries = 500)
    void importPlanAndTraceGoByTheSameRule(@ForAll("rules") List<Given> given) {
        List<RoutingRule> rules = new ArrayList<>();
        for (Given rule : given) {
            String id = "rule-" + rules.size();
            rules.add(new RoutingRule(
                    id,
                    "",
                    rule.enabled(),
                    rule.priority(),
                    List.of(LiveRule.to(ADDRESS)),
                    List.of(RuleAction.worker(id)),
                    "api"));
        }

        List<String> imported = RuleExport.of("example.com", rules).ids();
        Delivery planned = Delivery.of(ADDRESS, new ObservedState(ZONE, ON, List.of(), rules, OFF));
        MailTrace traced = MailTrace.of(
                ADDRESS,
                new TraceFacts(
                        null,
                        ZONE,
                        new TraceFacts.Content(ON, new MailHost(Known.YES, Known.NO, ""), rules, OFF),
                        Map.of()));

        assertThat(imported).hasSize(1);
        String decides = imported.get(0);
        if (given.stream().anyMatch(Given::enabled)) {
            assertThat(planned).isEqualTo(new Delivery(Delivery.Kind.READ, "Worker " + decides));
            assertThat(traced.ruleId()).isEqualTo(decides);
            assertThat(traced.destiny()).isEqualTo(new Destiny.Handed(decides));
        } else {
            assertThat(planned.kind()).isEqualTo(Delivery.Kind.REFUSED);
            assertThat(traced.destiny()).isEqualTo(new Destiny.Rejected());
        }
    }

    @Provide
    Arbitrary<List<Given>> rules() {
        return Combinators.combine(
                        Arbitraries.of(true, true, false),
                        Arbitraries.integers().between(0, 2))
                .as(Given::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}

package io.maildomain.operator.controller.maildomain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RuleAction;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecidingRuleTest {

    private static final RoutingRule FIRST = rule("first", true, 1);
    private static final RoutingRule SECOND = rule("second", true, 7);
    private static final RoutingRule OFF = rule("off", false, 0);

    private static RoutingRule rule(String id, boolean enabled, int priority) {
        return new RoutingRule(
                id,
                "",
                enabled,
                priority,
                List.of(LiveRule.to("A@example.com")),
                List.of(RuleAction.worker("mailbox")),
                "api");
    }

    private static LiveRule live(RoutingRule rule) {
        return new LiveRule(rule);
    }

    @Test
    void theNewestThatIsOnDecidesWhateverThePriorities() {
        assertThat(DecidingRule.of("a@example.com", List.of(FIRST, SECOND, OFF)))
                .contains(live(SECOND));
        assertThat(DecidingRule.of("a@example.com", List.of(SECOND, FIRST, OFF)))
                .contains(live(FIRST));
        assertThat(DecidingRule.of("a@example.com", List.of(OFF))).isEmpty();
        assertThat(DecidingRule.of("b@example.com", List.of(FIRST))).isEmpty();
    }

    @Test
    void whereAllAreOffTheNewestStandsForTheAddress() {
        RoutingRule older = rule("older", false, 0);

        assertThat(DecidingRule.standing(List.of(live(older), live(OFF)))).contains(live(OFF));
        assertThat(DecidingRule.standing(List.of(live(FIRST), live(OFF)))).contains(live(FIRST));
        assertThat(DecidingRule.standing(List.of())).isEmpty();
    }
}

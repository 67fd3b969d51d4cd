package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.operator.cloudflare.RoutingRule;
import java.util.List;
import java.util.Optional;

/**
 * Which of several rules for one address gets its mail. Cloudflare refuses a second one today, but former years allowed them, and its
 * documentation says of those that only the most recent one counts; it names no priority. All who ask this ask here, so that a plan, an
 * import and a trace say the same. Pure.
 */
public final class DecidingRule {

    private DecidingRule() {}

    /**
     * The rule that decides of mail to an address.
     *
     * @param inOrder of creation, oldest first, as Cloudflare lists them
     * @return empty: no rule that is on catches it
     */
    public static Optional<LiveRule> of(String address, List<RoutingRule> inOrder) {
        return newestThatIsOn(catching(address, inOrder));
    }

    /** All rules that catch mail to an address, on or off. */
    public static List<LiveRule> catching(String address, List<RoutingRule> inOrder) {
        return inOrder.stream()
                .map(LiveRule::new)
                .filter(rule -> rule.catches(address))
                .toList();
    }

    /** @param inOrder rules for one address, oldest first */
    static Optional<LiveRule> newestThatIsOn(List<LiveRule> inOrder) {
        return inOrder.stream().filter(rule -> rule.rule().enabled()).reduce((older, newer) -> newer);
    }

    /**
     * The rule that stands for an address: the one that decides, or the newest where all are off.
     *
     * @param inOrder rules for one address, oldest first
     * @return empty: there is none
     */
    public static Optional<LiveRule> standing(List<LiveRule> inOrder) {
        return newestThatIsOn(inOrder).or(() -> inOrder.stream().reduce((older, newer) -> newer));
    }
}

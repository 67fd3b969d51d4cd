package io.maildomain.simulator.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A routing rule, or a zone's catch-all.
 *
 * @param source who wrote it: {@code api} or {@code wrangler}
 * @param ownerWorkerTag the Worker that wrangler wrote it for; null on others
 */
public record RoutingRule(
        String id,
        String name,
        boolean enabled,
        long priority,
        List<Matcher> matchers,
        List<Action> actions,
        String source,
        String ownerWorkerTag,
        Instant createdOn) {

    /** The priority under which the catch-all stands in the list of rules. */
    public static final long CATCH_ALL_PRIORITY = Integer.MAX_VALUE;

    public RoutingRule {
        id = id == null ? Ids.next() : id;
        name = name == null ? "" : name;
        matchers = matchers == null ? List.of() : List.copyOf(matchers);
        actions = actions == null ? List.of() : List.copyOf(actions);
        source = source == null ? "api" : source;
    }

    /** The catch-all as a zone has it before it is ever written: drop, disabled. */
    public static RoutingRule defaultCatchAll(Instant now) {
        return new RoutingRule(
                null,
                "",
                false,
                CATCH_ALL_PRIORITY,
                List.of(Matcher.all()),
                List.of(new Action("drop", List.of())),
                null,
                null,
                now);
    }

    @JsonIgnore
    public boolean isCatchAll() {
        return matchers.stream().anyMatch(matcher -> matcher.type().equals("all"));
    }

    /** The address that the rule is for, where it is for one. */
    @JsonIgnore
    public Optional<String> address() {
        return matchers.stream()
                .filter(matcher -> matcher.type().equals("literal"))
                .map(Matcher::value)
                .findFirst();
    }

    public RoutingRule withEnabled(boolean on) {
        return new RoutingRule(id, name, on, priority, matchers, actions, source, ownerWorkerTag, createdOn);
    }

    /** Whether it forwards to the address; case does not matter. */
    public boolean forwardsTo(String email) {
        return actions.stream()
                .anyMatch(action -> action.type().equals("forward")
                        && action.value().stream().anyMatch(value -> HostNames.sameAddress(value, email)));
    }

    /**
     * Which mail a rule is for.
     *
     * @param field null on {@code all}
     * @param value null on {@code all}
     */
    public record Matcher(String type, String field, String value) {

        public static Matcher all() {
            return new Matcher("all", null, null);
        }
    }

    /** What happens to it. */
    public record Action(String type, List<String> value) {

        public Action {
            value = value == null ? List.of() : List.copyOf(value);
        }
    }
}

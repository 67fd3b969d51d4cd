package io.maildomain.operator.dns.plan;

import io.maildomain.operator.dns.plan.WorldView.Part;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is believed of a domain after some looks: each part of it as it was answered last. A part that fails is as it was before, until it has
 * failed three times in a row. Each is counted by itself: one that always fails, such as an include of a stranger, takes nothing from the
 * others. Pure.
 *
 * @param view null: it was not looked at yet
 * @param failures how often in a row a part failed; none: it was answered
 */
public record Belief(@Nullable WorldView view, Map<Part, Integer> failures) {

    /** Before the first look. */
    public static final Belief NONE = new Belief(null, Map.of());

    /** So often in a row a part may fail by chance. */
    private static final int BY_CHANCE = 2;

    public Belief {
        failures = Map.copyOf(failures);
    }

    /** After one more look. */
    public Belief after(WorldView seen) {
        Map<Part, Integer> counts = new EnumMap<>(Part.class);
        seen.missing().forEach(part -> counts.put(part, Math.min(times(part), BY_CHANCE) + 1));
        WorldView now = view == null
                ? seen
                : seen.orElse(
                        view,
                        counts.entrySet().stream()
                                .filter(count -> count.getValue() <= BY_CHANCE)
                                .map(Map.Entry::getKey)
                                .collect(Collectors.toSet()));
        return new Belief(now, counts);
    }

    /** What can be said of the domain; empty before that, for as long as a part that was never answered may have failed by chance. */
    public Optional<WorldView> said() {
        return Optional.ofNullable(view)
                .filter(known -> known.missing().stream().allMatch(part -> times(part) > BY_CHANCE));
    }

    /** Whether the next look may tell whether a part failed by chance. */
    public boolean isInDoubt() {
        return failures.values().stream().anyMatch(count -> count <= BY_CHANCE);
    }

    private int times(Part part) {
        return failures.getOrDefault(part, 0);
    }
}

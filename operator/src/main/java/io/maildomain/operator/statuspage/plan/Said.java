package io.maildomain.operator.statuspage.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.status.ConditionType;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a condition tells people. The page repeats messages and decides nothing by them.
 *
 * @param reason as it stands there; "" where nothing was said
 * @param message for people
 * @param remedy what {@link Reason} says of it, in Markdown; "" where the reason is not known
 * @param since when it became so; null: not known
 */
public record Said(
        String reason,
        String message,
        String remedy,
        @Nullable Instant since) {

    static final Said NOTHING = new Said("", "", "", null);

    /** The reasons after which there is nothing to do say so in this word. */
    private static final String NOTHING_TO_DO = "Nothing";

    /** What sums up the status: the condition Ready, or, where that is fine, the remark that stands beside it. */
    public static Said of(@Nullable Conditioned status, Standing standing) {
        if (status == null) {
            return NOTHING;
        }
        Optional<Condition> sums =
                standing == Standing.DOUBTFUL ? Standing.remark(status) : status.condition(ConditionType.READY.value());
        return sums.map(Said::of).orElse(NOTHING);
    }

    static Said of(Condition condition) {
        String remedy = condition.knownReason().map(Reason::remedy).orElse("");
        return new Said(
                text(condition.reason()),
                text(condition.message()),
                remedy.startsWith(NOTHING_TO_DO) ? "" : remedy,
                condition.lastTransitionTime());
    }

    /** What the type's condition says; empty where there is none. */
    static Optional<String> by(Conditioned status, ConditionType type) {
        return status.condition(type.value()).map(condition -> text(condition.message()));
    }

    static String of(RuleStatus rule) {
        return text(rule.message());
    }

    static String of(HostStatus host) {
        return text(host.message());
    }

    /** As people call a resource: {@code Kind namespace/name}. */
    static String nameOf(HasMetadata resource) {
        return resource.getKind() + " " + resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}

package io.maildomain.operator.ownership;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ReasonPlace;
import io.maildomain.operator.status.ConditionType;
import java.util.List;
import java.util.Set;

/** Whether each reason stands only where {@code docs/reference/reasons.md} says, which is made from {@link Reason#places()}. */
public final class DocumentedReasons {

    /** They repeat the reason of another condition. */
    private static final Set<String> SUMMARIES = Set.of(
            ConditionType.READY.value(), ConditionType.IN_SYNC.value(),
            ConditionType.RECONCILING.value(), ConditionType.STALLED.value());

    private static final String EVENT = "Event";

    private DocumentedReasons() {}

    /** What stands elsewhere than the page says, one line for each condition; empty where all is as documented. */
    static List<String> violations(String kind, Object status) {
        return conditionsOf(status).stream()
                .filter(condition -> condition
                        .knownReason()
                        .filter(reason -> isDocumented(kind, condition.type(), reason))
                        .isEmpty())
                .map(condition -> "%s of a %s says %s: name the place in Reason, or say something else (%s)"
                        .formatted(condition.type(), kind, condition.reason(), condition.message()))
                .toList();
    }

    /** Whether an Event about the resource may have that reason: of one that is being deleted also the one that it waits for. */
    public static boolean allowsEvent(HasMetadata about, Reason reason) {
        return about.isMarkedForDeletion()
                || reason.places().stream()
                        .anyMatch(place -> place.kind().equals(about.getKind())
                                && place.where().equals(EVENT));
    }

    private static boolean isDocumented(String kind, String type, Reason reason) {
        return reason.places().stream()
                .filter(place -> place.kind().equals(kind))
                .map(ReasonPlace::where)
                .anyMatch(where -> where.equals(type) || SUMMARIES.contains(type) && !where.equals(EVENT));
    }

    private static List<Condition> conditionsOf(Object status) {
        return ((Conditioned) status).conditions();
    }
}

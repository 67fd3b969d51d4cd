package io.maildomain.operator.controller.maildomain.plan.violations;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.controller.catchall.plan.CatchAllPrecedence;
import java.time.Clock;
import java.time.Instant;

/** What must not be: decisions that ask Cloudflare, the clock, or another kind. */
final class Impatient {
    private Impatient() {}

    /** Holds a client. */
    record AsksCloudflare(Cloudflare cloudflare) {}

    /** Holds a clock. */
    record HoldsAClock(Clock clock) {}

    /** Looks at the time. */
    static final class LooksAtTheTime {
        private LooksAtTheTime() {}

        static boolean isLate(Instant deadline) {
            return Instant.now().isAfter(deadline);
        }
    }

    /** Takes a sentence for a state. */
    static final class ReadsAHostsMessage {
        private ReadsAHostsMessage() {}

        static boolean isOff(HostStatus host) {
            return host.message().contains("off");
        }
    }

    /** Takes a sentence for a state. */
    static final class ReadsARulesMessage {
        private ReadsARulesMessage() {}

        static boolean isNew(RuleStatus rule) {
            return rule.message().isEmpty();
        }
    }

    /** Takes a sentence for a reason. */
    static final class ReadsAConditionsMessage {
        private ReadsAConditionsMessage() {}

        static boolean isWaiting(Condition condition) {
            return condition.message().startsWith("waits");
        }
    }

    /** Knows how a CatchAllRule is chosen. */
    static final class KnowsAnotherKind {
        private KnowsAnotherKind() {}

        static Class<?> precedence() {
            return CatchAllPrecedence.class;
        }
    }
}

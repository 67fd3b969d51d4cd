package io.maildomain.operator.controller.deploy;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.sources.SourceException.Problem;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands in the way of any deployment, whatever is deployed. Pure. */
public final class DeployObstacles {

    private DeployObstacles() {}

    /**
     * Once noted, only that account is used: another one has other databases and projects of the same names, perhaps.
     *
     * @param noted the account's id in the ownership record; null: none yet
     * @param what was deployed, as people call it
     */
    public static Optional<Blocked> otherAccount(@Nullable String noted, Usable with, String what) {
        return Optional.ofNullable(noted)
                .filter(id -> !id.equals(with.accountId()))
                .map(id -> Blocked.stalled(
                        ConditionType.CREDENTIALS_VALID,
                        Reason.DeployAccountChanged,
                        "the " + what + " was deployed to account " + id + ", and CloudflareAccount "
                                + with.accountName()
                                + " now names another: give the id of that one again, or delete this resource and create"
                                + " it anew"));
    }

    /** What serves goes on serving, whatever is the matter with the source. */
    public static Blocked ofSource(Problem problem, String message) {
        Reason reason =
                switch (problem) {
                    case NOT_FOUND -> Reason.SourceNotFound;
                    case WRONG_DIGEST -> Reason.DigestMismatch;
                    case UNAVAILABLE -> Reason.SourceUnavailable;
                    case HOST_NOT_ALLOWED, ACCESS_DENIED, TOO_LARGE, UNSAFE, MALFORMED -> Reason.SourceRefused;
                };
        if (problem == Problem.UNAVAILABLE) {
            return new Blocked(
                    ConditionType.SOURCE_READY,
                    Check.Status.UNKNOWN,
                    reason,
                    message,
                    Requeue.BACKOFF,
                    Duration.ZERO,
                    false);
        }
        boolean comesPerhaps = problem == Problem.NOT_FOUND || problem == Problem.ACCESS_DENIED;
        return comesPerhaps
                ? Blocked.waiting(ConditionType.SOURCE_READY, reason, message)
                : Blocked.stalled(ConditionType.SOURCE_READY, reason, message);
    }
}

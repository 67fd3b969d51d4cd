package io.maildomain.operator.cloudflare.errors;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.ApiError;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareError;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.Saying;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which refusals a row of the catalogue is about.
 *
 * @param errors any of Cloudflare's errors; empty: whatever the code, or none
 * @param statuses any of these HTTP statuses; empty: whatever the status
 * @param calls any of these calls; empty: whatever the call
 * @param saying what Cloudflare's message has to contain
 */
record RefusalPattern(Set<CloudflareError> errors, Set<Integer> statuses, Set<CloudflareCall> calls, Saying saying) {

    /** A row about errors, to be narrowed by the methods below. */
    static RefusalPattern on(CloudflareError... errors) {
        return on(Set.of(errors));
    }

    static RefusalPattern on(Set<CloudflareError> errors) {
        return new RefusalPattern(errors, Set.of(), Set.of(), Saying.ANYTHING);
    }

    /** The errors' codes, ascending. */
    Set<Integer> codes() {
        return errors.stream().map(CloudflareError::code).collect(Collectors.toCollection(TreeSet::new));
    }

    RefusalPattern status(Integer... any) {
        return new RefusalPattern(errors, new TreeSet<>(Set.of(any)), calls, saying);
    }

    RefusalPattern during(Set<CloudflareCall> any) {
        return new RefusalPattern(errors, statuses, any, saying);
    }

    RefusalPattern during(CloudflareCall first, CloudflareCall... more) {
        return during(EnumSet.of(first, more));
    }

    RefusalPattern saying(Saying words) {
        return new RefusalPattern(errors, statuses, calls, words);
    }

    RefusalEntry means(Reason reason, FailureKind kind, String sentence) {
        return means(ErrorMeaning.of(reason, kind, sentence));
    }

    RefusalEntry means(ErrorMeaning what) {
        return new RefusalEntry(this, what);
    }

    boolean matches(CloudflareCall call, Failure.Refused refused) {
        return (calls.isEmpty() || calls.contains(call))
                && (statuses.isEmpty() || statuses.contains(refused.status()))
                && (errors.isEmpty() || refused.errors().stream().anyMatch(this::matches));
    }

    private boolean matches(ApiError error) {
        return error.isAny(errors) && saying.isIn(error);
    }
}

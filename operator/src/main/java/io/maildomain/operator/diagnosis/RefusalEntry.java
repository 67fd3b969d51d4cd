package io.maildomain.operator.diagnosis;

import io.maildomain.operator.cloudflare.ApiError;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.Failure;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * One row of the catalogue: which refusals it is about, and what they mean.
 *
 * @param codes any of Cloudflare's codes; empty: whatever the code, or none
 * @param statuses any of these HTTP statuses; empty: whatever the status
 * @param calls any of these calls; empty: whatever the call
 * @param saying what Cloudflare's message contains, in lower case; "": whatever it says
 */
record RefusalEntry(
        Set<Integer> codes, Set<Integer> statuses, Set<CloudflareCall> calls, String saying, Meaning meaning) {

    /** A row about codes, to be narrowed by the methods below. */
    static RefusalEntry on(Integer... codes) {
        return new RefusalEntry(new TreeSet<>(Set.of(codes)), Set.of(), Set.of(), "", null);
    }

    RefusalEntry status(Integer... any) {
        return new RefusalEntry(codes, new TreeSet<>(Set.of(any)), calls, saying, meaning);
    }

    RefusalEntry during(Set<CloudflareCall> any) {
        return new RefusalEntry(codes, statuses, any, saying, meaning);
    }

    RefusalEntry during(CloudflareCall first, CloudflareCall... more) {
        return during(EnumSet.of(first, more));
    }

    RefusalEntry saying(String words) {
        return new RefusalEntry(codes, statuses, calls, words, meaning);
    }

    RefusalEntry means(String reason, Kind kind, String sentence) {
        return means(Meaning.of(reason, kind, sentence));
    }

    RefusalEntry means(Meaning what) {
        return new RefusalEntry(codes, statuses, calls, saying, what);
    }

    boolean matches(CloudflareCall call, Failure.Refused refused) {
        return (calls.isEmpty() || calls.contains(call))
                && (statuses.isEmpty() || statuses.contains(refused.status()))
                && (codes.isEmpty() || refused.errors().stream().anyMatch(this::matches));
    }

    private boolean matches(ApiError error) {
        return codes.contains(error.code())
                && error.message().toLowerCase(Locale.ROOT).contains(saying);
    }
}

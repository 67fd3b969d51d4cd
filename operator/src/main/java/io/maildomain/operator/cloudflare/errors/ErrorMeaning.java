package io.maildomain.operator.cloudflare.errors;

import io.maildomain.api.v1alpha1.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One row of the catalogue's right side.
 *
 * @param sentence with placeholders, see {@link MessageTemplate}
 * @param pause after which it is worth trying again; null if nothing is known
 */
record ErrorMeaning(
        Reason reason,
        FailureKind kind,
        String sentence,
        @Nullable Duration pause) {
    static ErrorMeaning of(Reason reason, FailureKind kind, String sentence) {
        return new ErrorMeaning(reason, kind, sentence, null);
    }

    ErrorMeaning after(@Nullable Duration time) {
        return new ErrorMeaning(reason, kind, sentence, time);
    }
}

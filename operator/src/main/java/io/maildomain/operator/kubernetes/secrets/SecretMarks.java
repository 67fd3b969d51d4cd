package io.maildomain.operator.kubernetes.secrets;

import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a Secret's metadata decides whether it stays.
 *
 * @param deletion since when it is being deleted; null where it is not
 */
public record SecretMarks(Set<String> finalizers, @Nullable Instant deletion) {

    public SecretMarks {
        finalizers = Set.copyOf(finalizers);
    }

    /** Those of a Secret as the API server has it. */
    public static SecretMarks of(Secret secret) {
        return new SecretMarks(
                Set.copyOf(Optional.ofNullable(secret.getMetadata().getFinalizers())
                        .orElse(List.of())),
                instant(secret.getMetadata().getDeletionTimestamp()));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException unreadable) {
            return Instant.EPOCH;
        }
    }
}

package io.maildomain.operator.app;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.maildomain.operator.kubernetes.informers.Pruning;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the API server holds even where a single value makes no sense to us: a time that its schema takes and Java does
 * not, a word that a newer version of the operator wrote. It is left out then. Else one such resource would end the whole
 * operator, for it comes in the list with all the others.
 */
final class LenientDeserialization extends DeserializationProblemHandler {

    private LenientDeserialization() {}

    /** For a client of ours: our objects, less what other people keep in their metadata. */
    static KubernetesSerialization serialization() {
        return new KubernetesSerialization(Pruning.whole(mapper()), true);
    }

    /** For the SDK, which only has to know that there is something to look at: our objects without spec and status. */
    static KubernetesSerialization outlines() {
        return new KubernetesSerialization(Pruning.outline(mapper()), true);
    }

    private static ObjectMapper mapper() {
        return new ObjectMapper().addHandler(new LenientDeserialization());
    }

    @Override
    public @Nullable Object handleWeirdStringValue(
            DeserializationContext context, Class<?> type, String value, String failureMessage) {
        return type.getName().startsWith("io.maildomain.api.") || type.getName().startsWith("java.time.")
                ? null
                : NOT_HANDLED;
    }
}

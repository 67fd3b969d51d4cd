package io.maildomain.operator.kubernetes.secrets;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What we know of one Secret. "We do not know" is a state of its own: code that mistook it for {@link Absent} would drop a token because the API server hiccuped.
 */
public sealed interface SecretState {

    /** The Secret exists. Prints its key names, never a value. */
    record Present(Map<String, byte[]> data, String resourceVersion) implements SecretState {

        public Present {
            Map<String, byte[]> copy = new TreeMap<>();
            data.forEach((key, value) -> copy.put(key, value.clone()));
            data = copy;
            resourceVersion = Objects.requireNonNullElse(resourceVersion, "");
        }

        /** A copy: changing it changes nothing here. */
        @Override
        public Map<String, byte[]> data() {
            Map<String, byte[]> copy = new TreeMap<>();
            data.forEach((key, value) -> copy.put(key, value.clone()));
            return copy;
        }

        /** The raw bytes of one key, as they are: not trimmed, not checked. */
        public Optional<byte[]> value(String key) {
            return Optional.ofNullable(data.get(key)).map(byte[]::clone);
        }

        /** The names of its keys; these may be printed. */
        public SortedSet<String> keys() {
            return new TreeSet<>(data.keySet());
        }

        /** Equal content is an equal state: a label edit, which moves only the resource version, is no change for our readers. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Present that
                    && data.keySet().equals(that.data.keySet())
                    && data.entrySet().stream()
                            .allMatch(entry -> Arrays.equals(entry.getValue(), that.data.get(entry.getKey())));
        }

        @Override
        public int hashCode() {
            return data.keySet().hashCode();
        }

        @Override
        public String toString() {
            return "Present[keys=" + data.keySet() + ", resourceVersion=" + resourceVersion + "]";
        }
    }

    /** The API server says that there is no such Secret. */
    record Absent() implements SecretState {}

    /**
     * Whether it exists is not known.
     *
     * @param cause why, for code
     * @param why why, in one sentence for people that says what to do where something can be done
     */
    record Unknown(Cause cause, String why) implements SecretState {

        public Unknown {
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(why, "why");
        }
    }

    /** Why a state is unknown. */
    enum Cause {
        /** The first answer is still under way; a change is announced when it is there. */
        NOT_SYNCED,
        /** RBAC does not let us read it; tried again with back-off. */
        FORBIDDEN,
        /** The API server failed, or cannot be reached; tried again with back-off. */
        API_ERROR
    }
}

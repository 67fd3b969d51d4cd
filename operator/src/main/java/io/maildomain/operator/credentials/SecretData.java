package io.maildomain.operator.credentials;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The data of one Secret. It never shows a value: neither in {@link #toString()} nor in an exception. */
public final class SecretData {
    private static final SecretData EMPTY = new SecretData(Map.of());

    /** A value that could not be decoded: kept apart from an absent one, so that it is refused instead of skipped. */
    record Value(byte[] bytes, boolean decodable) {}

    private final Map<String, Value> values;

    private SecretData(Map<String, Value> values) {
        this.values = Map.copyOf(values);
    }

    /** A Secret's {@code data} as the Kubernetes API gives it (base64); null, as an empty Secret has it, is empty. */
    public static SecretData ofBase64(Map<String, String> data) {
        return data == null ? EMPTY : of(data, SecretData::decode);
    }

    /** Plain bytes, as a folder of files or a Secret's {@code stringData} give them; null is empty. */
    public static SecretData ofBytes(Map<String, byte[]> data) {
        return data == null ? EMPTY : of(data, bytes -> new Value(bytes.clone(), true));
    }

    /** Whether the key exists and its value holds anything but whitespace. */
    public boolean has(String key) {
        return value(key).filter(value -> !SecretText.isBlank(value)).isPresent();
    }

    Optional<Value> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    private static <T> SecretData of(Map<String, T> data, java.util.function.Function<T, Value> read) {
        return new SecretData(data.entrySet().stream()
                .filter(entry -> entry.getKey() != null && entry.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> read.apply(entry.getValue()))));
    }

    private static Value decode(String base64) {
        try {
            return new Value(Base64.getDecoder().decode(base64), true);
        } catch (IllegalArgumentException e) {
            return new Value(new byte[0], false);
        }
    }

    @Override
    public String toString() {
        return "SecretData" + values.keySet();
    }
}

package io.maildomain.operator.cloudflare.deploy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as plain values that cannot be changed: maps, lists, texts, numbers, booleans, null. */
final class JsonValues {
    private JsonValues() {}

    /** @throws IllegalArgumentException where something in it is not of JSON */
    static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> object) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        object.forEach((key, value) -> copy.put(key, frozen(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object frozen(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, inner) -> copy.put(String.valueOf(key), frozen(inner)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof Collection<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(frozen(inner)));
            return Collections.unmodifiableList(copy);
        }
        throw new IllegalArgumentException("JSON has no " + value.getClass().getSimpleName());
    }

    /** Every text in it, however deep. */
    static List<String> texts(@Nullable Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().flatMap(inner -> texts(inner).stream()).toList();
        }
        if (value instanceof Collection<?> list) {
            return list.stream().flatMap(inner -> texts(inner).stream()).toList();
        }
        return List.of();
    }
}

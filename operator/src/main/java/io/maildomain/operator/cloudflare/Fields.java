package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object of an answer, read field by field. What has a type or a value that cannot be read counts as absent, so that
 * an odd object of another user's never spoils a whole answer; {@link #odd()} says that there was something.
 */
final class Fields {
    private static final int MOST_CHARACTERS = 500;

    private final JsonNode object;
    private boolean odd;

    Fields(JsonNode node) {
        this.object = node;
        this.odd = !node.isObject();
    }

    /** Whether something was there that could not be read. */
    boolean odd() {
        return odd;
    }

    /** A text; "" without one. */
    String text(String name) {
        JsonNode value = object.path(name);
        return known(value, value.isTextual()) ? value.textValue() : "";
    }

    /**
     * A text for people, "" without one. Another user of the account, or a server on the way, may have written it: it is one line of
     * printable characters, at most {@value #MOST_CHARACTERS} of them.
     */
    String words(String name) {
        return Text.readable(text(name), MOST_CHARACTERS);
    }

    /** True, false; null without either. */
    @Nullable
    Boolean flag(String name) {
        JsonNode value = object.path(name);
        return known(value, value.isBoolean()) ? value.booleanValue() : null;
    }

    /** A whole number from 0; 0 without one. */
    int count(String name) {
        JsonNode value = object.path(name);
        double number = value.doubleValue();
        boolean whole = value.isNumber() && number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number);
        return known(value, whole) ? (int) number : 0;
    }

    /** A point in time; null without one. */
    @Nullable
    Instant time(String name) {
        JsonNode value = object.path(name);
        if (!known(value, value.isTextual())) {
            return null;
        }
        try {
            return Instant.parse(value.textValue());
        } catch (DateTimeException e) {
            odd = true;
            return null;
        }
    }

    /** Whether there is a value, readable or not. */
    boolean has(String name) {
        return object.hasNonNull(name) && !object.path(name).asText("?").isEmpty();
    }

    /** The texts of a list; empty without one. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : list(name)) {
            if (known(value, value.isTextual())) {
                texts.add(value.textValue());
            } else {
                odd = true;
            }
        }
        return List.copyOf(texts);
    }

    /** The elements of a list, each an object or not; empty without one. */
    List<JsonNode> list(String name) {
        JsonNode value = object.path(name);
        if (!known(value, value.isArray())) {
            return List.of();
        }
        List<JsonNode> elements = new ArrayList<>();
        value.forEach(elements::add);
        return List.copyOf(elements);
    }

    /** The object of that name; one without fields if there is none. */
    Fields object(String name) {
        JsonNode value = object.path(name);
        known(value, value.isObject());
        return new Fields(value);
    }

    private boolean known(JsonNode value, boolean readable) {
        boolean there = !value.isMissingNode() && !value.isNull();
        odd |= there && !readable;
        return there && readable;
    }
}

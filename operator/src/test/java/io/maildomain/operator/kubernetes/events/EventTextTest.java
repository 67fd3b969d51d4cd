package io.maildomain.operator.kubernetes.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class EventTextTest {

    private static final UUID RANDOM = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");

    @Example
    void aShortTextStaysAsItIs() {
        assertThat(EventText.limit("created rule a", 1_024)).isEqualTo("created rule a");
        assertThat(EventText.limit(null, 10)).isEmpty();
    }

    @Example
    void aLongTextIsCutBetweenCharactersAndSaysSo() {
        assertThat(EventText.limit("abcdefgh", 6)).isEqualTo("abc…");
        assertThat(EventText.limit("ää😀ää", 8)).isEqualTo("ää…");
    }

    @Property
    void noTextTakesMoreThanTheLimit(@ForAll String text, @ForAll @IntRange(min = 3, max = 40) int limit) {
        assertThat(EventText.limit(text, limit).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(limit);
    }

    @Example
    void anEventIsNamedAfterItsObject() {
        assertThat(EventText.name("example-com", RANDOM)).isEqualTo("example-com.0123456789abcdef");
    }

    @Property
    void aNameIsNeverTooLong(@ForAll @IntRange(min = 1, max = 253) int length) {
        String object = "a.".repeat(127).substring(0, length);
        assertThat(EventText.name(object, RANDOM)).hasSizeLessThanOrEqualTo(253).matches("[a-z0-9]+([-.][a-z0-9]+)*");
    }
}

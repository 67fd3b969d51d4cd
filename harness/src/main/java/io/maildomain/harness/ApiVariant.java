package io.maildomain.harness;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A way to read what sources about Cloudflare disagree on: switches of the simulator that go together. Every integration test
 * runs under one of the first three, chosen by its class's name, so that each is run by a third of them;
 * {@code -Dmaildomain.reading=array} runs all under that one. {@code EveryReadingIT} leads a whole life under each.
 */
public enum ApiVariant {
    /** As the simulator is by default. */
    USUAL,
    /** The report on DNS is a plain list: what live answers were seen to be. */
    ARRAY("dns-form=array"),
    /** The report on DNS always names what is wrong. */
    OBJECT("dns-form=object"),
    /** Calls that Cloudflare announced to take away are gone. */
    GONE("deprecated-calls-gone=404", "no-route-status=404"),
    /** Nothing of Email Routing can be written or read before it is on. */
    LATE("rule-writes-while-off=refused", "catch-all-before-enabling=404"),
    /** Codes as other sources have them. */
    CODES("unknown-zone=10000", "no-route-status=404"),
    /** Records of others are replaced where the default refuses. */
    REPLACING("enable-with-foreign-mx=replaced", "subdomain-foreign-mx=ignored", "enable-with-merged-spf=replaced"),
    /** Removing a subdomain switches the domain off. */
    REMOVAL("dns-delete-ignores-body=yes"),
    /** Names in Unicode, and a plain list besides. */
    UNICODE("zone-names=unicode-everywhere", "dns-form=array");

    private static final List<ApiVariant> IN_TURN = List.of(USUAL, ARRAY, OBJECT);

    private final List<String> quirks;

    ApiVariant(String... quirks) {
        this.quirks = List.of(quirks);
    }

    /** The one that a test class runs under unless it says otherwise. */
    static ApiVariant of(Class<?> test) {
        String asked = System.getProperty("maildomain.reading", "");
        if (asked.isEmpty()) {
            return IN_TURN.get(Math.floorMod(test.getSimpleName().hashCode(), IN_TURN.size()));
        }
        return Arrays.stream(values())
                .filter(reading -> reading.name().equals(asked.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new HarnessException(
                        "-Dmaildomain.reading=" + asked + ": there are " + Arrays.toString(values())));
    }

    /** Flags of the simulator. */
    Stream<String> flags() {
        return quirks.stream().map(quirk -> "--quirk=" + quirk);
    }

    /** The switches by name. */
    public Map<String, String> quirks() {
        return quirks.stream()
                .map(quirk -> quirk.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}

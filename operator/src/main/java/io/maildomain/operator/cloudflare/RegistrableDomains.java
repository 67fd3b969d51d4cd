package io.maildomain.operator.cloudflare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The public suffix list, as {@code tools/refresh-public-suffixes} bundles it: which names may be registrable domains, for
 * the only names that zones can be created for. Registries' own suffixes are certain; whether Cloudflare takes a name below a suffix of
 * the list's private section (such as {@code qzz.io}), or such a suffix itself, only Cloudflare knows.
 */
public final class RegistrableDomains {

    private static final String LIST = "public-suffixes.txt";
    private static final String PRIVATE = "===BEGIN PRIVATE";

    /** Each rule of the list, and whether it stands in the private section. */
    private static final Map<String, Boolean> RULES = read();

    /** Nearly all zones are registrable domains. A long name must not cost a call for each label. */
    private static final int MOST_NAMES = 8;

    private RegistrableDomains() {}

    /**
     * The registrable domain that the name lies under, or is, by all rules of the list; empty text for a public suffix or no
     * domain at all.
     */
    public static String of(String domain) {
        String[] labels = labels(domain);
        int depth = suffix(labels, true) + 1;
        return depth > labels.length ? "" : last(labels, depth);
    }

    /** Whether the name may be registrable: certainly, or Cloudflare has to say. */
    public static boolean mayBe(String domain) {
        String[] labels = labels(domain);
        return labels.length > suffix(labels, false) && labels.length <= suffix(labels, true) + 1;
    }

    /** What the zone of a host may be called, the longest name first: some zones lie a few labels below a registrable domain. */
    public static List<String> namesOfZones(String host) {
        List<String> names = new ArrayList<>();
        for (String name = host; name.indexOf('.') > 0; name = name.substring(name.indexOf('.') + 1)) {
            if (mayBe(name) || !of(name).isEmpty()) {
                names.add(name);
            }
        }
        return names.subList(Math.max(0, names.size() - MOST_NAMES), names.size());
    }

    /** Whether it lies below a suffix that is no registry's, so that not all take it for registrable. */
    public static boolean isDoubtful(String domain) {
        String[] labels = labels(domain);
        return mayBe(domain) && labels.length > suffix(labels, false) + 1;
    }

    /** How many labels the public suffix of a name has; one where no rule is about it. */
    private static int suffix(String[] labels, boolean withPrivate) {
        int longest = 1;
        for (int length = 1; length <= labels.length; length++) {
            String name = last(labels, length);
            if (holds("!" + name, withPrivate)) {
                return length - 1;
            }
            boolean wildcard = length > 1 && holds("*." + last(labels, length - 1), withPrivate);
            if (wildcard || holds(name, withPrivate)) {
                longest = length;
            }
        }
        return longest;
    }

    private static boolean holds(String rule, boolean withPrivate) {
        Boolean isPrivate = RULES.get(rule);
        return isPrivate != null && (withPrivate || !isPrivate);
    }

    private static String[] labels(String domain) {
        return HostNames.ascii(domain).split("\\.", -1);
    }

    private static String last(String[] labels, int count) {
        return String.join(".", Arrays.asList(labels).subList(labels.length - count, labels.length));
    }

    private static Map<String, Boolean> read() {
        Map<String, Boolean> rules = new HashMap<>();
        boolean isPrivate = false;
        try (InputStream list = RegistrableDomains.class.getResourceAsStream(LIST);
                BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                isPrivate |= line.contains(PRIVATE);
                if (!line.isBlank() && !line.startsWith("//")) {
                    boolean exception = line.startsWith("!");
                    String name = HostNames.ascii(exception ? line.substring(1) : line);
                    rules.merge(exception ? "!" + name : name, isPrivate, Boolean::logicalAnd);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled " + LIST + " cannot be read", e);
        }
        return Map.copyOf(rules);
    }
}

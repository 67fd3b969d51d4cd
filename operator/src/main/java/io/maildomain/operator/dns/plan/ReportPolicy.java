package io.maildomain.operator.dns.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a DMARC record asks to be done with mail that only pretends to be of the domain (RFC 7489). Pure. */
public final class ReportPolicy {

    private static final List<String> WORDS = List.of("none", "quarantine", "reject");
    private static final String UNREADABLE = "unreadable";

    private ReportPolicy() {}

    /** Whether there is one, or several: then that of the domain above is not asked for (RFC 7489, 6.6.3). */
    public static boolean isSaid(List<String> texts) {
        return !records(texts).isEmpty();
    }

    private static List<String> records(List<String> texts) {
        return texts.stream()
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .filter(text -> text.matches("v\\s*=\\s*dmarc1(\\s*;.*)?"))
                .toList();
    }

    /**
     * The policy of these TXT records.
     *
     * @param inherited whether they are those of the domain above: it may ask for something else of the domains below
     * @return empty where there is none, or several, which counts as none
     */
    public static Optional<String> of(List<String> texts, boolean inherited) {
        List<String> records = records(texts);
        if (records.size() != 1) {
            return Optional.empty();
        }
        Map<String, String> tags = Arrays.stream(records.get(0).split(";"))
                .map(tag -> tag.split("=", 2))
                .filter(tag -> tag.length == 2)
                .collect(Collectors.toMap(tag -> tag[0].strip(), tag -> tag[1].strip(), (first, again) -> first));
        String own = tags.getOrDefault("p", UNREADABLE);
        String policy = inherited ? tags.getOrDefault("sp", own) : own;
        return Optional.of(WORDS.contains(policy) ? policy : UNREADABLE);
    }
}

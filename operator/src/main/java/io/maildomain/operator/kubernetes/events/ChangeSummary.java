package io.maildomain.operator.kubernetes.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Many changes in few words: one sentence per verb, {@code created 5 rules: a, b, … +3}. */
public final class ChangeSummary {

    /** Up to so many are named; of more, one less is, for the rest takes a place too. */
    private static final int NAMED = 3;

    private ChangeSummary() {}

    /**
     * @param changes in the order in which they were made
     * @return by verb in the order of their first appearance; within a sentence the order of the changes is kept
     */
    public static Map<String, String> sentences(List<ReportedChange> changes) {
        Map<String, Map<String, List<String>>> byVerb = new LinkedHashMap<>();
        for (ReportedChange change : changes) {
            byVerb.computeIfAbsent(change.verb(), verb -> new LinkedHashMap<>())
                    .computeIfAbsent(change.noun(), noun -> new ArrayList<>())
                    .add(change.subject());
        }
        Map<String, String> sentences = new LinkedHashMap<>();
        byVerb.forEach((verb, byNoun) -> sentences.put(
                verb,
                verb + " "
                        + byNoun.entrySet().stream()
                                .map(entry -> phrase(entry.getKey(), entry.getValue()))
                                .collect(Collectors.joining("; "))));
        return sentences;
    }

    private static String phrase(String noun, List<String> subjects) {
        if (subjects.size() == 1) {
            return noun + " " + subjects.get(0);
        }
        String head = subjects.size() + " " + plural(noun) + ": ";
        if (subjects.size() <= NAMED) {
            return head + String.join(", ", subjects);
        }
        int named = NAMED - 1;
        return head + String.join(", ", subjects.subList(0, named)) + ", … +" + (subjects.size() - named);
    }

    private static String plural(String noun) {
        return noun.endsWith("s") ? noun + "es" : noun + "s";
    }
}

package io.maildomain.operator.kubernetes.events;

import java.util.Objects;

/**
 * One thing that was done at Cloudflare.
 *
 * @param verb in the past tense: {@code created}
 * @param noun in the singular: {@code rule}
 * @param subject which one: {@code support@example.com}
 */
public record ReportedChange(String verb, String noun, String subject) {

    public ReportedChange {
        Objects.requireNonNull(verb, "verb");
        Objects.requireNonNull(noun, "noun");
        Objects.requireNonNull(subject, "subject");
    }
}

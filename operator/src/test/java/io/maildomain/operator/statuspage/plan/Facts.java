package io.maildomain.operator.statuspage.plan;

import io.maildomain.operator.statuspage.plan.AccountFact.Budget;
import io.maildomain.operator.statuspage.plan.AccountFact.Checks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** What a page may be given. */
final class Facts {

    static final Instant NOW = Instant.parse("2026-01-03T00:00:00Z");

    private Facts() {}

    static PageFacts of(DomainFact... domains) {
        return new PageFacts(NOW, "1.2.3", List.of(domains), List.of(), List.of(), List.of());
    }

    static PageFacts ofDomains(int count) {
        return new PageFacts(
                NOW,
                "1.2.3",
                IntStream.range(0, count)
                        .mapToObj(i -> domain("d%04d.example".formatted(i), Standing.READY))
                        .toList(),
                List.of(),
                List.of(),
                List.of());
    }

    static DomainFact domain(String domain, Standing standing) {
        return new DomainFact(
                "mail",
                domain.replace('.', '-'),
                domain,
                standing,
                said(standing),
                "3/3",
                "default",
                List.of(),
                0,
                false);
    }

    static DomainFact pending(String domain, String... nameServers) {
        return new DomainFact(
                "mail",
                domain.replace('.', '-'),
                domain,
                Standing.WAITING,
                said(Standing.WAITING),
                "0/3",
                "default",
                List.of(nameServers),
                0,
                false);
    }

    static Said said(Standing standing) {
        return new Said("Reason" + standing, "the message of " + standing, "", NOW.minus(Duration.ofHours(2)));
    }

    /** A page on which each part says this text wherever it can. */
    static PageFacts saying(String text) {
        Said said = new Said(text, text, text, NOW);
        return new PageFacts(
                NOW,
                text,
                List.of(
                        new DomainFact(text, text, text, Standing.STOPPED, said, text, text, List.of(text), 3, true),
                        new DomainFact(text, text, text, Standing.READY, said, text, text, List.of(), 0, false)),
                List.of(new DestinationFact(text, text, List.of(text))),
                List.of(new AccountFact(
                        text,
                        Standing.STOPPED,
                        said,
                        NOW,
                        NOW,
                        new Budget(1, 2),
                        new Checks(1, 0, true, Duration.ofMinutes(1), Duration.ofMinutes(1)))),
                List.of(new OtherFact(text, text, Standing.STOPPED, said)));
    }
}

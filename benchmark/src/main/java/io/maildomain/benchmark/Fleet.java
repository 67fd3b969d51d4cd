package io.maildomain.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Many healthy domains of one tenant, 5 rules each.
 *
 * @param adoption the calls that it took until all were Ready, without a limit
 */
public record Fleet(Rig rig, int domains, Calls adoption) {

    /** Rules of each domain. */
    public static final int RULES = 5;

    private static final Duration A_DOMAIN = Duration.ofSeconds(2);

    /** Zones are there and active; MailDomains for all of them are applied, and become Ready. */
    public static Fleet adopted(Rig rig, int domains) {
        zones(domains).forEach(rig::existingZone);
        Calls calls = rig.callsUntilQuiet(() -> {
            zones(domains).forEach(zone -> rig.apply(rig.tenant().mailDomain(zone, RULES)));
            rig.awaitReady(domains, patience(domains));
        });
        return new Fleet(rig, domains, calls);
    }

    /** Waits until all have been looked at so many times since calls were counted from anew. */
    public void awaitLooks(int times) {
        Wait.until(
                times + " looks at each domain",
                patience(domains),
                () -> rig.calls().looks(domains) >= (double) times * domains,
                () -> "calls: " + rig.calls().counted().path("counts"));
    }

    /** The names of so many zones. */
    public static List<String> zones(int count) {
        return IntStream.range(0, count)
                .mapToObj("fleet%04d.example"::formatted)
                .toList();
    }

    /** Longer than so many domains take without a limit. */
    public static Duration patience(int domains) {
        return Duration.ofSeconds(60).plus(A_DOMAIN.multipliedBy(domains));
    }
}

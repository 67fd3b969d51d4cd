package io.maildomain.harness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The flags of {@code run} with which no test waits as long as users do.
 *
 * @param options a test's own, which come instead of ours of the same name
 */
record QuickFlags(List<String> options) {

    /** Cloudflare's limit, thirty times as fast: drift checks take at most a quarter of it. */
    static final String SIMULATORS_RATE_LIMIT = "--rate-limit=1200/10s";

    private static final List<String> PACE = List.of(
            "--retry-base=100ms",
            "--retry-cap=2s",
            "--confirm-pause=200ms",
            "--waiting-base=100ms",
            "--waiting-cap=1s",
            "--hand-over=0s",
            "--window=10s",
            "--log-format=text");

    /** @param dns host and port of the simulator's name server */
    List<String> all(Collection<String> namespaces, String ownerId, String dns) {
        List<String> flags =
                new ArrayList<>(PACE.stream().filter(this::isNotOverridden).toList());
        flags.add("--watch-namespaces=" + String.join(",", namespaces));
        flags.add("--owner-id=" + ownerId);
        // No test asks the name servers of the Internet. With this one there is no world to look at, unless a test
        // names a resolver.
        if (options.stream().noneMatch(option -> option.startsWith("--dns-server="))) {
            flags.add("--dns-server=" + dns);
        }
        flags.addAll(options);
        return flags;
    }

    private boolean isNotOverridden(String flag) {
        String name = flag.substring(0, flag.indexOf('=') + 1);
        return options.stream().noneMatch(option -> option.startsWith(name));
    }
}

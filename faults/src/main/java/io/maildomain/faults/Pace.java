package io.maildomain.faults;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The operator's settings at about a hundredth of what people get: the code is the same. */
final class Pace {

    private Pace() {}

    /** Flags of {@code run} for an operator that works in one namespace, on Secrets that lie there. */
    static List<String> flags(String namespace, Duration callTimeout) {
        List<String> flags = new ArrayList<>(common(namespace, callTimeout, "faults"));
        flags.addAll(List.of("--accounts=false", "--local-secrets=true", "--hand-over=0s"));
        return flags;
    }

    /** The same with CloudflareAccounts, for resources that may find a successor. */
    static List<String> withAccounts(String namespaces, Duration callTimeout, Duration handOver) {
        // It may list Leases everywhere, and would not start beside the others that bear their id.
        List<String> flags = new ArrayList<>(common(namespaces, callTimeout, "hand-overs"));
        flags.add("--hand-over=" + handOver.toSeconds() + "s");
        return flags;
    }

    /** With CloudflareAccounts, for what is deployed. @param hosts where probes go in place of their hosts */
    static List<String> deploying(String namespaces, Duration callTimeout, URI hosts) {
        List<String> flags = new ArrayList<>(common(namespaces, callTimeout, "deploys"));
        flags.addAll(List.of("--local-secrets=true", "--hand-over=0s", "--deploying", "--probe-server=" + hosts));
        return flags;
    }

    /** On Secrets in the namespaces, with Mailboxes: these need the labels of namespaces. */
    static List<String> histories(String namespaces, Duration callTimeout) {
        List<String> flags = new ArrayList<>(common(namespaces, callTimeout, "faults"));
        flags.addAll(List.of("--local-secrets=true", "--hand-over=0s", "--mailboxes", "--destination-addresses"));
        return flags;
    }

    /** With CloudflareAccounts, for Mailboxes that attach. */
    static List<String> attaching(String namespaces, Duration callTimeout) {
        List<String> flags = new ArrayList<>(common(namespaces, callTimeout, "attached"));
        flags.addAll(List.of("--hand-over=0s", "--mailboxes", "--destination-addresses"));
        return flags;
    }

    private static List<String> common(String namespaces, Duration callTimeout, String ownerId) {
        return List.of(
                "--watch-namespaces=" + namespaces,
                "--log-format=text",
                "--owner-id=" + ownerId,
                "--call-timeout=" + callTimeout.toMillis() + "ms",
                "--drift-interval=10m",
                "--max-deletions=1000/10m",
                "--retry-base=10ms",
                "--retry-cap=3s",
                "--confirm-pause=50ms",
                "--waiting-base=50ms",
                "--waiting-cap=3s",
                "--final-base=300ms",
                "--final-cap=18s",
                "--auth-retry-base=300ms",
                "--auth-retry-cap=6s",
                "--mailbox-distance=50ms",
                "--window=3s");
    }
}

package io.maildomain.operator.kubernetes.leadership;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that keeps a Lease of ours: where it runs, as which process there, and something random. So a process that
 * was killed is known to be gone by the next one on that host, which need not wait until its Lease runs out.
 */
record Holder(String host, long process) {

    private static final Pattern FORM = Pattern.compile("(.+)/(\\d+)_[0-9a-f]{8}");

    /** The names that a Deployment's controller gives its Pods. */
    private static final Pattern POD =
            Pattern.compile("(.+)-[bcdfghjklmnpqrstvwxz2456789]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}");

    /** @param podName blank outside of a Pod */
    static Holder self(String podName, String hostName) {
        return new Holder(
                podName.isBlank() ? hostName : podName, ProcessHandle.current().pid());
    }

    String identity() {
        return host + "/" + process + "_" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Whether the holder of that identity ran here and is gone. */
    boolean isGone(String identity) {
        Matcher known = FORM.matcher(identity);
        if (!known.matches() || !known.group(1).equals(host)) {
            return false;
        }
        long other = Long.parseLong(known.group(2));
        return other == process
                || ProcessHandle.of(other).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** The Deployment that made the Pod; blank where the name does not tell. */
    static String deploymentOf(String podName) {
        Matcher pod = POD.matcher(podName);
        return pod.matches() ? pod.group(1) : "";
    }
}

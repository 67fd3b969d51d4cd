package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.DnsRecord;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one look found before a step that cannot be taken back. The catch-all comes from two sources: a list of rules that is
 * empty, short or old shows in it.
 *
 * @param observed settings and rules; its catch-all is the one that was asked for by itself
 * @param listed the catch-all as the list of rules has it; null where the list leaves it out
 * @param recordsKnown whether the zone's DNS records were read: they are where something hangs on them and the token may
 */
public record DeletionEvidence(
        ObservedState observed, @Nullable CatchAll listed, boolean recordsKnown, List<DnsRecord> records) {

    public DeletionEvidence {
        records = List.copyOf(records);
    }

    /** Why the sources cannot be believed; empty where they agree. */
    public Optional<String> contradiction() {
        CatchAll asked = observed.catchAll();
        boolean leftOut = listed == null && !asked.id().isEmpty();
        if (leftOut) {
            return Optional.of("Cloudflare's list of its rules leaves the catch-all out, and may leave out more");
        }
        boolean differ = listed != null && !listed.equals(asked);
        return differ
                ? Optional.of(
                        "Cloudflare's list of its rules has another catch-all than Cloudflare gives when asked for it")
                : Optional.empty();
    }
}

package io.maildomain.operator.dns.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the world sees of a domain, as DNS answered. Names are {@link HostText}.
 *
 * @param parent the zone above, by whose word the name servers are; empty: by the resolver's, which does not tell a delegation from what the
 *     zone itself says
 * @param nameServers in order of the alphabet
 * @param keyTags of the DS records in the zone above, in order
 * @param signaturesBroken whether the domain has answers only for those that check no signatures
 * @param alias where a CNAME record at the domain leads; empty: there is none
 * @param exchangers the hosts of the MX records, in order of the alphabet; a dot: no mail is taken
 * @param reports what the DMARC record asks to be done: none, quarantine, reject, or another word
 */
public record WorldView(
        String parent,
        Answer<List<String>> nameServers,
        Answer<List<Integer>> keyTags,
        boolean signaturesBroken,
        String alias,
        Answer<List<String>> exchangers,
        SenderPolicyFinding senders,
        Answer<String> reports) {

    /** This one; what could not be found out is as it was before. A time-out must not make a status flap. */
    public WorldView orElse(WorldView before) {
        boolean mailUnknown = exchangers.failure().isPresent();
        return new WorldView(
                hasLostTheWordFromAbove(before) ? before.parent : parent,
                hasLostTheWordFromAbove(before) ? before.nameServers : nameServers.orElse(before.nameServers),
                keyTags.orElse(before.keyTags),
                signaturesBroken || mailUnknown && before.signaturesBroken,
                mailUnknown ? before.alias : alias,
                signaturesBroken ? exchangers : exchangers.orElse(before.exchangers),
                senders.orElse(before.senders),
                reports.orElse(before.reports));
    }

    /** Whether less was found out than there is to know, or than before. */
    public boolean isLessThan(@Nullable WorldView before) {
        return !isWhole() || before != null && hasLostTheWordFromAbove(before);
    }

    private boolean hasLostTheWordFromAbove(WorldView before) {
        return parent.isEmpty() && !before.parent.isEmpty();
    }

    /** Whether all was answered. */
    public boolean isWhole() {
        return nameServers.failure().isEmpty()
                && keyTags.failure().isEmpty()
                && (signaturesBroken || exchangers.failure().isEmpty())
                && !(senders instanceof SenderPolicyFinding.Unclear)
                && reports.failure().isEmpty();
    }
}

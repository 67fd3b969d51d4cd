package io.maildomain.operator.dns.plan;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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

    /** What is found out by itself, and may fail by itself. */
    public enum Part {
        /** The word of the zone above, by which the name servers are known. */
        ABOVE,
        NAME_SERVERS,
        KEY_TAGS,
        /** The exchangers, and what stands in their way. */
        MAIL,
        SENDERS,
        REPORTS
    }

    /** What was not answered. */
    public Set<Part> missing() {
        Set<Part> missing = EnumSet.noneOf(Part.class);
        if (parent.isEmpty()) {
            missing.add(Part.ABOVE);
        }
        if (nameServers.failure().isPresent()) {
            missing.add(Part.NAME_SERVERS);
        }
        if (keyTags.failure().isPresent()) {
            missing.add(Part.KEY_TAGS);
        }
        if (!signaturesBroken && exchangers.failure().isPresent()) {
            missing.add(Part.MAIL);
        }
        if (senders instanceof SenderPolicyFinding.Unclear) {
            missing.add(Part.SENDERS);
        }
        if (reports.failure().isPresent()) {
            missing.add(Part.REPORTS);
        }
        return missing;
    }

    /** This one, with these parts of what was seen before. Without the word from above the name servers are the resolver's. */
    public WorldView orElse(WorldView before, Set<Part> kept) {
        boolean above = kept.contains(Part.ABOVE) && !before.parent.isEmpty();
        boolean mail = kept.contains(Part.MAIL);
        return new WorldView(
                above ? before.parent : parent,
                above || kept.contains(Part.NAME_SERVERS) ? before.nameServers : nameServers,
                kept.contains(Part.KEY_TAGS) ? before.keyTags : keyTags,
                mail ? before.signaturesBroken : signaturesBroken,
                mail ? before.alias : alias,
                mail ? before.exchangers : exchangers,
                kept.contains(Part.SENDERS) ? before.senders : senders,
                kept.contains(Part.REPORTS) ? before.reports : reports);
    }

    /** Whether each question was answered, be it by the resolver and not by the zone above. */
    public boolean isWhole() {
        return EnumSet.of(Part.ABOVE).containsAll(missing());
    }
}

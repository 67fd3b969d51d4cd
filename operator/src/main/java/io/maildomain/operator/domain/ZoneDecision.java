package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.api.v1alpha1.ZonePolicy;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.cloudflare.ZoneLookup;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.outcome.Halt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Which zone a domain uses, decided from a look-up by name (DESIGN, Ownership, Zone; Apex). Pure. */
sealed interface ZoneDecision {

    /** This zone; the entry is what the ledger should say of it. */
    record Use(Zone zone, ZoneOwnership entry) implements ZoneDecision {}

    /** No zone yet: create one, after the entry was written. */
    record Create(ZoneOwnership entry) implements ZoneDecision {}

    /** None can be used or created. */
    record Blocked(Halt halt) implements ZoneDecision {}

    /**
     * What the decision rests on besides the look-up.
     *
     * @param accountId empty where none is known: then no zone can be created
     * @param registrable whether the domain is a registrable one (public suffix list)
     * @param registrableParent the registrable domain that it lies under; empty where there is none
     * @param onlyAccount the id of the one account that the token sees, where it sees one alone and none is configured; else ""
     * @param answerWindow how long after the request a zone may have come to be for the request to be its cause
     */
    record Question(
            Wanted wanted,
            String accountId,
            boolean registrable,
            String registrableParent,
            String onlyAccount,
            ZoneOwnership noted,
            Duration answerWindow) {

        String domain() {
            return wanted.domain();
        }

        boolean wasCreating() {
            return noted != null && noted.origin() == ZoneOrigin.Creating && noted.requestedAt() != null;
        }
    }

    static ZoneDecision decide(Question question, ZoneLookup lookup) {
        List<Zone> named = lookup.zones().stream()
                .filter(zone -> zone.name().equalsIgnoreCase(question.domain()))
                .toList();
        List<Zone> here = named.stream()
                .filter(zone ->
                        question.accountId().isEmpty() || zone.accountId().equals(question.accountId()))
                .toList();
        if (here.size() > 1) {
            return blocked("ZoneAmbiguous", ZoneSentences.ambiguous(question.domain()));
        }
        if (here.size() == 1) {
            return existing(question, here.get(0));
        }
        if (!named.isEmpty()) {
            return blocked("ZoneInOtherAccount", ZoneSentences.otherAccount(question, named.get(0)));
        }
        return absent(question, lookup.answeredAt());
    }

    private static ZoneDecision existing(Question question, Zone zone) {
        boolean ourDoing = question.wasCreating() && cameOfOurRequest(question, zone);
        ZoneOrigin origin = ourDoing ? ZoneOrigin.Created : ZoneOrigin.Adopted;
        if (!ourDoing && question.wanted().spec().zone().policy() == ZonePolicy.CreateOnly) {
            return blocked("ZoneExists", ZoneSentences.exists(question.domain()));
        }
        if (!zone.type().equals("full")) {
            return blocked("ZoneTypeUnsupported", ZoneSentences.type(question.domain(), zone.type()));
        }
        return new Use(zone, new ZoneOwnership(zone.id(), zone.accountId(), origin, null));
    }

    /** After a lost answer: created between our request and the end of its time, in the account that we asked for. */
    private static boolean cameOfOurRequest(Question question, Zone zone) {
        Instant requested = question.noted().requestedAt();
        return zone.accountId().equals(question.noted().accountId())
                && !zone.createdOn().isBefore(requested)
                && !zone.createdOn().isAfter(requested.plus(question.answerWindow()));
    }

    private static ZoneDecision absent(Question question, Instant answeredAt) {
        if (question.wanted().spec().zone().policy() == ZonePolicy.AdoptOnly) {
            return blocked("ZoneNotFound", ZoneSentences.notFound(question.domain()));
        }
        if (!question.registrable()) {
            return blocked("NotApex", ZoneSentences.notApex(question));
        }
        if (!question.wanted().grants().createZone(question.domain())) {
            return blocked("AccessDenied", ZoneSentences.creationNotGranted(question.domain()));
        }
        if (question.accountId().isEmpty()) {
            return blocked("DomainBindingDisabled", ZoneSentences.bindingDisabled(question));
        }
        return new Create(new ZoneOwnership(null, question.accountId(), ZoneOrigin.Creating, answeredAt));
    }

    private static ZoneDecision blocked(String reason, String message) {
        return new Blocked(Halt.stalled(ConditionType.ZONE_READY, reason, message));
    }
}

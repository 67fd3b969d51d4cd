package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.api.v1alpha1.ZonePolicy;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.cloudflare.ZoneLookup;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which zone a domain uses, decided from a look-up by name (ADR 11). Pure. */
public sealed interface ZoneDecision {

    /** This zone; the entry is what the ownership record should say of it. */
    record Use(Zone zone, ZoneOwnership entry) implements ZoneDecision {}

    /** No zone yet: create one, after the entry was written. */
    record Create(ZoneOwnership entry) implements ZoneDecision {

        /**
         * Whether the zone of the answer came to be by this request, so that nothing can be in it. Cloudflare keeps a deleted zone
         * for some days, and no source says that adding it again may not bring that one back, with all that it held.
         */
        public boolean isNew(Zone created) {
            Instant requested = entry.requestedAt();
            return requested != null && !created.createdOn().isBefore(requested) && !created.everActive();
        }
    }

    /** None can be used or created. */
    record Unavailable(Blocked blocked) implements ZoneDecision {}

    /**
     * What the decision rests on besides the look-up.
     *
     * @param accountId empty where none is known: then no zone can be created
     * @param registrable whether the domain is a registrable one (public suffix list)
     * @param registrableParent the registrable domain that it lies under; empty where there is none
     * @param onlyAccount the id of the one account that the token sees, where it sees only one and none is configured; else ""
     * @param answerWindow how long after the request a zone may have come to be for the request to be its cause
     */
    record Question(
            DesiredState desired,
            String accountId,
            boolean registrable,
            String registrableParent,
            String onlyAccount,
            @Nullable ZoneOwnership noted,
            Duration answerWindow) {

        String domain() {
            return desired.domain();
        }

        /** What was noted before a zone was asked for, if it is not known what came of that. */
        Optional<ZoneOwnership> request() {
            return Optional.ofNullable(noted)
                    .filter(known -> known.origin() == ZoneOrigin.Creating && known.requestedAt() != null);
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
            return blocked(Reason.ZoneAmbiguous, ZoneMessages.ambiguous(question.domain()));
        }
        if (here.size() == 1) {
            return existing(question, here.get(0));
        }
        if (!named.isEmpty()) {
            return blocked(Reason.ZoneInOtherAccount, ZoneMessages.otherAccount(question, named.get(0)));
        }
        return absent(question, lookup.answeredAt());
    }

    private static ZoneDecision existing(Question question, Zone zone) {
        boolean ourDoing = question.request()
                .filter(request -> cameOf(request, zone, question.answerWindow()))
                .isPresent();
        ZoneOrigin origin = ourDoing ? ZoneOrigin.Created : ZoneOrigin.Adopted;
        if (!ourDoing && question.desired().spec().zone().policy() == ZonePolicy.CreateOnly) {
            return blocked(Reason.ZoneExists, ZoneMessages.exists(question.domain()));
        }
        if (!zone.type().equals("full")) {
            return blocked(Reason.ZoneTypeUnsupported, ZoneMessages.type(question.domain(), zone.type()));
        }
        return new Use(zone, new ZoneOwnership(zone.id(), zone.accountId(), origin, null));
    }

    /** After a lost answer: created between our request and the end of its time, in the account that we asked for. */
    private static boolean cameOf(ZoneOwnership request, Zone zone, Duration answerWindow) {
        Instant requested = request.requestedAt();
        return zone.accountId().equals(request.accountId())
                && !zone.createdOn().isBefore(requested)
                && !zone.createdOn().isAfter(requested.plus(answerWindow));
    }

    private static ZoneDecision absent(Question question, Instant answeredAt) {
        if (question.desired().spec().zone().policy() == ZonePolicy.AdoptOnly) {
            return blocked(Reason.ZoneNotFound, ZoneMessages.notFound(question.domain()));
        }
        if (!question.registrable()) {
            return blocked(Reason.NotApex, ZoneMessages.notApex(question));
        }
        if (!question.desired().grants().createZone(question.domain())) {
            return blocked(Reason.AccessDenied, ZoneMessages.creationNotGranted(question.domain()));
        }
        if (question.accountId().isEmpty()) {
            return blocked(Reason.DomainBindingDisabled, ZoneMessages.bindingDisabled(question));
        }
        return new Create(new ZoneOwnership(null, question.accountId(), ZoneOrigin.Creating, answeredAt));
    }

    private static ZoneDecision blocked(Reason reason, String message) {
        return new Unavailable(Blocked.stalled(ConditionType.ZONE_READY, reason, message));
    }
}

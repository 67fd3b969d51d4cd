package io.maildomain.operator.controller.catchall.plan;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllDeletionPolicy;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.ownership.ContentHash;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to become of a zone's catch-all ({@code docs/guides/catch-all.md}). Pure. */
public sealed interface CatchAllDecision {

    /** It is as it should be by our doing; the ownership record should say {@code ownership}. */
    record Ours(CatchAllOwnership ownership) implements CatchAllDecision {}

    /** It was put, confirmed, and is kept disabled: it is not put again; the ownership record should say {@code ownership}. */
    record NotTaken(CatchAllOwnership ownership) implements CatchAllDecision {}

    /** It is as it should be, and another user or tool did it: no write, and nothing to give back. */
    record Matched() implements CatchAllDecision {}

    /** Write {@code ownership} into the ownership record, then put {@code intended}. */
    record Put(CatchAllOwnership ownership, CatchAllContent intended) implements CatchAllDecision {}

    /** Another user or tool wrote a catch-all that we could not give back: it is not taken. */
    record NotExpressible() implements CatchAllDecision {}

    /** Another installation's mark is on it, or wrangler keeps it: two that write in turn would never come to an end. */
    record HeldElsewhere() implements CatchAllDecision {}

    /**
     * @param noted the ownership record; null where nothing is noted. {@code previous} is noted once, and never a rule of ours
     * @param inherited what stood there before the resource that held the catch-all until now; null where none did
     */
    static CatchAllDecision forward(
            String zoneId,
            CatchAllContent desired,
            CatchAll live,
            @Nullable CatchAllOwnership noted,
            @Nullable CatchAllContent inherited,
            OwnerMark mark) {
        boolean marked = isOurs(live, mark);
        Optional<CatchAllContent> standing = Content.of(live);
        boolean does =
                standing.filter(content -> Content.same(content, desired)).isPresent();
        if (does && !marked) {
            return new Matched();
        }
        if (live.isWranglers() || mark.isForeignOn(live.name())) {
            return new HeldElsewhere();
        }
        Optional<CatchAllOwnership> ofZone = Optional.ofNullable(noted).filter(known -> zoneId.equals(known.zoneId()));
        // Noted, but the write never came through: what stands there now is what stood there before us.
        boolean written =
                marked || ofZone.filter(known -> known.applied() != null).isPresent();
        if (standing.isEmpty() && !written) {
            return new NotExpressible();
        }
        CatchAllContent previous =
                written ? ofZone.map(CatchAllOwnership::previous).orElse(inherited) : standing.get();
        if (does) {
            CatchAllContent asItStands = Content.renamed(desired, live.name());
            return new Ours(new CatchAllOwnership(zoneId, previous, asItStands, asItStands));
        }
        if (marked && wasPutInVain(ofZone, standing, desired)) {
            return new NotTaken(ofZone.get());
        }
        CatchAllContent applied = ofZone.map(CatchAllOwnership::applied).orElse(null);
        // What we find is sealed; what the ownership record says was found is as good as the seal that stands there
        // already.
        Optional<ContentHash> seal =
                written ? mark.sealIn(live.name()) : standing.map(found -> Content.seal(zoneId, found));
        CatchAllContent intended = seal.map(was -> Content.renamed(desired, mark.sealed(desired.name(), was)))
                .orElse(desired);
        return new Put(new CatchAllOwnership(zoneId, previous, intended, applied), intended);
    }

    /**
     * It was put as desired, and what Cloudflare made of it, the same but kept disabled, is what stands there now. Any
     * other difference may as well come of a write whose answer was an error: that one is repeated.
     */
    private static boolean wasPutInVain(
            Optional<CatchAllOwnership> noted, Optional<CatchAllContent> standing, CatchAllContent desired) {
        return noted.filter(known -> known.intended() != null && Content.same(known.intended(), desired))
                .filter(known -> known.applied() != null && isKeptDisabled(known.applied(), desired))
                .filter(known -> standing.filter(live -> Content.same(live, known.applied()))
                        .isPresent())
                .isPresent();
    }

    private static boolean isKeptDisabled(CatchAllContent applied, CatchAllContent desired) {
        return desired.enabled()
                && !applied.enabled()
                && Objects.equals(applied.actionType(), desired.actionType())
                && Objects.equals(applied.actionValue(), desired.actionValue());
    }

    /** What undoing comes to. */
    sealed interface Cleanup {

        /**
         * Leave it as it is.
         *
         * @param why in words for an Event; empty where there is nothing to tell
         */
        record Leave(String why) implements Cleanup {}

        /** Put this back. */
        record PutBack(CatchAllContent content, boolean previousLost) implements Cleanup {}
    }

    /** @param live as it was read just now: only while it is ours is it changed */
    static Cleanup cleanup(CatchAllDeletionPolicy policy, CatchAllOwnership noted, CatchAll live, OwnerMark mark) {
        if (policy == CatchAllDeletionPolicy.Retain) {
            return new Cleanup.Leave("");
        }
        Optional<CatchAllContent> standing = Content.of(live);
        boolean asWeLeftIt = isOurs(live, mark)
                && standing.filter(content -> isEither(content, noted)).isPresent();
        boolean neverCameThrough = noted.applied() == null && !isOurs(live, mark);
        if (neverCameThrough) {
            return new Cleanup.Leave("");
        }
        if (!asWeLeftIt) {
            boolean restored = standing.filter(content -> noted.previous() != null)
                    .filter(content -> Content.same(content, noted.previous()))
                    .isPresent();
            return restored
                    ? new Cleanup.Leave("")
                    : new Cleanup.Leave("another user or tool has changed the catch-all since: it is left as it is");
        }
        boolean lost = noted.previous() == null || !Content.isExpressible(noted.previous());
        return policy == CatchAllDeletionPolicy.Reset || lost
                ? new Cleanup.PutBack(Content.untouched(), lost && policy == CatchAllDeletionPolicy.Restore)
                : new Cleanup.PutBack(noted.previous(), false);
    }

    /**
     * Whether it may be put back: what the ownership record says of it must be what its seal at Cloudflare confirms; or nothing but
     * what the namespace may do anyway, for an ownership record can be forged.
     */
    static boolean isCredible(
            CatchAllContent content, String zoneId, CatchAll live, OwnerMark mark, Grants grants, String domain) {
        boolean sealed = mark.sealIn(live.name())
                .filter(Content.seal(zoneId, content)::equals)
                .isPresent();
        return sealed
                || MailAction.of(content.actionType(), content.actionValue())
                        .filter(action -> grants.action(domain, action))
                        .isPresent();
    }

    private static boolean isOurs(CatchAll live, OwnerMark mark) {
        return mark.isOn(live.name()) && !live.isWranglers();
    }

    private static boolean isEither(CatchAllContent content, CatchAllOwnership noted) {
        boolean applied = noted.applied() != null && Content.same(content, noted.applied());
        boolean intended = noted.intended() != null && Content.same(content, noted.intended());
        return applied || intended;
    }
}

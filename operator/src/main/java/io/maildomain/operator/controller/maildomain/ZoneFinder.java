package io.maildomain.operator.controller.maildomain;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.cloudflare.AccountSummary;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.RegistrableDomains;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.cloudflare.ZoneLookup;
import io.maildomain.operator.cloudflare.errors.ZoneSighting;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.ZoneDecision;
import io.maildomain.operator.controller.maildomain.plan.ZoneMessages;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks for the zone of a domain: by the id that was noted, else by name. Reads only. */
final class ZoneFinder {

    private static final Duration AFTER_TIMEOUT = Duration.ofSeconds(60);

    private final Cloudflare cloudflare;
    private final Duration callTimeout;

    ZoneFinder(Cloudflare cloudflare, Duration callTimeout) {
        this.cloudflare = cloudflare;
        this.callTimeout = callTimeout;
    }

    /** @param noted what the ownership record says of the zone; empty where it says nothing */
    ZoneDecision find(HasMetadata resource, DesiredState desired, String accountId, Optional<ZoneOwnership> noted) {
        ZoneRebinding rebinding = ZoneRebinding.of(resource, noted);
        return rebinding.noted(find(desired, accountId, noted, rebinding), noted);
    }

    private ZoneDecision find(
            DesiredState desired, String accountId, Optional<ZoneOwnership> noted, ZoneRebinding rebinding) {
        Optional<String> id = noted.flatMap(ZoneOwnership::notedId);
        if (id.isPresent()) {
            Optional<Zone> known = byId(id.get());
            boolean isIt = known.filter(zone -> zone.name().equalsIgnoreCase(desired.domain()))
                    .isPresent();
            if (isIt && !rebinding.asksForId()) {
                return new ZoneDecision.Use(known.get(), noted.get());
            }
            if (!rebinding.open()) {
                return blocked(desired.domain(), id.get());
            }
        }
        if (rebinding.asksForId()) {
            return rebound(desired.domain(), accountId, rebinding.value());
        }
        return byName(desired, accountId, id.isPresent() ? Optional.empty() : noted);
    }

    private ZoneDecision byName(DesiredState desired, String accountId, Optional<ZoneOwnership> noted) {
        ZoneLookup lookup = cloudflare.zonesNamed(desired.domain());
        String registrable = RegistrableDomains.of(desired.domain());
        ZoneDecision.Question question = new ZoneDecision.Question(
                desired,
                accountId,
                RegistrableDomains.mayBe(desired.domain()),
                registrable,
                accountId.isEmpty() && lookup.zones().isEmpty() ? onlyAccount() : "",
                noted.orElse(null),
                callTimeout.plus(AFTER_TIMEOUT));
        return ZoneDecision.decide(question, lookup);
    }

    /** Named to people, never used by itself: a token sees one account today and two tomorrow. */
    private String onlyAccount() {
        try {
            List<AccountSummary> seen = cloudflare.accounts();
            return seen.size() == 1 ? seen.get(0).id() : "";
        } catch (CloudflareException e) {
            return "";
        }
    }

    /** The zone that a user named by its id is never ours to delete; it must lie in the account that is used. */
    private ZoneDecision rebound(String domain, String accountId, String id) {
        return byId(id).filter(found -> found.name().equalsIgnoreCase(domain))
                .filter(found -> accountId.isEmpty() || found.accountId().equals(accountId))
                .<ZoneDecision>map(found -> new ZoneDecision.Use(
                        found, new ZoneOwnership(found.id(), found.accountId(), ZoneOrigin.Adopted, null)))
                .orElseGet(() -> blocked(domain, id));
    }

    /** What the token sees of a zone that could not be created because there is one. */
    ZoneSighting sighting(String domain, String accountId) {
        try {
            List<Zone> seen = cloudflare.zonesNamed(domain).zones();
            boolean here = seen.stream()
                    .anyMatch(zone -> accountId.isEmpty() || zone.accountId().equals(accountId));
            boolean elsewhere = !here && !seen.isEmpty();
            return here ? ZoneSighting.SEEN : elsewhere ? ZoneSighting.SEEN_IN_OTHER_ACCOUNT : ZoneSighting.NOT_SEEN;
        } catch (CloudflareException e) {
            return ZoneSighting.NOT_SEEN;
        }
    }

    /**
     * The zone, unless Cloudflare says that there is none. A token that lost the right to read zones says nothing about
     * that: then the refusal is thrown.
     */
    Optional<Zone> unlessGone(String id) {
        return read(id, CloudflareException::zoneMissing);
    }

    /** The zone, if it is there and the token may see it. A token that is no good at all says nothing about that. */
    private Optional<Zone> byId(String id) {
        return read(id, refusal -> refusal.zoneMissing() || refusal.hidesZone());
    }

    private Optional<Zone> read(String id, Predicate<CloudflareException> meansNone) {
        try {
            return Optional.of(cloudflare.zone(id));
        } catch (CloudflareException e) {
            if (meansNone.test(e)) {
                return Optional.empty();
            }
            throw e;
        } catch (IllegalArgumentException malformedId) {
            return Optional.empty();
        }
    }

    private static ZoneDecision blocked(String domain, String id) {
        return new ZoneDecision.Unavailable(
                Blocked.stalled(ConditionType.ZONE_READY, Reason.ZoneNotVisible, ZoneMessages.notVisible(domain, id)));
    }
}

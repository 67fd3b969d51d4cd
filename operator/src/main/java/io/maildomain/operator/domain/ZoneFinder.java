package io.maildomain.operator.domain;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.cloudflare.AccountSummary;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.RegistrableDomains;
import io.maildomain.operator.cloudflare.Use;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.cloudflare.ZoneLookup;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.diagnosis.ZoneSighting;
import io.maildomain.operator.outcome.Halt;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks for the zone of a domain: by the id that was noted, else by name. Reads only. */
final class ZoneFinder {

    private static final int UNAUTHORIZED = 9109;

    private static final Duration AFTER_TIMEOUT = Duration.ofSeconds(60);

    private final Cloudflare cloudflare;
    private final Duration callTimeout;
    private final Use use;

    ZoneFinder(Cloudflare cloudflare, Duration callTimeout, Use use) {
        this.cloudflare = cloudflare;
        this.callTimeout = callTimeout;
        this.use = use;
    }

    /** @param noted what the ledger says of the zone; empty where it says nothing */
    ZoneDecision find(HasMetadata resource, Wanted wanted, String accountId, Optional<ZoneOwnership> noted) {
        ZoneRebinding rebinding = ZoneRebinding.of(resource, noted);
        return rebinding.noted(find(wanted, accountId, noted, rebinding), noted);
    }

    private ZoneDecision find(Wanted wanted, String accountId, Optional<ZoneOwnership> noted, ZoneRebinding rebinding) {
        Optional<String> id = noted.flatMap(ZoneOwnership::notedId);
        if (id.isPresent()) {
            Optional<Zone> known = byId(id.get());
            boolean isIt = known.filter(zone -> zone.name().equalsIgnoreCase(wanted.domain()))
                    .isPresent();
            if (isIt && !rebinding.asksForId()) {
                return new ZoneDecision.Use(known.get(), noted.get());
            }
            if (!rebinding.open()) {
                return blocked(wanted.domain(), id.get());
            }
        }
        if (rebinding.asksForId()) {
            return rebound(wanted.domain(), accountId, rebinding.value());
        }
        return byName(wanted, accountId, id.isPresent() ? Optional.empty() : noted);
    }

    private ZoneDecision byName(Wanted wanted, String accountId, Optional<ZoneOwnership> noted) {
        ZoneLookup lookup = cloudflare.zonesNamed(wanted.domain(), use);
        String registrable = RegistrableDomains.of(wanted.domain());
        ZoneDecision.Question question = new ZoneDecision.Question(
                wanted,
                accountId,
                RegistrableDomains.mayBe(wanted.domain()),
                registrable,
                accountId.isEmpty() && lookup.zones().isEmpty() ? onlyAccount() : "",
                noted.orElse(null),
                callTimeout.plus(AFTER_TIMEOUT));
        return ZoneDecision.decide(question, lookup);
    }

    /** Named to people, never used by itself: a token sees one account today and two tomorrow. */
    private String onlyAccount() {
        try {
            List<AccountSummary> seen = cloudflare.accounts(use);
            return seen.size() == 1 ? seen.get(0).id() : "";
        } catch (CloudflareException e) {
            return "";
        }
    }

    /** The zone that somebody named by its id is never ours to delete; it must lie in the account that is used. */
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
            List<Zone> seen = cloudflare.zonesNamed(domain, use).zones();
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
        return read(id, refusal -> refusal.zoneMissing() || hides(refusal));
    }

    private Optional<Zone> read(String id, Predicate<CloudflareException> meansNone) {
        try {
            return Optional.of(cloudflare.zone(id, use));
        } catch (CloudflareException e) {
            if (meansNone.test(e)) {
                return Optional.empty();
            }
            throw e;
        } catch (IllegalArgumentException malformedId) {
            return Optional.empty();
        }
    }

    /** 9109 has two meanings: the zone is out of the token's scope, or the token is not valid. */
    private static boolean hides(CloudflareException refusal) {
        return refusal.refused()
                .filter(refused -> refused.errors().stream()
                        .anyMatch(error -> error.code() == UNAUTHORIZED
                                && !error.message().toLowerCase(Locale.ROOT).contains("token")))
                .isPresent();
    }

    private static ZoneDecision blocked(String domain, String id) {
        return new ZoneDecision.Blocked(
                Halt.stalled(ConditionType.ZONE_READY, "ZoneNotVisible", ZoneSentences.notVisible(domain, id)));
    }
}

package io.maildomain.operator.controller.offline;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.Admissible;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZonePolicy;
import io.maildomain.api.v1alpha1.ZoneSpec;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.HostNames;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.maildomain.DomainLook;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.ZoneDecision;
import io.maildomain.operator.controller.maildomain.plan.ZoneState;
import io.maildomain.operator.controller.offline.plan.DomainPlan;
import io.maildomain.operator.controller.offline.plan.Export;
import io.maildomain.operator.controller.offline.plan.Exported;
import io.maildomain.operator.controller.offline.plan.Installation;
import io.maildomain.operator.controller.offline.plan.ManifestChoice;
import io.maildomain.operator.dns.PublicDns;
import io.maildomain.operator.status.Blocked;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Reads zones for who has no cluster. Writes nothing. */
public final class ZoneReader {

    private final Cloudflare cloudflare;
    private final DomainLook look;
    private final String accountId;

    /**
     * @param callTimeout how long a call may take
     * @param accountId "" where none is known
     */
    public ZoneReader(Cloudflare cloudflare, PublicDns publicDns, Duration callTimeout, String accountId) {
        this.cloudflare = cloudflare;
        this.look = new DomainLook(cloudflare, publicDns, callTimeout);
        this.accountId = accountId;
    }

    /** What became of looking for a zone that a MailDomain can be about. */
    public sealed interface Search {

        /** This one. */
        record Found(Zone zone) implements Search {}

        /** None, or none that the operator can work on; the reason is a sentence. */
        record None(String domain, String why) implements Search {}
    }

    /**
     * Every zone that the token sees, of the account if one is known, by name.
     *
     * @throws CloudflareException if Cloudflare does not tell
     */
    public List<Search> all() {
        List<Zone> zones = cloudflare.zones().stream()
                .filter(zone -> accountId.isEmpty() || zone.accountId().equals(accountId))
                .sorted(Comparator.comparing(Zone::name))
                .toList();
        return zones.stream()
                .map(zone -> zones.stream()
                                        .filter(other -> other.name().equals(zone.name()))
                                        .count()
                                > 1
                        ? new Search.None(
                                zone.name(),
                                "several accounts have this zone: set CLOUDFLARE_ACCOUNT_ID to one of them")
                        : usable(zone))
                .distinct()
                .toList();
    }

    /**
     * The zone of this name, as a MailDomain would find it.
     *
     * @throws CloudflareException if Cloudflare does not tell
     */
    public Search named(String name) {
        String domain = HostNames.ascii(name.strip()).toLowerCase(Locale.ROOT);
        if (!Admissible.domain(domain)) {
            return new Search.None(name, "it is no domain that a MailDomain can be about");
        }
        MailDomain resource = adopting(domain);
        ZoneDecision decision = look.zone(resource, Export.desired(resource.getSpec()), accountId);
        if (decision instanceof ZoneDecision.Use use) {
            return usable(use.zone());
        }
        Blocked blocked = ((ZoneDecision.Unavailable) decision).blocked();
        return new Search.None(
                domain,
                blocked.reason() == Reason.ZoneNotFound ? "the token sees no zone of this name" : blocked.message());
    }

    /** Of a domain that takes the zone that is there. */
    private static MailDomain adopting(String domain) {
        MailDomain resource = new MailDomain();
        resource.setMetadata(new ObjectMetaBuilder().withName("any").build());
        resource.setSpec(new MailDomainSpec(
                domain,
                null,
                new ZoneSpec(ZonePolicy.AdoptOnly, null),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
        return resource;
    }

    private static Search usable(Zone zone) {
        if (!Admissible.domain(zone.name())) {
            return new Search.None(zone.name(), "its name is none that a MailDomain can be about");
        }
        if (!zone.type().equals("full")) {
            return new Search.None(
                    zone.name(), "a zone of type " + zone.type() + " cannot have Email Routing: only full ones can");
        }
        return ZoneState.unknown(zone)
                .map(Blocked::message)
                .<Search>map(why -> new Search.None(zone.name(), why))
                .orElseGet(() -> new Search.Found(zone));
    }

    /**
     * The manifests of a zone.
     *
     * @param name of the resources
     * @throws CloudflareException if Cloudflare does not tell
     */
    public Exported read(Zone zone, ManifestChoice choice, String name) {
        Exported first = Export.of(observe(zone, MailDomainSpec.of(zone.name())), choice, name);
        DesiredState desired = Export.desired(first.domain().getSpec());
        return desired.subdomainHosts().isEmpty() ? first : Export.of(observe(zone, desired.spec()), choice, name);
    }

    /** What stands in a zone, as far as this spec is about it. */
    public ObservedState observe(Zone zone, MailDomainSpec spec) {
        return look.observe(zone, Export.desired(spec));
    }

    /** What became of planning a domain. */
    public sealed interface Planning {

        /** This would be done. */
        record Done(DomainPlan plan) implements Planning {}

        /** Nothing can be done, whatever the files say; the reason is a sentence. */
        record Blocked(String domain, String why) implements Planning {}
    }

    /**
     * What the files of a domain would change.
     *
     * @param catchAlls the CatchAllRules of the domain
     * @param ownerId of the installation; "" where it is not known
     * @throws CloudflareException if Cloudflare does not tell
     */
    public Planning plan(MailDomain domain, List<CatchAllRule> catchAlls, String ownerId) {
        DesiredState desired = Export.desired(domain.getSpec());
        ZoneDecision decision = look.zone(domain, desired, accountId);
        if (decision instanceof ZoneDecision.Unavailable unavailable) {
            Blocked blocked = unavailable.blocked();
            return blocked.reason() == Reason.ZoneExists
                    ? existing(domain, catchAlls, ownerId, blocked.message())
                    : new Planning.Blocked(desired.domain(), blocked.message());
        }
        if (decision instanceof ZoneDecision.Use use) {
            return ZoneState.unknown(use.zone())
                    .<Planning>map(blocked -> new Planning.Blocked(desired.domain(), blocked.message()))
                    .orElseGet(() -> plan(domain, catchAlls, look.observe(use.zone(), desired), ownerId));
        }
        return new Planning.Done(DomainPlan.of(domain, catchAlls, DomainLook.nothing(desired), ownerId, true));
    }

    /**
     * A zone that is there, of a domain that takes none that was there before. Whether the operator created it, it noted in the status;
     * here only what it wrote there for this very MailDomain tells.
     */
    private Planning existing(MailDomain domain, List<CatchAllRule> catchAlls, String ownerId, String refusal) {
        String name = domain.getSpec().domain();
        if (look.zone(adopting(name), Export.desired(adopting(name).getSpec()), accountId)
                        instanceof ZoneDecision.Use use
                && ZoneState.unknown(use.zone()).isEmpty()) {
            ObservedState seen = look.observe(use.zone(), Export.desired(domain.getSpec()));
            return Installation.hasWritten(domain, seen)
                    ? plan(domain, catchAlls, seen, ownerId)
                    : new Planning.Blocked(
                            name,
                            refusal
                                    + ". If the operator created the zone, that cannot be seen without a cluster: no rule"
                                    + " there is named after this MailDomain");
        }
        return new Planning.Blocked(name, refusal);
    }

    private static Planning plan(MailDomain domain, List<CatchAllRule> catchAlls, ObservedState seen, String ownerId) {
        return Installation.undecided(seen, ownerId)
                .<Planning>map(why -> new Planning.Blocked(seen.zone().name(), why))
                .orElseGet(() -> new Planning.Done(DomainPlan.of(domain, catchAlls, seen, ownerId, false)));
    }
}

package io.maildomain.operator.controller.sweep;

import io.maildomain.operator.cloudflare.AccountList;
import io.maildomain.operator.cloudflare.AccountSummary;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.CatchAllDraft;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.DeployProbe;
import io.maildomain.operator.cloudflare.Destinations;
import io.maildomain.operator.cloudflare.DnsRecord;
import io.maildomain.operator.cloudflare.DnsReport;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.cloudflare.RuleList;
import io.maildomain.operator.cloudflare.TokenVerification;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.cloudflare.ZoneLookup;
import io.maildomain.operator.controller.sweep.NotSwept.Why;
import io.maildomain.operator.controller.sweep.plan.Facet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Cloudflare as a sweep saw it, for one resource: the same reconcile goes by it as by the real one, only that everything but
 * what the lists told ends it ({@link NotSwept}). What no list tells is read by a call of the resource's own.
 */
final class SweptCloudflare implements Cloudflare {

    private final Subject subject;
    private final AccountView view;
    private final Supplier<Cloudflare> own;
    private final Function<String, Optional<DnsReport>> knownDns;
    private final BiConsumer<String, DnsReport> learnDns;

    /**
     * @param own the resource's own client: it takes its turn at the first call
     * @param knownDns what is known of a host's records, while that is good enough
     * @param learnDns is told what was read of a host's records
     */
    SweptCloudflare(
            Subject subject,
            AccountView view,
            Supplier<Cloudflare> own,
            Function<String, Optional<DnsReport>> knownDns,
            BiConsumer<String, DnsReport> learnDns) {
        this.subject = subject;
        this.view = view;
        this.own = own;
        this.knownDns = knownDns;
        this.learnDns = learnDns;
    }

    /** What no list tells. A failure is no finding yet: the resource's own look meets it again, and that counts. */
    private <T> T read(Function<Cloudflare, T> call) {
        try {
            return call.apply(own.get());
        } catch (CloudflareException e) {
            throw new NotSwept(Why.WORK);
        }
    }

    @Override
    public Zone zone(String zoneId) {
        return view.lists(Facet.ZONE)
                ? seen(view.zones(), mine(zoneId))
                : read(cloudflare -> cloudflare.zone(mine(zoneId)));
    }

    @Override
    public RoutingSettings routing(String zoneId) {
        mine(zoneId);
        return view.lists(Facet.SETTINGS)
                ? seen(view.settings(), subject.place().domain())
                : read(cloudflare -> cloudflare.routing(zoneId));
    }

    @Override
    public RuleList rules(String zoneId) {
        return view.lists(Facet.RULES)
                ? view.rulesOf(mine(zoneId))
                : read(cloudflare -> cloudflare.rules(mine(zoneId)));
    }

    /** That a list leaves it out does not mean that it was never touched. */
    @Override
    public CatchAll catchAll(String zoneId) {
        mine(zoneId);
        Optional<CatchAll> listed =
                view.lists(Facet.RULES) ? view.rulesOf(zoneId).listedCatchAll() : Optional.empty();
        return listed.orElseGet(() -> read(cloudflare -> cloudflare.catchAll(zoneId)));
    }

    @Override
    public DnsReport routingDns(String zoneId) {
        return dns(zoneId, "", () -> read(cloudflare -> cloudflare.routingDns(zoneId)));
    }

    @Override
    public DnsReport routingDns(String zoneId, String host) {
        return dns(zoneId, host, () -> read(cloudflare -> cloudflare.routingDns(zoneId, host)));
    }

    private DnsReport dns(String zoneId, String host, Supplier<DnsReport> read) {
        mine(zoneId);
        return knownDns.apply(host).orElseGet(() -> {
            DnsReport report = read.get();
            learnDns.accept(host, report);
            return report;
        });
    }

    /** Only its own zone: a sweep answers for no other. */
    private String mine(String zoneId) {
        if (!zoneId.equals(subject.place().zoneId())) {
            throw new NotSwept(Why.WORK);
        }
        return zoneId;
    }

    private static <T> T seen(Map<String, T> listed, String key) {
        T seen = listed.get(key);
        if (seen == null) {
            throw new NotSwept(Why.UNSEEN);
        }
        return seen;
    }

    // ---- what ends it

    private static <T> T work() {
        throw new NotSwept(Why.WORK);
    }

    @Override
    public Duration clockSkew() {
        return work();
    }

    @Override
    public ZoneLookup zonesNamed(String name) {
        return work();
    }

    @Override
    public List<Zone> zones() {
        return work();
    }

    @Override
    public void readOn(AccountList<?> list) {
        work();
    }

    @Override
    public List<Zone> someZones() {
        return work();
    }

    @Override
    public Zone createZone(String name, String accountId) {
        return work();
    }

    @Override
    public void deleteZone(String zoneId) {
        work();
    }

    @Override
    public RoutingSettings setSubaddressing(String zoneId, boolean on) {
        return work();
    }

    @Override
    public Optional<RoutingSettings> enableRouting(String zoneId) {
        return work();
    }

    @Override
    public void disableRouting(String zoneId) {
        work();
    }

    @Override
    public void addSubdomain(String zoneId, String host) {
        work();
    }

    @Override
    public void removeSubdomain(String zoneId, String host) {
        work();
    }

    @Override
    public RoutingRule rule(String zoneId, String ruleId) {
        return work();
    }

    @Override
    public RoutingRule createRule(String zoneId, RuleDraft draft) {
        return work();
    }

    @Override
    public RoutingRule updateRule(String zoneId, String ruleId, RuleDraft draft) {
        return work();
    }

    @Override
    public void deleteRule(String zoneId, String ruleId) {
        work();
    }

    @Override
    public CatchAll putCatchAll(String zoneId, CatchAllDraft draft) {
        return work();
    }

    @Override
    public Destinations destinations(String accountId) {
        return work();
    }

    @Override
    public TokenVerification verifyToken() {
        return work();
    }

    @Override
    public TokenVerification verifyAccountToken(String accountId) {
        return work();
    }

    @Override
    public List<DnsRecord> dnsRecords(String zoneId) {
        return work();
    }

    @Override
    public List<AccountSummary> accounts() {
        return work();
    }

    @Override
    public void probe(DeployProbe probe, String accountOrZoneId) {
        work();
    }
}

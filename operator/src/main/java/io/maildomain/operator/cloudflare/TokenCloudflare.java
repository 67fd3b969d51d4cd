package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import retrofit2.Call;

/** {@link Cloudflare} with one token: which call is which route, and what its answer means. */
final class TokenCloudflare implements Cloudflare {
    private static final Json.Nothing NOTHING = new Json.Nothing();
    private static final Json.Host APEX = new Json.Host(null);
    private static final Set<Integer> GONE = Set.of(404, 405, 410);
    private static final Set<Integer> NO_SUCH_ROUTE = Set.of(7000, 7001, 7003, 10405);

    private final CloudflareApi api;
    private final Sender sender;
    private final Listing lists;
    private final SecondLook second = new SecondLook(this);

    TokenCloudflare(CloudflareApi api, Sender sender) {
        this.api = api;
        this.sender = sender;
        this.lists = new Listing(sender);
    }

    @Override
    public Duration clockSkew() {
        return sender.clockSkew();
    }

    @Override
    public ZoneLookup zonesNamed(String name, Use use) {
        Pages<JsonNode> pages = listZones(name, use);
        return Sender.translated(
                CloudflareCall.LIST_ZONES,
                () -> new ZoneLookup(Translation.zonesNamed(name, pages.items()), pages.answeredAt()));
    }

    @Override
    public List<Zone> zones(Use use) {
        Pages<JsonNode> pages = listZones(null, use);
        return Sender.translated(CloudflareCall.LIST_ZONES, () -> Translation.zones(pages.items()));
    }

    @Override
    public List<Zone> someZones(Use use) {
        return Sender.translated(
                CloudflareCall.LIST_ZONES,
                () -> Translation.zones(
                        lists.page(CloudflareCall.LIST_ZONES, use, api.listZones(null, 1, Pages.PER_PAGE))
                                .result()));
    }

    private Pages<JsonNode> listZones(String nameOrNull, Use use) {
        return lists.read(CloudflareCall.LIST_ZONES, use, page -> api.listZones(nameOrNull, page, Pages.PER_PAGE));
    }

    @Override
    public Zone createZone(String name, String accountId) {
        Json.NewZone zone = new Json.NewZone(name, new Json.Account(id(accountId), null), "full");
        return sender.created(
                sender.ask(CloudflareCall.CREATE_ZONE, Use.CHANGE, api.createZone(zone), Translation::zone));
    }

    @Override
    public Zone zone(String zoneId, Use use) {
        try {
            return sender.ask(CloudflareCall.GET_ZONE, use, api.zone(id(zoneId)), Translation::zone);
        } catch (CloudflareException e) {
            if (!e.isWordlessMiss()) {
                throw e;
            }
            return second.zone(zoneId, use, e);
        }
    }

    @Override
    public void deleteZone(String zoneId) {
        sender.tell(CloudflareCall.DELETE_ZONE, Use.CHANGE, api.deleteZone(id(zoneId)));
    }

    @Override
    public RoutingSettings routing(String zoneId, Use use) {
        Call<Envelope<JsonNode>> request = api.routing(id(zoneId));
        try {
            return second.inside(
                    zoneId, use, () -> sender.ask(CloudflareCall.GET_ROUTING, use, request, Translation::settings));
        } catch (CloudflareException e) {
            if (!e.settingsMissing()) {
                throw e;
            }
            return RoutingSettings.none();
        }
    }

    @Override
    public RoutingSettings setSubaddressing(String zoneId, boolean on) {
        return sender.ask(
                CloudflareCall.PATCH_ROUTING,
                Use.CHANGE,
                api.patchRouting(id(zoneId), new Json.SettingsPatch(on)),
                Translation::settings);
    }

    @Override
    public void enableRouting(String zoneId) {
        try {
            sender.tell(CloudflareCall.ENABLE_ROUTING, Use.CHANGE, api.enableRouting(id(zoneId), NOTHING));
        } catch (CloudflareException e) {
            if (!isCallGone(e)) {
                throw e;
            }
            sender.tell(CloudflareCall.ENABLE_ROUTING_DNS, Use.CHANGE, api.addRoutingDns(zoneId, APEX));
        }
    }

    @Override
    public void disableRouting(String zoneId) {
        try {
            sender.tell(CloudflareCall.DISABLE_ROUTING, Use.CHANGE, api.disableRouting(id(zoneId), NOTHING));
        } catch (CloudflareException e) {
            if (!isCallGone(e)) {
                throw e;
            }
            sender.tell(CloudflareCall.DISABLE_ROUTING_DNS, Use.CHANGE, api.removeRoutingDns(zoneId, APEX));
        }
    }

    /**
     * Whether the deprecated call is not there any more. "No route for that URI" can mean the call or the zone: then its
     * successor is tried, and its answer tells.
     */
    private static boolean isCallGone(CloudflareException e) {
        return e.refused()
                .filter(refused -> GONE.contains(refused.status())
                        || refused.errors().stream().anyMatch(error -> NO_SUCH_ROUTE.contains(error.code())))
                .filter(refused -> !e.namesMissingZone())
                .isPresent();
    }

    @Override
    public DnsReport routingDns(String zoneId, Use use) {
        return routingDns(zoneId, use, null);
    }

    @Override
    public DnsReport routingDns(String zoneId, String host, Use use) {
        return routingDns(zoneId, use, host(host));
    }

    private DnsReport routingDns(String zoneId, Use use, String hostOrNull) {
        return sender.ask(
                CloudflareCall.GET_ROUTING_DNS, use, api.routingDns(id(zoneId), hostOrNull), Translation::dnsReport);
    }

    @Override
    public void addSubdomain(String zoneId, String host) {
        sender.tell(CloudflareCall.ADD_SUBDOMAIN, Use.CHANGE, api.addRoutingDns(id(zoneId), new Json.Host(host(host))));
    }

    @Override
    public void removeSubdomain(String zoneId, String host) {
        sender.tell(
                CloudflareCall.REMOVE_SUBDOMAIN,
                Use.CHANGE,
                api.removeRoutingDns(id(zoneId), new Json.Host(host(host))));
    }

    @Override
    public RuleList rules(String zoneId, Use use) {
        String zone = id(zoneId);
        return second.inside(
                zone,
                use,
                () -> Translation.rules(
                        lists.read(CloudflareCall.LIST_RULES, use, page -> api.rules(zone, page, Pages.PER_PAGE))
                                .items()));
    }

    @Override
    public RoutingRule rule(String zoneId, String ruleId, Use use) {
        String zone = id(zoneId);
        return second.inside(
                zone,
                use,
                () -> sender.ask(CloudflareCall.GET_RULE, use, api.rule(zone, id(ruleId)), Translation::rule));
    }

    @Override
    public RoutingRule createRule(String zoneId, RuleDraft draft) {
        return sender.ask(
                CloudflareCall.CREATE_RULE,
                Use.CHANGE,
                api.createRule(id(zoneId), Translation.body(draft)),
                Translation::rule);
    }

    @Override
    public RoutingRule updateRule(String zoneId, String ruleId, RuleDraft draft) {
        return sender.ask(
                CloudflareCall.UPDATE_RULE,
                Use.CHANGE,
                api.updateRule(id(zoneId), id(ruleId), Translation.body(draft)),
                Translation::rule);
    }

    @Override
    public void deleteRule(String zoneId, String ruleId) {
        sender.tell(CloudflareCall.DELETE_RULE, Use.CHANGE, api.deleteRule(id(zoneId), id(ruleId)));
    }

    @Override
    public CatchAll catchAll(String zoneId, Use use) {
        try {
            return sender.ask(CloudflareCall.GET_CATCH_ALL, use, api.catchAll(id(zoneId)), Translation::catchAll);
        } catch (CloudflareException e) {
            if (!e.isWordlessMiss()) {
                throw e;
            }
            return second.catchAll(zoneId, use, e);
        }
    }

    @Override
    public CatchAll putCatchAll(String zoneId, CatchAllDraft draft) {
        return sender.ask(
                CloudflareCall.PUT_CATCH_ALL,
                Use.CHANGE,
                api.putCatchAll(id(zoneId), Translation.body(draft)),
                Translation::catchAll);
    }

    @Override
    public TokenVerification verifyToken(Use use) {
        return sender.ask(CloudflareCall.VERIFY_TOKEN, use, api.verifyToken(), Translation::verification);
    }

    @Override
    public TokenVerification verifyAccountToken(String accountId, Use use) {
        return sender.ask(
                CloudflareCall.VERIFY_ACCOUNT_TOKEN,
                use,
                api.verifyAccountToken(id(accountId)),
                Translation::verification);
    }

    @Override
    public List<DnsRecord> dnsRecords(String zoneId, Use use) {
        String zone = id(zoneId);
        return lists
                .read(CloudflareCall.LIST_DNS_RECORDS, use, page -> api.dnsRecords(zone, page, Pages.PER_PAGE))
                .items()
                .stream()
                .map(Translation::dnsRecord)
                .toList();
    }

    @Override
    public List<AccountSummary> accounts(Use use) {
        return Translation.accounts(
                lists.read(CloudflareCall.LIST_ACCOUNTS, use, page -> api.accounts(page, Pages.PER_PAGE))
                        .items());
    }

    @Override
    public void probe(DeployProbe probe, String accountOrZoneId) {
        String path = probe.call().route().substring(1).replaceAll("\\{\\w+}", id(accountOrZoneId));
        sender.<JsonNode>page(probe.call(), Use.CHECK, api.probe(path));
    }

    private static String id(String id) {
        if (!Translation.isId(id)) {
            throw new IllegalArgumentException("an id is 32 lower-case hexadecimal digits");
        }
        return id;
    }

    private static String host(String host) {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("without a host this would be about the whole zone");
        }
        return host;
    }
}

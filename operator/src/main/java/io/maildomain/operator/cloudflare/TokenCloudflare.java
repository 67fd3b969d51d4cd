package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@link Cloudflare} with one token: which call is made with what, and what its answer means. */
final class TokenCloudflare implements Cloudflare {
    private static final Json.Nothing NOTHING = new Json.Nothing();
    private static final Json.Host APEX = new Json.Host(null);
    private static final Set<Integer> GONE = Set.of(404, 405, 410);
    private static final Set<CloudflareError> NO_SUCH_CALL = Set.of(
            CloudflareError.NO_ROUTE,
            CloudflareError.METHOD_NOT_ALLOWED,
            CloudflareError.COULD_NOT_ROUTE,
            CloudflareError.METHOD_NOT_ALLOWED_BY_SERVICE);

    private final CallExecutor executor;
    private final Listing lists;
    private final MissConfirmation second = new MissConfirmation(this);

    TokenCloudflare(CallExecutor executor) {
        this.executor = executor;
        this.lists = new Listing(executor);
    }

    @Override
    public Duration clockSkew() {
        return executor.clockSkew();
    }

    @Override
    public ZoneLookup zonesNamed(String name) {
        Pages<JsonNode> pages =
                lists.read(ApiRequest.to(CloudflareCall.LIST_ZONES).with("name", name));
        return CallExecutor.translated(
                CloudflareCall.LIST_ZONES,
                () -> new ZoneLookup(Translation.zonesNamed(name, pages.items()), pages.answeredAt()));
    }

    @Override
    public List<Zone> zones() {
        Pages<JsonNode> pages = lists.read(ApiRequest.to(CloudflareCall.LIST_ZONES));
        return CallExecutor.translated(CloudflareCall.LIST_ZONES, () -> Translation.zones(pages.items()));
    }

    @Override
    public void readOn(AccountList<?> list) {
        CallExecutor.translated(list.call(), () -> {
            list.take(lists.page(list.request(), list.nextPage()));
            return list;
        });
    }

    @Override
    public List<Zone> someZones() {
        return CallExecutor.translated(
                CloudflareCall.LIST_ZONES,
                () -> Translation.zones(
                        lists.page(ApiRequest.to(CloudflareCall.LIST_ZONES), 1).result()));
    }

    @Override
    public Zone createZone(String name, String accountId) {
        Json.NewZone zone = new Json.NewZone(name, new Json.Account(ApiRequest.id(accountId), null), "full");
        return executor.created(
                executor.ask(ApiRequest.to(CloudflareCall.CREATE_ZONE).sending(zone), Translation::zone));
    }

    @Override
    public Zone zone(String zoneId) {
        try {
            return executor.ask(ApiRequest.to(CloudflareCall.GET_ZONE, zoneId), Translation::zone);
        } catch (CloudflareException e) {
            if (!e.isWordlessMiss()) {
                throw e;
            }
            return second.zone(zoneId, e);
        }
    }

    @Override
    public void deleteZone(String zoneId) {
        executor.tell(ApiRequest.to(CloudflareCall.DELETE_ZONE, zoneId));
    }

    @Override
    public RoutingSettings routing(String zoneId) {
        ApiRequest request = ApiRequest.to(CloudflareCall.GET_ROUTING, zoneId);
        try {
            return second.inside(zoneId, () -> executor.ask(request, Translation::settings));
        } catch (CloudflareException e) {
            if (!e.settingsMissing()) {
                throw e;
            }
            return RoutingSettings.none();
        }
    }

    @Override
    public RoutingSettings setSubaddressing(String zoneId, boolean on) {
        return executor.ask(
                ApiRequest.to(CloudflareCall.PATCH_ROUTING, zoneId).sending(new Json.SettingsPatch(on)),
                Translation::settings);
    }

    @Override
    public Optional<RoutingSettings> enableRouting(String zoneId) {
        try {
            return Translation.settingsIn(executor.tell(
                    ApiRequest.to(CloudflareCall.ENABLE_ROUTING, zoneId).sending(NOTHING)));
        } catch (CloudflareException e) {
            if (!isCallGone(e)) {
                throw e;
            }
            return Translation.settingsIn(executor.tell(
                    ApiRequest.to(CloudflareCall.ENABLE_ROUTING_DNS, zoneId).sending(APEX)));
        }
    }

    @Override
    public void disableRouting(String zoneId) {
        try {
            executor.tell(ApiRequest.to(CloudflareCall.DISABLE_ROUTING, zoneId).sending(NOTHING));
        } catch (CloudflareException e) {
            if (!isCallGone(e)) {
                throw e;
            }
            executor.tell(
                    ApiRequest.to(CloudflareCall.DISABLE_ROUTING_DNS, zoneId).sending(APEX));
        }
    }

    /**
     * Whether the deprecated call is not there any more. "No route for that URI" can mean the call or the zone: then its
     * successor is tried, and its answer tells.
     */
    private static boolean isCallGone(CloudflareException e) {
        return e.refused()
                .filter(refused -> GONE.contains(refused.status()) || refused.hasAny(NO_SUCH_CALL))
                .filter(refused -> !e.namesMissingZone())
                .isPresent();
    }

    @Override
    public DnsReport routingDns(String zoneId) {
        return routingDns(zoneId, ApiRequest.to(CloudflareCall.GET_ROUTING_DNS, zoneId));
    }

    @Override
    public DnsReport routingDns(String zoneId, String host) {
        return routingDns(
                zoneId, ApiRequest.to(CloudflareCall.GET_ROUTING_DNS, zoneId).with("subdomain", host(host)));
    }

    private DnsReport routingDns(String zoneId, ApiRequest request) {
        try {
            return second.inside(zoneId, () -> executor.ask(request, Translation::dnsReport));
        } catch (CloudflareException e) {
            if (!e.routingDnsMissing()) {
                throw e;
            }
            return DnsReport.none();
        }
    }

    @Override
    public void addSubdomain(String zoneId, String host) {
        executor.tell(ApiRequest.to(CloudflareCall.ADD_SUBDOMAIN, zoneId).sending(new Json.Host(host(host))));
    }

    @Override
    public void removeSubdomain(String zoneId, String host) {
        executor.tell(ApiRequest.to(CloudflareCall.REMOVE_SUBDOMAIN, zoneId).sending(new Json.Host(host(host))));
    }

    @Override
    public RuleList rules(String zoneId) {
        // The schema does not list the order, but Cloudflare's own client asks for it.
        ApiRequest request = ApiRequest.to(CloudflareCall.LIST_RULES, zoneId)
                .with("order", "created")
                .with("direction", "asc");
        return second.inside(zoneId, () -> Translation.rules(lists.read(request).items()));
    }

    @Override
    public RoutingRule rule(String zoneId, String ruleId) {
        ApiRequest request = ApiRequest.to(CloudflareCall.GET_RULE, zoneId, ruleId);
        return second.inside(zoneId, () -> executor.ask(request, Translation::rule));
    }

    @Override
    public RoutingRule createRule(String zoneId, RuleDraft draft) {
        return executor.ask(
                ApiRequest.to(CloudflareCall.CREATE_RULE, zoneId).sending(Translation.body(draft)), Translation::rule);
    }

    @Override
    public RoutingRule updateRule(String zoneId, String ruleId, RuleDraft draft) {
        return executor.ask(
                ApiRequest.to(CloudflareCall.UPDATE_RULE, zoneId, ruleId).sending(Translation.body(draft)),
                Translation::rule);
    }

    @Override
    public void deleteRule(String zoneId, String ruleId) {
        executor.tell(ApiRequest.to(CloudflareCall.DELETE_RULE, zoneId, ruleId));
    }

    @Override
    public CatchAll catchAll(String zoneId) {
        try {
            return executor.ask(ApiRequest.to(CloudflareCall.GET_CATCH_ALL, zoneId), Translation::catchAll);
        } catch (CloudflareException e) {
            if (!e.isWordlessMiss()) {
                throw e;
            }
            return second.catchAll(zoneId, e);
        }
    }

    @Override
    public CatchAll putCatchAll(String zoneId, CatchAllDraft draft) {
        return executor.ask(
                ApiRequest.to(CloudflareCall.PUT_CATCH_ALL, zoneId).sending(Translation.body(draft)),
                Translation::catchAll);
    }

    @Override
    public Destinations destinations(String accountId) {
        return new TokenDestinations(executor, accountId);
    }

    @Override
    public TokenVerification verifyToken() {
        return executor.verified(
                executor.ask(ApiRequest.to(CloudflareCall.VERIFY_TOKEN), Translation::verification), false);
    }

    @Override
    public TokenVerification verifyAccountToken(String accountId) {
        return executor.verified(
                executor.ask(ApiRequest.to(CloudflareCall.VERIFY_ACCOUNT_TOKEN, accountId), Translation::verification),
                true);
    }

    @Override
    public List<DnsRecord> dnsRecords(String zoneId) {
        return lists.read(ApiRequest.to(CloudflareCall.LIST_DNS_RECORDS, zoneId)).items().stream()
                .map(Translation::dnsRecord)
                .toList();
    }

    @Override
    public List<AccountSummary> accounts() {
        return Translation.accounts(
                lists.read(ApiRequest.to(CloudflareCall.LIST_ACCOUNTS)).items());
    }

    @Override
    public void probe(DeployProbe probe, String accountOrZoneId) {
        executor.page(ApiRequest.to(probe.call(), accountOrZoneId));
    }

    private static String host(String host) {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException("without a host this would be about the whole zone");
        }
        return host;
    }
}

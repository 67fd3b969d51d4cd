package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.operator.cloudflare.deploy.HostZone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the zone of a host name. By Cloudflare's documentation zones are listed for tokens with Zone: Zone: Read, which is none of the
 * rights of the deploy surface: what a token without it is told of zones, it is told with their custom domains.
 */
record HostZones(CallExecutor executor, String accountId) {

    /**
     * The zone of the account that has the longest name, of those that the token is told of.
     *
     * @throws CloudflareException where zones are not listed for the token, and no custom domain tells
     */
    Optional<HostZone> of(String hostname) {
        String host = HostNames.ascii(hostname);
        try {
            Optional<HostZone> listed = listed(host);
            return listed.isPresent() ? listed : ofCustomDomains(host);
        } catch (CloudflareException e) {
            if (e.call() != CloudflareCall.FIND_ZONE_OF_HOST || !isForWantOfARight(e)) {
                throw e;
            }
            return Optional.of(ofCustomDomains(host).orElseThrow(() -> e));
        }
    }

    private static boolean isForWantOfARight(CloudflareException e) {
        return e.refused()
                .filter(refused -> refused.hasAny(CloudflareError.OF_PERMISSIONS))
                .filter(refused -> TokenOutcome.on(refused) == TokenOutcome.UNKNOWN)
                .isPresent();
    }

    private Optional<HostZone> listed(String host) {
        for (String name : RegistrableDomains.namesOfZones(host)) {
            ApiRequest request = ApiRequest.to(CloudflareCall.FIND_ZONE_OF_HOST)
                    .with("name", name)
                    .with("account.id", accountId);
            Optional<HostZone> zone = executor.ask(request, node -> TriggersTranslation.zoneNamed(name, node));
            if (zone.isPresent()) {
                return zone;
            }
        }
        return Optional.empty();
    }

    private Optional<HostZone> ofCustomDomains(String host) {
        ApiRequest request = ApiRequest.to(CloudflareCall.LIST_CUSTOM_DOMAINS, accountId);
        List<HostZone> zones = executor.ask(request, HostZones::zonesOf);
        return zones.stream()
                .filter(zone -> ("." + host).endsWith("." + zone.name()))
                .max(Comparator.comparing(zone -> zone.name().length()));
    }

    /** Those that are told whole: what is left out tells of no zone. */
    private static List<HostZone> zonesOf(JsonNode domains) {
        Translation.require(domains.isArray(), "the result is no list");
        List<HostZone> zones = new ArrayList<>();
        for (JsonNode node : domains) {
            Fields domain = new Fields(node);
            HostZone zone = new HostZone(domain.text("zone_id"), HostNames.ascii(domain.text("zone_name")));
            if (Translation.isId(zone.id()) && zone.name().indexOf('.') > 0) {
                zones.add(zone);
            }
        }
        return zones;
    }
}

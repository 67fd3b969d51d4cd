package io.maildomain.simulator.zones;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.HostNames;
import io.maildomain.simulator.state.Ids;
import io.maildomain.simulator.state.Registration;
import io.maildomain.simulator.state.World;
import io.maildomain.simulator.state.Zone;
import io.maildomain.simulator.state.ZoneStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adding a zone, with everything that can be wrong about it. */
final class ZoneCreation {

    /** A name that was added this often within the wait is refused until the oldest of them has passed. */
    static final int ADDITIONS = 10;

    static final Duration ADDITION_WAIT = Duration.ofHours(3);

    private static final Set<String> TYPES = Set.of("full", "partial", "secondary", "internal");

    private static final Map<Integer, String> REFUSAL_MESSAGES = Map.of(
            1049, "is not a registered domain",
            1097, "cannot be added to Cloudflare",
            1099, "could not be identified as a registered domain",
            1105, "has been added to and removed from Cloudflare too many times; wait 3 hours and try again",
            1110, "could not be looked up at its registrar; try again later");

    private ZoneCreation() {}

    static Zone create(Call call) {
        JsonNode body = call.object();
        String name = HostNames.ascii(body.path("name").asText(""));
        String accountId = body.path("account").path("id").asText("");
        String type = body.path("type").asText("full");
        checkBody(name, type, accountId);
        World world = call.world();
        Account account = world.account(accountId)
                .filter(found -> call.token().holds(Right.edit(Product.ZONE))
                        && call.token().reachesAccount(found.id())
                        && call.token().reachesName(name))
                .orElseThrow(ZoneCreation::notAllowed);
        checkName(name, account, world);
        checkPendingZones(account, world);
        Instant now = call.now();
        Registration registration = new Registration(
                type,
                ZoneStatus.PENDING,
                false,
                NameServers.of(name, world.history().additions(name).size()),
                List.of(),
                List.of("ns1.registrar.example", "ns2.registrar.example"),
                null,
                now,
                now,
                null,
                null);
        return world.add(Zone.fresh(name, account.id(), registration));
    }

    private static void checkBody(String name, String type, String accountId) {
        if (name.isEmpty() || !DomainNames.isWellFormed(name)) {
            throw new Refusal(400, 1002, "Invalid domain name");
        }
        if (!TYPES.contains(type)) {
            throw new Refusal(400, 1003, "Invalid zone type " + type);
        }
        if (!Ids.isWellFormed(accountId)) {
            throw new Refusal(400, 1067, "Invalid organization: account.id is required");
        }
    }

    private static void checkName(String name, Account account, World world) {
        world.refusalOf(name).ifPresent(code -> {
            throw refused(name, code);
        });
        if (DomainNames.isPublicSuffix(name)) {
            throw refused(name, 1099);
        }
        boolean exists = world.zonesNamed(name).stream()
                .anyMatch(zone -> zone.accountId().equals(account.id()));
        if (exists) {
            throw new Refusal(400, 1061, name + " already exists");
        }
        if (DomainNames.isSubdomain(name)) {
            throw new Refusal(
                    400,
                    1116,
                    "Please ensure you are providing the root domain and not any subdomains"
                            + " (e.g., example.com, not subdomain.example.com)");
        }
        Instant since = world.now().minus(ADDITION_WAIT);
        long lately = world.history().additions(name).stream()
                .filter(time -> time.isAfter(since))
                .count();
        if (lately >= ADDITIONS) {
            throw refused(name, 1105);
        }
    }

    private static void checkPendingZones(Account account, World world) {
        long pending = world.zonesOf(account.id()).stream()
                .filter(zone -> zone.registration().status() == ZoneStatus.PENDING)
                .count();
        if (pending >= account.pendingZoneLimit()) {
            throw new Refusal(400, 1118, "You have exceeded the limit for adding zones. Please activate some zones.");
        }
    }

    private static Refusal refused(String name, int code) {
        return new Refusal(400, code, name + " " + REFUSAL_MESSAGES.getOrDefault(code, "cannot be added"));
    }

    private static Refusal notAllowed() {
        return new Refusal(
                403,
                0,
                "Requires permission \"com.cloudflare.api.account.zone.create\" to create zones for the selected"
                        + " account");
    }
}

package io.maildomain.simulator.api;

import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.Ids;
import io.maildomain.simulator.state.Token;
import io.maildomain.simulator.state.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Who may call an operation. */
@FunctionalInterface
public interface Guard {

    /** The path variable that names a zone. */
    String ZONE_ID = "zone_id";

    /** The path variable that names an account. */
    String ACCOUNT_ID = "account_id";

    /**
     * Lets the call through or throws.
     *
     * @throws Refusal the answer to a caller that may not
     */
    void check(Call call);

    /** Whether the calls bear a short-lived token for uploads, which the guard knows, instead of an API token. */
    default boolean takesUploadTokens() {
        return false;
    }

    /** The name of the API token that asked for the upload token which a request bears, as far as the guard knows. */
    default Optional<String> askedFor(Request request, Instant now) {
        return Optional.empty();
    }

    /** Callers with a valid token; the operation itself shows no more than that token reaches. */
    static Guard anyToken() {
        return call -> {};
    }

    /** Calls of the zones product on one zone: any of the rights, and a scope that reaches the zone. */
    static Guard zone(Right... anyOf) {
        return call -> checkZone(call, Refusals::unauthorized, Refusals.invalidZone(), List.of(anyOf));
    }

    /** Calls of other products on one zone: the right, and a scope that reaches the zone; refused with 10000. */
    static Guard zoneProduct(Right right) {
        return call -> checkZone(
                call,
                Refusals::authenticationError,
                call.has(Quirk.UNKNOWN_ZONE, "10000") ? Refusals.authenticationError() : Refusals.invalidZone(),
                List.of(right));
    }

    /** Email Routing calls on one zone: as other products, and account-owned tokens may be shut out. */
    static Guard emailRouting(Right right) {
        Guard zone = zoneProduct(right);
        return call -> {
            checkKindOfToken(call);
            zone.check(call);
        };
    }

    /** Calls on one account: any of the rights, and a scope that reaches the account; refused with 10000. */
    static Guard account(Right... anyOf) {
        return call -> checkAccount(call, Refusals::authenticationError, List.of(anyOf));
    }

    /** The accounts product itself: refused with 9109. */
    static Guard accountItself(Right... anyOf) {
        return call -> checkAccount(call, Refusals::unauthorized, List.of(anyOf));
    }

    /** Email Routing calls on one account. */
    static Guard emailRoutingAccount(Right... anyOf) {
        Guard account = account(anyOf);
        return call -> {
            checkKindOfToken(call);
            account.check(call);
        };
    }

    /**
     * An Email Routing list over all zones of one account: as other calls on the account, unless the quirk refuses it to
     * tokens of a narrower scope, to all, or has no such path.
     */
    static Guard emailRoutingList(Quirk quirk, Right... anyOf) {
        Guard account = emailRoutingAccount(anyOf);
        return call -> {
            String reading = call.quirks().get(quirk);
            if (reading.equals("gone")) {
                throw call.noRoute();
            }
            account.check(call);
            boolean narrow = !call.token().reachesAllZonesOf(call.parameter(ACCOUNT_ID));
            if (reading.equals("refused") || reading.equals("all-zones") && narrow) {
                throw Refusals.authenticationError();
            }
        };
    }

    /** Calls about the user: the right, refused with 9109. */
    static Guard user(Right right) {
        return call -> {
            if (!call.token().holds(right)) {
                throw Refusals.unauthorized();
            }
        };
    }

    private static void checkKindOfToken(Call call) {
        if (call.token().kind() == Token.Kind.ACCOUNT && call.has(Quirk.ACCOUNT_TOKENS, "no")) {
            throw Refusals.authenticationError();
        }
    }

    private static void checkZone(Call call, Supplier<Refusal> refusal, Refusal unknown, List<Right> anyOf) {
        String id = call.parameter(ZONE_ID);
        if (!Ids.isWellFormed(id)) {
            throw call.noRoute();
        }
        Optional<Zone> zone = call.world().zone(id);
        if (zone.isEmpty()) {
            throw call.has(Quirk.UNKNOWN_ZONE, "7003") ? call.noRoute() : unknown;
        }
        if (!call.token().reaches(zone.get()) || anyOf.stream().noneMatch(call.token()::holds)) {
            throw refusal.get();
        }
    }

    private static void checkAccount(Call call, Supplier<Refusal> refusal, List<Right> anyOf) {
        String id = call.parameter(ACCOUNT_ID);
        if (!Ids.isWellFormed(id)) {
            throw call.noRoute();
        }
        if (call.world().account(id).isEmpty()
                || !call.token().reachesAccount(id)
                || anyOf.stream().noneMatch(call.token()::holds)) {
            throw refusal.get();
        }
    }
}

package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.RightState;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.Permission;
import io.maildomain.operator.cloudflare.TokenClients;
import io.maildomain.operator.cloudflare.TokenStanding;
import io.maildomain.operator.config.OperatorSettings.Probing;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.credentials.Surface;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When tokens are probed: new ones at once, then daily, and sooner where something is amiss or has just been refused. */
public final class TokenProbes {

    private final TokenClients tokens;
    private final Probing probing;
    private final Clock clock;
    private final Map<Key, Known> known = new ConcurrentHashMap<>();

    private record Key(String accountUid, Surface surface) {}

    /** @param standing as it was when the probe ended */
    record Known(ApiToken token, Probed probed, TokenStanding standing, Instant at) {}

    /** @param fresh whether the probe was made just now */
    record Look(Probed probed, TokenStanding standing, boolean fresh) {
        static Look none() {
            return new Look(Probed.nothing(), TokenStanding.unknown(), false);
        }
    }

    /** @param probing how often tokens are probed */
    public TokenProbes(TokenClients tokens, Probing probing, Clock clock) {
        this.tokens = tokens;
        this.probing = probing;
        this.clock = clock;
    }

    /**
     * What is known of the token that serves this surface of the account, after a probe if one is due.
     *
     * @param zones that it should see; asked only for a probe, for there may be thousands
     */
    Look look(
            String accountUid,
            Surface surface,
            ApiToken token,
            String accountId,
            Supplier<List<String>> zones,
            CloudflareSession session) {
        Key key = new Key(accountUid, surface);
        Known before = known.get(key);
        Instant now = clock.instant();
        if (before != null && !isDue(before, surface, token, tokens.standing(token), probing, now)) {
            return new Look(before.probed(), tokens.standing(token), false);
        }
        Cloudflare cloudflare = session.with(token);
        Optional<Known> same =
                Optional.ofNullable(before).filter(last -> last.token().equals(token));
        if (same.filter(last -> !last.at().plus(probing.interval()).isAfter(now))
                .isPresent()) {
            tokens.forgetRefusals(token);
        }
        Probed probed = TokenProbe.run(surface, cloudflare, accountId, zones.get())
                .orEarlier(same.map(Known::probed).orElseGet(Probed::nothing));
        TokenStanding standing = tokens.standing(token);
        known.put(key, new Known(token, probed, standing, now));
        return new Look(probed, standing, true);
    }

    Set<String> uids() {
        return known.keySet().stream().map(Key::accountUid).collect(Collectors.toSet());
    }

    void forget(String accountUid) {
        Stream.of(Surface.values()).forEach(surface -> known.remove(new Key(accountUid, surface)));
    }

    static boolean isDue(
            Known before, Surface surface, ApiToken token, TokenStanding standing, Probing probing, Instant now) {
        Duration age = Duration.between(before.at(), now);
        boolean justRefused = !standing.equals(before.standing()) && isAmiss(surface, before.probed(), standing);
        return !before.token().equals(token)
                || age.compareTo(probing.interval()) >= 0
                || (age.compareTo(probing.retry()) >= 0 && isAmiss(surface, before.probed(), standing))
                || (age.compareTo(probing.afterRefusal()) >= 0 && justRefused);
    }

    /** Whether another probe may bring better news than the last one. */
    private static boolean isAmiss(Surface surface, Probed probed, TokenStanding standing) {
        return !probed.trouble().isEmpty()
                || probed.verification().saysUnusable()
                || standing.refusal().isPresent()
                || Permission.of(surface).stream()
                        .map(standing::of)
                        .anyMatch(right -> right == RightState.Missing || right == RightState.Unknown);
    }
}

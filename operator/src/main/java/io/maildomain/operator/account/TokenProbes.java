package io.maildomain.operator.account;

import io.maildomain.operator.cloudflare.Right;
import io.maildomain.operator.cloudflare.RightStanding;
import io.maildomain.operator.cloudflare.TokenClients;
import io.maildomain.operator.cloudflare.TokenStanding;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.settings.OperatorSettings.Probing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** When tokens are probed: new ones at once, then daily, and sooner where something is amiss or has just been refused. */
final class TokenProbes {

    private final TokenClients tokens;
    private final Probing pace;
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

    TokenProbes(TokenClients tokens, Probing pace, Clock clock) {
        this.tokens = tokens;
        this.pace = pace;
        this.clock = clock;
    }

    /** What is known of the token that serves this surface of the account, after a probe if one is due. */
    Look look(String accountUid, Surface surface, ApiToken token, String accountId, List<String> zones) {
        Key key = new Key(accountUid, surface);
        Known before = known.get(key);
        Instant now = clock.instant();
        if (before != null && !isDue(before, surface, token, tokens.standing(token), pace, now)) {
            return new Look(before.probed(), tokens.standing(token), false);
        }
        boolean same = before != null && before.token().equals(token);
        if (same && !before.at().plus(pace.interval()).isAfter(now)) {
            tokens.forgetRefusals(token);
        }
        Probed probed = TokenProbe.run(surface, tokens.forToken(token), accountId, zones)
                .orEarlier(same ? before.probed() : Probed.nothing());
        TokenStanding standing = tokens.standing(token);
        known.put(key, new Known(token, probed, standing, now));
        return new Look(probed, standing, true);
    }

    Set<String> uids() {
        return known.keySet().stream().map(Key::accountUid).collect(Collectors.toSet());
    }

    void forget(String accountUid) {
        known.keySet().removeIf(key -> key.accountUid().equals(accountUid));
    }

    static boolean isDue(
            Known before, Surface surface, ApiToken token, TokenStanding standing, Probing pace, Instant now) {
        Duration age = Duration.between(before.at(), now);
        boolean justRefused = !standing.equals(before.standing()) && isAmiss(surface, before.probed(), standing);
        return !before.token().equals(token)
                || age.compareTo(pace.interval()) >= 0
                || (age.compareTo(pace.retry()) >= 0 && isAmiss(surface, before.probed(), standing))
                || (age.compareTo(pace.afterRefusal()) >= 0 && justRefused);
    }

    /** Whether another probe may bring better news than the last one. */
    private static boolean isAmiss(Surface surface, Probed probed, TokenStanding standing) {
        return !probed.trouble().isEmpty()
                || probed.verification().saysUnusable()
                || standing.refusal().isPresent()
                || Right.of(surface).stream()
                        .map(standing::of)
                        .anyMatch(right -> right == RightStanding.MISSING || right == RightStanding.UNKNOWN);
    }
}

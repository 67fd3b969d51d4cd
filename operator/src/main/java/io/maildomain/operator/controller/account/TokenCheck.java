package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.RightState;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Permission;
import io.maildomain.operator.cloudflare.TokenClients;
import io.maildomain.operator.cloudflare.TokenStanding;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.account.CheckedSurface.CheckedRight;
import io.maildomain.operator.controller.account.CheckedSurface.Outcome;
import io.maildomain.operator.credentials.SecretData;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.credentials.TokenResolution;
import io.maildomain.operator.credentials.TokenResolution.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The probe that an account's status rests on, for a user who asks by hand. Changes nothing, at Cloudflare or here. */
public final class TokenCheck {

    private final TokenClients tokens;
    private final String accountId;

    /** @param accountId "" if none is known */
    public TokenCheck(TokenClients tokens, String accountId) {
        this.tokens = tokens;
        this.accountId = accountId;
    }

    /**
     * The data that serves a surface.
     *
     * @param source where it comes from, in words such as {@code Secret mail-system/cloudflare-tokens}
     */
    public record Source(String source, SecretData data) {}

    /** @param asked the surfaces to check; a deploy token is only required where only that surface is asked for */
    public List<CheckedSurface> check(Source runtime, Source deploy, Set<Surface> asked) {
        List<CheckedSurface> checked = new ArrayList<>();
        List<String> zones = List.of();
        if (asked.contains(Surface.RUNTIME)) {
            TokenResolution resolution = TokenResolution.resolve(Surface.RUNTIME, runtime.data());
            if (resolution instanceof Found found) {
                Probed probed = TokenProbe.run(Surface.RUNTIME, tokens.forToken(found.token()), accountId, zones);
                zones = probed.zones();
                checked.add(found(Surface.RUNTIME, runtime, found, probed));
            } else {
                checked.add(none(Surface.RUNTIME, runtime, resolution, true));
            }
        }
        if (asked.contains(Surface.DEPLOY)) {
            TokenResolution resolution = TokenResolution.resolve(Surface.DEPLOY, deploy.data());
            if (resolution instanceof Found found) {
                Cloudflare client = tokens.forToken(found.token());
                List<String> about = zones.isEmpty() ? zonesOf(client) : zones;
                checked.add(
                        found(Surface.DEPLOY, deploy, found, TokenProbe.run(Surface.DEPLOY, client, accountId, about)));
            } else {
                checked.add(none(Surface.DEPLOY, deploy, resolution, asked.size() == 1));
            }
        }
        return checked;
    }

    private static List<String> zonesOf(Cloudflare client) {
        try {
            return client.someZones().stream().map(Zone::id).toList();
        } catch (CloudflareException noneToAskAbout) {
            return List.of();
        }
    }

    private static CheckedSurface none(Surface surface, Source source, TokenResolution resolution, boolean required) {
        if (resolution instanceof TokenResolution.Malformed refused) {
            String problem = "key " + refused.key() + " holds no usable token: " + refused.reason();
            return new CheckedSurface(
                    surface.word(), Outcome.LACKING, refused.key(), "", source.source(), "", "", problem, List.of());
        }
        String problem =
                "no " + surface.word() + " token: add it under " + surface.splitKey() + " or " + Surface.SHARED_KEY;
        Outcome outcome = required ? Outcome.LACKING : Outcome.NOT_CONFIGURED;
        return new CheckedSurface(surface.word(), outcome, "", "", source.source(), "", "", problem, List.of());
    }

    private CheckedSurface found(Surface surface, Source source, Found found, Probed probed) {
        TokenStanding standing = tokens.standing(found.token());
        List<CheckedRight> rights = Permission.of(surface).stream()
                .map(right -> new CheckedRight(
                        right.describe(), standing.of(right).name().toLowerCase(Locale.ROOT), right.purpose()))
                .toList();
        String problem = problem(surface, probed, standing);
        return new CheckedSurface(
                surface.word(),
                outcome(surface, probed, standing),
                found.key(),
                found.kind().name(),
                source.source(),
                probed.verification().state().name(),
                probed.verification().expiresAt().map(Object::toString).orElse(""),
                problem,
                rights);
    }

    private static Outcome outcome(Surface surface, Probed probed, TokenStanding standing) {
        boolean unusable =
                probed.verification().saysUnusable() || standing.refusal().isPresent();
        if (unusable || !withStanding(surface, standing, RightState.Missing).isEmpty()) {
            return Outcome.LACKING;
        }
        boolean unchecked = !probed.trouble().isEmpty()
                || !withStanding(surface, standing, RightState.Unknown).isEmpty();
        return unchecked ? Outcome.UNCHECKED : Outcome.COMPLETE;
    }

    private String problem(Surface surface, Probed probed, TokenStanding standing) {
        if (probed.verification().saysUnusable()) {
            return "the token is " + probed.verification().state() + ": make a new one";
        }
        if (standing.refusal().isPresent()) {
            return "Cloudflare refuses the token (" + standing.refusal().get().describe() + "): put a valid one there";
        }
        List<String> missing = withStanding(surface, standing, RightState.Missing);
        if (!missing.isEmpty()) {
            return "the token lacks " + String.join(", ", missing)
                    + ": add it, and check that the token's scope covers your zones";
        }
        if (!probed.trouble().isEmpty()) {
            return "Cloudflare could not be asked: " + probed.trouble();
        }
        List<String> unknown = withStanding(surface, standing, RightState.Unknown);
        if (unknown.isEmpty()) {
            return "";
        }
        String why = probed.zones().isEmpty()
                ? "the token sees no zone to try them on"
                : accountId.isEmpty() ? "no account id is known" : "nothing showed it";
        return "not tried: " + String.join(", ", unknown) + " (" + why + ")";
    }

    private static List<String> withStanding(Surface surface, TokenStanding standing, RightState wanted) {
        return Permission.of(surface).stream()
                .filter(right -> standing.of(right) == wanted)
                .map(Permission::describe)
                .toList();
    }
}

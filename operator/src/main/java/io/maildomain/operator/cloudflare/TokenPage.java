package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.maildomain.operator.credentials.Surface;
import java.net.URI;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * Cloudflare's dashboard page on which a token is made, with the rights of a surface filled in, for all zones and accounts; the user narrows
 * them down there. A token's rights are filled in only when it is made, so the page has all of the surface's rights, not those that a present
 * token lacks. Its form is documented by Cloudflare as "API token template URLs".
 */
public final class TokenPage {

    private static final HttpUrl DASHBOARD = HttpUrl.get("https://dash.cloudflare.com/");

    private TokenPage() {}

    /**
     * The page for a token that belongs to the user who makes it.
     *
     * @param more rights that the surface does without, to be filled in as well
     */
    public static URI ofUser(Surface surface, Permission... more) {
        return DASHBOARD
                .newBuilder()
                .addPathSegments("profile/api-tokens")
                .addQueryParameter("permissionGroupKeys", rights(surface, more))
                .addQueryParameter("accountId", "*")
                .addQueryParameter("zoneId", "all")
                .addQueryParameter("name", name(surface))
                .build()
                .uri();
    }

    /** The page for a token that belongs to an account and outlives its users; the dashboard asks which account, and for an administrator. */
    public static URI ofAccount(Surface surface, Permission... more) {
        return DASHBOARD
                .newBuilder()
                .addQueryParameter("to", "/:account/api-tokens")
                .addQueryParameter("permissionGroupKeys", rights(surface, more))
                .addQueryParameter("name", name(surface))
                .build()
                .uri();
    }

    private static String name(Surface surface) {
        return "mail-domain-operator " + surface.word();
    }

    private static String rights(Surface surface, Permission... more) {
        ArrayNode rights = JsonNodeFactory.instance.arrayNode();
        Stream<Permission> wanted = Stream.concat(Permission.of(surface).stream(), Stream.of(more));
        wanted.forEach(
                right -> rights.addObject().put("key", right.key()).put("type", right.isEdit() ? "edit" : "read"));
        return rights.toString();
    }
}

package io.maildomain.harness;

import java.nio.charset.StandardCharsets;

/**
 * A request to the API server, as an {@link ApiServerProxy} chooses it by.
 *
 * @param target path and query
 * @param body as text; empty where there is none, and of requests that are past
 */
public record ApiServerRequest(String method, String target, String body) {

    /** @param line {@code PATCH /apis/…/status?fieldManager=… HTTP/1.1} */
    static ApiServerRequest of(String line, byte[] body) {
        String[] words = line.split(" ");
        return new ApiServerRequest(words[0], words[1], new String(body, StandardCharsets.UTF_8));
    }

    ApiServerRequest withoutBody() {
        return new ApiServerRequest(method, target, "");
    }

    /** Whether it is answered for as long as the client listens. */
    public boolean isWatch() {
        return target.contains("watch=true");
    }

    /** Whether it writes what the operator owns at Cloudflare. */
    public boolean isOwnershipRecord() {
        return isStatusPatch() && target.contains("-ledger");
    }

    /** Whether it writes the rest of a status. */
    public boolean isStatus() {
        return isStatusPatch() && !target.contains("-ledger");
    }

    private boolean isStatusPatch() {
        return method.equals("PATCH") && target.contains("/status");
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}

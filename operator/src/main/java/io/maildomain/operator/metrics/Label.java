package io.maildomain.operator.metrics;

import java.util.Locale;

/**
 * The labels of our metrics. A value is in lower case and one of few: what users name appears in {@link #RESOURCE_NAMESPACE} and
 * {@link #RESOURCE} only, of metrics that are bounded and end with their object. Prometheus itself sets {@code namespace}, {@code pod},
 * {@code job} and {@code instance}: none of ours is called so.
 */
public enum Label {
    ACCOUNT(
            "account",
            "the CloudflareAccount that the token belongs to; `none`: a Secret that MailDomains name themselves"),
    CALL("call", "the call of Cloudflare's API, such as `list_zones`"),
    CLASS("class", "of service: `change`, `first_sight`, `waiting`, `check`"),
    CODE(
            "code",
            "Cloudflare's error code, where the operator knows it ([reasons.md](reasons.md)); `other`: it does not; `none`: there was none"),
    DELIVERABLE("deliverable", "the condition `MailDeliverable`: `true`, `false` or `unknown`"),
    KIND(
            "kind",
            "`maildomain`, `catchallrule`, `mailworker`, `mailsite` or `cloudflareaccount`; of reconciles also `departed`: what is undone later"),
    OUTCOME("outcome", "`done`, or `failed`: it is tried again"),
    READY("ready", "the condition `Ready`: `true`, `false` or `unknown`"),
    REASON(
            "reason",
            "that of the condition `Ready`, one of [reasons.md](reasons.md) written like `zone_pending`; `other`: of another version; `none`: not"
                    + " looked at yet"),
    REQUEUE(
            "requeue",
            "how soon the resource is looked at again, in the words of [architecture.md](../architecture.md#when-it-looks-again): `resync`, `waiting`,"
                    + " `stalled` and so on"),
    RESOURCE("resource", "the name of the object"),
    RESOURCE_NAMESPACE("resource_namespace", "the namespace of the object; empty for a CloudflareAccount"),
    RESULT("result", "`ok`, also where something is waited for; `error`: it ended by an exception"),
    STATE("state", "of a rule, as in `status.rules[].state`, written like `destination_unverified`"),
    STATUS(
            "status",
            "the HTTP status, or `dns`, `connect`, `tls`, `timeout`, `connection_lost`, `malformed`, …: what went wrong"),
    SURFACE("surface", "which of the two tokens: `runtime`, `deploy`"),
    VERSION("version", "of the operator"),
    WHY("why", "`budget`, `rate_limited` (Cloudflare answered 429) or `auth_gate` (Cloudflare refuses the token)");

    private final String word;
    private final String meaning;

    Label(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    /** As it stands in a scrape. */
    public String word() {
        return word;
    }

    /** Markdown: which values there are. */
    public String meaning() {
        return meaning;
    }

    /** The value that stands for a constant: {@code RATE_LIMITED} is {@code rate_limited}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The value that stands for a word of the API: {@code ZonePending} is {@code zone_pending}. */
    public static String ofCamelCase(String word) {
        return word.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_")
                .toLowerCase(Locale.ROOT);
    }
}

package io.maildomain.operator.cloudflare.errors;

import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.Permission;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the placeholders of the catalogue's sentences. */
final class MessageTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    private final Map<String, String> words;

    private MessageTemplate(Map<String, String> words) {
        this.words = words;
    }

    /**
     * The words of one failure.
     *
     * @param says what the other side says
     * @param pause what is to be waited, zero if nothing is known
     */
    static MessageTemplate of(CloudflareCall call, DiagnosisContext context, String says, Duration pause) {
        Map<String, String> words = new HashMap<>();
        words.put("token", token(call, context));
        words.put("zone", context.domain().isEmpty() ? "the zone" : "zone " + context.domain());
        words.put("domain", context.domain().isEmpty() ? "the domain" : context.domain());
        words.put("account", context.accountId().isEmpty() ? "the account" : "account " + context.accountId());
        words.put("subject", subject(context));
        words.put("does", call.action());
        words.put(
                "right",
                call.right()
                        .map(context.readsOnly() ? Permission::describeReading : Permission::describe)
                        .orElse("the right for it"));
        words.put("says", says.isBlank() ? "no details" : Text.bounded(says, 200));
        words.put("quote", says.isBlank() ? "it gives no reason" : "\"" + Text.bounded(says, 200) + "\"");
        words.put("owned", owned(context));
        words.put("wait", words(pause));
        return new MessageTemplate(Map.copyOf(words));
    }

    /** One pass: what is filled in is never taken for a placeholder. */
    String fill(String template) {
        StringBuilder out = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(template);
        while (matcher.find()) {
            String word = words.get(matcher.group(1));
            if (word == null) {
                throw new IllegalArgumentException("no such placeholder: " + matcher.group());
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(word));
        }
        matcher.appendTail(out);
        return out.toString();
    }

    private static String token(CloudflareCall call, DiagnosisContext context) {
        String surface = call.right()
                .flatMap(Permission::surface)
                .map(it -> it.word() + " token")
                .orElse("token");
        if (context.tokenKey().isEmpty() || context.tokenSource().isEmpty()) {
            return "the " + surface;
        }
        return "the %s (key %s of %s)".formatted(surface, context.tokenKey(), context.tokenSource());
    }

    /** What else can be the cause where an account owns the token: Email Routing was seen to refuse such ones. */
    private static String owned(DiagnosisContext context) {
        if (!context.accountOwned()) {
            return "";
        }
        String account =
                context.accountId().isEmpty() ? ", and name the account (spec.accountId or CLOUDFLARE_ACCOUNT_ID)" : "";
        return ". If the right is there: an account owns this token, and Email Routing may refuse such ones; use a user's token"
                + account;
    }

    private static String subject(DiagnosisContext context) {
        if (!context.subject().isEmpty()) {
            return context.subject();
        }
        return context.domain().isEmpty() ? "what was asked for" : context.domain();
    }

    private static String words(Duration pause) {
        long seconds = Math.max(1, (pause.toMillis() + 999) / 1000);
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}

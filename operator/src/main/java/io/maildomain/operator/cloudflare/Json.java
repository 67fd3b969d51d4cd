package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies of requests, as they go over the wire. */
final class Json {
    private Json() {}

    record Account(
            String id,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String name) {}

    record NewZone(String name, Account account, String type) {}

    record NewAddress(String email) {}

    record SettingsPatch(@JsonProperty("support_subaddress") boolean subaddress) {}

    /** The body {@code {}}. */
    record Nothing() {}

    /** A subdomain; without a name it is the apex, and the body {@code {}}. */
    record Host(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String name) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record MatcherBody(String type, String field, String value) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record ActionBody(String type, List<String> value) {}

    record NewRule(
            String name,
            boolean enabled,
            int priority,
            List<MatcherBody> matchers,
            List<ActionBody> actions,
            String source) {}

    record NewCatchAll(
            String name, boolean enabled, List<MatcherBody> matchers, List<ActionBody> actions, String source) {}
}

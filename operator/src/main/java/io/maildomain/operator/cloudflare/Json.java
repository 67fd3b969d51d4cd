package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/** The bodies as they go over the wire. Every field of an answer may be null. */
final class Json {
    private Json() {}

    record ZoneBody(
            String id,
            String name,
            Account account,
            String status,
            String type,
            @JsonProperty("name_servers") List<String> nameServers,
            @JsonProperty("original_name_servers") List<String> originalNameServers,
            @JsonProperty("original_registrar") String originalRegistrar,
            @JsonProperty("created_on") Instant createdOn,
            @JsonProperty("activated_on") Instant activatedOn) {}

    record Account(
            String id,
            @JsonInclude(JsonInclude.Include.NON_NULL) String name) {}

    record NewZone(String name, Account account, String type) {}

    record Settings(
            Boolean enabled,
            String status,
            String name,
            @JsonProperty("support_subaddress") Boolean subaddress) {}

    record SettingsPatch(@JsonProperty("support_subaddress") boolean subaddress) {}

    /** The body {@code {}}. */
    record Nothing() {}

    /** A subdomain; without a name it is the apex, and the body {@code {}}. */
    record Host(@JsonInclude(JsonInclude.Include.NON_NULL) String name) {}

    record Rule(
            String id,
            String name,
            Boolean enabled,
            Integer priority,
            List<MatcherBody> matchers,
            List<ActionBody> actions,
            String source) {}

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

    record Verification(
            String id,
            String status,
            @JsonProperty("expires_on") Instant expiresOn) {}

    record DnsRecordBody(String id, String type, String name, String content, Integer priority) {}
}

package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** From bodies to values and back. What is missing or malformed in an answer is a {@link BadAnswer}. */
final class Translation {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final String ALL = "all";
    private static final String SOURCE = "api";
    private static final Set<String> ONLY_AFTER_ACTIVATION = Set.of("active", "moved");

    /** Types of DNS records whose content is the name of a host. */
    private static final Set<String> TO_HOSTS = Set.of("MX", "NS", "CNAME", "PTR");

    private Translation() {}

    static boolean isId(String id) {
        return id != null && ID.matcher(id).matches();
    }

    static Zone zone(Json.ZoneBody body) {
        require(isId(body.id()), "a zone has no well-formed id");
        require(body.name() != null, "a zone has no name");
        require(body.createdOn() != null, "a zone has no created_on");
        Json.Account account = body.account() == null ? new Json.Account(null, null) : body.account();
        require(account.id() == null || isId(account.id()), "a zone's account has no well-formed id");
        return new Zone(
                body.id(),
                HostNames.ascii(body.name()),
                account.id(),
                account.name(),
                body.status(),
                body.type(),
                body.nameServers(),
                body.originalNameServers(),
                body.originalRegistrar(),
                body.createdOn(),
                body.activatedOn() != null || ONLY_AFTER_ACTIVATION.contains(Text.orEmpty(body.status())));
    }

    static RoutingSettings settings(Json.Settings body) {
        require(body.enabled() != null, "the Email Routing settings do not say whether it is enabled");
        return new RoutingSettings(
                body.enabled(), body.status(), HostNames.ascii(body.name()), Boolean.TRUE.equals(body.subaddress()));
    }

    static RuleList rules(List<Json.Rule> bodies) {
        List<RoutingRule> rules = new ArrayList<>();
        CatchAll catchAll = null;
        for (Json.Rule body : bodies) {
            if (isCatchAll(body)) {
                catchAll = catchAll(body);
            } else {
                rules.add(rule(body));
            }
        }
        return new RuleList(rules, catchAll);
    }

    static RoutingRule rule(Json.Rule body) {
        require(isId(body.id()), "a routing rule has no well-formed id");
        return new RoutingRule(
                body.id(),
                body.name(),
                isEnabled(body),
                body.priority() == null ? 0 : body.priority(),
                Text.listOrEmpty(body.matchers()).stream()
                        .map(matcher ->
                                new Matcher(matcher.type(), matcher.field(), HostNames.asciiAddress(matcher.value())))
                        .toList(),
                actions(body),
                body.source());
    }

    static CatchAll catchAll(Json.Rule body) {
        return new CatchAll(
                isId(body.id()) ? body.id() : "", body.name(), isEnabled(body), actions(body), body.source());
    }

    private static boolean isCatchAll(Json.Rule body) {
        return Text.listOrEmpty(body.matchers()).stream().anyMatch(matcher -> ALL.equals(matcher.type()));
    }

    /** The schema's default is true. */
    private static boolean isEnabled(Json.Rule body) {
        return !Boolean.FALSE.equals(body.enabled());
    }

    private static List<RuleAction> actions(Json.Rule body) {
        return Text.listOrEmpty(body.actions()).stream()
                .map(action -> new RuleAction(action.type(), action.value()))
                .toList();
    }

    static Json.NewRule body(RuleDraft draft) {
        return new Json.NewRule(
                draft.name(),
                draft.enabled(),
                draft.priority(),
                draft.matchers().stream()
                        .map(matcher -> new Json.MatcherBody(matcher.type(), matcher.field(), matcher.value()))
                        .toList(),
                bodies(draft.actions()),
                SOURCE);
    }

    static Json.NewCatchAll body(CatchAllDraft draft) {
        return new Json.NewCatchAll(
                draft.name(),
                draft.enabled(),
                List.of(new Json.MatcherBody(ALL, null, null)),
                bodies(draft.actions()),
                SOURCE);
    }

    private static List<Json.ActionBody> bodies(List<RuleAction> actions) {
        return actions.stream()
                .map(action -> new Json.ActionBody(action.type(), action.values()))
                .toList();
    }

    /** Either the plain list of records, or an object with the records and what is wrong with them. */
    static DnsReport dnsReport(JsonNode result) {
        if (result.isArray()) {
            return new DnsReport(records(result), List.of());
        }
        require(result.isObject(), "the DNS report is neither a list nor an object");
        List<DnsFinding> findings = elements(result.path("errors")).stream()
                .map(error ->
                        new DnsFinding(Text.readable(error.path("code").asText(""), 60), readable(recordOf(error))))
                .toList();
        return new DnsReport(records(result.path("record")), findings);
    }

    private static List<DnsRecord> records(JsonNode array) {
        return elements(array).stream().map(Translation::dnsRecord).toList();
    }

    private static DnsRecord dnsRecord(JsonNode node) {
        return dnsRecord(
                node.path("type").asText(""),
                node.path("name").asText(""),
                node.path("content").asText(""),
                node.path("priority").asInt(0));
    }

    private static DnsRecord dnsRecord(String type, String name, String content, int priority) {
        boolean toHost = TO_HOSTS.contains(Text.orEmpty(type));
        return new DnsRecord(type, HostNames.ascii(name), toHost ? HostNames.ascii(content) : content, priority);
    }

    static DnsRecord dnsRecord(Json.DnsRecordBody body) {
        return dnsRecord(body.type(), body.name(), body.content(), body.priority() == null ? 0 : body.priority());
    }

    /** A finding names the record that stands there, or the one that is missing. */
    private static JsonNode recordOf(JsonNode error) {
        return error.path("existing").isObject() ? error.path("existing") : error.path("missing");
    }

    private static String readable(JsonNode record) {
        DnsRecord it = dnsRecord(record);
        String priority = it.priority() == 0 ? "" : it.priority() + " ";
        return Text.readable("%s %s %s%s".formatted(it.type(), it.name(), priority, it.content()), 200);
    }

    private static List<JsonNode> elements(JsonNode array) {
        return array.isArray()
                ? StreamSupport.stream(array.spliterator(), false)
                        .filter(JsonNode::isObject)
                        .toList()
                : List.of();
    }

    static TokenVerification verification(Json.Verification body) {
        return new TokenVerification(isId(body.id()) ? body.id() : "", body.status(), body.expiresOn());
    }

    static AccountSummary account(Json.Account body) {
        require(isId(body.id()), "an account has no well-formed id");
        return new AccountSummary(body.id(), body.name());
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new BadAnswer(what);
        }
    }
}

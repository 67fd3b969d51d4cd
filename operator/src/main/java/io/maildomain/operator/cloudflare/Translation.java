package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From bodies to values and back. What is missing or malformed in an answer is a {@link BadAnswer}. */
final class Translation {
    private static final String ALL = "all";
    private static final String SOURCE = "api";
    private static final Set<String> ONLY_AFTER_ACTIVATION = Set.of("active", "moved");

    /** Types of DNS records whose content is the name of a host. */
    private static final Set<String> TO_HOSTS = Set.of("MX", "NS", "CNAME", "PTR");

    private static final Logger LOG = LoggerFactory.getLogger(Cloudflare.class);

    private Translation() {}

    static boolean isId(@Nullable String id) {
        return PathPlace.ID.fits(id);
    }

    static Zone zone(JsonNode node) {
        Fields body = new Fields(node);
        String id = body.text("id");
        String name = body.text("name");
        Instant createdOn = body.time("created_on");
        String status = body.text("status");
        require(isId(id), "a zone has no well-formed id");
        require(!name.isEmpty(), "a zone has no name");
        if (createdOn == null) {
            throw new BadAnswer("a zone has no created_on");
        }
        Fields account = body.object("account");
        boolean saysAccount = account.has("id");
        require(!saysAccount || isId(account.text("id")), "a zone's account has no well-formed id");
        return new Zone(
                id,
                HostNames.ascii(name),
                saysAccount ? account.text("id") : "",
                account.text("name"),
                status,
                body.text("type"),
                body.texts("name_servers"),
                body.texts("original_name_servers"),
                body.text("original_registrar"),
                createdOn,
                // A time that cannot be read is one all the same.
                body.has("activated_on") || ONLY_AFTER_ACTIVATION.contains(status));
    }

    /** A server that overlooks the name it was asked for must not give us another user's zone, nor an odd one. */
    static List<Zone> zonesNamed(String name, List<JsonNode> nodes) {
        List<JsonNode> named = nodes.stream()
                .filter(node -> HostNames.same(new Fields(node).text("name"), name))
                .toList();
        boolean nameless =
                nodes.stream().anyMatch(node -> new Fields(node).text("name").isEmpty());
        require(!named.isEmpty() || !nameless, "a zone has no name");
        return named.stream().map(Translation::zone).toList();
    }

    /** Those that can be read; another user's odd zone hides none. */
    static List<Zone> zones(List<JsonNode> nodes) {
        List<Zone> zones = readable(nodes, Translation::zone);
        require(nodes.isEmpty() || !zones.isEmpty(), "none of the zones can be read");
        return zones;
    }

    /** What can be read of these; the rest is passed over. */
    static <T> List<T> readable(List<JsonNode> nodes, Function<JsonNode, T> translate) {
        List<T> readable = new ArrayList<>();
        for (JsonNode node : nodes) {
            try {
                readable.add(translate.apply(node));
            } catch (BadAnswer odd) {
                LOG.debug("passed over in a list: {}", odd.getMessage());
            }
        }
        return readable;
    }

    static RoutingSettings settings(JsonNode node) {
        Fields body = new Fields(node);
        Boolean enabled = body.flag("enabled");
        if (enabled == null) {
            throw new BadAnswer("the Email Routing settings do not say whether it is enabled");
        }
        return new RoutingSettings(
                enabled,
                body.text("status"),
                HostNames.ascii(body.text("name")),
                Boolean.TRUE.equals(body.flag("support_subaddress")));
    }

    /** The settings in the answer to a write, which may as well hold something else or nothing. */
    static Optional<RoutingSettings> settingsIn(JsonNode node) {
        return new Fields(node).flag("enabled") == null ? Optional.empty() : Optional.of(settings(node));
    }

    static RuleList rules(List<JsonNode> nodes) {
        List<RoutingRule> rules = new ArrayList<>();
        CatchAll catchAll = null;
        for (JsonNode node : nodes) {
            if (isCatchAll(node)) {
                catchAll = catchAll(node);
            } else {
                rules.add(ruleOfAnybody(node));
            }
        }
        return new RuleList(rules, catchAll);
    }

    /** The answer to a write of ours. */
    static RoutingRule rule(JsonNode node) {
        require(isId(new Fields(node).text("id")), "a routing rule has no well-formed id");
        return ruleOfAnybody(node);
    }

    /**
     * A rule of a list, whatever it holds. One that cannot be read as a whole is read as far as it can be, with an action
     * that is unknown: so it is never taken for what a spec asks for, nor taken over. Without an id it cannot be
     * written, and bears no name, so that it has no owner: never ours.
     */
    private static RoutingRule ruleOfAnybody(JsonNode node) {
        Fields body = new Fields(node);
        boolean hasId = isId(body.text("id"));
        boolean enabled = isEnabled(body);
        int priority = body.count("priority");
        List<Matcher> matchers = new ArrayList<>();
        boolean odd = !hasId;
        for (JsonNode one : body.list("matchers")) {
            Fields matcher = new Fields(one);
            matchers.add(new Matcher(
                    matcher.text("type"), matcher.text("field"), HostNames.asciiAddress(matcher.text("value"))));
            odd |= matcher.odd();
        }
        String name = hasId ? body.text("name") : "";
        String source = body.text("source");
        List<RuleAction> actions = actions(body, odd);
        return new RoutingRule(hasId ? body.text("id") : "", name, enabled, priority, matchers, actions, source);
    }

    static CatchAll catchAll(JsonNode node) {
        Fields body = new Fields(node);
        String id = body.text("id");
        String name = body.text("name");
        boolean enabled = isEnabled(body);
        String source = body.text("source");
        return new CatchAll(isId(id) ? id : "", name, enabled, actions(body, false), source);
    }

    /** Matches all mail and nothing less: one that names an address besides is a rule for that address. */
    private static boolean isCatchAll(JsonNode node) {
        List<JsonNode> matchers = new Fields(node).list("matchers");
        return !matchers.isEmpty()
                && matchers.stream().allMatch(matcher -> ALL.equals(new Fields(matcher).text("type")));
    }

    /** The schema's default is true. */
    private static boolean isEnabled(Fields body) {
        return !Boolean.FALSE.equals(body.flag("enabled"));
    }

    /** @param odd whether something else of the rule could not be read */
    private static List<RuleAction> actions(Fields body, boolean odd) {
        List<RuleAction> actions = new ArrayList<>();
        boolean unread = odd;
        for (JsonNode one : body.list("actions")) {
            Fields action = new Fields(one);
            String type = action.text("type");
            actions.add(new RuleAction(type, action.texts("value")));
            unread |= action.odd();
        }
        if (unread || body.odd()) {
            actions.add(RuleAction.unread());
        }
        return actions;
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
                List.of(new Json.MatcherBody(ALL, "", "")),
                bodies(draft.actions()),
                SOURCE);
    }

    private static List<Json.ActionBody> bodies(List<RuleAction> actions) {
        return actions.stream()
                .map(action -> new Json.ActionBody(action.type(), action.values()))
                .toList();
    }

    /**
     * Either the plain list of records, or an object with the records and what is wrong with them. Whatever else comes says
     * nothing about the records, and is no reason to give the whole domain up.
     */
    static DnsReport dnsReport(JsonNode result) {
        if (result.isArray()) {
            return new DnsReport(DnsReport.Form.RECORDS, records(result), List.of());
        }
        List<DnsRecord> records = records(result.path("record"));
        List<DnsFinding> findings = elements(result.path("errors")).stream()
                .map(error ->
                        new DnsFinding(Text.readable(error.path("code").asText(""), 60), readable(recordOf(error))))
                .toList();
        boolean speaks = result.path("errors").isArray() && !(records.isEmpty() && findings.isEmpty());
        return new DnsReport(speaks ? DnsReport.Form.FINDINGS : DnsReport.Form.OTHER, records, findings);
    }

    private static List<DnsRecord> records(JsonNode array) {
        return elements(array).stream().map(Translation::dnsRecord).toList();
    }

    static DnsRecord dnsRecord(JsonNode node) {
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

    static TokenVerification verification(JsonNode node) {
        Fields body = new Fields(node);
        String id = body.text("id");
        return new TokenVerification(isId(id) ? id : "", body.text("status"), body.time("expires_on"));
    }

    /** Those that can be read. */
    static List<AccountSummary> accounts(List<JsonNode> nodes) {
        return readable(nodes, Translation::account);
    }

    private static AccountSummary account(JsonNode node) {
        Fields body = new Fields(node);
        require(isId(body.text("id")), "an account has no well-formed id");
        return new AccountSummary(body.text("id"), body.text("name"));
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new BadAnswer(what);
        }
    }
}

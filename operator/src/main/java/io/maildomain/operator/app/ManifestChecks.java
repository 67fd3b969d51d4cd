package io.maildomain.operator.app;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.Admissible;
import io.maildomain.api.v1alpha1.CatchAllRuleSpec;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the API server would refuse in a manifest, as far as a plan would go wrong by it: it refuses more. */
final class ManifestChecks {

    private static final int MOST_RULES = 200;
    private static final int MOST_SUBDOMAINS = 29;
    private static final ObjectMapper STRICT = strict();

    private final String where;

    /** @param where the file and the resource, for messages */
    ManifestChecks(String where) {
        this.where = where;
    }

    /** Takes no field that does not exist, and no number for a text: kubectl and the API server do not, either. */
    private static ObjectMapper strict() {
        ObjectMapper mapper = new ObjectMapper().setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
            private static final long serialVersionUID = 1L;

            @Override
            public JsonIgnoreProperties.Value findPropertyIgnoralByName(MapperConfig<?> config, Annotated annotated) {
                return JsonIgnoreProperties.Value.empty();
            }
        });
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        mapper.coercionConfigFor(LogicalType.Boolean)
                .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
        mapper.coercionConfigFor(LogicalType.Integer).setCoercion(CoercionInputShape.String, CoercionAction.Fail);
        return mapper;
    }

    MailDomainSpec mailDomain(JsonNode spec) {
        MailDomainSpec read = read(spec, MailDomainSpec.class);
        String zone = read.domain();
        check(zone != null && Admissible.domain(zone), "spec.domain");
        check(read.rules().size() <= MOST_RULES, "the number of rules, which is more than " + MOST_RULES + ",");
        check(
                read.subdomains().size() <= MOST_SUBDOMAINS,
                "the number of subdomains, which is more than " + MOST_SUBDOMAINS + ",");
        for (String subdomain : read.subdomains()) {
            boolean relative = !subdomain.equals(zone) && !subdomain.endsWith("." + zone);
            check(
                    relative && Admissible.domain(subdomain + "." + zone),
                    "the subdomain " + subdomain + " (it is relative to " + zone + ")");
        }
        Set<String> addresses = new HashSet<>();
        for (MailRule rule : read.rules()) {
            check(rule.address() != null && Admissible.address(rule.address()), "the address of a rule");
            check(isWithin(rule.address(), zone), "the address " + rule.address());
            check(addresses.add(rule.address()), "the second rule for " + rule.address());
            check(
                    rule.wantedPriority()
                            .filter(priority -> priority < 0 || priority == Integer.MAX_VALUE)
                            .isEmpty(),
                    "the priority of " + rule.address());
            action(rule.action(), rule.address());
            check(
                    rule.action()
                            .wantedForwardTo()
                            .filter(to -> isWithin(to, zone))
                            .isEmpty(),
                    "the address that " + rule.address() + " forwards to");
        }
        return read;
    }

    CatchAllRuleSpec catchAllRule(JsonNode spec) {
        CatchAllRuleSpec read = read(spec, CatchAllRuleSpec.class);
        check(read.domainRef() != null && read.domainRef().name() != null, "its domainRef");
        action(read.action(), "the catch-all");
        return read;
    }

    private static boolean isWithin(String address, String zone) {
        String host = address.substring(address.lastIndexOf('@') + 1);
        return host.equals(zone) || host.endsWith("." + zone);
    }

    private void action(@Nullable Action action, String whose) {
        if (action == null || !isOne(action)) {
            throw refused("the action of " + whose);
        }
        check(
                action.wantedForwardTo().filter(to -> !Admissible.address(to)).isEmpty(),
                "the address that " + whose + " forwards to");
        check(action.wantedWorker().filter(worker -> !Admissible.worker(worker)).isEmpty(), "the Worker of " + whose);
    }

    private static boolean isOne(Action action) {
        return !Boolean.FALSE.equals(action.drop())
                && Stream.of(
                                        action.wantedForwardTo().isPresent(),
                                        action.wantedWorker().isPresent(),
                                        action.drops())
                                .filter(given -> given)
                                .count()
                        == 1;
    }

    /** What a planner would stumble over, or take for something else. */
    void check(boolean right, String what) {
        if (!right) {
            throw refused(what);
        }
    }

    private StartFailure refused(String what) {
        return new StartFailure(where + ": " + what + " is missing or none that the API server takes");
    }

    private <T> T read(JsonNode spec, Class<T> type) {
        check(spec.isObject(), "its spec");
        try {
            return STRICT.treeToValue(spec, type);
        } catch (UnrecognizedPropertyException unknown) {
            throw new StartFailure(
                    where + ": there is no field " + path(unknown.getPath()) + " in version "
                            + ProductVersion.current(),
                    unknown);
        } catch (JsonMappingException wrong) {
            throw new StartFailure(
                    where + ": " + path(wrong.getPath()) + ": " + firstLine(wrong.getOriginalMessage()), wrong);
        } catch (JsonProcessingException | NullPointerException wrong) {
            throw new StartFailure(where + ": " + firstLine(wrong.getMessage()), wrong);
        }
    }

    private static String path(List<JsonMappingException.Reference> path) {
        return "spec"
                + path.stream()
                        .map(each ->
                                each.getFieldName() == null ? "[" + each.getIndex() + "]" : "." + each.getFieldName())
                        .collect(Collectors.joining());
    }

    static String firstLine(@Nullable String text) {
        return text == null
                ? "something that is required is missing"
                : text.lines().findFirst().orElse("");
    }
}

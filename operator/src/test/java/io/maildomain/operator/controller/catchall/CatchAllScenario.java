package io.maildomain.operator.controller.catchall;

import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleSpec;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountSpec;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.controller.catchall.plan.CatchAllPrecedence;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.ownership.ResourceWriter;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import io.maildomain.simulator.control.Controls;
import io.maildomain.simulator.state.RoutingRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** CatchAllRules of a MailDomain that is ready, one step at a time: a {@link FakeEnvironment} within this package. */
final class CatchAllScenario implements AutoCloseable {

    static final String DOMAIN = FakeEnvironment.DOMAIN;

    private static final Instant NOW = TestResources.NOW;
    private static final String NAMESPACE = "mail";

    private final FakeEnvironment env = new FakeEnvironment(Options.usual());

    CatchAllScenario() {
        String value =
                controls().putToken("runtime", ScenarioDsl.runtimeRights()).value();
        controls().putAddress("team@corp.example", true);
        controls().putAddress("boss@corp.example", true);
        controls().putWorker("mailbox-worker");
        controls().putZone(DOMAIN, """
                {"routing": true, "catch_all": {"name": "by hand", "forward_to": "boss@corp.example"}}""");
        env.secrets().holding(FakeEnvironment.OPERATOR_NAMESPACE, "tokens", "CLOUDFLARE_API_TOKEN", value);
        grant(List.of("*"), List.of("*"));
        domain(UnaryOperator.identity());
    }

    FakeEnvironment env() {
        return env;
    }

    Controls controls() {
        return env.controls();
    }

    String zoneId() {
        return controls().zone(DOMAIN).orElseThrow().id();
    }

    /** The catch-all as Cloudflare has it. */
    RoutingRule catchAll() {
        return controls().zone(DOMAIN).orElseThrow().catchAll();
    }

    /** Where it sends mail, in short. */
    String target() {
        RoutingRule.Action action = catchAll().actions().get(0);
        String target =
                action.value().isEmpty() ? action.type() : action.value().get(0);
        return catchAll().enabled() ? target : target + " (disabled)";
    }

    /** Another user writes it. */
    void somebodyWrites(String json) {
        controls().putZone(DOMAIN, "{\"catch_all\": " + json + "}");
    }

    /** How often it was written since {@link #forgetCalls}. */
    long writes() {
        return controls().calls().stream()
                .filter(call -> !call.method().equals("GET"))
                .count();
    }

    long calls() {
        return controls().calls().size();
    }

    void forgetCalls() {
        controls().clearCalls();
    }

    void grant(List<String> workers, List<String> forwardTo) {
        AccessGrant grant =
                new AccessGrant(NamespaceSelector.everything(), List.of(DOMAIN), false, workers, forwardTo, null);
        env.cluster().with(TestResources.account("default", null, grant));
    }

    void revokeAccess() {
        CloudflareAccount account = env.cluster().account("default").orElseThrow();
        account.setSpec(new CloudflareAccountSpec(account.getSpec().secretRef(), null, null, List.of()));
    }

    /** Stores the MailDomain, ready and with its zone noted, as the function changes it. */
    MailDomain domain(UnaryOperator<MailDomain> change) {
        MailDomain domain = TestResources.mailDomain("example-com", MailDomainSpec.of(DOMAIN));
        domain.setStatus(status(Reason.Ready, ConditionType.READY, ConditionType.ROUTING_ENABLED));
        return env.domains().put(change.apply(domain));
    }

    MailDomainStatus status(Reason reason, ConditionType... holding) {
        List<Check> checks = Arrays.stream(ConditionType.values())
                .filter(type -> type == ConditionType.READY || List.of(holding).contains(type))
                .map(type -> List.of(holding).contains(type) ? Check.yes(type, reason, "") : Check.no(type, reason, ""))
                .toList();
        ZoneOwnership zone = new ZoneOwnership(zoneId(), env.simulator().accountId(), ZoneOrigin.Adopted, null);
        return status(checks, Ownership.nothing().withZone(zone));
    }

    /** Another MailDomain manages the domain. */
    MailDomainStatus heldByAnother() {
        MailDomainStatus status = status(Reason.Conflict);
        List<Check> checks = List.of(
                Check.no(ConditionType.READY, Reason.Conflict, ""),
                Check.no(ConditionType.ZONE_READY, Reason.HeldInNamespace, ""));
        return status(checks, status.ownership());
    }

    private static MailDomainStatus status(List<Check> checks, Ownership ownership) {
        List<Condition> conditions = Conditions.of(List.of(), checks, 1, NOW);
        return MailDomainStatus.ofOwnership(ownership).withConditions(1L, conditions);
    }

    /** The MailDomain is being deleted, and waits for nothing but its catch-all. */
    void deleteDomain() {
        domain(domain -> {
            domain.getMetadata().setDeletionTimestamp(NOW.toString());
            domain.setStatus(status(Reason.CatchAllInUse, ConditionType.ROUTING_ENABLED));
            return domain;
        });
    }

    /** @param age how many minutes later than others it was created */
    CatchAllRule rule(String name, int age, CatchAllRuleSpec spec) {
        CatchAllRule rule = new CatchAllRule();
        rule.setMetadata(TestResources.meta(NAMESPACE, name, age));
        rule.setSpec(spec);
        return env.rules().put(rule);
    }

    CatchAllRule edit(CatchAllRule rule, CatchAllRuleSpec spec) {
        CatchAllRule live = env.rules().live(rule).orElseThrow();
        live.setSpec(spec);
        live.getMetadata().setGeneration(live.getMetadata().getGeneration() + 1);
        return env.rules().put(live);
    }

    CatchAllRule delete(CatchAllRule rule) {
        CatchAllRule live = env.rules().live(rule).orElseThrow();
        live.getMetadata().setDeletionTimestamp(NOW.toString());
        return env.rules().put(live);
    }

    /** Reconciles it once; the answer is when it is looked at again. */
    Duration reconcile(CatchAllRule rule) {
        return env.ruleController()
                .reconcile(env.rules().live(rule).orElseThrow(), null)
                .getScheduleDelay()
                .map(Duration::ofMillis)
                .orElse(Duration.ZERO);
    }

    /** Cleans it up once; the answer is whether it may go. */
    boolean cleanup(CatchAllRule rule) {
        CatchAllRule live = env.rules().live(rule).orElseThrow();
        live.getMetadata().setFinalizers(new ArrayList<>(List.of(ResourceWriter.FINALIZER)));
        env.rules().put(live);
        env.ruleController().cleanup(live, null);
        return env.rules().live(rule).isEmpty();
    }

    Condition ready(CatchAllRule rule) {
        return condition(rule, ConditionType.READY).orElseThrow();
    }

    Optional<Condition> condition(CatchAllRule rule, ConditionType type) {
        return Optional.ofNullable(env.rules().live(rule).orElseThrow().getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), type));
    }

    CatchAllOwnership ownership(CatchAllRule rule) {
        return CatchAllPrecedence.ownershipOf(env.rules().live(rule).orElseThrow())
                .orElse(null);
    }

    /** The reasons of the Events so far. */
    List<String> events() {
        return env.events().stream()
                .map(event -> event.substring(0, event.indexOf(':')))
                .toList();
    }

    @Override
    public void close() {
        env.close();
    }
}

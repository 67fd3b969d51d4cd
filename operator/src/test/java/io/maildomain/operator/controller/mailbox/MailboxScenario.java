package io.maildomain.operator.controller.mailbox;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.AfterExpiry;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxDomainRef;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import io.maildomain.simulator.state.RoutingRule;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What teams do with Mailboxes of {@code mail/example}, what the operator hears of it and then does, at a simulated Cloudflare. */
final class MailboxScenario implements AutoCloseable {

    static final Action WORKER = Action.handingTo("mailbox");

    /** Lets each team have what is at {@code in.example.com}. */
    static final String OPEN =
            "{'subdomains':['in'],'mailboxes':[{'namespaces':{'matchLabels':{'mail':'yes'}},'addresses':['*@in.example.com'],'workers':['mailbox'],'forwardTo':['*@corp.example']}]}";

    private final ScenarioDsl scenario;
    private final FakeEnvironment env;
    private int created;

    MailboxScenario() {
        this(FakeEnvironment.Options.usual());
    }

    MailboxScenario(FakeEnvironment.Options options) {
        scenario = new ScenarioDsl(options).usual();
        env = scenario.env();
        labels("team-a", Map.of("mail", "yes"));
        labels("team-b", Map.of("mail", "yes"));
        labels("team-c", Map.of("mail", "no"));
    }

    ScenarioDsl scenario() {
        return scenario;
    }

    /** The owner applies the MailDomain, and all that follows is done. */
    MailDomain domain(String spec) {
        Optional<MailDomain> before = domainIfAny();
        MailDomain after = scenario.domain("example", spec);
        env.mailboxServices().watches().mailDomainChanged(new Change<>(before.orElse(null), after));
        env.wokenByMailboxes().add(after);
        runs();
        return domain();
    }

    /** The zone is active and routed, as after some weeks. */
    MailDomain settled(String spec) {
        domain(spec);
        scenario.controls().activate(FakeEnvironment.DOMAIN);
        MailDomain before = domain();
        scenario.settle();
        env.mailboxServices().watches().mailDomainChanged(new Change<>(before, domain()));
        runs();
        return domain();
    }

    MailDomain domain() {
        return domainIfAny().orElseThrow();
    }

    private Optional<MailDomain> domainIfAny() {
        return env.domains().all().stream()
                .filter(domain -> domain.getMetadata().getName().equals("example"))
                .findFirst();
    }

    Mailbox mailbox(String namespace, String name, String address) {
        return mailbox(namespace, name, spec(address, WORKER, null));
    }

    static MailboxSpec spec(String address, Action action, String ttl) {
        return new MailboxSpec(new MailboxDomainRef("example", "mail"), address, action, null, ttl, null, null);
    }

    /** It is deleted once it has expired. */
    static MailboxSpec goingAfter(String ttl) {
        return new MailboxSpec(
                new MailboxDomainRef("example", "mail"),
                "a@in.example.com",
                WORKER,
                null,
                ttl,
                null,
                AfterExpiry.Delete);
    }

    /** Applies it, and all that follows is done. */
    Mailbox mailbox(String namespace, String name, MailboxSpec spec) {
        Mailbox applied = apply(namespace, name, spec);
        runs();
        return applied;
    }

    /** Applies it; nothing follows yet. */
    Mailbox apply(String namespace, String name, MailboxSpec spec) {
        Optional<Mailbox> before = env.mailboxes().all().stream()
                .filter(other -> other.getMetadata().getNamespace().equals(namespace)
                        && other.getMetadata().getName().equals(name))
                .findFirst();
        Mailbox mailbox = before.orElseGet(() -> fresh(namespace, name));
        Mailbox after = copy(mailbox, spec);
        before.ifPresent(
                known -> after.getMetadata().setGeneration(known.getMetadata().getGeneration() + 1));
        Mailbox stored = env.mailboxes().put(after);
        env.mailboxServices().watches().mailboxChanged(new Change<>(before.orElse(null), stored));
        env.wokenByMailboxes().add(stored);
        return stored;
    }

    private Mailbox fresh(String namespace, String name) {
        Mailbox fresh = new Mailbox();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid(namespace + "/" + name + "/" + ++created)
                .withGeneration(1L)
                .withCreationTimestamp(
                        env.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .build());
        return fresh;
    }

    private static Mailbox copy(Mailbox of, MailboxSpec spec) {
        Mailbox copy = new Mailbox();
        copy.setMetadata(new ObjectMetaBuilder(of.getMetadata()).build());
        copy.setSpec(spec);
        copy.setStatus(of.getStatus());
        return copy;
    }

    /** A tool prunes it, and all that follows is done. */
    void delete(Mailbox mailbox) {
        goes(mailbox);
        runs();
    }

    /** A tool prunes it; nothing follows yet. */
    void goes(Mailbox mailbox) {
        Mailbox live = live(mailbox);
        env.mailboxes().remove(live);
        env.mailboxServices().watches().mailboxChanged(new Change<>(live, null));
    }

    /** The owner annotates the MailDomain. */
    void annotates(String key, String value) {
        scenario.annotate(domain(), key, value);
    }

    /** An administrator labels a namespace. Each has the label of its name. */
    void labels(String namespace, Map<String, String> labels) {
        Namespace before = namespace(namespace, env.cluster().labelsOf(namespace));
        env.cluster().withLabels(namespace, labels);
        env.mailboxServices().watches().namespaceChanged(new Change<>(before, namespace(namespace, labels)));
        runs();
    }

    private static Namespace namespace(String name, Map<String, String> labels) {
        Namespace namespace = new Namespace();
        namespace.setMetadata(
                new ObjectMetaBuilder().withName(name).withLabels(labels).build());
        return namespace;
    }

    /** Time goes by, the clock ticks, and all that follows is done. */
    void passes(Duration time) {
        scenario.later(time);
        env.mailboxServices().tick();
        runs();
    }

    /** The operator ends, and another one starts and sees what is there; nothing is reconciled yet but what that wakes. */
    void restarts() {
        scenario.restarts();
        env.wokenByMailboxes().clear();
        env.mailboxes()
                .all()
                .forEach(mailbox -> env.mailboxServices().watches().mailboxChanged(new Change<>(null, mailbox)));
        List.of("mail", "team-a", "team-b", "team-c").forEach(this::shows);
    }

    /** The watch shows a namespace for the first time. */
    void shows(String namespace) {
        Namespace seen = namespace(namespace, env.cluster().labelsOf(namespace));
        env.mailboxServices().watches().namespaceChanged(new Change<>(null, seen));
    }

    /** The watch does not show a namespace yet. */
    void hides(String namespace) {
        env.cluster().withLabels(namespace, Map.of());
    }

    /** What is to be reconciled is, and what follows from that, until there is nothing. */
    void runs() {
        for (int turns = 0; hasWork(); turns++) {
            if (turns > 2_000) {
                throw new AssertionError("it does not end: " + env.wokenByMailboxes());
            }
            HasMetadata woken = env.wokenByMailboxes().remove();
            if (woken instanceof MailDomain domain) {
                Optional<MailDomain> before = env.domains().live(domain);
                scenario.reconcile(domain);
                Optional<MailDomain> after = env.domains().live(domain);
                if (before.isPresent() && after.isPresent()) {
                    env.mailboxServices().watches().mailDomainChanged(new Change<>(before.get(), after.get()));
                }
            } else {
                env.mailboxes().live((Mailbox) woken).ifPresent(live -> env.mailboxController()
                        .reconcile(live, null));
            }
        }
    }

    /** Another user or tool changes or deletes the rules of the zone. */
    void changesAtCloudflare(Function<RoutingRule, Optional<RoutingRule>> change) {
        scenario.controls()
                .changed(
                        FakeEnvironment.DOMAIN,
                        zone -> zone.withRules(zone.rules().stream()
                                .flatMap(rule -> rule.isCatchAll() ? Stream.of(rule) : change.apply(rule).stream())
                                .toList()));
    }

    /** The rule as it is for another address. */
    static RoutingRule to(RoutingRule rule, String address) {
        return new RoutingRule(
                rule.id(),
                rule.name(),
                rule.enabled(),
                rule.priority(),
                List.of(new RoutingRule.Matcher("literal", "to", address)),
                rule.actions(),
                rule.source(),
                rule.ownerWorkerTag(),
                rule.createdOn());
    }

    /** The account's owner grants other actions, and all that follows is done. */
    void accountGrants(String actions) {
        scenario.account(
                "default",
                "tokens",
                env.simulator().accountId(),
                "[{'namespaces':{},'domains':['*'],'createZones':true," + actions + "}]");
        env.wokenByMailboxes().add(domain());
        runs();
    }

    /** What a MailWorker says of itself. */
    String workerSays(MailWorker worker) {
        return env.workers()
                .live(worker)
                .flatMap(live -> live.getStatus().condition("Ready"))
                .orElseThrow()
                .message();
    }

    /** The names of the rules at Cloudflare. */
    List<String> ruleNames() {
        return scenario.zone().rules().stream().map(RoutingRule::name).toList();
    }

    /** An operator starts that sees Mailboxes of these namespaces only. */
    void restartsSeeing(Predicate<String> namespaces) {
        env.cluster().seesMailboxesIf(namespaces);
        scenario.restarts();
        env.wokenByMailboxes().clear();
    }

    /** What keeps a distance to the look before is waited for. */
    private boolean hasWork() {
        Optional<Duration> wait = env.mailboxServices().work();
        if (env.wokenByMailboxes().isEmpty() && wait.isPresent()) {
            scenario.later(wait.get());
            env.mailboxServices().work();
        }
        return !env.wokenByMailboxes().isEmpty();
    }

    Mailbox live(Mailbox mailbox) {
        return env.mailboxes().live(mailbox).orElseThrow();
    }

    MailboxStatus status(Mailbox mailbox) {
        return live(mailbox).getStatus();
    }

    /** {@code Active True Ready}. */
    String stands(Mailbox mailbox) {
        return status(mailbox).state() + " "
                + status(mailbox).condition("Ready").orElseThrow().status() + " "
                + status(mailbox).condition("Ready").orElseThrow().reason();
    }

    /** The calls at Cloudflare since the calls were cleared. */
    List<String> calls() {
        return scenario.controls().calls().stream().map(call -> call.key()).toList();
    }

    @Override
    public void close() {
        scenario.close();
    }
}

package io.maildomain.operator.statuspage.plan;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.trace.plan.Destiny;
import io.maildomain.operator.trace.plan.Hop;
import io.maildomain.operator.trace.plan.Hop.Stage;
import io.maildomain.operator.trace.plan.Hop.Verdict;
import io.maildomain.operator.trace.plan.MailTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last part of the walk: which rule decides for mail that Email Routing gets, as far as the resources say. Lives as long as one trace.
 */
final class RuleWalk {

    /** It would come first. */
    private static final String UNSEEN = "; one that no resource asks for would not be seen here";

    private final String address;
    private final String host;
    private final TraceResources resources;
    private final List<Hop> hops;

    /** @param hops on the way so far */
    RuleWalk(String address, TraceResources resources, List<Hop> hops) {
        this.address = address;
        this.host = DesiredState.hostOf(address);
        this.resources = resources;
        this.hops = new ArrayList<>(hops);
    }

    MailTrace trace() {
        Optional<AskedRule> exact = AskedRule.of(address, resources);
        if (exact.filter(rule -> rule.enabled() || !rule.stands()).isPresent()) {
            return followed(exact.get(), "the rule for " + address, Verdict.OK);
        }
        String passed = exact.isPresent() ? "the rule for " + address + " is disabled" : notAsked();
        int plus = address.indexOf('+');
        if (plus > 0 && plus < address.lastIndexOf('@')) {
            String plain = address.substring(0, plus) + "@" + host;
            Optional<AskedRule> base = AskedRule.of(plain, resources).filter(rule -> rule.enabled() || !rule.stands());
            Optional<Boolean> subaddressing = subaddressing();
            if (base.isPresent() && subaddressing.isEmpty()) {
                return end(
                        Stage.RULE,
                        Verdict.UNKNOWN,
                        passed + "; whether the rule for " + plain
                                + " decides depends on subaddressing, of which the MailDomain does not say that it is as asked for",
                        new Destiny.Unknown());
            }
            if (base.isPresent() && subaddressing.get()) {
                return followed(base.get(), passed + UNSEEN + "; by subaddressing the rule for " + plain, Verdict.OPEN);
            }
        }
        return last(passed);
    }

    private String notAsked() {
        String inVain = AskedRule.inVain(address, resources);
        return inVain.isEmpty() ? "no resource asks for a rule for " + address : inVain;
    }

    /** Whether it is on; empty where that is not known: the spec leaves it as it is, or the zone may differ from the spec. */
    private Optional<Boolean> subaddressing() {
        MailDomain resource = resources.domain();
        MailDomainStatus status = resource.getStatus();
        boolean written = resource.getSpec().mode() == Mode.Manage
                && Standing.isOfThisSpec(resource, status)
                && status.condition(ConditionType.IN_SYNC.value())
                        .filter(inSync -> !inSync.holds())
                        .isEmpty();
        return resource.getSpec().wantedSubaddressing().filter(wanted -> written);
    }

    /** Of the rules of others for the address nothing is known, and they would come first. */
    private MailTrace last(String passed) {
        Optional<AskedRule> catchAll = AskedRule.ofCatchAll(resources);
        if (catchAll.isEmpty()) {
            return end(
                    Stage.RULE,
                    Verdict.UNKNOWN,
                    passed + "; the catch-all of the zone decides, which no resource asks for",
                    new Destiny.Unknown());
        }
        AskedRule rule = catchAll.get();
        if (!rule.stands()) {
            return followed(rule, passed + "; the catch-all", Verdict.OPEN);
        }
        if (!rule.enabled()) {
            return end(
                    Stage.RULE,
                    Verdict.OPEN,
                    passed + UNSEEN + "; the catch-all is off, as " + rule.resource() + " says",
                    new Destiny.Rejected());
        }
        return followed(rule, passed + UNSEEN + "; the catch-all", Verdict.OPEN);
    }

    /** @param decides what is said of the station where the rule stands */
    private MailTrace followed(AskedRule rule, String named, Verdict decides) {
        if (!rule.stands()) {
            String says = rule.says().isEmpty() ? "" : " (" + rule.says() + ")";
            hop(
                    Stage.RULE,
                    Verdict.UNKNOWN,
                    named + ", which " + rule.resource() + " asks for, is " + rule.state() + says
                            + ": the rule of another user, an older one or none may be there");
            Destiny asked = destiny(rule.action());
            return end(
                    Stage.TARGET,
                    Verdict.UNKNOWN,
                    "asked for, and not known to be so: " + (rule.enabled() ? asked.words() : "disabled"),
                    new Destiny.Unknown());
        }
        hop(Stage.RULE, decides, named + " decides, which " + rule.resource() + " asks for");
        Destiny destiny = destiny(rule.action());
        return end(Stage.TARGET, Verdict.OK, destiny.words() + ", " + rule.state(), destiny);
    }

    private static Destiny destiny(@Nullable Action action) {
        if (action == null) {
            return new Destiny.Unknown();
        }
        return action.wantedForwardTo()
                .<Destiny>map(Destiny.Forwarded::new)
                .or(() -> action.wantedWorker().map(Destiny.Handed::new))
                .orElseGet(() -> action.drops() ? new Destiny.Dropped() : new Destiny.Unknown());
    }

    private void hop(Stage stage, Verdict verdict, String sentence) {
        hops.add(new Hop(stage, verdict, sentence));
    }

    private MailTrace end(Stage stage, Verdict verdict, String sentence, Destiny destiny) {
        hop(stage, verdict, sentence);
        return new MailTrace(address, hops, destiny, "");
    }
}

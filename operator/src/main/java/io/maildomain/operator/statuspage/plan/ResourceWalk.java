package io.maildomain.operator.statuspage.plan;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.dns.plan.UnicodeName;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.trace.plan.Destiny;
import io.maildomain.operator.trace.plan.Hop;
import io.maildomain.operator.trace.plan.Hop.Stage;
import io.maildomain.operator.trace.plan.Hop.Verdict;
import io.maildomain.operator.trace.plan.MailTrace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of mail to an address, as far as the resources say: the walk of the verb {@code trace} without a call, for a page that any
 * reader may load as often as they like. The rule of the exact address decides, with subaddressing the one for what stands before the plus, else the
 * catch-all. What no resource says is not known rather than guessed.
 */
public final class ResourceWalk {

    private ResourceWalk() {}

    /**
     * @param address lower case, its domain as A-labels, with a name before the at
     * @param resources null: no MailDomain is for a domain that the host lies in
     */
    public static MailTrace of(String address, @Nullable TraceResources resources) {
        if (resources == null) {
            return new MailTrace(
                    address,
                    List.of(new Hop(
                            Stage.RESOURCE,
                            Verdict.UNKNOWN,
                            "no MailDomain that the operator watches is for "
                                    + UnicodeName.shown(DesiredState.hostOf(address)) + " or a domain above it")),
                    new Destiny.Unknown(),
                    "");
        }
        return new Walk(address, resources).trace();
    }

    /** Lives as long as one trace. */
    private static final class Walk {

        /** After these mail is known not to come; after all others another installation, a user or what was written before may lead it here. */
        private static final Set<Reason> WITHOUT_ZONE = EnumSet.of(
                Reason.ZonePending, Reason.ZoneMoved, Reason.ZoneTypeUnsupported, Reason.DomainNotRegistered);

        /** The same; they speak of the domain itself, not of a subdomain. */
        private static final Set<Reason> WITHOUT_ROUTING = EnumSet.of(
                Reason.RoutingDisabled, Reason.ForeignRecords, Reason.RecordsMissing, Reason.NotTakingEffect);

        private static final Set<Reason> OF_THE_ZONE = EnumSet.of(Reason.DelegatedElsewhere, Reason.SignaturesBroken);
        private static final Set<Reason> OF_THE_APEX =
                EnumSet.of(Reason.AliasAtApex, Reason.MailExchangersMissing, Reason.MailExchangersElsewhere);

        private final String address;
        private final String host;
        private final TraceResources resources;
        private final String domain;
        private final List<Hop> hops = new ArrayList<>();

        Walk(String address, TraceResources resources) {
            this.address = address;
            this.host = DesiredState.hostOf(address);
            this.resources = resources;
            this.domain = resources.domain().getSpec().domain();
        }

        MailTrace trace() {
            MailDomainStatus status = resources.domain().getStatus();
            if (resources.domain().isMarkedForDeletion()) {
                return end(Stage.RESOURCE, Verdict.UNKNOWN, named() + ", and is being deleted", new Destiny.Unknown());
            }
            hop(Stage.RESOURCE, Verdict.OK, named());
            if (status == null || status.conditions().isEmpty()) {
                return end(Stage.ZONE, Verdict.UNKNOWN, "the operator has not looked at it yet", new Destiny.Unknown());
            }
            world(status);
            if (!condition(
                    status,
                    ConditionType.ZONE_READY,
                    Stage.ZONE,
                    "zone " + UnicodeName.shown(domain) + " is ready",
                    WITHOUT_ZONE)) {
                return new MailTrace(address, hops, elsewhereOrUnknown(), "");
            }
            return routed(status)
                    ? new RuleWalk(address, resources, hops).trace()
                    : new MailTrace(address, hops, elsewhereOrUnknown(), "");
        }

        private String named() {
            String resource = Said.nameOf(resources.domain()) + " is for " + UnicodeName.shown(domain);
            return resources.rivals() == 0
                    ? resource
                    : resource + "; so "
                            + (resources.rivals() == 1 ? "is one other" : "are " + resources.rivals() + " others");
        }

        private void world(MailDomainStatus status) {
            Optional<Condition> seen = status.condition(ConditionType.MAIL_DELIVERABLE.value());
            if (seen.isEmpty()) {
                hop(Stage.PUBLIC_DNS, Verdict.OPEN, "the resource does not say what the world sees");
                return;
            }
            Condition condition = seen.get();
            boolean wrong = "False".equals(condition.status())
                    && condition.knownReason().filter(this::stopsMail).isPresent();
            hop(
                    Stage.PUBLIC_DNS,
                    condition.holds() ? Verdict.OK : wrong ? Verdict.WRONG : Verdict.OPEN,
                    Said.of(condition).message());
        }

        /** The condition speaks of the domain's own MX records, not of a subdomain's; and of SPF and DMARC, which are about mail that goes out. */
        private boolean stopsMail(Reason reason) {
            return OF_THE_ZONE.contains(reason) || OF_THE_APEX.contains(reason) && host.equals(domain);
        }

        /** Whether mail gets past it: where it holds. */
        private boolean condition(
                MailDomainStatus status, ConditionType type, Stage stage, String fine, Set<Reason> without) {
            Optional<Condition> found = status.condition(type.value());
            if (found.filter(Condition::holds).isPresent()) {
                hop(stage, Verdict.OK, fine);
                return true;
            }
            boolean stops = found.filter(it -> "False".equals(it.status()))
                    .flatMap(Condition::knownReason)
                    .filter(without::contains)
                    .isPresent();
            hop(
                    stage,
                    stops ? Verdict.WRONG : Verdict.UNKNOWN,
                    found.map(Said::of).map(Said::message).orElse("the resource does not say"));
            return false;
        }

        private boolean routed(MailDomainStatus status) {
            String shown = UnicodeName.shown(host);
            Set<Reason> without = host.equals(domain) ? WITHOUT_ROUTING : Set.of();
            if (!condition(status, ConditionType.ROUTING_ENABLED, Stage.ROUTING, "on for the zone", without)) {
                return false;
            }
            Optional<HostStatus> records = status.dns().stream()
                    .filter(each -> host.equalsIgnoreCase(each.host()))
                    .findFirst();
            if (records.isEmpty()) {
                hop(
                        Stage.ROUTING,
                        Verdict.UNKNOWN,
                        "the MailDomain says nothing of the mail records of " + shown
                                + (host.equals(domain) ? "" : ": it is among neither its subdomains nor its rules"));
                return true;
            }
            HostState state = records.get().state();
            String says = Said.of(records.get());
            if (state == HostState.Ready || state == HostState.Unlocked) {
                hop(Stage.ROUTING, Verdict.OK, "the mail records of " + shown + " stand");
                return true;
            }
            boolean known = state != null && state != HostState.Unknown;
            hop(
                    Stage.ROUTING,
                    known ? Verdict.WRONG : Verdict.UNKNOWN,
                    "mail records of " + shown + ": " + (state == null ? "not known" : state.name())
                            + (says.isEmpty() ? "" : ", " + says));
            return !known;
        }

        private Destiny elsewhereOrUnknown() {
            return hops.get(hops.size() - 1).verdict() == Verdict.WRONG
                    ? new Destiny.Elsewhere()
                    : new Destiny.Unknown();
        }

        private void hop(Stage stage, Verdict verdict, String sentence) {
            hops.add(new Hop(stage, verdict, sentence));
        }

        private MailTrace end(Stage stage, Verdict verdict, String sentence, Destiny destiny) {
            hop(stage, verdict, sentence);
            return new MailTrace(address, hops, destiny, "");
        }
    }
}

package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.DelegationState;
import io.maildomain.api.v1alpha1.DelegationStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.dns.plan.Answer;
import io.maildomain.operator.dns.plan.SenderPolicyFinding;
import io.maildomain.operator.dns.plan.SenderPolicyReview;
import io.maildomain.operator.dns.plan.UnicodeName;
import io.maildomain.operator.dns.plan.WorldView;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the world is led to Email Routing, and what stands in the way, most fundamental first. Pure; lives as long as one judgement. */
public final class Deliverability {

    private static final String NO_MAIL = ".";

    private final String domain;
    private final WorldView view;
    private final @Nullable DelegationStatus delegation;
    private final List<Check> wrong = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    private Deliverability(String domain, WorldView view, @Nullable DelegationStatus delegation) {
        this.domain = UnicodeName.shown(domain);
        this.view = view;
        this.delegation = delegation;
    }

    /** @param delegation of the same view; null: not known */
    public static Check of(String domain, WorldView view, @Nullable DelegationStatus delegation) {
        return new Deliverability(domain, view, delegation).judged();
    }

    private Check judged() {
        judgeDelegation();
        if (delegation != null && delegation.state() == DelegationState.Absent) {
            // There is nothing else to be seen of it.
            return wrong.get(0);
        }
        if (view.signaturesBroken()) {
            wrong(
                    Reason.SignaturesBroken,
                    "a DS record stands for " + domain
                            + " that nothing in the zone answers to: remove it at the registrar");
        } else {
            judgeExchangers();
        }
        judgeSenders();
        if (!wrong.isEmpty()) {
            return new Check(
                    ConditionType.MAIL_DELIVERABLE,
                    Check.Status.FALSE,
                    wrong.get(0).reason(),
                    wrong.stream().map(Check::message).collect(Collectors.joining("; ")));
        }
        return unknown.isEmpty()
                ? Check.yes(ConditionType.MAIL_DELIVERABLE, Reason.Deliverable, allWell())
                : Check.unknown(ConditionType.MAIL_DELIVERABLE, Reason.NotSeen, String.join("; ", unknown));
    }

    private void judgeDelegation() {
        if (delegation == null) {
            // Where the zone above cannot be asked, what was found by it still says where mail goes.
            return;
        }
        if (delegation.state() == DelegationState.Absent) {
            wrong(Reason.DelegatedElsewhere, Delegations.parent(delegation) + " knows no " + domain);
        } else if (delegation.state() != DelegationState.Complete) {
            wrong(
                    Reason.DelegatedElsewhere,
                    Delegations.parent(delegation) + " delegates " + domain + " to "
                            + Delegations.listed(delegation.nameServers()));
        }
    }

    private void judgeExchangers() {
        if (!view.alias().isEmpty()) {
            wrong(
                    Reason.AliasAtApex,
                    "a CNAME record at " + domain + " leads to " + Delegations.shown(view.alias())
                            + " and hides its MX records");
            return;
        }
        view.exchangers().failure().ifPresent(why -> unknown("the MX records of " + domain, why));
        if (view.exchangers() instanceof Answer.Absent) {
            wrong(Reason.MailExchangersMissing, "the world sees no MX record of " + domain);
        }
        view.exchangers().found().ifPresent(this::judgeExchangers);
    }

    private void judgeExchangers(List<String> hosts) {
        List<String> others =
                hosts.stream().filter(host -> !HostDns.isEmailRoutings(host)).toList();
        if (hosts.equals(List.of(NO_MAIL))) {
            wrong(Reason.MailExchangersMissing, "the MX record of " + domain + " says that no mail is taken");
        } else if (!others.isEmpty()) {
            String besides = others.size() < hosts.size() ? " besides Email Routing" : "";
            wrong(
                    Reason.MailExchangersElsewhere,
                    "the MX records of " + domain + " name " + Delegations.listed(others) + besides);
        }
    }

    private void judgeSenders() {
        SenderPolicyFinding senders = view.senders();
        if (senders instanceof SenderPolicyFinding.Broken broken) {
            wrong(
                    Reason.SenderPolicyBroken,
                    Delegations.shown(broken.name()) + " " + broken.flaw().words());
        } else if (senders instanceof SenderPolicyFinding.Absent) {
            wrong(Reason.SenderPolicyIncomplete, domain + " has no SPF record");
        } else if (senders instanceof SenderPolicyFinding.Valid valid && !valid.namesEmailRouting()) {
            wrong(Reason.SenderPolicyIncomplete, "the SPF record of " + domain + " does not name Email Routing");
        } else if (senders instanceof SenderPolicyFinding.Unclear unclear) {
            unknown("the SPF record of " + Delegations.shown(unclear.name()), unclear.why());
        }
    }

    private String allWell() {
        String lookUps = view.senders() instanceof SenderPolicyFinding.Valid valid
                ? "SPF takes " + valid.lookUps() + " of " + SenderPolicyReview.LOOK_UPS + " look-ups"
                : "";
        String reports = view.reports()
                .found()
                .map(policy -> "the DMARC policy is " + policy)
                .orElse(
                        view.reports() instanceof Answer.Absent
                                ? "there is no DMARC policy"
                                : "the DMARC policy is not known");
        return "the world is led to Email Routing; " + lookUps + "; " + reports;
    }

    private void wrong(Reason reason, String message) {
        wrong.add(Check.no(ConditionType.MAIL_DELIVERABLE, reason, message));
    }

    private void unknown(String what, Answer.Failure why) {
        unknown.add(what + ": " + why.words());
    }
}

package io.maildomain.operator.trace.plan;

import io.maildomain.api.v1alpha1.DelegationState;
import io.maildomain.api.v1alpha1.DelegationStatus;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.maildomain.plan.Delegations;
import io.maildomain.operator.controller.maildomain.plan.HostDns.Known;
import io.maildomain.operator.dns.plan.Answer;
import io.maildomain.operator.dns.plan.UnicodeName;
import io.maildomain.operator.dns.plan.WorldView;
import io.maildomain.operator.trace.plan.Hop.Stage;
import io.maildomain.operator.trace.plan.Hop.Verdict;
import io.maildomain.operator.trace.plan.TraceFacts.Outside;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the world sends mail for a host to Email Routing: who is asked for the zone, and whom the host's MX records name. Unlike {@code
 * MailDeliverable} it says nothing of SPF and DMARC, which are about mail that goes out. Lives as long as one judgement.
 */
final class PublicLook {

    private final List<String> wrong = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    private PublicLook() {}

    /** @param host of the address, as A-labels */
    static Hop of(Outside seen, Zone zone, String host) {
        PublicLook look = new PublicLook();
        look.delegation(seen.zone(), zone);
        if (seen.zone().signaturesBroken()) {
            look.wrong.add("a DS record stands for %s that nothing in the zone answers to"
                    .formatted(UnicodeName.shown(zone.name())));
        } else {
            look.exchangers(seen.host(), UnicodeName.shown(host));
        }
        if (!look.wrong.isEmpty()) {
            return new Hop(Stage.PUBLIC_DNS, Verdict.WRONG, String.join("; ", look.wrong));
        }
        return look.unknown.isEmpty()
                ? new Hop(
                        Stage.PUBLIC_DNS,
                        Verdict.OK,
                        "the world asks the zone's name servers, and the MX records of %s are Email Routing's"
                                .formatted(UnicodeName.shown(host)))
                : new Hop(Stage.PUBLIC_DNS, Verdict.UNKNOWN, String.join("; ", look.unknown));
    }

    /** What the world sees of the host's MX records; nothing where it was not seen. */
    static MailHost exchangers(WorldView seen) {
        return seen.alias().isEmpty()
                ? seen.exchangers().found().map(MailHost::ofHosts).orElseGet(MailHost::unknown)
                : MailHost.unknown();
    }

    private void delegation(WorldView seen, Zone zone) {
        Optional<DelegationStatus> delegation = Delegations.of(seen, zone.nameServers(), null);
        if (delegation.isEmpty()) {
            unknown.add("whom the zone above delegates %s to is not known".formatted(UnicodeName.shown(zone.name())));
        } else if (delegation.get().state() != DelegationState.Complete) {
            wrong.add("the zone above sends who asks for %s to %s"
                    .formatted(
                            UnicodeName.shown(zone.name()),
                            delegation.get().nameServers().isEmpty()
                                    ? "no name server"
                                    : String.join(", ", delegation.get().nameServers())));
        }
    }

    private void exchangers(WorldView seen, String host) {
        if (!seen.alias().isEmpty()) {
            wrong.add("a CNAME record at %s leads to %s and hides its MX records".formatted(host, seen.alias()));
            return;
        }
        if (seen.exchangers() instanceof Answer.Absent) {
            wrong.add("the world sees no MX record of " + host);
            return;
        }
        MailHost mail = exchangers(seen);
        if (mail.routed() == Known.UNKNOWN) {
            unknown.add("the MX records of %s are not known".formatted(host));
        } else if (mail.shared() == Known.YES) {
            wrong.add("the MX records of %s name %s%s"
                    .formatted(host, mail.others(), mail.routed() == Known.YES ? " besides Email Routing" : ""));
        }
    }
}

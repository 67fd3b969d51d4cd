package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.DelegationStatus;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.dns.plan.UnicodeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said of zones: each sentence tells what to do next. */
public final class ZoneMessages {

    private ZoneMessages() {}

    public static String adoptedInDoubt(String domain) {
        return "zone " + UnicodeName.shown(domain)
                + " may or may not have been created for this resource, for the answer was lost: it counts as"
                + " adopted, and stays when the resource goes";
    }

    static String ambiguous(String domain) {
        return "several zones named " + UnicodeName.shown(domain) + " are visible to the token: name the account"
                + " (accountId of the CloudflareAccount, or CLOUDFLARE_ACCOUNT_ID in the Secret)";
    }

    static String otherAccount(ZoneDecision.Question question, Zone zone) {
        return "zone " + UnicodeName.shown(question.domain()) + " lies in account " + zone.accountId()
                + ", but account " + question.accountId()
                + " is configured: use credentials of that account, or move the zone";
    }

    static String exists(String domain) {
        return "zone " + UnicodeName.shown(domain) + " exists already and spec.zone.policy is CreateOnly:"
                + " use CreateOrAdopt or AdoptOnly to adopt it";
    }

    static String type(String domain, String type) {
        return "zone " + UnicodeName.shown(domain) + " is of type " + type
                + "; Email Routing needs a zone of type full";
    }

    static String notFound(String domain) {
        return "the token sees no zone " + UnicodeName.shown(domain)
                + " and spec.zone.policy is AdoptOnly: add the zone at Cloudflare,"
                + " widen the token's scope to it, or use CreateOrAdopt";
    }

    static String notApex(ZoneDecision.Question question) {
        String parent = question.registrableParent();
        if (parent.isEmpty()) {
            return question.domain() + " is a public suffix: a zone can be created only for a registrable domain";
        }
        String label = question.domain().substring(0, question.domain().length() - parent.length() - 1);
        return "no zone " + question.domain() + " exists, and one is created only for a registrable domain:"
                + " write a MailDomain for " + parent + " with spec.subdomains: [" + label + "] instead";
    }

    static String creationNotGranted(String domain) {
        return "no zone " + UnicodeName.shown(domain)
                + " exists, and this namespace may not create one: ask for createZones: true in"
                + " spec.access of the CloudflareAccount, or add the zone at Cloudflare";
    }

    static String bindingDisabled(ZoneDecision.Question question) {
        String seen =
                question.onlyAccount().isEmpty() ? "" : " (the token sees one account: " + question.onlyAccount() + ")";
        return "no zone " + UnicodeName.shown(question.domain())
                + " exists, and none can be created without an account id: set accountId"
                + " of the CloudflareAccount, or CLOUDFLARE_ACCOUNT_ID in the Secret" + seen;
    }

    /** The same whether there is no such zone or it is another domain's: a user who names its id must not learn that. */
    public static String notVisible(String domain, String id) {
        return "zone " + id + " is not there, or is not that of " + domain + ", or the token may not see it: check the"
                + " token's scope; if the zone was deleted or added anew, annotate maildomain.io/rebind-zone: new (or its"
                + " new id), which is followed once: to have it followed again, take the annotation off and set it anew";
    }

    static String pending(Zone zone) {
        return pending(zone.name(), zone.nameServers(), null, true);
    }

    /**
     * @param delegation where the world is sent meanwhile; null: not known
     * @param keysKnown whether it has all DS records
     */
    static String pending(
            String domain, List<String> nameServers, @Nullable DelegationStatus delegation, boolean keysKnown) {
        if (delegation != null && Delegations.isComplete(delegation)) {
            return Delegations.afterTheChange(delegation, keysKnown);
        }
        String seen =
                delegation == null ? "" : Delegations.beforeTheChange(domain, delegation, keysKnown) + ". To do: ";
        return seen + "set the name servers of " + UnicodeName.shown(domain) + " to "
                + String.join(" and ", nameServers)
                + " at its registrar. This zone may hold only Email Routing's records; before you change name servers,"
                + " import your other records and remove the DS record at the registrar";
    }

    static String statusUnknown(Zone zone) {
        String said = zone.status().isEmpty() ? "no status at all" : "the status \"" + zone.status() + "\"";
        return "Cloudflare gives zone " + UnicodeName.shown(zone.name()) + " " + said
                + ", which this version does not know: nothing is written to"
                + " it. Look at the zone in Cloudflare; it goes on once the zone is active, or with a newer version that knows";
    }

    static String moved(Zone zone) {
        return "the name servers of " + UnicodeName.shown(zone.name()) + " point away from Cloudflare: set them to "
                + String.join(" and ", zone.nameServers()) + ", else Cloudflare deletes the zone after 7 days";
    }
}

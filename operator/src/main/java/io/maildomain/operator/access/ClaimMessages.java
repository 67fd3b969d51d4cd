package io.maildomain.operator.access;

import java.util.List;

/** What people are told of claims: of another namespace no more than the fact. */
final class ClaimMessages {

    private ClaimMessages() {}

    static String managedBy(String domain, Claim claim, List<Claim> others) {
        String holder = Claims.holderInNamespace(claim, others).map(Claim::name).orElse("another resource");
        return domain + " is managed by MailDomain " + holder + " of this namespace: delete the one that is not wanted;"
                + " if that is " + holder + ", its zone, rules and routing go over to this one and nothing is deleted";
    }

    static String managedElsewhere(String domain) {
        return domain + " is, or was, managed from another namespace: to take it over, ask for an entry in the"
                + " account's spec.access that names " + domain + " exactly, or delete and create this resource once it"
                + " is free";
    }

    static String claimedElsewhere(String domain) {
        return domain
                + " is wanted by a MailDomain of another namespace as well, and that one comes first: it is looked at again when"
                + " that one turns out to have no use of it";
    }

    static String unsettled(String domain) {
        return "an older MailDomain for " + domain + " has not been looked at yet";
    }
}

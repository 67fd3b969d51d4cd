package io.maildomain.api.v1alpha1;

/** The CEL expressions and patterns of the API; {@code self} is the field. */
final class Cel {
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final String TOP_LABEL = "[a-z]([a-z0-9-]{0,61}[a-z0-9])";
    /** RFC 5321's dot-atom in lower case. */
    private static final String LOCAL_PART = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+([.][a-z0-9!#$%&'*+/=?^_`{|}~-]+)*";

    static final String DOMAIN = "(" + LABEL + "[.])+" + TOP_LABEL;
    static final String IS_DOMAIN = "self.matches('^" + DOMAIN + "$')";
    static final String DOMAIN_MESSAGE =
            "domain must be a lower-case domain name with at least one dot and no dot at the end, such as example.com;"
                    + " write an internationalised name as its A-label (xn--...)";
    static final String IS_ADDRESS = "self.matches(\"^" + LOCAL_PART + "@" + DOMAIN + "$\")";
    /** Legal in RFC 5321, but no real mailbox: a user who writes it means a pattern, and the rule would never get a mail. */
    static final String IS_NO_PATTERN = "!self.contains('*')";

    static final String IS_WORKER = "self.matches('^[a-z0-9_][a-z0-9_-]*$')";
    static final String IS_OBJECT_NAME = "self.matches('^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$')";
    static final String IS_NAMESPACE = "self.matches('^[a-z0-9]([a-z0-9-]*[a-z0-9])?$')";
    static final String IS_ACCOUNT_ID = "self.matches('^[0-9a-f]{32}$')";
    static final String IS_BUDGET = IS_NAMESPACE;
    static final String BUDGET_MESSAGE =
            "budget must be a name of lower-case letters, digits and dashes that begins and ends with a letter or digit, such as team-cf";
    static final String CONDITION_TYPE = "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?"
            + "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$";
    static final String CONDITION_REASON = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";

    // Of a whole MailDomainSpec. A message that named the offending rule would cost more than the API server allows.
    static final String ADDRESSES_ARE_WITHIN = "!has(self.rules) || self.rules.all(r,"
            + " r.address.endsWith('@' + self.domain) || r.address.endsWith('.' + self.domain))";
    static final String RULES_FORWARD_OUTSIDE = "!has(self.rules) || self.rules.all(r, !has(r.action.forwardTo) ||"
            + " !(r.action.forwardTo.endsWith('@' + self.domain) || r.action.forwardTo.endsWith('.' + self.domain)))";
    static final String SUBDOMAINS_ARE_RELATIVE =
            "!has(self.subdomains) || self.subdomains.all(s," + " s != self.domain && !s.endsWith('.' + self.domain))";

    static final String HOSTS_ARE_NAMES =
            "!has(self.subdomains) || self.subdomains.all(s, s.size() + 1 + self.domain.size() <= 253)";

    private Cel() {}
}

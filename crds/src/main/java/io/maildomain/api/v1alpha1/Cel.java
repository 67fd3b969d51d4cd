package io.maildomain.api.v1alpha1;

/** The CEL expressions and patterns that several fields of the API share; {@code self} is the field's text. */
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
    static final String IS_WORKER = "self.matches('^[a-z0-9_][a-z0-9_-]*$')";
    static final String IS_OBJECT_NAME = "self.matches('^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$')";
    static final String IS_NAMESPACE = "self.matches('^[a-z0-9]([a-z0-9-]*[a-z0-9])?$')";
    static final String IS_ACCOUNT_ID = "self.matches('^[0-9a-f]{32}$')";
    static final String CONDITION_TYPE = "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?"
            + "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$";
    static final String CONDITION_REASON = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";

    private Cel() {}
}

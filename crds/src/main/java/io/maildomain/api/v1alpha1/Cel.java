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

    // Of a Mailbox.
    static final String IS_TIME_TO_LIVE =
            "self.matches('^([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?$') && self.matches('[1-9]')";
    /** As Java reads it: an offset of at most 18 hours, fractions of a second down to its billionth. */
    static final String IS_TIME =
            "self.matches('^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?"
                    + "(Z|[+-]((0[0-9]|1[0-7]):[0-5][0-9]|18:00))$')";
    /** Of a whole MailboxSpec, which does not know the rest of the domain: the operator refuses that. */
    static final String FORWARDS_TO_ANOTHER_HOST = "!has(self.action.forwardTo) || !self.address.contains('@') ||"
            + " !self.action.forwardTo.endsWith(self.address.substring(self.address.lastIndexOf('@')))";

    // Of what is deployed.
    private static final String LETTERS = "[A-Za-z0-9_@+~-]";
    /** Dots may stand anywhere in it, and something else must: neither . nor .. */
    private static final String SEGMENT = "[.]*" + LETTERS + "[A-Za-z0-9_@+.~-]*";

    private static final String REPOSITORY_PART = "[a-z0-9]+([._-]+[a-z0-9]+)*";

    static final String IS_PATH = "self.matches('^" + SEGMENT + "(/" + SEGMENT + ")*$')";
    static final String PATH_MESSAGE =
            "a path inside the source has letters, digits and . _ - @ + ~ between single slashes, without a slash at either end and"
                    + " without a part . or .., such as dist/worker";
    static final String IS_FOLDER = "self == '.' || " + IS_PATH;
    static final String FOLDER_MESSAGE =
            "a folder of the source has letters, digits and . _ - @ + ~ between single slashes, without a"
                    + " slash at either end and without a part .., such as migrations; . is the top";
    static final String IS_OCI_REFERENCE =
            "self.matches('^([a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?/)?" + REPOSITORY_PART + "(/" + REPOSITORY_PART
                    + ")*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$')";
    static final String OCI_REFERENCE_MESSAGE =
            "reference must be that of an OCI artifact or image without oci:// or https://, such as ghcr.io/acme/mailbox:v1 or, with"
                    + " a digest that never moves, ghcr.io/acme/mailbox@sha256:<64 hexadecimal digits>";
    static final String IS_BINDING = "self.matches('^[A-Za-z_$][A-Za-z0-9_$]*$')";
    static final String BINDING_MESSAGE =
            "the name of a binding is an identifier of JavaScript: letters, digits, _ and $, no digit first, such as DB";
    static final String IS_DATABASE = "self.matches('^[A-Za-z0-9_][A-Za-z0-9_-]*$')";
    static final String DATABASE_MESSAGE =
            "name must be that of a D1 database (no id): letters, digits, - and _, such as mail-db";
    /** Which file was applied is told by database and name. */
    static final String ONE_BINDING_MIGRATES =
            "self.all(x, !has(x.migrations)" + " || self.exists_one(y, y.name == x.name && has(y.migrations)))";

    static final String ONE_BINDING_MIGRATES_MESSAGE =
            "of the bindings of one database only one has migrations: leave them out of the others";
    static final String IS_TABLE = "self.matches('^[A-Za-z_][A-Za-z0-9_]*$') && !self.startsWith('sqlite_')";
    static final String TABLE_MESSAGE =
            "table must be the name of a table: letters, digits and _, no digit first, not beginning with sqlite_, such as d1_migrations";
    static final String IS_BUCKET = "self.matches('^[a-z0-9][a-z0-9-]*[a-z0-9]$')";
    static final String BUCKET_MESSAGE =
            "name must be that of an R2 bucket: 3 to 63 lower-case letters, digits and -, no - at either end, such as mail-bucket";
    static final String IS_PROJECT = IS_NAMESPACE;
    static final String IS_DATE = "self.matches('^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$')";
    static final String DATE_MESSAGE = "compatibilityDate must be a day as YYYY-MM-DD, such as 2026-04-01";
    static final String IS_SECRET_KEY = "self.matches('^[A-Za-z0-9._-]+$')";
    static final String IS_BRANCH = "self.matches('^[A-Za-z0-9_][A-Za-z0-9._/-]*$')";
    static final String IS_BINDING_TYPE = "self.matches('^[a-z][a-z0-9_]*$')";
    /** What has fields of its own, what would bring back what a grant no longer covers, and what needs parts that no source has. */
    static final String IS_NO_OTHER_BINDING =
            "!(self in ['d1', 'r2_bucket', 'plain_text', 'json', 'secret_text', 'secret_key', 'inherit',"
                    + " 'assets', 'text_blob', 'data_blob', 'wasm_module'])";

    static final String IS_ROUTE = "self.matches('^([*][.]?)?" + DOMAIN + "(/[A-Za-z0-9._~!$&()+,;=:@%/-]*)?[*]?$')";
    static final String ROUTE_MESSAGE =
            "pattern must be a lower-case host with a path, such as example.com/api/*: no scheme and no query; * stands only at the"
                    + " beginning of the host and at the very end";
    static final String IS_PROBE =
            "self.matches('^https://" + DOMAIN + "(/([A-Za-z0-9._~!$&()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$')";
    static final String PROBE_MESSAGE =
            "url must begin with https:// and a lower-case host name, without user, port and fragment, and be a URL to its end, such as"
                    + " https://api.example.com/health";
    /** A URL that others choose leads the operator to what only it can reach. */
    static final String PROBES_ITSELF = "!has(self.rollout) || !has(self.rollout.probe) || has(self.customDomains)"
            + " && self.customDomains.exists(host, self.rollout.probe.url == 'https://' + host"
            + " || self.rollout.probe.url.startsWith('https://' + host + '/'))";

    private Cel() {}
}

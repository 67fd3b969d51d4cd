package io.maildomain.operator.config;

import io.maildomain.operator.config.OperatorSettings.Scope;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which resources are looked at. */
final class ScopeOptions {

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern OWNER_ID = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--watch-namespaces",
            split = ",",
            paramLabel = "NAMESPACE",
            description = "Namespaces whose resources are reconciled, separated by commas. Without it: all.")
    private Set<String> watchNamespaces = new TreeSet<>();

    @Option(
            names = "--operator-namespace",
            paramLabel = "NAMESPACE",
            description =
                    "The operator's own namespace: it may do everything, holds the Lease, and by default the tokens."
                            + " Without it: the namespace of the pod; outside a pod it must be given.")
    private String operatorNamespace = "";

    @Option(
            names = "--owner-id",
            paramLabel = "ID",
            description = "The id in the marks of the rules that this installation makes."
                    + " Without it: from the UIDs of kube-system (only with accounts) and of the operator's namespace and"
                    + " the Lease's name. Note the one in use, it stands in the first lines of the log: a cluster that is"
                    + " restored from a backup needs it here.")
    private String ownerId = "";

    @Option(
            names = "--release-name",
            paramLabel = "NAME",
            description =
                    "What the replicas of this installation share: a second one that shares the Lease but not this"
                            + " does not start. The chart sets it. Without it: the Deployment's name, as the Pod's name tells it.")
    private String releaseName = "";

    @Option(
            names = "--local-secrets",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            converter = Converters.YesOrNo.class,
            paramLabel = "true|false",
            description = "Whether a MailDomain may name a Secret of its own namespace.")
    private boolean localSecrets;

    @Option(
            names = "--accounts",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            converter = Converters.YesOrNo.class,
            paramLabel = "true|false",
            description = "Whether CloudflareAccounts are used. false is Roles-only mode, which needs --local-secrets.")
    private boolean accounts;

    @Option(
            names = "--deploying",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            converter = Converters.YesOrNo.class,
            paramLabel = "true|false",
            description =
                    "Whether MailWorkers and MailSites are deployed, with the deploy token of the CloudflareAccount that each names."
                            + " Without it nothing looks at them.")
    private boolean deploying;

    @Option(
            names = "--mailboxes",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            converter = Converters.YesOrNo.class,
            paramLabel = "true|false",
            description =
                    "Whether Mailboxes attach to the MailDomains that let them (spec.mailboxes). Without it nothing"
                            + " looks at them, and the rules that they asked for stay as they are.")
    private boolean mailboxes;

    @Option(
            names = "--delete-expired-mailboxes",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            converter = Converters.YesOrNo.class,
            paramLabel = "true|false",
            description =
                    "Whether Mailboxes are deleted that have expired and say afterExpiry: Delete. The operator needs the right to delete"
                            + " Mailboxes for it.")
    private boolean deletesMailboxes;

    @Option(
            names = "--destination-addresses",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            converter = Converters.YesOrNo.class,
            paramLabel = "true|false",
            description =
                    "Whether DestinationAddresses are seen to, and no rule is written on trial where the token may read which addresses"
                            + " are verified. Without it nothing looks at them.")
    private boolean destinationAddresses;

    /** @param podNamespace the namespace that we run in; blank outside a pod */
    Scope scope(String podNamespace) {
        Set<String> watched = new TreeSet<>();
        watchNamespaces.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(watched::add);
        watched.forEach(name -> check(NAMESPACE, name, "--watch-namespaces", "the name of a namespace"));
        String own = operatorNamespace.isBlank() ? podNamespace : operatorNamespace;
        if (own.isBlank()) {
            // Not that of the kubeconfig's context: users who may write there would be granted everything by every
            // account.
            throw new ParameterException(
                    command.commandLine(),
                    "--operator-namespace is missing: outside a pod, say which namespace is the operator's own, such as"
                            + " --operator-namespace=mail-system; users who may write in it may use every token for everything");
        }
        check(NAMESPACE, own, "--operator-namespace", "the name of a namespace");
        if (!ownerId.isBlank()) {
            check(OWNER_ID, ownerId, "--owner-id", "an id of at most 64 letters, digits, dots, dashes and underscores");
        }
        if (!accounts && !localSecrets) {
            throw new ParameterException(
                    command.commandLine(),
                    "--accounts=false needs --local-secrets: with neither of them no MailDomain could ever have a token");
        }
        if (deploying && !accounts) {
            throw new ParameterException(
                    command.commandLine(),
                    "--deploying needs --accounts: a deploy token is only ever that of a CloudflareAccount");
        }
        if (mailboxes && !accounts) {
            throw new ParameterException(
                    command.commandLine(),
                    "--mailboxes needs --accounts: without them no labels of namespaces are read, and none could attach");
        }
        if (destinationAddresses && !accounts) {
            throw new ParameterException(
                    command.commandLine(),
                    "--destination-addresses needs --accounts: a destination address is one of a CloudflareAccount");
        }
        return new Scope(
                watched,
                own,
                ownerId,
                localSecrets,
                accounts,
                deploying,
                releaseName,
                mailboxes,
                deletesMailboxes,
                destinationAddresses);
    }

    private void check(Pattern form, String value, String flag, String what) {
        if (!form.matcher(value).matches()) {
            throw new ParameterException(
                    command.commandLine(),
                    "Invalid value for option '%s': '%s' is not %s".formatted(flag, value, what));
        }
    }
}

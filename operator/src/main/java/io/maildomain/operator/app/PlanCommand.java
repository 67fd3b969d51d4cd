package io.maildomain.operator.app;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.config.CloudflareOptions;
import io.maildomain.operator.controller.offline.ZoneReader;
import io.maildomain.operator.controller.offline.ZoneReader.Planning;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what manifests would change at Cloudflare, and who loses mail by it. Exit codes: 0 nothing, 1 an error, 2 changes wait. */
@Command(
        name = "plan",
        description =
                "Say what manifests would change at Cloudflare, and who loses mail by it. Needs no cluster, writes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        sortOptions = false,
        exitCodeOnInvalidInput = PlanCommand.WRONG,
        footer = {
            "",
            "The token is read from CLOUDFLARE_RUNTIME_API_TOKEN or CLOUDFLARE_API_TOKEN, the account from"
                    + " CLOUDFLARE_ACCOUNT_ID, unless --secret-dir or --account says otherwise.",
            "Exit codes: 0 nothing would change, 1 it could not be found out, 2 changes wait.",
            "docs/guides/plan.md says what it cannot know without a cluster."
        })
final class PlanCommand implements Callable<Integer> {

    static final int WRONG = 1;
    private static final int CHANGES_WAIT = 2;

    private final UnaryOperator<String> environment;
    private final boolean watched;

    @Spec
    private CommandSpec command;

    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "DIR|FILE|-",
            description =
                    "Manifests, folders with all that lies below them, or - for the standard input. Can be given more than once.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "default",
            paramLabel = "NAMESPACE",
            description = "The namespace of manifests that name none. Default: default.")
    private String namespace;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "text|markdown|json",
            description = "How it is printed.")
    private Output output;

    @Option(
            names = "--owner-id",
            defaultValue = "",
            paramLabel = "ID",
            description =
                    "The owner id of the installation (the log says it at the start). Without it: the one that the"
                            + " names of the rules tell.")
    private String ownerId;

    @Mixin
    private final TokenOptions tokens = new TokenOptions();

    @Mixin
    private final CloudflareOptions cloudflare = new CloudflareOptions();

    /** How it is printed. */
    enum Output {
        text,
        markdown,
        json
    }

    /**
     * @param environment the value of a variable, or null
     * @param watched whether a person may watch the progress
     */
    PlanCommand(UnaryOperator<String> environment, boolean watched) {
        this.environment = environment;
        this.watched = watched;
    }

    @Override
    public Integer call() {
        tokens.refuseContradictions();
        ManifestFiles manifests = ManifestFiles.read(files, namespace, System.in);
        if (manifests.domains().isEmpty()) {
            throw new StartFailure("there is no MailDomain in what -f names");
        }
        try (Progress progress = new Progress(command.commandLine().getErr(), watched);
                OfflineClient client =
                        new OfflineClient(tokens.orEnvironment(environment), cloudflare, progress::say)) {
            manifests.remarks().forEach(progress::say);
            PlanReport report = plan(manifests, client, progress);
            PrintWriter out = command.commandLine().getOut();
            out.print(
                    switch (output) {
                        case text -> report.text(Help.Ansi.AUTO.enabled());
                        case markdown -> report.markdown();
                        case json -> report.json();
                    });
            out.flush();
            if (!report.isWhole()) {
                return WRONG;
            }
            return report.waits() ? CHANGES_WAIT : 0;
        }
    }

    private PlanReport plan(ManifestFiles manifests, OfflineClient client, Progress progress) {
        ZoneReader reader = client.reader();
        List<Planning> plans = new ArrayList<>();
        int all = manifests.domains().size();
        for (MailDomain domain : manifests.domains()) {
            String name = domain.getSpec().domain();
            try {
                plans.add(reader.plan(domain, manifests.catchAllsOf(domain), ownerId));
            } catch (CloudflareException e) {
                plans.add(new Planning.Blocked(name, client.explain(e, name)));
            }
            progress.at(plans.size(), all, name);
            if (all >= Progress.MANY && !progress.isDrawn(all)) {
                progress.say("[%d/%d] %s".formatted(plans.size(), all, name));
            }
        }
        progress.close();
        manifests
                .orphans()
                .forEach(rule ->
                        plans.add(new Planning.Blocked("CatchAllRule " + rule, "its MailDomain is not in the files")));
        return new PlanReport(plans);
    }
}

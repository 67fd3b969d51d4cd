package io.maildomain.operator.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.api.v1alpha1.AccountRef;
import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.Credentials;
import io.maildomain.api.v1alpha1.LocalSecretRef;
import io.maildomain.operator.app.ImportReport.Step;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.config.CloudflareOptions;
import io.maildomain.operator.controller.offline.TerraformState;
import io.maildomain.operator.controller.offline.ZoneReader;
import io.maildomain.operator.controller.offline.ZoneReader.Search;
import io.maildomain.operator.controller.offline.plan.ManifestChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the manifests of what stands at Cloudflare. Exit codes: 0 all of it, 1 not all of it, 2 it was asked wrongly. */
@Command(
        name = "import",
        description =
                "Write the manifests of domains as they are at Cloudflare. Their first reconcile changes nothing there.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        sortOptions = false,
        footer = {
            "",
            "The token is read from CLOUDFLARE_RUNTIME_API_TOKEN or CLOUDFLARE_API_TOKEN, the account from"
                    + " CLOUDFLARE_ACCOUNT_ID, unless --secret-dir or --account says otherwise. Nothing is written at Cloudflare.",
            "Exit codes: 0 all was read, 1 a domain could not be read (run it again: what is written already is skipped),"
                    + " 2 wrong usage.",
            "docs/guides/import.md says what a manifest can and cannot say."
        })
final class ImportCommand implements Callable<Integer> {

    private static final String STANDARD_OUTPUT = "-";

    private final UnaryOperator<String> environment;
    private final boolean watched;

    @Spec
    private CommandSpec command;

    @Parameters(arity = "0..*", paramLabel = "DOMAIN", description = "The domains, such as example.com.")
    private List<String> domains = new ArrayList<>();

    @Option(names = "--all", description = "Every zone of the account, but those that Email Routing was never used in.")
    private boolean all;

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "mail",
            paramLabel = "NAMESPACE",
            description = "The namespace of the manifests. Default: mail.")
    private String namespace;

    @Option(
            names = {"-o", "--directory"},
            defaultValue = STANDARD_OUTPUT,
            paramLabel = "DIR|-",
            description =
                    "A folder that gets a file for each domain, or - for the standard output, which is the default.")
    private String directory;

    @Option(
            names = "--overwrite",
            description = "Read domains anew whose files are there already; else they are skipped.")
    private boolean overwrite;

    @Option(
            names = "--account-ref",
            paramLabel = "NAME",
            description =
                    "The CloudflareAccount that the manifests name. Default: none, which is the one called default.")
    private @Nullable String accountRef;

    @Option(
            names = "--secret-ref",
            paramLabel = "NAME",
            description = "The Secret of the namespace that the manifests name, instead of an account.")
    private @Nullable String secretRef;

    @Option(
            names = "--adopt",
            description =
                    "Write conflictPolicy: Adopt, so that a later change of a rule here takes over the rule at Cloudflare.")
    private boolean adopt;

    @Option(
            names = "--terraform",
            paramLabel = "FILE",
            description =
                    "What terraform show -json printed. terraform-removed.tf in the folder then takes what was imported out of"
                            + " Terraform, and destroys nothing.")
    private @Nullable Path terraform;

    @Option(
            names = "--output",
            defaultValue = "text",
            paramLabel = "text|json|jsonl",
            description =
                    "How the outcome is told: json at the end, jsonl in a line for each domain as soon as it is done. Both go to the"
                            + " standard output and need a folder.")
    private Output output;

    @Mixin
    private final TokenOptions tokens = new TokenOptions();

    @Mixin
    private final CloudflareOptions cloudflare = new CloudflareOptions();

    /** How the outcome is told. */
    enum Output {
        text,
        json,
        jsonl
    }

    /**
     * @param environment the value of a variable, or null
     * @param watched whether a person may watch the progress
     */
    ImportCommand(UnaryOperator<String> environment, boolean watched) {
        this.environment = environment;
        this.watched = watched;
    }

    @Override
    public Integer call() {
        refuseContradictions();
        JsonNode state = terraform == null ? null : stateIn(terraform);
        ManifestChoice choice = new ManifestChoice(
                namespace,
                new Credentials(
                        accountRef == null ? null : new AccountRef(accountRef),
                        secretRef == null ? null : new LocalSecretRef(secretRef)),
                adopt ? ConflictPolicy.Adopt : ConflictPolicy.Refuse);
        // What is printed meanwhile may go to the same terminal.
        boolean undisturbed = !directory.equals(STANDARD_OUTPUT) && output != Output.jsonl;
        try (Progress progress = new Progress(command.commandLine().getErr(), watched && undisturbed);
                OfflineClient client =
                        new OfflineClient(tokens.orEnvironment(environment), cloudflare, progress::say)) {
            ZoneReader reader = client.reader();
            List<Search> found = search(reader, client);
            ImportTarget target = directory.equals(STANDARD_OUTPUT)
                    ? new ImportTarget.Printed(command.commandLine().getOut())
                    : new ImportTarget.Folder(Path.of(directory), overwrite);
            ImportRun run = new ImportRun(
                    reader,
                    choice,
                    target,
                    new ImportRun.Scope(!all, state != null),
                    client::explain,
                    (line, done, of) -> tell(progress, new Step(done, of, line)));
            ImportReport report = run.run(found);
            if (state != null) {
                target.write("terraform-removed.tf", run.removedFromTerraform(state));
            }
            if (output == Output.json) {
                print(report.json());
            }
            progress.say(report.summary());
            return report.isComplete() ? 0 : 1;
        }
    }

    private List<Search> search(ZoneReader reader, OfflineClient client) {
        try {
            return all
                    ? reader.all()
                    : domains.stream().map(reader::named).distinct().toList();
        } catch (CloudflareException e) {
            throw new StartFailure(client.explain(e, ""), e);
        }
    }

    /** Where it is no state, nothing would be found in it, and what is said of what to take out would be wrong. */
    private static JsonNode stateIn(Path file) {
        try {
            JsonNode state = new ObjectMapper().readTree(file.toFile());
            if (TerraformState.isOne(state)) {
                return state;
            }
        } catch (IOException unreadable) {
            throw new StartFailure(file + " is not what terraform show -json prints", unreadable);
        }
        throw new StartFailure(
                file + " is not what terraform show -json prints of a state: it has no format_version or no"
                        + " values.root_module. A saved plan or terraform.tfstate itself does not do, nor does an empty state");
    }

    private void refuseContradictions() {
        if (all == !domains.isEmpty()) {
            refuse("name domains, or all of them with --all");
        }
        if (accountRef != null && secretRef != null) {
            refuse("--account-ref and --secret-ref exclude each other");
        }
        tokens.refuseContradictions();
        boolean printing = directory.equals(STANDARD_OUTPUT);
        if (printing && (output != Output.text || terraform != null)) {
            refuse("--output json, --output jsonl and --terraform need a folder: -o DIR");
        }
    }

    private void refuse(String why) {
        throw new ParameterException(command.commandLine(), why);
    }

    /** Where a bar shows how far it has come, a line is for what needs a look. */
    private void tell(Progress progress, Step step) {
        if (output == Output.jsonl) {
            print(JsonOutput.line(step));
        }
        if (!progress.isDrawn(step.of()) || step.line().isNotable()) {
            progress.say(
                    "[%d/%d] %s".formatted(step.done(), step.of(), step.line().describe()));
        }
        if (step.done() < step.of()) {
            progress.at(step.done(), step.of(), step.line().domain());
        } else {
            progress.close();
        }
    }

    private void print(String json) {
        command.commandLine().getOut().println(json);
        command.commandLine().getOut().flush();
    }
}

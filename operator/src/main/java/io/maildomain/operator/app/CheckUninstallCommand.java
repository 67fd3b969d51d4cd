package io.maildomain.operator.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.handover.DepartedRecords;
import io.maildomain.operator.kubernetes.secrets.SecretFinalizer;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.ownership.ResourceWriter;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Whether anything still needs the operator: without it a resource with its finalizer stays Terminating for good, and what
 * it made at Cloudflare stays there. The chart runs it before it is uninstalled.
 */
@Command(
        name = "check-uninstall",
        description = "Say which resources still have the operator's finalizer, and so cannot be deleted without it.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        sortOptions = false,
        footer = {"", "Exit codes: 0 nothing needs the operator, 1 something does, or it could not be seen."})
final class CheckUninstallCommand implements Callable<Integer> {

    private static final int NAMED = 10;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--watch-namespaces",
            split = ",",
            paramLabel = "NAMESPACE",
            description = "Namespaces whose resources are looked at, separated by commas. Without it: all.")
    private Set<String> watchNamespaces = new TreeSet<>();

    @Option(
            names = "--operator-namespace",
            paramLabel = "NAMESPACE",
            description =
                    "The operator's own namespace, which holds its records. Without it: the namespace of the pod.")
    private @Nullable String operatorNamespace;

    @Option(
            names = "--accounts",
            defaultValue = "true",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether CloudflareAccounts are looked at.")
    private boolean accounts;

    @Option(
            names = "--deploying",
            defaultValue = "false",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether MailWorkers and MailSites are looked at.")
    private boolean deploying;

    @Option(
            names = "--destination-addresses",
            defaultValue = "false",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether DestinationAddresses are looked at.")
    private boolean destinationAddresses;

    @Option(
            names = "--held-secrets",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Names of Secrets that the operator held. Once nothing else needs it, its finalizer is taken off them.")
    private Set<String> heldSecrets = new TreeSet<>();

    @Option(
            names = "--local-secrets",
            defaultValue = "false",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether Secrets of these names are looked for in the namespaces that are watched, too.")
    private boolean localSecrets;

    @Option(
            names = "--owner-id",
            defaultValue = "",
            paramLabel = "ID",
            description =
                    "The operator's, which its finalizer on Secrets ends with. Without it: derived as the operator does.")
    private String ownerId = "";

    @Option(
            names = "--lease-name",
            defaultValue = "mail-domain-operator",
            paramLabel = "NAME",
            description = "The operator's Lease, which a derived owner id rests on.")
    private String leaseName = "";

    @Override
    public Integer call() {
        Config config = ClusterAccess.config();
        ClusterAccess.probe(config);
        List<String> held;
        List<String> released = List.of();
        try (KubernetesClient client = ClusterAccess.client(config, ProductVersion.current())) {
            held = held(client, ClusterAccess.podNamespace(config));
            if (held.isEmpty()) {
                released = releaseSecrets(client, own(ClusterAccess.podNamespace(config)));
            }
        } catch (KubernetesClientException refused) {
            throw new StartFailure(
                    "what needs the operator cannot be read, or a Secret not be released: the API server answered "
                            + refused.getCode(),
                    refused);
        }
        PrintWriter out = command.commandLine().getOut();
        released.forEach(secret -> out.println("Secret " + secret + " is not held any more"));
        if (held.isEmpty()) {
            out.println("nothing needs the operator any more");
        } else {
            out.println(held.size() + " still need the operator: " + named(held)
                    + ". Delete them first, while it runs: it undoes what it did at Cloudflare. To uninstall all the same"
                    + " and leave that there: helm uninstall --no-hooks");
        }
        out.flush();
        return held.isEmpty() ? 0 : 1;
    }

    private List<String> held(KubernetesClient client, String podNamespace) {
        List<String> held = new ArrayList<>();
        held.addAll(withFinalizer(() -> namespaced(MailDomain.class, client)));
        held.addAll(withFinalizer(() -> namespaced(CatchAllRule.class, client)));
        if (deploying) {
            held.addAll(withFinalizer(() -> namespaced(MailWorker.class, client)));
            held.addAll(withFinalizer(() -> namespaced(MailSite.class, client)));
        }
        if (destinationAddresses) {
            held.addAll(withFinalizer(() -> namespaced(DestinationAddress.class, client)));
        }
        if (accounts) {
            held.addAll(withFinalizer(() -> client.resources(CloudflareAccount.class).list().getItems().stream()));
        }
        String own = own(podNamespace);
        if (!own.isBlank()) {
            client.configMaps()
                    .inNamespace(own)
                    .withLabel(DepartedRecords.LABEL)
                    .list()
                    .getItems()
                    .forEach(record -> held.add("what is left of MailDomain "
                            + record.getData()
                                    .getOrDefault(
                                            "resource", record.getMetadata().getName())));
        }
        return held;
    }

    private String own(String podNamespace) {
        return operatorNamespace == null || operatorNamespace.isBlank() ? podNamespace : operatorNamespace;
    }

    /** Else a Secret that outlives the operator could never be deleted. No MailDomain needs it any more, so the operator does not put it on again. */
    private List<String> releaseSecrets(KubernetesClient client, String own) {
        if (heldSecrets.isEmpty()) {
            return List.of();
        }
        SecretFinalizer finalizer = new SecretFinalizer(
                client,
                ownerId.isBlank()
                        ? OwnerIdentity.derived(own, accounts, leaseName, client)
                                .ownerId()
                        : ownerId);
        boolean everywhere = localSecrets && watchNamespaces.isEmpty();
        Set<String> namespaces = new TreeSet<>(localSecrets ? watchNamespaces : Set.of());
        namespaces.add(own);
        return heldSecrets.stream()
                .flatMap(name -> everywhere
                        ? finalizer.everywhere(name)
                        : namespaces.stream().map(namespace -> new SecretKey(namespace, name)))
                .filter(key -> finalizer
                        .read(key)
                        .filter(finalizer::isOn)
                        .filter(finalizer::takeOff)
                        .isPresent())
                .map(SecretKey::toString)
                .toList();
    }

    private <T extends HasMetadata> Stream<T> namespaced(Class<T> kind, KubernetesClient client) {
        if (watchNamespaces.isEmpty()) {
            return client.resources(kind).inAnyNamespace().list().getItems().stream();
        }
        return watchNamespaces.stream()
                .flatMap(namespace -> client.resources(kind).inNamespace(namespace).list().getItems().stream());
    }

    private static <T extends HasMetadata> List<String> withFinalizer(Supplier<Stream<T>> resources) {
        try {
            return resources
                    .get()
                    .filter(resource -> resource.hasFinalizer(ResourceWriter.FINALIZER))
                    .map(ChangeLog::nameOf)
                    .toList();
        } catch (KubernetesClientException absent) {
            if (absent.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                // Its CRD is gone, and with it every resource.
                return List.of();
            }
            throw absent;
        }
    }

    private static String named(List<String> held) {
        String first = String.join(", ", held.subList(0, Math.min(NAMED, held.size())));
        return held.size() > NAMED ? first + " and " + (held.size() - NAMED) + " more" : first;
    }
}

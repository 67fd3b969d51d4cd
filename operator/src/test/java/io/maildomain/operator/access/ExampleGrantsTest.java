package io.maildomain.operator.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.harness.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The account that an example comes with grants all that its MailWorkers and MailSites name. */
class ExampleGrantsTest {

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "deploy/upstream"})
    void theAccountGrantsWhatIsDeployed(String folder) {
        List<String> documents = documents(Checkout.find().examples().resolve(folder));
        DeployGrants grants = DeployGrants.of(
                all(documents, CloudflareAccount.class).get(0).getSpec().access());
        List<String> denied = new ArrayList<>();

        List<MailWorker> workers = all(documents, MailWorker.class);
        List<MailSite> sites = all(documents, MailSite.class);
        workers.forEach(worker -> denied(worker.getSpec(), grants).forEach(denied::add));
        sites.forEach(site -> denied(site.getSpec(), grants).forEach(denied::add));

        assertThat(workers).hasSizeGreaterThan(1);
        assertThat(sites).isNotEmpty();
        assertThat(denied).isEmpty();
    }

    private static Stream<String> denied(MailWorkerSpec spec, DeployGrants grants) {
        return Stream.of(
                        Stream.of(spec.script()).filter(name -> !grants.worker(name)),
                        spec.databases().stream()
                                .map(database -> database.name())
                                .filter(name -> !grants.database(name)),
                        spec.buckets().stream().map(bucket -> bucket.name()).filter(name -> !grants.bucket(name)),
                        spec.customDomains().stream().filter(host -> !grants.hostname(host)),
                        spec.bindings().stream()
                                .map(binding -> binding.type() + ":"
                                        + String.join("", binding.properties().values()))
                                .filter(key -> !grants.binding(key)))
                .flatMap(names -> names);
    }

    private static Stream<String> denied(MailSiteSpec spec, DeployGrants grants) {
        return Stream.concat(
                Stream.of(spec.project()).filter(name -> !grants.project(name)),
                spec.customDomains().stream().filter(host -> !grants.hostname(host)));
    }

    private static <R> List<R> all(List<String> documents, Class<R> kind) {
        return documents.stream()
                .filter(yaml -> Serialization.unmarshal(yaml, GenericKubernetesResource.class)
                        .getKind()
                        .equals(kind.getSimpleName()))
                .map(yaml -> Serialization.unmarshal(yaml, kind))
                .toList();
    }

    private static List<String> documents(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .flatMap(file -> Stream.of(read(file).split("(?m)^---$")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

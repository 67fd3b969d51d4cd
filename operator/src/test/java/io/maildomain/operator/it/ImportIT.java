package io.maildomain.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.operator.controller.offline.VariedZones;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the jar's {@code import} writes is taken by the API server, and reconciled without a write at Cloudflare. */
class ImportIT {

    private static final int ZONES = 30;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> ANY = new TypeReference<>() {};

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=10m");

    private final Scene scene = new Scene(rig);

    @TempDir
    private Path folder;

    @Test
    void thirtyZonesAreImportedAppliedAndLeftAsTheyAre() throws IOException, InterruptedException {
        // What is recorded here is held against the schema.
        VariedZones.asInTheSchema(new Random(ZONES)).next(ZONES).forEach((name, zone) -> rig.control()
                .putZone(name, JSON.convertValue(zone, ANY)));

        assertThat(runsImport()).isZero();
        List<String> domains = apply();
        JsonNode before = scene.cloudflare();

        domains.forEach(name -> scene.eventuallyDomain(name, status -> assertThat(scene.conditions(name))
                .anyMatch(is -> is.type().equals("Ready"))));
        scene.cloudflareStaysUnwritten();
        assertThat(scene.writes()).isZero();
        assertThat(scene.cloudflare()).isEqualTo(before);
        assertThat(domains).hasSizeGreaterThan(ZONES / 2);
    }

    private int runsImport() throws IOException, InterruptedException {
        ProcessBuilder jar = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        rig.launch().jar().toString(),
                        "import",
                        "--all",
                        "--namespace=" + rig.namespace(),
                        "--account-ref=" + rig.account(),
                        "--directory=" + folder,
                        "--dns-checks=false",
                        "--cloudflare-api-base-url=" + rig.launch().cloudflare())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "import.log"));
        jar.environment().put("CLOUDFLARE_API_TOKEN", rig.token());
        return jar.start().waitFor();
    }

    /** @return the names of the MailDomains */
    private List<String> apply() throws IOException {
        List<String> domains = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                String[] documents = Files.readString(file).split("(?m)^---$");
                // Before the first one stand comments.
                Stream.of(documents).skip(1).forEach(rig::apply);
                domains.add(file.getFileName().toString().replace(".yaml", ""));
            }
        }
        return domains;
    }
}

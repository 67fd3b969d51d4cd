package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.harness.GoProgram.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What GitOps tools make of resources as the operator leaves them ({@code GitOpsStatusesIT} takes the fixtures): the Lua that Argo CD is given,
 * and kstatus' own library, which Flux uses. The table in {@code docs/guides/gitops.md} is what comes of it.
 */
class GitOpsHealthIT {

    private static final Checkout CHECKOUT = Checkout.find();
    private static final Path FIXTURES = Path.of("src/test/resources/io/maildomain/harness/gitops/statuses");
    private static final Path GUIDE = CHECKOUT.root().resolve("docs/guides/gitops.md");

    private static List<Path> fixtures() throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            return files.map(Path::toAbsolutePath).sorted().toList();
        }
    }

    private static List<String> kstatus(List<Path> files) {
        List<String> command =
                new ArrayList<>(List.of(GoProgram.find(CHECKOUT, "kstatus").toString()));
        files.forEach(file -> command.add(file.toString()));
        Result result = GoProgram.run(new ProcessBuilder(command), GoProgram.LIMIT);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output().lines().map(line -> line.split("\t")[1]).toList();
    }

    private static String fixture(Path file) {
        return file.getFileName().toString().replace(".yaml", "");
    }

    @Test
    void theGuidesTableIsWhatTheToolsMakeOfWhatTheOperatorWrites() throws IOException {
        List<Path> files = fixtures();
        List<String> states = kstatus(files);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            JsonNode resource = Serialization.unmarshal(Files.readString(files.get(i)), JsonNode.class);
            made.add(fixture(files.get(i)) + " " + ArgoCd.health(resource).get("status") + " " + states.get(i));
        }

        assertThat(documented()).containsExactlyInAnyOrderElementsOf(made);
    }

    /** Rows such as {@code | ready | `maildomain-ready` | Healthy | Current |}. */
    private static List<String> documented() throws IOException {
        return Files.readAllLines(GUIDE).stream()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .filter(cells -> cells.size() == 5 && cells.get(2).startsWith("`"))
                .map(cells -> cells.get(2).replace("`", "") + " " + cells.get(3) + " " + cells.get(4))
                .toList();
    }
}

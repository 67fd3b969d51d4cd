package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds {@code deploy/install.yaml} to the chart. With {@code -Dmaildomain.docs=write}
 * ({@code tools/refresh-chart}) it writes it instead. */
class InstallManifestTest {

    private static final Checkout CHECKOUT = Checkout.find();
    private static final Path FILE = CHECKOUT.root().resolve("deploy/install.yaml");

    private static final String HEAD = """
            # Generated from the chart with its default values; change those and run tools/refresh.
            # Without Helm's hooks. The image is the one that you built: deploy/kustomization.yaml says how to name it.
            apiVersion: v1
            kind: Namespace
            metadata:
              name: mail-system
              labels:
                pod-security.kubernetes.io/enforce: restricted
            """;

    @Test
    void theOneFileInstallationIsWhatTheChartRenders() throws IOException {
        String manifest = HEAD
                + new Chart(CHECKOUT.chart()).render("mail-system", Map.of()).strip() + "\n";
        if ("write".equals(System.getProperty("maildomain.docs"))) {
            Files.writeString(FILE, manifest);
        }
        assertThat(FILE).as("run tools/refresh, which writes it anew").hasContent(manifest);
    }
}

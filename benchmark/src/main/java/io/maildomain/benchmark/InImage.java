package io.maildomain.benchmark;

import io.fabric8.kubernetes.client.Config;
import io.maildomain.harness.HarnessException;
import io.maildomain.harness.Kubeconfig;
import io.maildomain.harness.OperatorImage;
import io.maildomain.harness.OperatorProcess;
import io.maildomain.harness.OperatorProcess.Launch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operator in its image as it lies unpacked: its Java, its options, its AOT cache. */
record InImage(OperatorImage image) implements Program {

    @Override
    public OperatorProcess start(Launch launch, Kubeconfig login) {
        Config cluster = login.config();
        URI server = URI.create(cluster.getMasterUrl());
        // A container's memory, which only a control group could tell the JVM otherwise.
        String memory = launch.javaOptions().stream()
                .filter(option -> option.startsWith("-XX:MaxRAM="))
                .collect(Collectors.joining(" "));
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "run",
                                "--operator-namespace=" + launch.operatorNamespace(),
                                "--cloudflare-api-base-url=" + launch.cloudflare(),
                                "--http-port=0"),
                        launch.options().stream())
                .toList();
        try {
            Path folder = Files.createTempDirectory("maildomain-benchmark-");
            Path tmp = folder(folder.resolve("tmp"), "rwxrwxrwx");
            Path account = folder(folder.resolve("account"), "rwxr-xr-x");
            write(account.resolve("token"), cluster.getAutoOAuthToken());
            write(account.resolve("ca.crt"), Files.readString(Path.of(cluster.getCaCertFile())));
            write(account.resolve("namespace"), launch.operatorNamespace());
            return image.run(new OperatorImage.Container(
                    Map.of(
                            "KUBERNETES_SERVICE_HOST", server.getHost(),
                            "KUBERNETES_SERVICE_PORT", String.valueOf(server.getPort()),
                            "JAVA_TOOL_OPTIONS", memory),
                    arguments,
                    tmp,
                    account,
                    launch.log()));
        } catch (IOException e) {
            throw new HarnessException("nothing can be mounted into the image: " + e.getMessage(), e);
        }
    }

    private static Path folder(Path folder, String rights) throws IOException {
        return Files.setPosixFilePermissions(Files.createDirectory(folder), PosixFilePermissions.fromString(rights));
    }

    /** Gone when the benchmark ends: one of them is a token. */
    private static void write(Path file, String text) throws IOException {
        Files.setPosixFilePermissions(Files.writeString(file, text), PosixFilePermissions.fromString("rw-r--r--"));
        file.toFile().deleteOnExit();
    }

    @Override
    public String words() {
        return "the operator's image, with its Java, options and AOT cache";
    }
}

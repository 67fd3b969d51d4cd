package io.maildomain.benchmark;

import io.maildomain.harness.Checkout;
import io.maildomain.harness.HarnessException;
import io.maildomain.harness.Kubeconfig;
import io.maildomain.harness.OperatorImage;
import io.maildomain.harness.OperatorProcess;
import io.maildomain.harness.OperatorProcess.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

/** How the operator is run: its jar on this machine's Java, or its image. */
interface Program {

    /** Starts {@code run} and does not wait. */
    OperatorProcess start(Launch launch, Kubeconfig login);

    /** What runs, for people. */
    String words();

    /** On the Java that runs the benchmark, with the image's options as far as it knows them. */
    static Program jar() {
        return new Program() {
            @Override
            public OperatorProcess start(Launch launch, Kubeconfig login) {
                return OperatorProcess.start(launch);
            }

            @Override
            public String words() {
                return "the operator's jar on Java " + Runtime.version().feature();
            }
        };
    }

    /** The image that {@code tools/image-tree operator} left, unless it is older than what the operator is made from; else the jar. */
    static Program imageIfThere(Checkout checkout) {
        Path tree = checkout.root().resolve("operator/target/image");
        Path built = tree.resolve("image.json");
        if (!Files.isRegularFile(built)
                || Stream.of("operator", "crds")
                        .anyMatch(module ->
                                isNewer(checkout.root().resolve(module).resolve("src/main"), built))) {
            return jar();
        }
        return new InImage(OperatorImage.in(tree));
    }

    private static boolean isNewer(Path folder, Path than) {
        try (Stream<Path> files = Files.walk(folder)) {
            FileTime built = Files.getLastModifiedTime(than);
            return files.filter(Files::isRegularFile)
                    .anyMatch(file -> timeOf(file).compareTo(built) > 0);
        } catch (IOException e) {
            throw new HarnessException("cannot read " + folder.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private static FileTime timeOf(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new HarnessException("cannot read the time of " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }
}

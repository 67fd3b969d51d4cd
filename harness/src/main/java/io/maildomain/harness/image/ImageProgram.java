package io.maildomain.harness.image;

import io.maildomain.harness.Checkout;
import io.maildomain.harness.HarnessException;
import io.maildomain.harness.OperatorImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code train TREE CACHE}: makes the AOT cache for an unpacked image. {@code try TREE SBOM}: leads a life in it and looks at what it is made
 * of. {@code measure TREE STARTS OPTIONS…}: start and memory with each of some sets of options. Exit code 0, or 1 and a line that says why.
 */
public final class ImageProgram {

    private ImageProgram() {}

    /** Ends the JVM. */
    public static void main(String[] arguments) {
        int code = 1;
        try {
            Path tree = Path.of(arguments[1]).toAbsolutePath();
            OperatorImage image = OperatorImage.in(tree);
            Path files = Files.createDirectories(tree.resolve("logs"));
            try (ImageStage stage = ImageStage.set(Checkout.find(), files)) {
                switch (arguments[0]) {
                    case "train" -> new AotCache(image).train(stage, Path.of(arguments[2]));
                    case "try" -> new ImageTrial(image, stage, Path.of(arguments[2])).run();
                    case "measure" ->
                        new Measurement(image, stage, Integer.parseInt(arguments[2]))
                                .run(List.of(arguments).subList(3, arguments.length));
                    default -> throw new HarnessException("unknown: " + arguments[0]);
                }
            }
            code = 0;
        } catch (HarnessException e) {
            System.err.println("image: FAILED: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
        } finally {
            // Clients of the API server leave threads that would keep the JVM.
            System.exit(code);
        }
    }
}

package io.maildomain.api.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Writes the generated files anew: what {@code tools/refresh-crds} runs. */
public final class RefreshCrds {
    private RefreshCrds() {}

    /**
     * Refreshes the files and names those that changed.
     *
     * @param arguments the repository's folder
     */
    public static void main(String[] arguments) throws IOException {
        Set<String> refreshed = GeneratedFiles.refresh(Path.of(arguments[0]));
        System.out.println(refreshed.isEmpty() ? "nothing changed" : "refreshed " + String.join(", ", refreshed));
    }
}

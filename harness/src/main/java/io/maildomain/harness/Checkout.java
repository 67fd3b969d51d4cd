package io.maildomain.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The working copy of this repository that tests and demo run in.
 *
 * @param root its top folder, absolute
 */
public record Checkout(Path root) {

    /** Names the top folder where it is not found by walking up from the working folder. */
    public static final String PROPERTY = "maildomain.checkout";

    /**
     * Finds it: the folder that the system property {@value #PROPERTY} names, else the working folder or the nearest one
     * above it that holds {@code tools/kube-api}.
     *
     * @throws HarnessException if neither is there
     */
    public static Checkout find() {
        String named = System.getProperty(PROPERTY);
        Path start = Path.of(named == null ? "" : named).toAbsolutePath().normalize();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("tools/kube-api"))) {
                return new Checkout(folder);
            }
        }
        throw new HarnessException("no tools/kube-api in " + start
                + " nor above it: run this inside the repository, or set -D" + PROPERTY + "=FOLDER");
    }

    public Path kubeApiScript() {
        return root.resolve("tools/kube-api");
    }

    public Path crds() {
        return root.resolve("crds");
    }

    public Path examples() {
        return root.resolve("examples");
    }

    public Path chart() {
        return root.resolve("helm/mail-domain-operator");
    }

    /**
     * The operator's jar, as it should run.
     *
     * @throws HarnessException if it is not there or older than its sources
     */
    public Path operatorJar() {
        return RunnableJar.of(root, "operator/target/mail-domain-operator.jar", "operator", "crds")
                .freshFromTheStart();
    }

    /**
     * The simulator's.
     *
     * @throws HarnessException if it is not there or older than its sources
     */
    public Path simulatorJar() {
        return RunnableJar.of(root, "simulator/target/cloudflare-simulator.jar", "simulator")
                .freshFromTheStart();
    }
}

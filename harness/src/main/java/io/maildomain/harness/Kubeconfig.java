package io.maildomain.harness;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A kubeconfig. It holds a credential, so it prints as nothing and its files belong to their owner alone.
 *
 * @param yaml the file's text
 */
public record Kubeconfig(String yaml) {

    /** A login by bearer token at the same server as {@code admin}. */
    static Kubeconfig ofToken(Config admin, String user, String namespace, String token) {
        return new Kubeconfig("""
                apiVersion: v1
                kind: Config
                clusters:
                - name: maildomain
                  cluster: {server: "%s", certificate-authority: "%s"}
                users:
                - name: "%s"
                  user: {token: "%s"}
                contexts:
                - name: maildomain
                  context: {cluster: maildomain, namespace: "%s", user: "%s"}
                current-context: maildomain
                """.formatted(admin.getMasterUrl(), admin.getCaCertFile(), user, token, namespace, user));
    }

    /** How a client logs in with it. */
    public Config config() {
        return Config.fromKubeconfig(yaml);
    }

    /**
     * Writes it for its owner alone, over what is there.
     *
     * @throws HarnessException if that cannot be done
     */
    public Path write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new HarnessException("no kubeconfig can be written to " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "Kubeconfig[…]";
    }
}

package io.maildomain.harness;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A kubeconfig. It holds a credential, so it prints as nothing and its files belong only to their owner.
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

    /**
     * Reads one.
     *
     * @throws HarnessException if it cannot be read
     */
    static Kubeconfig read(Path file) {
        try {
            return new Kubeconfig(Files.readString(file));
        } catch (IOException e) {
            throw new HarnessException("no kubeconfig can be read from " + file + ": " + e.getMessage(), e);
        }
    }

    /** The same login where the server is reached in another way. */
    Kubeconfig at(URI server) {
        return new Kubeconfig(yaml.replaceAll("server: \"[^\"]*\"", "server: \"" + server + "\""));
    }

    /** How a client logs in with it. */
    public Config config() {
        return Config.fromKubeconfig(yaml);
    }

    /**
     * Writes it only for its owner, over what is there.
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

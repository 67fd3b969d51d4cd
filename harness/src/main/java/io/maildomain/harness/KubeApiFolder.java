package io.maildomain.harness;

import io.fabric8.kubeapitest.Utils;
import io.fabric8.kubeapitest.binary.OSInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one running API server, in the layout that kube-api-test asks for; certificates and the kubeconfig go
 * there too. The programs in it are small scripts around the real ones (see {@code guard.sh}).
 *
 * @param path absolute, writable, only for its owner
 */
record KubeApiFolder(Path path) {

    /**
     * Only on loopback. The advertised address is one that is never routed (RFC 5737): without it a machine that has no
     * default route cannot start the server.
     */
    static final List<String> API_SERVER_FLAGS = List.of(
            "--bind-address", "127.0.0.1", "--advertise-address", "192.0.2.1", "--endpoint-reconciler-type", "none");

    /** kube-api-test takes the newest version in its folder; here there is one, whatever it is. */
    private static final String ANY_VERSION = "1.0.0";

    static KubeApiFolder create(KubeAssets assets) {
        try {
            KubeApiFolder folder = new KubeApiFolder(Files.createTempDirectory("maildomain-kube-api-"));
            folder.fill(assets);
            return folder;
        } catch (IOException e) {
            throw new HarnessException("no folder for the API server: " + e.getMessage(), e);
        }
    }

    private void fill(KubeAssets assets) throws IOException {
        Path bin = Files.createDirectory(path.resolve("bin"));
        Path seen = Files.createDirectories(path.resolve("k8s/" + ANY_VERSION + Utils.platformSuffix(new OSInfo())));
        Resources.writeProgram("guard.sh", bin.resolve("guard"));
        Files.writeString(
                bin.resolve("owner"), String.valueOf(ProcessHandle.current().pid()));
        for (String program : List.of("etcd", "kube-apiserver")) {
            Files.createSymbolicLink(bin.resolve(program), assets.program(program));
            Resources.writeProgram(program + ".sh", seen.resolve(program));
        }
        Resources.writeProgram("kubectl.sh", seen.resolve("kubectl"));
    }

    Path kubeconfig() {
        return path.resolve("kubeconfig");
    }

    void writeKubeconfig(String yaml) {
        try {
            Files.createFile(
                    kubeconfig(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(kubeconfig(), yaml);
        } catch (IOException e) {
            throw new HarnessException("no kubeconfig could be written: " + e.getMessage(), e);
        }
    }

    void delete() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // A leftover in the system's folder for temporary files: nothing that is worth failing for.
        }
    }
}

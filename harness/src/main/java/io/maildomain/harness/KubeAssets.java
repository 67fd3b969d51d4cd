package io.maildomain.harness;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder with {@code kube-apiserver} and {@code etcd}, as {@code tools/kube-api} prints it.
 *
 * @param folder absolute
 */
record KubeAssets(Path folder) {

    /**
     * Runs {@code tools/kube-api}, whose words about what it waits for go to this process's standard error.
     *
     * @throws HarnessException if it fails; it has said why
     */
    static KubeAssets find(Checkout checkout) {
        try {
            Process process = new ProcessBuilder(checkout.kubeApiScript().toString())
                    .redirectError(Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new HarnessException("tools/kube-api found no Kubernetes API server; it says why above");
            }
            return new KubeAssets(Path.of(printed));
        } catch (IOException e) {
            throw new HarnessException("tools/kube-api cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while waiting for tools/kube-api", e);
        }
    }

    Path program(String name) {
        Path program = folder.resolve(name);
        if (!Files.isExecutable(program)) {
            throw new HarnessException("no " + name + " that can be run in " + folder);
        }
        return program;
    }
}

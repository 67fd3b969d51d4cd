package io.maildomain.harness.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.harness.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The list of libraries in CycloneDX's form that a release publishes with the image.
 *
 * @param file JSON
 */
record Sbom(Path file) {

    /** Built here, not in any repository: its hash is of no use to those who look for a library. */
    private static final String OURS = "mail-domain-crds-";

    /**
     * Compares it with the jars of an image.
     *
     * @param app the image's folder {@code /app}
     * @return how many libraries it names
     * @throws HarnessException if it names one that is not there, or one is there that it does not name with this SHA-256, its license and address
     */
    int mustDescribe(Path app) throws IOException {
        TreeMap<String, String> named = new TreeMap<>();
        JsonNode components = new ObjectMapper().readTree(file.toFile()).path("components");
        for (JsonNode component : components) {
            String jar = component.path("name").asText() + "-"
                    + component.path("version").asText() + ".jar";
            if (component.path("purl").asText().isEmpty()
                    || component.path("licenses").isEmpty() && !isOurs(jar)) {
                throw new HarnessException("the SBOM gives no address or license for " + jar);
            }
            named.put(jar, isOurs(jar) ? "" : sha256(component));
        }
        TreeMap<String, String> present = new TreeMap<>();
        try (Stream<Path> jars = Files.list(app.resolve("libs"))) {
            for (Path jar : jars.toList()) {
                String name = jar.getFileName().toString();
                present.put(name, isOurs(name) ? "" : sha256(jar));
            }
        }
        if (!named.equals(present)) {
            TreeMap<String, String> only = new TreeMap<>(named);
            only.entrySet().removeAll(present.entrySet());
            present.entrySet().removeAll(named.entrySet());
            throw new HarnessException("the SBOM names " + only + ", which is not in the image, and not " + present);
        }
        return named.size();
    }

    private static boolean isOurs(String jar) {
        return jar.startsWith(OURS);
    }

    private static String sha256(JsonNode component) {
        for (JsonNode hash : component.path("hashes")) {
            if (hash.path("alg").asText().equals("SHA-256")) {
                return hash.path("content").asText();
            }
        }
        throw new HarnessException(
                "the SBOM gives no SHA-256 of " + component.path("name").asText());
    }

    private static String sha256(Path jar) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.maildomain.operator.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.operator.sources.OciRegistry.PullCredentials;
import io.maildomain.operator.sources.SourceException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@code docker login} writes, and Secrets of the type {@code kubernetes.io/dockerconfigjson} hold. */
public final class DockerConfig {

    /** The key of the Secret. */
    public static final String KEY = ".dockerconfigjson";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HUB_AS_DOCKER_WRITES_IT = "index.docker.io";

    private DockerConfig() {}

    /**
     * The credentials for the registry of a reference; empty where there are none for it.
     *
     * @throws SourceException where the text or the reference is none; its message holds nothing of either
     */
    public static Optional<PullCredentials> credentialsFor(String reference, byte[] config) {
        return entryFor(reference, config).flatMap(DockerConfig::credentials);
    }

    private static Optional<JsonNode> entryFor(String reference, byte[] config) {
        String host = OciReference.parse(reference).host();
        return auths(config).properties().stream()
                .filter(entry -> hostOf(entry.getKey()).equals(host))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * What of it no log may hold: the password for the registry of a reference, as it stands there and as it is sent; empty where there is none.
     * The others are used for nothing, and a tenant may write as many of them as there is room for.
     */
    public static List<String> secretsIn(String reference, byte[] config) {
        List<String> secrets = new ArrayList<>();
        try {
            entryFor(reference, config).ifPresent(entry -> {
                String auth = entry.path("auth").asText("");
                String both = decoded(auth);
                secrets.add(auth);
                secrets.add(both.substring(both.indexOf(':') + 1));
                secrets.add(entry.path("password").asText(""));
            });
        } catch (SourceException none) {
            return List.of();
        }
        return secrets;
    }

    private static JsonNode auths(byte[] config) {
        try {
            return JSON.readTree(config).path("auths");
        } catch (IOException e) {
            // Its words quote the text.
            throw malformed();
        }
    }

    /** {@code https://index.docker.io/v1/} is how Docker Hub stands there. */
    private static String hostOf(String key) {
        int scheme = key.indexOf("://");
        String rest = scheme < 0 ? key : key.substring(scheme + 3);
        int slash = rest.indexOf('/');
        String host = slash < 0 ? rest : rest.substring(0, slash);
        return host.equals(HUB_AS_DOCKER_WRITES_IT) || host.equals("docker.io") ? OciReference.HUB : host;
    }

    private static Optional<PullCredentials> credentials(JsonNode entry) {
        String user = entry.path("username").asText("");
        if (!user.isEmpty()) {
            return Optional.of(new PullCredentials(user, entry.path("password").asText("")));
        }
        String both = decoded(entry.path("auth").asText(""));
        int colon = both.indexOf(':');
        return colon <= 0
                ? Optional.empty()
                : Optional.of(new PullCredentials(both.substring(0, colon), both.substring(colon + 1)));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static SourceException malformed() {
        return new SourceException(
                Problem.MALFORMED, "the pull secret holds no %s as docker login writes it".formatted(KEY));
    }
}

package io.maildomain.operator.sources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.operator.sources.SourceClient.Answer;
import io.maildomain.operator.sources.SourceException.Problem;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Pulls OCI artifacts and images, as OCI's distribution specification 1.1 has it: a manifest, then its layers. Layers are
 * {@code .tar.gz} (what {@code flux push artifact} makes, folders of {@code oras push}, images) or single files with a title
 * ({@code oras push} of files).
 */
public final class OciRegistry {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String ACCEPT = MANIFEST + ", " + DOCKER_MANIFEST;
    private static final String TITLE = "org.opencontainers.image.title";
    private static final String UNPACK = "io.deis.oras.content.unpack";
    /** More than any of so many layers needs. As JSON in memory it takes thirty times as much. */
    private static final int LARGEST_MANIFEST = 256 * 1024;

    private static final int LARGEST_TOKEN = 64 * 1024;
    private static final int MOST_LAYERS = 127;
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SourceClient client;

    public OciRegistry(SourceClient client) {
        this.client = client;
    }

    /**
     * Who pulls. A class, since a record would print its password.
     */
    public static final class PullCredentials {

        private final String user;
        private final String password;

        public PullCredentials(String user, String password) {
            this.user = user;
            this.password = password;
        }

        private String basic() {
            return Credentials.basic(user, password, StandardCharsets.UTF_8);
        }
    }

    /**
     * What stands behind a reference.
     *
     * @param reference such as {@code ghcr.io/acme/mailbox@sha256:…}; a tag is resolved, and the bundle's digest is the manifest's
     * @param credentials null: without any
     * @throws SourceException where it cannot be had or used
     */
    public Bundle pull(String reference, @Nullable PullCredentials credentials) {
        OciReference named = OciReference.parse(reference);
        Session session = new Session(named, credentials);
        Answer manifest = session.get("manifests/" + named.version(), ACCEPT, LARGEST_MANIFEST);
        if (named.hasDigest()) {
            SourceClient.check(manifest.body(), named.version());
        }
        Archive archive = new Archive(client.limits());
        for (JsonNode layer : layers(read(manifest))) {
            add(layer, session, archive);
        }
        return new Bundle(SourceClient.digestOf(manifest.body()), new TreeMap<>(archive.files()));
    }

    /**
     * The digest of the manifest behind a reference, which a tag names anew from time to time. Asks nothing where the reference is a
     * digest already.
     *
     * @param credentials null: without any
     * @throws SourceException where it cannot be had
     */
    public String digestOf(String reference, @Nullable PullCredentials credentials) {
        OciReference named = OciReference.parse(reference);
        return named.hasDigest()
                ? named.version()
                : SourceClient.digestOf(new Session(named, credentials)
                        .get("manifests/" + named.version(), ACCEPT, LARGEST_MANIFEST)
                        .body());
    }

    private void add(JsonNode layer, Session session, Archive archive) {
        String digest = layer.path("digest").asText();
        long size = layer.path("size").asLong(-1);
        if (size > client.limits().bytes()) {
            throw client.limits().tooManyBytes();
        }
        String type = layer.path("mediaType").asText();
        String title = layer.path("annotations").path(TITLE).asText("");
        boolean unpack = layer.path("annotations").path(UNPACK).asText("").equals("true");
        if (unpack || type.endsWith("tar+gzip") || type.endsWith("tar.gzip")) {
            session.unpack(digest, archive::add);
        } else if (!title.isEmpty()) {
            session.unpack(digest, content -> archive.put(title, content, size));
        } else {
            throw new SourceException(
                    Problem.MALFORMED, "a layer of the artifact is neither a .tar.gz nor a file with a title");
        }
    }

    private static JsonNode read(Answer answer) {
        try {
            return JSON.readTree(answer.body().utf8());
        } catch (JsonProcessingException e) {
            throw new SourceException(Problem.MALFORMED, "the registry answers with what is no JSON", e);
        }
    }

    private static List<JsonNode> layers(JsonNode manifest) {
        if (manifest.path("manifests").isArray()) {
            throw new SourceException(
                    Problem.MALFORMED,
                    "the reference names an image for several platforms: name one of them by its digest");
        }
        JsonNode layers = manifest.path("layers");
        if (!layers.isArray() || layers.size() > MOST_LAYERS) {
            throw new SourceException(Problem.MALFORMED, "the registry's manifest has no layers, or too many");
        }
        List<JsonNode> found = new ArrayList<>();
        layers.forEach(layer -> {
            if (!layer.path("digest").asText().matches("sha256:[0-9a-f]{64}")) {
                throw new SourceException(Problem.MALFORMED, "a layer of the artifact has no digest of SHA-256");
            }
            found.add(layer);
        });
        return found;
    }

    /** One pull: asks for a token once the registry wants one, and keeps it for the calls that follow. */
    private final class Session {

        private final OciReference reference;
        private final @Nullable PullCredentials credentials;
        private final Pull pull = client.begin();
        private @Nullable String authorization;

        private Session(OciReference reference, @Nullable PullCredentials credentials) {
            this.reference = reference;
            this.credentials = credentials;
        }

        private Answer get(String what, String accept, long most) {
            return asking(with -> client.get(pull, url(what), with, accept, most));
        }

        /** @param into takes what the blob holds, as it comes */
        private void unpack(String digest, Consumer<InputStream> into) {
            String what = "blobs/" + digest;
            asking(with -> client.unpack(pull, url(what), with, digest, into));
        }

        private Answer asking(Function<@Nullable String, Answer> ask) {
            Answer answer = ask.apply(authorization);
            if (answer.status() == 401 && authorization == null) {
                authorization = answerTo(answer.challenge());
                answer = ask.apply(authorization);
            }
            if (answer.status() != 200) {
                throw SourceClient.status("the artifact", answer.status());
            }
            return answer;
        }

        private HttpUrl url(String what) {
            String path = "/v2/" + reference.repository() + "/" + what;
            boolean plain =
                    reference.host().startsWith("localhost") || reference.host().startsWith("127.0.0.1");
            return Optional.ofNullable(HttpUrl.parse((plain ? "http://" : "https://") + reference.host() + path))
                    .orElseThrow(() -> new SourceException(Problem.MALFORMED, "the reference names no host"));
        }

        private String answerTo(String challenge) {
            if (challenge.regionMatches(true, 0, "Basic", 0, 5) && credentials != null) {
                return credentials.basic();
            }
            if (!challenge.regionMatches(true, 0, "Bearer ", 0, 7)) {
                throw SourceClient.status("the artifact", 401);
            }
            HttpUrl.Builder realm = Optional.ofNullable(HttpUrl.parse(parameter(challenge, "realm")))
                    .orElseThrow(() -> SourceClient.status("the artifact", 401))
                    .newBuilder()
                    .setQueryParameter("scope", "repository:" + reference.repository() + ":pull");
            String service = parameter(challenge, "service");
            if (!service.isEmpty()) {
                realm.setQueryParameter("service", service);
            }
            Answer answer = client.get(
                    pull,
                    realm.build(),
                    credentials == null ? null : credentials.basic(),
                    "application/json",
                    LARGEST_TOKEN);
            if (answer.status() != 200) {
                throw SourceClient.status("the artifact", answer.status() == 404 ? 401 : answer.status());
            }
            JsonNode given = read(answer);
            String token = given.path("token").asText(given.path("access_token").asText(""));
            if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw new SourceException(Problem.UNAVAILABLE, "the registry gives no token to pull with");
            }
            return "Bearer " + token;
        }
    }

    private static String parameter(String challenge, String name) {
        Matcher matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            if (matcher.group(1).equalsIgnoreCase(name)) {
                return matcher.group(2);
            }
        }
        return "";
    }
}

package io.maildomain.operator.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maildomain.operator.sources.OciRegistry.PullCredentials;
import io.maildomain.operator.sources.SourceException.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a registry that holds what it is given, and hands it out to those who ask as the specification says. */
class OciRegistryTest {

    private static final String FLUX_LAYER = "application/vnd.cncf.flux.content.v1.tar+gzip";
    private static final String IMAGE_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String USER = Credentials.basic("robot", "pass word");

    private final MockWebServer server = new MockWebServer();
    private final Map<String, ByteString> contents = new ConcurrentHashMap<>();
    private final Map<String, Integer> asked = new HashMap<>();
    private String wants = "";

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        String path = request.getUrl().encodedPath();
        String authorization = request.getHeaders().get("Authorization");
        asked.merge(path, 1, Integer::sum);
        if (path.equals("/token")) {
            boolean known = wants.equals("anonymous") ? authorization == null : USER.equals(authorization);
            String scope = request.getUrl().queryParameter("scope");
            return known && "repository:acme/mailbox:pull".equals(scope)
                    ? new MockResponse.Builder().body("{\"token\":\"given\"}").build()
                    : new MockResponse.Builder().code(401).build();
        }
        String expected = wants.equals("basic") ? USER : "Bearer given";
        if (!wants.isEmpty() && !expected.equals(authorization)) {
            String challenge = wants.equals("basic")
                    ? "Basic realm=\"x\""
                    : "Bearer realm=\"http://localhost:%d/token\",service=\"registry\",scope=\"anything\""
                            .formatted(server.getPort());
            return new MockResponse.Builder()
                    .code(401)
                    .setHeader("WWW-Authenticate", challenge)
                    .build();
        }
        ByteString content = contents.get(path);
        return content == null
                ? new MockResponse.Builder().code(404).build()
                : new MockResponse.Builder().body(new Buffer().write(content)).build();
    }

    private String blob(ByteString content) {
        String digest = SourceClient.digestOf(content);
        contents.put("/v2/acme/mailbox/blobs/" + digest, content);
        return digest;
    }

    private String layer(String type, ByteString content, String annotations) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"annotations\":{%s}}"
                .formatted(type, blob(content), content.size(), annotations);
    }

    /** @return the reference with its digest */
    private String push(String... layers) {
        ByteString manifest =
                ByteString.encodeUtf8("{\"schemaVersion\":2,\"layers\":[" + String.join(",", layers) + "]}");
        contents.put("/v2/acme/mailbox/manifests/v1", manifest);
        contents.put("/v2/acme/mailbox/manifests/" + SourceClient.digestOf(manifest), manifest);
        return repository() + "@" + SourceClient.digestOf(manifest);
    }

    private String repository() {
        return "localhost:" + server.getPort() + "/acme/mailbox";
    }

    private OciRegistry registry() {
        return new OciRegistry(new SourceClient(
                SourceHosts.of(List.of("localhost")), new SourceLimits(10_000, 5), Duration.ofSeconds(5)));
    }

    private Problem problem(String reference) {
        return catchThrowableOfType(SourceException.class, () -> registry().pull(reference, null))
                .problem();
    }

    private static ByteString tar() {
        return new Tar().file("worker/index.js", "export default {}").gz();
    }

    @Test
    void whatFluxPushesIsItsFolder() {
        String reference = push(layer(FLUX_LAYER, tar(), ""));

        Bundle bundle = registry().pull(reference, null);

        assertThat(bundle.files()).containsOnlyKeys("worker/index.js");
        assertThat(reference).endsWith(bundle.digest());
    }

    @Test
    void whatOrasPushesAreFilesWithTitlesOrAFolderToUnpack() {
        push(
                layer("text/javascript", ByteString.encodeUtf8("x"), "\"org.opencontainers.image.title\":\"index.js\""),
                layer(
                        "application/vnd.oci.image.layer.v1.tar+gzip",
                        tar(),
                        "\"org.opencontainers.image.title\":\"worker\",\"io.deis.oras.content.unpack\":\"true\""));

        assertThat(registry().pull(repository() + ":v1", null).files()).containsOnlyKeys("index.js", "worker/index.js");
    }

    @Test
    void anImageIsItsLayersOneOverTheOther() {
        push(
                layer(IMAGE_LAYER, new Tar().file("a", "1").file("b", "1").gz(), ""),
                layer(
                        "application/vnd.docker.image.rootfs.diff.tar.gzip",
                        new Tar().file("a", "2").gz(),
                        ""));

        assertThat(registry().pull(repository() + ":v1", null).files())
                .containsOnlyKeys("a", "b")
                .containsEntry("a", FileContent.of("2"));
    }

    @Test
    void aTagComesToADigest() {
        String reference = push(layer(FLUX_LAYER, tar(), ""));

        assertThat(reference)
                .isEqualTo(repository() + "@"
                        + registry().pull(repository() + ":v1", null).digest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "anonymous", "bearer", "basic"})
    void aRegistryIsAskedAsItWantsToBeAndForATokenOnce(String wanted) {
        wants = wanted;
        String reference = push(
                layer(FLUX_LAYER, tar(), ""),
                layer(FLUX_LAYER, new Tar().file("b", "").gz(), ""));
        boolean anonymous = wanted.isEmpty() || wanted.equals("anonymous");

        Bundle bundle = registry().pull(reference, anonymous ? null : new PullCredentials("robot", "pass word"));

        assertThat(bundle.files()).hasSize(2);
        assertThat(asked.getOrDefault("/token", 0)).isEqualTo(wanted.isEmpty() || wanted.equals("basic") ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "basic"})
    void withoutCredentialsThatItTakesAccessIsDenied(String wanted) {
        wants = wanted;

        assertThat(problem(push(layer(FLUX_LAYER, tar(), "")))).isEqualTo(Problem.ACCESS_DENIED);
    }

    @Test
    void aManifestOrLayerThatIsNotWhatItsDigestNamesIsNotUsed() {
        String reference = push(layer(FLUX_LAYER, tar(), ""));
        ByteString other = new Tar().file("worker/index.js", "something else").gz();
        contents.replaceAll((path, content) -> path.contains("/blobs/") ? other : content);
        assertThat(problem(reference)).isEqualTo(Problem.WRONG_DIGEST);

        contents.replaceAll((path, content) -> ByteString.encodeUtf8("{\"layers\":[]}"));
        assertThat(problem(reference)).isEqualTo(Problem.WRONG_DIGEST);
    }

    @Test
    void aLayerThatSaysItIsTooLargeIsNotFetched() {
        ByteString content = tar();
        push("{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":10001}".formatted(FLUX_LAYER, blob(content)));

        assertThat(problem(repository() + ":v1")).isEqualTo(Problem.TOO_LARGE);
        assertThat(asked.keySet()).noneMatch(path -> path.contains("/blobs/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"manifests\":[]}",
                "{\"layers\":{}}",
                "{}",
                "[]",
                "no JSON",
                "{\"layers\":[{\"digest\":\"../../../token\"}]}",
                "{\"layers\":[{\"digest\":\"sha256:short\"}]}",
                "{\"layers\":[7]}",
            })
    void aManifestOfAnotherKindIsSaidToBeNone(String manifest) {
        contents.put("/v2/acme/mailbox/manifests/v1", ByteString.encodeUtf8(manifest));

        assertThat(problem(repository() + ":v1")).isEqualTo(Problem.MALFORMED);
    }

    @Test
    void aLayerThatIsNeitherArchiveNorNamedIsNoSource() {
        push(layer("application/octet-stream", ByteString.encodeUtf8("x"), ""));

        assertThat(problem(repository() + ":v1")).isEqualTo(Problem.MALFORMED);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(problem(repository() + ":v9")).isEqualTo(Problem.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io/acme/mailbox,ghcr.io,acme/mailbox,latest",
        "ghcr.io/acme/mailbox:v1,ghcr.io,acme/mailbox,v1",
        "registry.corp.example:5000/a,registry.corp.example:5000,a,latest",
        "localhost:5000/a/b/c:x,localhost:5000,a/b/c,x",
        "acme/mailbox:v1,registry-1.docker.io,acme/mailbox,v1",
        "docker.io/mailbox,registry-1.docker.io,library/mailbox,latest",
        "mailbox,registry-1.docker.io,library/mailbox,latest",
    })
    void aReferenceIsReadAsThatOfAnImage(String text, String host, String repository, String version) {
        assertThat(OciReference.parse(text)).isEqualTo(new OciReference(host, repository, version));
    }

    @Test
    void aDigestCountsMoreThanATag() {
        String digest = "sha256:" + "0".repeat(64);

        assertThat(OciReference.parse("ghcr.io/a/b:v1@" + digest))
                .isEqualTo(new OciReference("ghcr.io", "a/b", digest));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://ghcr.io/a",
                "ghcr.io/../a",
                "ghcr.io/A/b",
                "ghcr.io/a@sha256:short",
                "ghcr.io/a:",
                "ghcr.io/a b",
                "user:pass@ghcr.io/a",
                "ghcr.io/a?x=y",
            })
    void whatIsNoReferenceIsRefused(String text) {
        assertThat(catchThrowableOfType(SourceException.class, () -> OciReference.parse(text))
                        .problem())
                .isEqualTo(Problem.MALFORMED);
    }
}

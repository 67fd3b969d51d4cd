package io.maildomain.operator.cloudflare.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeployValuesTest {
    private static final String SECRET = "a-very-secret-value";
    private static final byte[] SCRIPT = {'x'};

    @ParameterizedTest
    @CsvSource({
        "index.js,        application/javascript+module",
        "lib/a.MJS,       application/javascript+module",
        "old.cjs,         application/javascript",
        "add.wasm,        application/wasm",
        "page.html,       text/plain",
        "query.sql,       text/plain",
        "note.txt,        text/plain",
        "blob.bin,        application/octet-stream",
        "entry.py,        text/x-python",
        "index.js.map,    application/source-map",
    })
    void aModuleIsWhatTheEndOfItsNameSays(String name, String contentType) {
        assertThat(WorkerModule.of(name, SCRIPT).orElseThrow().type().contentType())
                .isEqualTo(contentType);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "package.json", "noextension", ".js", "js/", "a.exe"})
    void whatIsNoModuleIsNone(String name) {
        assertThat(WorkerModule.of(name, SCRIPT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b.js", "a\r\nContent-Type: x.js", "a\\b.js", "a\u0000.js"})
    void aNameThatWouldChangeTheFormIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> WorkerModule.of(name, SCRIPT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkerModule("metadata", ModuleType.ES_MODULE, SCRIPT));
        assertThatIllegalArgumentException().isThrownBy(() -> new WorkerModule("", ModuleType.ES_MODULE, SCRIPT));
    }

    private static WorkerUpload upload(String main, String... modules) {
        List<WorkerModule> files = Arrays.stream(modules)
                .map(name -> WorkerModule.of(name, SCRIPT).orElseThrow())
                .toList();
        List<Binding> bindings = List.of(Binding.plainText("APP_ENV", "production"), Binding.secret("KEY", SECRET));
        return new WorkerUpload(main, files, "2026-04-01", List.of(), bindings, List.of(), null, "", "");
    }

    @Test
    void theMainModuleIsOneOfTheModulesAndEachNameStandsOnce() {
        assertThat(upload("index.js", "index.js", "lib/a.js").modules()).hasSize(2);
        assertThatIllegalArgumentException().isThrownBy(() -> upload("index.js", "other.js"));
        assertThatIllegalArgumentException().isThrownBy(() -> upload("index.js", "index.js", "index.js"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest", "branch", "commit_hash", "", "_worker.js", "a\r\nb", "_headers "})
    void aSiteCannotSayByAFileWhatIsDeployed(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SiteUpload.Part(name, SCRIPT));
        assertThat(new SiteUpload.Part("_headers", SCRIPT)).hasToString("Part[_headers, 1 bytes]");
    }

    @Test
    void nothingPrintsASecret() {
        assertThat(upload("index.js", "index.js").toString()).doesNotContain(SECRET);
        assertThat(upload("index.js", "index.js").secrets()).containsExactly(SECRET);
        assertThat(Binding.secret("KEY", SECRET).toString()).contains("KEY").doesNotContain(SECRET);
        assertThat(new Binding(
                                "KEY",
                                "secret_key",
                                Map.of("key_jwk", Map.of("k", SECRET), "format", "jwk", "usages", List.of("sign")))
                        .secrets())
                .containsExactly(SECRET);
        assertThat(Binding.plainText("APP_ENV", "production").secrets()).isEmpty();
        UploadPass pass = new UploadPass(SECRET, Instant.EPOCH, 1);
        assertThat(pass.toString()).doesNotContain(SECRET);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UploadPass(SECRET + "\r\nX: y", Instant.EPOCH, 1))
                .withMessageNotContaining(SECRET);
    }

    @Test
    void aBucketIsBoundWithItsJurisdictionWhereItIsNotTheUsualOne() {
        assertThat(Binding.bucket("B", "mail", "default").properties()).isEqualTo(Map.of("bucket_name", "mail"));
        assertThat(Binding.bucket("B", "mail", "eu").properties())
                .isEqualTo(Map.of("bucket_name", "mail", "jurisdiction", "eu"));
    }

    @Test
    void whatComesInIsCopiedAndCannotBeChanged() {
        List<Object> inner = new ArrayList<>(Arrays.asList(1, null));
        Map<String, Object> outer = new HashMap<>(Map.of("list", inner));
        outer.put("nothing", null);
        Binding binding = new Binding("QUEUE", "queue", outer);
        inner.add("later");
        outer.clear();

        assertThat(binding.properties())
                .containsEntry("list", Arrays.asList(1, null))
                .containsEntry("nothing", null);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> binding.properties().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ((List<?>) binding.properties().get("list")).clear());
        assertThatIllegalArgumentException().isThrownBy(() -> new Binding("A", "b", Map.of("type", "secret_text")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Binding("A", "b", Map.of("x", Instant.EPOCH)));
    }

    @Test
    void aPercentageIsOne() {
        assertThat(TrafficShare.all("v").percentage()).isEqualTo(100);
        assertThatIllegalArgumentException().isThrownBy(() -> new TrafficShare("v", 101));
        assertThatIllegalArgumentException().isThrownBy(() -> new TrafficShare("v", -0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new TrafficShare("v", Double.NaN));
    }
}

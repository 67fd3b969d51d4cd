package io.maildomain.operator.controller.mailsite;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.deploy.SiteFile;
import io.maildomain.operator.cloudflare.deploy.SiteUpload.Part;
import io.maildomain.operator.sources.Bundle;
import io.maildomain.operator.sources.FileContent;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SiteFilesTest {

    private static SiteFiles files(String... paths) {
        SortedMap<String, FileContent> files = new TreeMap<>();
        Stream.of(paths).forEach(path -> files.put(path, FileContent.of("of " + path.replaceAll(".*/", ""))));
        return SiteFiles.of(new Bundle("sha256:0", files));
    }

    @Test
    void whatPagesReadsIsSentAndNotServedAndWhatIsNoPartOfASiteIsLeftOut() {
        SiteFiles files = files(
                "index.html",
                "_headers",
                "_redirects",
                "_worker.bundle",
                "_routes.json",
                "functions-filepath-routing-config.json",
                "docs/_headers",
                "functions/api.js",
                "a/node_modules/b.js",
                "c/.DS_Store",
                ".git/config");

        assertThat(files.served()).containsOnlyKeys("index.html", "docs/_headers");
        assertThat(files.parts())
                .extracting(Part::name)
                .containsExactly(
                        "_headers",
                        "_redirects",
                        "_routes.json",
                        "_worker.bundle",
                        "functions-filepath-routing-config.json");
        assertThat(files.unusable()).isEmpty();
    }

    @Test
    void aFileIsUploadedOnceUnderTheKeyThatWranglerMakes() {
        SiteFiles files = files("a/x.css", "b/x.css", "index.html");
        SortedMap<String, String> manifest = files.manifest();

        assertThat(manifest).containsOnlyKeys("/a/x.css", "/b/x.css", "/index.html");
        assertThat(manifest.get("/a/x.css"))
                .isEqualTo(manifest.get("/b/x.css"))
                .isEqualTo(SiteFile.key("x.css", "of x.css".getBytes(StandardCharsets.UTF_8)));
        assertThat(files.uploads(manifest, Set.of(manifest.get("/a/x.css"))))
                .singleElement()
                .satisfies(file -> assertThat(file.contentType()).isEqualTo("text/css"));
    }

    @Test
    void aSourceThatCannotBeServedIsRefusedWithAWayOut() {
        assertThat(files("_worker.js/index.js").unusable())
                .hasValueSatisfying(why -> assertThat(why.message()).contains("_worker.bundle"));
        assertThat(files().unusable()).hasValueSatisfying(why -> {
            assertThat(why.reason()).isEqualTo(Reason.SourceRefused);
            assertThat(why.message()).contains("no file");
        });
        SortedMap<String, FileContent> large = new TreeMap<>();
        large.put("film.mp4", FileContent.of(new byte[SiteFiles.LARGEST_FILE + 1]));
        assertThat(SiteFiles.of(new Bundle("sha256:0", large)).unusable())
                .hasValueSatisfying(why -> assertThat(why.message()).contains("film.mp4", "25 MiB"));
    }

    @Test
    void aFileOfAnUnknownKindIsServedAsBytes() {
        assertThat(ContentTypes.of("a/b.HTML")).isEqualTo("text/html");
        assertThat(ContentTypes.of("a.b/LICENSE")).isEqualTo("application/octet-stream");
        assertThat(ContentTypes.of("html")).isEqualTo("application/octet-stream");
    }
}

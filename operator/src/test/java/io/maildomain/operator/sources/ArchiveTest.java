package io.maildomain.operator.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maildomain.operator.fixture.Allocation;
import io.maildomain.operator.sources.SourceException.Problem;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import okio.Buffer;
import okio.ByteString;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {

    private static final SourceLimits SMALL = new SourceLimits(1_000, 3);

    private static Archive read(ByteString... layers) {
        Archive archive = new Archive(SMALL);
        for (ByteString layer : layers) {
            archive.add(new Buffer().write(layer).inputStream());
        }
        return archive;
    }

    private static Problem problem(ByteString... layers) {
        return catchThrowableOfType(SourceException.class, () -> read(layers)).problem();
    }

    @Test
    void filesAreReadByTheirPathsAndFoldersAreNone() {
        ByteString gz = new Tar()
                .folder("./worker")
                .file("./worker/index.js", "export default {}")
                .file("worker/sub/a.txt", "a")
                .gz();

        assertThat(read(gz).files())
                .containsOnlyKeys("worker/index.js", "worker/sub/a.txt")
                .containsEntry("worker/sub/a.txt", FileContent.of("a"));
    }

    @Test
    void aFolderOfItIsWhatIsBelowByPathsFromThere() {
        Bundle all = new Bundle(
                "sha256:x",
                new TreeMap<>(read(new Tar()
                                .file("worker/a.js", "a")
                                .file("workers/b.js", "b")
                                .gz())
                        .files()));

        assertThat(all.below("worker").files()).containsOnlyKeys("a.js");
        assertThat(all.below("./worker/").files()).containsOnlyKeys("a.js");
        assertThat(all.below("").files()).containsOnlyKeys("worker/a.js", "workers/b.js");
        assertThat(catchThrowableOfType(SourceException.class, () -> all.below("work"))
                        .problem())
                .isEqualTo(Problem.NOT_FOUND);
        assertThat(catchThrowableOfType(SourceException.class, () -> all.below("worker/../workers"))
                        .problem())
                .isEqualTo(Problem.UNSAFE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside",
                "a/../../outside",
                "/etc/passwd",
                "a//b",
                "a/./b",
                "a\\..\\b",
                "C:\\b",
                "a\nb",
                "..",
                "."
            })
    void aPathThatLeadsElsewhereIsRefused(String path) {
        assertThat(problem(new Tar().file(path, "x").gz())).isEqualTo(Problem.UNSAFE);
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO,
            })
    void whatIsNoFileIsRefused(byte type) {
        assertThat(problem(new Tar().link("innocent", type, "/etc/passwd").gz()))
                .isEqualTo(Problem.UNSAFE);
    }

    @Test
    void twoFilesOfOneNameAreRefusedHoweverTheyAreSpelt() {
        assertThat(problem(new Tar().file("a", "1").file("./a", "2").gz())).isEqualTo(Problem.UNSAFE);
    }

    @Test
    void asManyBytesAsAreReadAndNotOneMore() {
        String half = "x".repeat(500);

        assertThat(read(new Tar().file("a", half).file("b", half).gz()).files()).hasSize(2);
        assertThat(problem(new Tar().file("a", half).file("b", half + "x").gz()))
                .isEqualTo(Problem.TOO_LARGE);
    }

    @Test
    void asManyFilesAsAreReadAndNotOneMore() {
        Tar three = new Tar().file("a", "").file("b", "").file("c", "");

        assertThat(problem(three.file("d", "").gz())).isEqualTo(Problem.TOO_LARGE);
        assertThat(problem(
                        new Tar().file("a", "").file("b", "").gz(),
                        new Tar().file("c", "").file("d", "").gz()))
                .isEqualTo(Problem.TOO_LARGE);
    }

    @Test
    void anArchiveThatUnpacksToFarMoreThanItIsIsNotReadToItsEnd() {
        Tar bomb = new Tar();
        for (int i = 0; i < 200; i++) {
            bomb.folder("d" + i + "/" + "x".repeat(90));
        }

        assertThat(problem(bomb.gz())).isEqualTo(Problem.TOO_LARGE);
        assertThat(problem(new Tar().file("a", "0".repeat(10_000_000)).gz())).isEqualTo(Problem.TOO_LARGE);
    }

    /** A layer of nothing but folders costs time, and an image has up to 127 of them. */
    @Test
    void whatIsBesideTheFilesIsCountedOverAllLayers() {
        Tar folders = new Tar();
        for (int i = 0; i < 12; i++) {
            folders.folder("d" + i);
        }
        ByteString layer = folders.gz();

        assertThat(read(layer).files()).isEmpty();
        assertThat(problem(layer, layer, layer)).isEqualTo(Problem.TOO_LARGE);
    }

    @Test
    void whatIsCutOffOrNoArchiveIsSaidToBeNone() {
        ByteString whole = new Tar().file("a", "x".repeat(900)).gz();

        assertThat(problem(whole.substring(0, whole.size() / 2))).isEqualTo(Problem.MALFORMED);
        assertThat(problem(ByteString.encodeUtf8("no archive"))).isEqualTo(Problem.MALFORMED);
        assertThat(problem(ByteString.EMPTY)).isEqualTo(Problem.MALFORMED);
    }

    @Test
    void aLayerOfAnImageReplacesAndTakesAwayFilesOfThoseBelow() {
        ByteString below =
                new Tar().file("a", "1").file("sub/b", "1").file("c", "1").gz();
        ByteString above = new Tar()
                .file("a", "2")
                .file(".wh.sub", "")
                .file("e/.wh..wh..opq", "")
                .gz();

        assertThat(read(below, above).files()).containsOnlyKeys("a", "c").containsEntry("a", FileContent.of("2"));
    }

    /** Of what all tenants deploy there is room for one copy. */
    @Test
    void aFileIsUnpackedIntoAnArrayOfItsSizeAndNothingElse() {
        int size = 16 << 20;
        ByteString gz = new Tar().file("a", "0".repeat(size)).gz();
        Archive archive = new Archive(new SourceLimits(2 * size, 3));

        assertThat(Allocation.of(() -> archive.add(new Buffer().write(gz).inputStream())))
                .isLessThan(size / 4 * 5);
    }

    @Test
    void aFileThatIsNotOfTheSizeItSaysIsNoneAndIsNotReadFurther() {
        for (long said : new long[] {0, 4, 6}) {
            assertThat(catchThrowableOfType(SourceException.class, () -> new Archive(SMALL)
                                    .put("a", new Buffer().writeUtf8("12345").inputStream(), said))
                            .problem())
                    .isEqualTo(Problem.MALFORMED);
        }
        assertThat(catchThrowableOfType(SourceException.class, () -> new Archive(SMALL)
                                .put("a", new Buffer().inputStream(), 1_001))
                        .problem())
                .isEqualTo(Problem.TOO_LARGE);
    }

    @Test
    void aFileSaysNothingOfItsContentAndIsTextOnlyInUtf8() {
        assertThat(FileContent.of("secret").toString()).isEqualTo("6 bytes");
        assertThat(FileContent.of("ü").text()).isEqualTo("ü");
        assertThat(FileContent.of("a")).isEqualTo(FileContent.of("a".getBytes(StandardCharsets.UTF_8)));
        assertThat(catchThrowableOfType(SourceException.class, () -> FileContent.of(new byte[] {(byte) 0xff})
                                .text())
                        .problem())
                .isEqualTo(Problem.MALFORMED);
    }
}

package io.maildomain.operator.cloudflare.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.Blake3;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteFileTest {
    /** From test_vectors.json of the BLAKE3 team: the input is 0, 1, 2, … up to 250, and again. */
    @ParameterizedTest
    @CsvSource({
        "0, af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
        "1, 2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213",
        "2, 7b7015bb92cf0b318037702a6cdd81dee41224f734684c2c122cd6359cb1ee63",
        "3, e1be4d7a8ab5560aa4199eea339849ba8e293d55ca0a81006726d184519e647f",
    })
    void theLibraryHashesAsThePublishedVectorsSay(int length, String expected) {
        byte[] input = new byte[length];
        for (int i = 0; i < length; i++) {
            input[i] = (byte) (i % 251);
        }

        assertThat(Hex.encodeHexString(Blake3.initHash().update(input).doFinalize(32)))
                .isEqualTo(expected);
    }

    /** What wrangler 4.125.0 sent for these two files. */
    @ParameterizedTest
    @CsvSource({
        "/index.html, <h1>mail</h1>, 2b9c50f085c9a8627841ba96d53a694f",
        "/a.css,      body{},        aa42bba514e8ddfea838ec1a715ca332",
        "/deep/b.css, body{},        aa42bba514e8ddfea838ec1a715ca332",
    })
    void aKeyIsTheOneThatWranglerMakes(String path, String line, String expected) {
        byte[] content = (line + "\n").getBytes(StandardCharsets.UTF_8);

        assertThat(SiteFile.of(path, "text/html", content).key()).isEqualTo(expected);
    }

    /** It is made of parts, since base64 of a large file would take more memory than the file does. */
    @ParameterizedTest
    @ValueSource(ints = {0, 49_151, 49_152, 49_153, 200_000})
    void aKeyIsThatOfTheWholeFile(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        Blake3 whole = Blake3.initHash()
                .update(Base64.getEncoder().encode(content))
                .update("bin".getBytes(StandardCharsets.UTF_8));

        assertThat(SiteFile.key("/a.bin", content)).isEqualTo(Hex.encodeHexString(whole.doFinalize(16)));
    }

    @ParameterizedTest
    @CsvSource({
        "/a.b.css, css",
        "/folder.d/plain, ''",
        "/.htaccess, ''",
        "/deep/.a.css, css",
        "/ends., ''",
        "plain.txt, txt",
    })
    void theExtensionIsWhatStandsBehindTheLastDotOfTheName(String path, String extension) {
        assertThat(FileNames.extension(path)).isEqualTo(extension);
    }
}

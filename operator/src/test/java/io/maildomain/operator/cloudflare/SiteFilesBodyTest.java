package io.maildomain.operator.cloudflare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maildomain.operator.cloudflare.deploy.SiteFile;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.ForwardingSink;
import okio.Okio;
import org.junit.jupiter.api.Test;

class SiteFilesBodyTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static String text(RequestBody body) throws IOException {
        Buffer buffer = new Buffer();
        body.writeTo(buffer);
        return buffer.readUtf8();
    }

    @Test
    void itIsTheJsonThatPagesTakesAndAsLongAsItSays() throws IOException {
        assertThat(text(new SiteFilesBody(
                        List.of(
                                new SiteFile("2b9c", "text/html", "<h1>mail</h1>\n".getBytes(UTF_8)),
                                new SiteFile("aa42", "text/\"css\u00fc", new byte[0])),
                        JSON)))
                .isEqualTo(
                        "[{\"key\":\"2b9c\",\"value\":\"PGgxPm1haWw8L2gxPgo=\",\"metadata\":{\"contentType\":\"text/html\"},"
                                + "\"base64\":true},{\"key\":\"aa42\",\"value\":\"\",\"metadata\":{\"contentType\":\"text/\\\"css\u00fc\"},"
                                + "\"base64\":true}]");
        for (int most = 0; most < 40; most++) {
            SiteFilesBody body = new SiteFilesBody(
                    IntStream.range(0, most)
                            .mapToObj(size -> new SiteFile("k\u00fc" + size, "a/\"b\"", new byte[size]))
                            .toList(),
                    JSON);
            assertThat((long) text(body).getBytes(UTF_8).length).isEqualTo(body.contentLength());
            JsonNode read = JSON.readTree(text(body));
            assertThat(read).hasSize(most);
            assertThat(read.path(most - 1).path("value").asText().length())
                    .isEqualTo((Math.max(0, most - 1) + 2) / 3 * 4);
        }
    }

    @Test
    void aLargeFileIsNeverInMemoryAsText() throws IOException {
        long[] largest = {0};
        SiteFilesBody body = new SiteFilesBody(
                Stream.of(new SiteFile("1", "a/b", new byte[5 << 20])).toList(), JSON);

        try (var sink = Okio.buffer(new ForwardingSink(Okio.blackhole()) {
            @Override
            public void write(Buffer source, long byteCount) throws IOException {
                largest[0] = Math.max(largest[0], byteCount);
                super.write(source, byteCount);
            }
        })) {
            body.writeTo(sink);
        }

        assertThat(largest[0]).isBetween(1L, 64L << 10);
        assertThat(body.toString()).isEqualTo("SiteFilesBody[1 files]");
    }
}

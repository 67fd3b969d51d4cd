package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.fixture.Allocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ByteString;
import okio.Okio;
import org.junit.jupiter.api.Test;

class FormTest {
    private static final int SIZE = 16 << 20;

    @Test
    void aFileIsSentWholeHoweverManyPartsItTakes() throws IOException {
        byte[] content = new byte[150_000];
        content[64 << 10] = 'x';
        Buffer sent = new Buffer();
        RequestBody body =
                new Form().file("a.bin", "application/octet-stream", content).body();

        body.writeTo(sent);

        assertThat(sent.size()).isEqualTo(body.contentLength());
        assertThat(sent.indexOf(ByteString.of(content))).isPositive();
    }

    /** What several Workers upload at once is in memory already. */
    @Test
    void whatIsSentIsNotCopied() {
        RequestBody body = new Form()
                .file("a.bin", "application/octet-stream", new byte[SIZE])
                .body();

        assertThat(Allocation.of(() -> send(body))).isLessThan(SIZE / 4);
    }

    private static void send(RequestBody body) {
        try (BufferedSink away = Okio.buffer(Okio.blackhole())) {
            body.writeTo(away);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

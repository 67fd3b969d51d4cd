package io.maildomain.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of an HTTP/1.1 message, as a proxy needs it.
 *
 * @param text all of it, with the empty line at its end
 */
record HttpHead(String text) {

    /** Reads one; it is {@linkplain #isEmpty() empty} where the stream ends before it does. */
    static HttpHead read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int end = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            end = next == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : next == '\r' ? 1 : 0;
            if (end == 4) {
                return new HttpHead(head.toString(StandardCharsets.ISO_8859_1));
            }
        }
        return new HttpHead("");
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    String firstLine() {
        return text.substring(0, text.indexOf('\r'));
    }

    /** Names in lower case; of a name that is there twice the last. */
    Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        text.lines().skip(1).filter(line -> line.indexOf(':') > 0).forEach(line -> {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        });
        return headers;
    }

    /**
     * How many bytes follow.
     *
     * @throws IOException if that is not known beforehand
     */
    int contentLength() throws IOException {
        if (headers().containsKey("transfer-encoding")) {
            throw new IOException("a chunked request, which no proxy here knows: " + firstLine());
        }
        return Integer.parseInt(headers().getOrDefault("content-length", "0"));
    }
}

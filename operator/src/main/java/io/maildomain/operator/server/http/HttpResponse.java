package io.maildomain.operator.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** One answer, complete; many may be given the same. */
final class HttpResponse {

    static final String TEXT = "text/plain; charset=utf-8";

    /**
     * For a page: nothing is loaded but a style sheet of ours (and an icon of no bytes), nothing runs, no form is sent elsewhere, no other page shows or
     * reads it, and no other host is told where a reader came from.
     */
    private static final String FOR_PAGES =
            "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"
                    + "X-Frame-Options: DENY\r\n"
                    + "Referrer-Policy: no-referrer\r\n"
                    + "Cross-Origin-Opener-Policy: same-origin\r\n"
                    + "Cross-Origin-Resource-Policy: same-origin\r\n";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Map<Integer, String> PHRASES = Map.of(
            200, "OK",
            400, "Bad Request",
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed",
            431, "Request Header Fields Too Large",
            500, "Internal Server Error",
            503, "Service Unavailable");

    private final int status;
    private final String type;
    private final String more;
    private final byte[] body;

    HttpResponse(int status, String type, String body) {
        this(status, type, "", body);
    }

    /** @param more headers, each with its end */
    private HttpResponse(int status, String type, String more, String body) {
        this.status = status;
        this.type = type;
        this.more = more;
        this.body = body.getBytes(StandardCharsets.UTF_8);
    }

    static HttpResponse text(int status, String body) {
        return new HttpResponse(status, TEXT, body);
    }

    static HttpResponse page(String html) {
        return new HttpResponse(200, "text/html; charset=utf-8", FOR_PAGES, html);
    }

    ByteBuffer body() {
        return ByteBuffer.wrap(body).asReadOnlyBuffer();
    }

    /** What goes over the wire before the body. Each answer is the last of its connection. */
    ByteBuffer head(Instant now) {
        String head = "HTTP/1.1 " + status + " " + PHRASES.getOrDefault(status, "") + "\r\n"
                + "Date: " + DATE.format(now) + "\r\n"
                + (status == 405 ? "Allow: GET, HEAD\r\n" : "")
                + "Content-Type: " + type + "\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + "Cache-Control: no-store\r\n"
                + "X-Content-Type-Options: nosniff\r\n"
                + more
                + "Connection: close\r\n\r\n";
        return ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
    }
}

package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.maildomain.operator.cloudflare.Failure.Unreachable;
import io.maildomain.operator.cloudflare.Failure.Unreachable.TransportError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What it means that a call ended in an exception of the transport. */
final class TransportFailures {
    private TransportFailures() {}

    static Failure failure(CloudflareCall call, IOException e, CallProgress progress) {
        boolean mayHaveTakenEffect = call.writes() && progress.sending();
        if (e instanceof UploadBody.CutShort) {
            return Failure.Fenced.NOT_LEADING;
        }
        if (e instanceof JsonProcessingException json) {
            return new Failure.Malformed(
                    progress.status(),
                    "%s that is no JSON as Cloudflare gives it: %s".formatted(type(progress), where(json)),
                    mayHaveTakenEffect);
        }
        if (e instanceof Transport.AnswerTooLarge || isNoHttp(e)) {
            return new Failure.Malformed(progress.status(), Text.orEmpty(e.getMessage()), mayHaveTakenEffect);
        }
        return new Unreachable(kind(e, progress), words(e), mayHaveTakenEffect);
    }

    /** okhttp also calls it a violation of the protocol when the connection breaks in the middle of a body. */
    private static boolean isNoHttp(IOException e) {
        return e instanceof ProtocolException && !"unexpected end of stream".equals(e.getMessage());
    }

    private static TransportError kind(IOException e, CallProgress progress) {
        if (e instanceof InterruptedIOException && !Thread.currentThread().isInterrupted()) {
            return TransportError.TIMEOUT;
        }
        if (progress.connected()) {
            return TransportError.CONNECTION_LOST;
        }
        if (e instanceof UnknownHostException) {
            return TransportError.DNS;
        }
        return e instanceof SSLException ? TransportError.TLS : TransportError.CONNECT;
    }

    private static String words(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** The parser's own words quote the body; the place is enough. */
    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? "it is empty"
                : "line %d, column %d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }

    private static String type(CallProgress progress) {
        return progress.contentType().isEmpty()
                ? "a body"
                : "a body of type " + Text.readable(progress.contentType(), 60);
    }
}

package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.maildomain.operator.cloudflare.Failure.Unreachable;
import io.maildomain.operator.cloudflare.Failure.Unreachable.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What it means that a call ended in an exception of the transport. */
final class LostCalls {
    private LostCalls() {}

    static Failure failure(CloudflareCall call, IOException e, CallProgress progress) {
        boolean mayHaveTakenEffect = call.writes() && progress.sending();
        if (e instanceof JsonProcessingException json) {
            return new Failure.Malformed(
                    progress.status(),
                    "%s that is no JSON of Cloudflare's: %s".formatted(type(progress), where(json)),
                    mayHaveTakenEffect);
        }
        if (e instanceof Transport.AnswerTooLarge || e instanceof ProtocolException) {
            return new Failure.Malformed(progress.status(), Text.orEmpty(e.getMessage()), mayHaveTakenEffect);
        }
        return new Unreachable(kind(e, progress), words(e), mayHaveTakenEffect);
    }

    private static Kind kind(IOException e, CallProgress progress) {
        if (e instanceof InterruptedIOException && !Thread.currentThread().isInterrupted()) {
            return Kind.TIMEOUT;
        }
        if (progress.connected()) {
            return Kind.CONNECTION_LOST;
        }
        if (e instanceof UnknownHostException) {
            return Kind.DNS;
        }
        return e instanceof SSLException ? Kind.TLS : Kind.CONNECT;
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
        String type = progress.headers().get("Content-Type");
        return type == null ? "a body" : Text.readable(type, 60);
    }
}

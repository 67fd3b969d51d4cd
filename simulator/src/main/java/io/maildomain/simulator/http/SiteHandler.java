package io.maildomain.simulator.http;

import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Api;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Refusals;
import io.maildomain.simulator.faults.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Between Jetty's requests and ours. */
final class SiteHandler extends Handler.Abstract {

    private static final int API_BODY_LIMIT = 1 << 20;
    private static final int SCRIPT_BODY_LIMIT = 10 << 20;
    private static final int ASSETS_BODY_LIMIT = 64 << 20;
    private static final int CONTROL_BODY_LIMIT = 256 << 20;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Site site;
    private final Clock clock;
    private final ExchangeListener listener;
    private final Duration latency;

    SiteHandler(Site site, Clock clock, ExchangeListener listener, Duration latency) {
        this.site = site;
        this.clock = clock;
        this.listener = listener;
        this.latency = latency;
    }

    @Override
    public boolean handle(Request jettyRequest, Response response, Callback callback) throws IOException {
        int limit = bodyLimit(jettyRequest);
        byte[] body = body(jettyRequest, limit);
        var request = request(jettyRequest, body.length > limit ? new byte[0] : body);
        Outcome outcome = body.length > limit
                ? Outcome.plain(Envelope.failure(Refusals.bodyTooLarge(limit), false))
                : site.serve(request, isLocal(jettyRequest));
        if (outcome.answer().isEmpty()) {
            reset(jettyRequest, callback);
            return true;
        }
        Answer answer = outcome.answer().get();
        // A fault may bring a Date of its own.
        Map<String, String> headers = Answer.empty(answer.status())
                .with("Date", HTTP_DATE.format(clock.instant()))
                .with(answer.headers())
                .headers();
        boolean ofApi = Api.covers(request.path());
        if (ofApi) {
            listener.exchanged(request, answer, headers, outcome.faulty());
        }
        Duration delay = ofApi ? outcome.delay().plus(latency) : outcome.delay();
        if (delay.isZero()) {
            send(answer, headers, response, callback);
        } else {
            jettyRequest
                    .getComponents()
                    .getScheduler()
                    .schedule(() -> send(answer, headers, response, callback), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private static int bodyLimit(Request request) {
        String path = request.getHttpURI().getPath();
        if (!Api.covers(path)) {
            return CONTROL_BODY_LIMIT;
        }
        if (path.contains("/pages/") || path.contains("/assets/")) {
            return ASSETS_BODY_LIMIT;
        }
        return path.contains("/workers/scripts/") || path.contains("/d1/") ? SCRIPT_BODY_LIMIT : API_BODY_LIMIT;
    }

    /** The body, or one byte more than the limit. */
    private static byte[] body(Request request, int limit) throws IOException {
        try (InputStream in = Content.Source.asInputStream(request)) {
            return in.readNBytes(limit + 1);
        }
    }

    private static io.maildomain.simulator.api.Request request(Request request, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.putIfAbsent(
                    field.getName().toLowerCase(Locale.ROOT), field.getValue() == null ? "" : field.getValue());
        }
        return new io.maildomain.simulator.api.Request(
                request.getMethod(),
                request.getHttpURI().getPath(),
                request.getHttpURI().getQuery(),
                headers,
                body);
    }

    private static boolean isLocal(Request request) {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        InetAddress address = remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
        return address != null && address.isLoopbackAddress();
    }

    private static void send(Answer answer, Map<String, String> headers, Response response, Callback callback) {
        response.setStatus(answer.status());
        headers.forEach(response.getHeaders()::put);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    /** Closes the connection so that the client sees it broken, not ended. */
    private static void reset(Request request, Callback callback) throws IOException {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        if (endPoint.getTransport() instanceof SocketChannel channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        endPoint.close();
        callback.failed(new InjectedReset());
    }

    /** Why a request was never answered; Jetty does not log it. */
    private static final class InjectedReset extends IOException implements QuietException {

        private static final long serialVersionUID = 1L;

        private InjectedReset() {
            super("reset by an injected fault");
        }
    }
}

package io.maildomain.operator.cloudflare;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;

/** Sending one request, and how far it came. */
final class Attempt {
    private final Call.Factory client;
    private final Request request;
    private final boolean repeatable;
    private final Duration limit;
    private CallProgress progress = new CallProgress();

    /**
     * @param repeatable whether it may be sent twice
     * @param limit of the time that it may take, all of it
     */
    Attempt(Call.Factory client, Request request, boolean repeatable, Duration limit) {
        this.client = client;
        this.request = request;
        this.repeatable = repeatable;
        this.limit = limit;
    }

    /** A read on a connection that the server had closed meanwhile is sent once more; a write never is. */
    HttpReply execute() throws IOException {
        try {
            return send();
        } catch (IOException e) {
            if (!repeatable
                    || !progress.diedOnAnOldConnection()
                    || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return send();
        }
    }

    private HttpReply send() throws IOException {
        progress = new CallProgress();
        Request tagged = request.newBuilder().tag(CallProgress.class, progress).build();
        Call call = client.newCall(tagged);
        call.timeout().timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        try (Response response = call.execute()) {
            return new HttpReply(
                    response.code(), response.headers(), response.body().string());
        }
    }

    /** Of what was sent last. */
    CallProgress progress() {
        return progress;
    }
}

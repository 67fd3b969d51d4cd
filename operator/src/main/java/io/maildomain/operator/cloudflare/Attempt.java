package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import retrofit2.Call;
import retrofit2.Response;

/** Sending one request, and how far it came. */
final class Attempt<T> {
    private Call<T> sent;

    Attempt(Call<T> request) {
        this.sent = request;
    }

    /** A read on a connection that the server had closed meanwhile is sent once more; a write never is. */
    Response<T> execute() throws IOException {
        try {
            return sent.execute();
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            boolean read = sent.request().method().equals("GET");
            if (!read
                    || !progress().diedOnAnOldConnection()
                    || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            sent = sent.clone();
            return sent.execute();
        }
    }

    /** Of what was sent last. */
    CallProgress progress() {
        return Transport.progressOf(sent.request());
    }
}

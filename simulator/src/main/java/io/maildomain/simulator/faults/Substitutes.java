package io.maildomain.simulator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Refusal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The answers that faults give instead of the real one. */
final class Substitutes {

    private static final int GENERAL_CODE = 10001;

    /** The code that Cloudflare most often gives with a status. */
    private static final Map<Integer, Integer> CODES = Map.of(401, 10000, 403, 10000, 404, 7003, 409, 2020, 429, 971);

    private Substitutes() {}

    static Answer of(Fault fault) {
        int status = fault.status();
        Answer answer = status == 429 ? body(fault).with("Retry-After", "1") : body(fault);
        return without(answer.with(fault.headers()));
    }

    /** A header that is given as nothing is left out. */
    private static Answer without(Answer answer) {
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.values().removeIf(String::isEmpty);
        return new Answer(answer.status(), headers, answer.json(), answer.body());
    }

    private static Answer body(Fault fault) {
        JsonNode body = fault.body();
        if (body == null) {
            return failure(fault.status());
        }
        return body.isTextual()
                ? Answer.text(fault.status(), "text/html; charset=UTF-8", body.asText())
                : Answer.json(fault.status(), body);
    }

    /** For a call that does not do its work and has no answer of its own. */
    static Answer unavailable() {
        return failure(503);
    }

    static Answer halved(Answer whole) {
        byte[] half = Arrays.copyOf(whole.body(), whole.body().length / 2);
        return new Answer(whole.status(), whole.headers(), null, half);
    }

    private static Answer failure(int status) {
        return Envelope.failure(new Refusal(status, CODES.getOrDefault(status, GENERAL_CODE), "Injected fault"), false);
    }
}

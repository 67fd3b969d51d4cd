package io.maildomain.simulator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.ErrorItem;
import io.maildomain.simulator.api.Refusal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What becomes of a call.
 *
 * @param answer what is sent; empty: the connection is reset
 * @param delay how long the answer is kept back
 * @param faulty whether a fault had a hand in it
 */
public record Outcome(Optional<Answer> answer, Duration delay, boolean faulty) {

    private static final Map<Integer, Integer> CODES = Map.of(401, 10000, 403, 10000, 404, 7003, 409, 2020, 429, 971);

    /** A call that nothing happens to. */
    public static Outcome plain(Answer answer) {
        return new Outcome(Optional.of(answer), Duration.ZERO, false);
    }

    /** A call that meets a fault; its work is done or not, as the fault says. */
    public static Outcome of(Fault fault, Supplier<Answer> work) {
        Optional<Answer> done = fault.doesItsWork() ? Optional.of(work.get()) : Optional.empty();
        if (fault.reset() != null) {
            return new Outcome(Optional.empty(), Duration.ZERO, true);
        }
        if (fault.status() != null) {
            return new Outcome(Optional.of(substitute(fault)), Duration.ZERO, true);
        }
        if (fault.stall() != null) {
            return new Outcome(done.or(() -> Optional.of(unavailable())), fault.delay(), true);
        }
        return new Outcome(Optional.of(halved(done.orElseGet(Outcome::unavailable))), Duration.ZERO, true);
    }

    private static Answer substitute(Fault fault) {
        int status = fault.status();
        JsonNode body = fault.body();
        Answer answer;
        if (body == null) {
            answer = Envelope.failure(
                    new Refusal(
                            status,
                            List.of(new ErrorItem(CODES.getOrDefault(status, 10001), "Injected fault")),
                            Map.of()),
                    false);
        } else {
            answer = body.isTextual()
                    ? Answer.text(status, "text/html; charset=UTF-8", body.asText())
                    : Answer.json(status, body);
        }
        if (status == 429) {
            answer = answer.with("Retry-After", "1");
        }
        return answer.with(fault.headers());
    }

    private static Answer unavailable() {
        return Envelope.failure(new Refusal(503, 10001, "Injected fault"), false);
    }

    private static Answer halved(Answer whole) {
        byte[] half = Arrays.copyOf(whole.body(), whole.body().length / 2);
        return new Answer(whole.status(), whole.headers(), null, half);
    }
}

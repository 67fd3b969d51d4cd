package io.maildomain.simulator.http;

import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Request;
import java.util.Map;

/** Told of each exchange before its answer is sent. */
@FunctionalInterface
public interface ExchangeListener {

    /**
     * Takes note of an exchange.
     *
     * @param headers all headers of the answer, as they are sent
     * @param faulty whether a planted fault had a hand in it
     */
    void exchanged(Request request, Answer answer, Map<String, String> headers, boolean faulty);
}

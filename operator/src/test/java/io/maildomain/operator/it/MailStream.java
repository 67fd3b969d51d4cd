package io.maildomain.operator.it;

import io.maildomain.harness.HarnessException;
import io.maildomain.harness.SimulatorControl;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Mail that is sent to some addresses in turn, all the time, until it is closed. */
final class MailStream implements AutoCloseable {

    private final SimulatorControl control;
    private final Map<String, String> outcomes;
    private final AtomicInteger sent = new AtomicInteger();
    private final Queue<String> lost = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::send, "mail");
    private volatile boolean ended;

    private MailStream(SimulatorControl control, Map<String, String> outcomes) {
        this.control = control;
        this.outcomes = Map.copyOf(outcomes);
    }

    /** @param outcomes what must become of mail to each address, such as {@code forwarded to team@corp.example} */
    static MailStream start(SimulatorControl control, Map<String, String> outcomes) {
        MailStream stream = new MailStream(control, outcomes);
        stream.thread.start();
        return stream;
    }

    private void send() {
        while (!ended) {
            outcomes.forEach((address, outcome) -> {
                String became = became(address);
                if (!became.equals(outcome)) {
                    lost.add(address + ": " + became);
                }
                sent.incrementAndGet();
            });
        }
    }

    private String became(String address) {
        try {
            return control.sendMail(address).path("outcome").asText();
        } catch (HarnessException e) {
            return e.toString();
        }
    }

    int sent() {
        return sent.get();
    }

    /** What became of those that were not delivered as they should. */
    List<String> lost() {
        return List.copyOf(lost);
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

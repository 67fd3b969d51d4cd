package io.maildomain.benchmark;

import io.maildomain.harness.QuietSpell;
import io.maildomain.harness.Waiting;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Waits for what should come about. */
public final class Wait {

    private Wait() {}

    /**
     * Until it holds.
     *
     * @throws BenchmarkException if it does not within that time, with what there is to say
     */
    public static void until(String what, Duration patience, BooleanSupplier holds, Supplier<String> otherwise) {
        if (!Waiting.until(patience, holds)) {
            throw new BenchmarkException("not within " + patience.toSeconds() + " s: " + what + "; " + otherwise.get());
        }
    }

    /** For so long, whatever happens. */
    public static void out(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Waiting.until(time.plusSeconds(10), () -> System.nanoTime() >= end);
    }

    /**
     * Until nothing has happened for so long.
     *
     * @param activity another number whenever something happens
     */
    public static void untilQuiet(Duration time, Duration patience, LongSupplier activity) {
        until("a quiet moment", patience, new QuietSpell(time, activity), () -> "it still goes on");
    }
}

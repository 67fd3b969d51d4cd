package io.maildomain.benchmark;

import io.maildomain.harness.Dashboard;
import io.maildomain.harness.HarnessException;
import io.maildomain.harness.SimulatorControl;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Another client of the same Cloudflare user, which uses up what the budget allows: at twice its pace, until it is refused; then it
 * waits for a window, and goes on.
 */
public final class BusyClient {

    private static final String TOKEN = "benchmark-token-of-another-client-of-the-user";

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong silentUntil = new AtomicLong(System.nanoTime());
    private final Dashboard cloudflare;
    private final Duration window;

    private BusyClient(SimulatorControl control, Duration window) {
        this.cloudflare = new Dashboard(control.baseUrl(), TOKEN);
        this.window = window;
    }

    /** Lets one burn the budget of that rig for so long. */
    public static void burn(Rig rig, Duration time) {
        rig.control().putToken("another", TOKEN, SimulatorControl.RUNTIME_RIGHTS);
        Duration window = rig.setting().window();
        BusyClient client = new BusyClient(rig.control(), window);
        long pause = window.toNanos() / (2L * rig.setting().limit());
        client.thread.scheduleAtFixedRate(client::call, 0, pause, TimeUnit.NANOSECONDS);
        Wait.out(time);
        client.thread.shutdownNow();
    }

    private void call() {
        if (System.nanoTime() - silentUntil.get() < 0) {
            return;
        }
        try {
            cloudflare.get("/user/tokens/verify");
        } catch (HarnessException refused) {
            silentUntil.set(System.nanoTime() + window.toNanos());
        }
    }
}

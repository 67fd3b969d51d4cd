package io.maildomain.operator.controller.offline;

import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Cause;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Cloudflare for who has all the time there is: a call that has no budget waits for it and is made then, so that nothing that was
 * read is read again. A reconcile must not wait so, for it would hold a thread.
 */
public final class PatientCloudflare {

    /** So often in a row a call is refused as one too many before it is given up: a proxy may answer so for ever. */
    private static final int MOST_REFUSALS = 10;

    private PatientCloudflare() {}

    /** @param pause waits so long */
    public static Cloudflare of(Cloudflare cloudflare, Consumer<Duration> pause) {
        return (Cloudflare) Proxy.newProxyInstance(
                Cloudflare.class.getClassLoader(), new Class<?>[] {Cloudflare.class}, (proxy, method, arguments) -> {
                    int refusals = 0;
                    while (true) {
                        try {
                            return method.invoke(cloudflare, arguments);
                        } catch (InvocationTargetException failure) {
                            if (!(failure.getCause() instanceof CloudflareException e)) {
                                throw failure.getCause();
                            }
                            refusals += e.failure() instanceof Failure.Refused ? 1 : 0;
                            if (refusals == MOST_REFUSALS) {
                                throw e;
                            }
                            pause.accept(pauseAfter(e));
                        }
                    }
                });
    }

    /** Whatever has another cause than too many requests is thrown again: waiting would not help. */
    private static Duration pauseAfter(CloudflareException e) {
        if (e.failure() instanceof Failure.Postponed postponed && postponed.cause() != Cause.AUTH_GATE) {
            return postponed.pause();
        }
        if (e.failure() instanceof Failure.Refused refused && refused.status() == 429) {
            return refused.retryAfter().orElse(Duration.ofSeconds(1));
        }
        throw e;
    }
}

package io.maildomain.faults;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Between an embedded operator and the world: once it is cut, no request leaves any more. */
final class Severance implements Interceptor {

    private final AtomicBoolean cut = new AtomicBoolean();

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (cut.get()) {
            throw new IllegalStateException("this operator was killed");
        }
    }

    boolean isOpen() {
        return !cut.get();
    }

    void cut() {
        cut.set(true);
    }
}

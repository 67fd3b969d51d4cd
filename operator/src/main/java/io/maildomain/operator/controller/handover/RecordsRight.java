package io.maildomain.operator.controller.handover;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the operator may list the records of departed MailDomains. It works without that right; one refusal does not say that it is to,
 * and one that is granted later takes a new start, for what controllers there are is decided then. Thread-safe.
 */
final class RecordsRight {

    private static final Logger LOG = LoggerFactory.getLogger(RecordsRight.class);

    private final Runnable list;
    private final String namespace;
    private final AtomicBoolean cameLater = new AtomicBoolean();

    /** @param list lists the records */
    RecordsRight(Runnable list, String namespace) {
        this.list = list;
        this.namespace = namespace;
    }

    /** @throws KubernetesClientException if the API server does not say */
    boolean isGranted() {
        try {
            list.run();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            return false;
        }
    }

    /** The same once more: that refusal is believed, and said. */
    boolean isGrantedAfterAll() {
        boolean granted = isGranted();
        if (!granted) {
            LOG.warn(
                    "The operator may not list ConfigMaps in namespace {}: a MailDomain that is replaced under its own name"
                            + " loses its zone, for it has to stay until that is undone. Grant what the chart's Role grants",
                    namespace);
        }
        return granted;
    }

    /** A record is missed just now: asks whether it could be written. */
    void seeWhetherItCame() {
        try {
            if (isGranted() && cameLater.compareAndSet(false, true)) {
                LOG.warn(
                        "The operator may list ConfigMaps in namespace {} by now, which it could not at its start: it has to"
                                + " start anew to know what MailDomains have left, and says that it is not healthy",
                        namespace);
            }
        } catch (KubernetesClientException e) {
            LOG.debug("Whether records can be kept is not known ({})", e.getCode());
        }
    }

    /** Whether the right was there when it was asked for again, and not at the start. */
    boolean cameLater() {
        return cameLater.get();
    }
}

package io.maildomain.operator.kubernetes.informers;

import io.maildomain.api.v1alpha1.MailWorker;
import java.util.List;

/** The MailWorkers that are watched, a moment old at most. Read-only; for a resource's own state read it live instead. */
public interface MailWorkerCache {

    /** Every one; for what is done from time to time, not for what an event makes us do. */
    List<MailWorker> mailWorkers();

    /** Those that deploy a script of that name, in any namespace and to any account. */
    List<MailWorker> ofScript(String script);
}

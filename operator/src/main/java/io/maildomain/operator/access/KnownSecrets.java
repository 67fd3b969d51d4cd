package io.maildomain.operator.access;

import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretState;

/** What is known of Secrets by now. Reading makes no call and has no side effect. */
public interface KnownSecrets {

    /** What is known of a Secret; that it is not known yet, where no resource references it. */
    SecretState get(SecretKey key);
}

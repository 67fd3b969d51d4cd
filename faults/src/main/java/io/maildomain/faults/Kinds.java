package io.maildomain.faults;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Mailbox;
import java.util.List;

/** Which of our kinds a life is about. */
enum Kinds {
    MAIL(List.of(MailDomain.class, CatchAllRule.class)),
    RANDOM(List.of(MailDomain.class, CatchAllRule.class, Mailbox.class, DestinationAddress.class)),
    ATTACHED(List.of(MailDomain.class, Mailbox.class, DestinationAddress.class)),
    DEPLOYED(List.of(MailWorker.class, MailSite.class));

    private final List<Class<? extends HasMetadata>> types;

    Kinds(List<Class<? extends HasMetadata>> types) {
        this.types = types;
    }

    /** Those that others name come first. */
    List<Class<? extends HasMetadata>> types() {
        return types;
    }
}

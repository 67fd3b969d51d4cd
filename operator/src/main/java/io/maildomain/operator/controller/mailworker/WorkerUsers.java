package io.maildomain.operator.controller.mailworker;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.controller.ActionUsers;
import io.maildomain.operator.kubernetes.informers.MailboxWorker;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The MailDomains, CatchAllRules and Mailboxes that name a Worker. They are gone over where one is deployed or goes, which is not often. */
public final class WorkerUsers {

    private final ActionUsers users;
    private final Consumer<HasMetadata> wake;

    /** @param wake reconciles the resource of that kind and name */
    public WorkerUsers(ResourceCache cluster, Consumer<HasMetadata> wake) {
        this.users = new ActionUsers(cluster);
        this.wake = wake;
    }

    /**
     * Those that name it, in a few words.
     *
     * @param namespace of the MailWorker: of others it is not told what is in them
     * @param accountId of the account that the Worker is in
     */
    List<String> named(String script, String accountId, String namespace) {
        return ActionUsers.inWords(using(script, accountId), namespace);
    }

    /** Has those look again that were waiting for it, perhaps. */
    void deployed(String script, String accountId) {
        users.ofThoseNotReady(using(script, accountId)).distinct().forEach(wake);
    }

    private Stream<HasMetadata> using(String script, String accountId) {
        return users.in(
                        accountId,
                        action -> action.wantedWorker().filter(script::equals).isPresent())
                .filter(user -> !(user instanceof Mailbox mailbox)
                        || MailboxWorker.of(mailbox).isPresent());
    }
}

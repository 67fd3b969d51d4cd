package io.maildomain.operator.controller.mailworker;

import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.controller.deploy.DeployTurns;
import io.maildomain.operator.controller.source.SourceReader;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.ownership.OwnerMark;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * The services that reconciling and cleaning up MailWorkers calls on, put together once at start.
 *
 * @param turns shared by all that deploys
 * @param cluster shows the other MailWorkers, of which an older one may deploy the same script
 * @param users who names a Worker in a rule
 * @param secretRead told of each secret that is read, so that no log can hold it
 */
public record MailWorkerServices(
        DeployCredentialsResolver credentials,
        SourceReader sources,
        DeployTurns turns,
        ResourceCache cluster,
        WorkerUsers users,
        WorkerProbes probes,
        Consumer<String> secretRead,
        OwnerMark mark,
        Clock clock) {}

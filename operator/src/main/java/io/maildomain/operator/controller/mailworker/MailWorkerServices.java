package io.maildomain.operator.controller.mailworker;

import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.cloudflare.deploy.VersionProbe;
import io.maildomain.operator.controller.source.SourceReader;
import io.maildomain.operator.kubernetes.informers.MailWorkerCache;
import io.maildomain.operator.ownership.OwnerMark;
import java.time.Clock;

/**
 * The services that reconciling and cleaning up MailWorkers calls on, put together once at start.
 *
 * @param workers the others, of which an older one may deploy the same script
 * @param users who names a Worker in a rule
 */
public record MailWorkerServices(
        DeployCredentialsResolver credentials,
        SourceReader sources,
        MailWorkerCache workers,
        WorkerUsers users,
        VersionProbe probe,
        OwnerMark mark,
        Clock clock) {}

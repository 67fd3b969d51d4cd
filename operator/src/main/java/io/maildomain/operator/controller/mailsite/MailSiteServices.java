package io.maildomain.operator.controller.mailsite;

import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.controller.deploy.DeployTurns;
import io.maildomain.operator.controller.source.SourceReader;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.ownership.OwnerMark;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * The services that reconciling and cleaning up MailSites calls on, put together once at start.
 *
 * @param turns shared by all that deploys
 * @param cluster shows the other MailSites, of which an older one may deploy to the same project
 * @param secretRead told of each secret that is read, so that no log can hold it
 */
public record MailSiteServices(
        DeployCredentialsResolver credentials,
        SourceReader sources,
        DeployTurns turns,
        ResourceCache cluster,
        Consumer<String> secretRead,
        OwnerMark mark,
        Clock clock) {}

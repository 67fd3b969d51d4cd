package io.maildomain.operator.cloudflare.deploy;

/**
 * The calls of the deploy surface with one token and one account: these and no others. Every one of them may throw a {@code
 * CloudflareException}, which says what happened and whether the call may have taken effect; what is only not there is an empty answer,
 * and what Cloudflare refuses for a reason that a caller acts on is a value. None blocks to wait for budget. A name or id that is none
 * is an {@link IllegalArgumentException}, and so is never a part of a path.
 *
 * @param workers scripts, their versions and deployments
 * @param triggers what leads to a Worker
 * @param databases D1
 * @param buckets R2
 * @param sites Pages
 */
public record DeployApis(
        WorkersApi workers, TriggersApi triggers, DatabasesApi databases, BucketsApi buckets, SitesApi sites) {}

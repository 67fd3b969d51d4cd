package io.maildomain.operator.cloudflare.deploy;

/**
 * A custom domain of a Pages project.
 *
 * @param status as Cloudflare says it, such as {@code active} or {@code pending}
 */
public record SiteDomain(String name, String status) {}

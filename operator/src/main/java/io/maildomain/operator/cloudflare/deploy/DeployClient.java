package io.maildomain.operator.cloudflare.deploy;

/** The deploy surface as one token sees it. */
@FunctionalInterface
public interface DeployClient {
    /**
     * The calls about one account. Cheap, to be asked for anew whenever it is needed.
     *
     * @throws IllegalArgumentException unless the id is 32 lower-case hexadecimal digits
     */
    DeployApis of(String accountId);
}

package io.maildomain.operator.cloudflare;

import io.maildomain.operator.cloudflare.deploy.DeployApis;
import io.maildomain.operator.cloudflare.deploy.DeployClient;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** {@link DeployClient} with one token. */
record TokenDeployClient(CallExecutor executor) implements DeployClient {
    @Override
    public DeployApis of(String accountId) {
        ApiRequest.id(accountId);
        return new DeployApis(
                new TokenWorkers(executor, accountId),
                new TokenTriggers(executor, accountId),
                new TokenDatabases(executor, accountId),
                new TokenBuckets(executor, accountId),
                new TokenSites(executor, accountId));
    }

    /**
     * Deletes something, which nothing waits for that is gone.
     *
     * @param isThere looks again; asked where the refusal leaves that open
     * @return whether it was there
     */
    static boolean deleted(Runnable call, CloudflareError notThere, BooleanSupplier isThere) {
        try {
            call.run();
            return true;
        } catch (CloudflareException e) {
            if (!e.answers(notThere) && (!e.maybeGone() || isThere.getAsBoolean())) {
                throw e;
            }
            return false;
        }
    }

    /**
     * What a call gives; empty where Cloudflare refuses it with one of these codes. A 404 without a code says nothing of what is there:
     * it stays a failure.
     */
    static <T> Optional<T> unless(Supplier<T> call, CloudflareError... codes) {
        try {
            return Optional.of(call.get());
        } catch (CloudflareException e) {
            if (Arrays.stream(codes).noneMatch(e::answers)) {
                throw e;
            }
            return Optional.empty();
        }
    }
}

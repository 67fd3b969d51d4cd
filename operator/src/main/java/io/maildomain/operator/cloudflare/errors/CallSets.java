package io.maildomain.operator.cloudflare.errors;

import static io.maildomain.operator.cloudflare.CloudflareCall.DELETE_RULE;
import static io.maildomain.operator.cloudflare.CloudflareCall.DELETE_ZONE;
import static io.maildomain.operator.cloudflare.CloudflareCall.GET_ZONE;
import static io.maildomain.operator.cloudflare.CloudflareCall.UPDATE_RULE;
import static io.maildomain.operator.cloudflare.CloudflareCall.VERIFY_ACCOUNT_TOKEN;
import static io.maildomain.operator.cloudflare.CloudflareCall.VERIFY_TOKEN;

import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.Permission;
import io.maildomain.operator.credentials.Surface;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/** Calls that rows of the catalogue are about together. */
final class CallSets {
    static final Set<CloudflareCall> OF_RULE = EnumSet.of(UPDATE_RULE, DELETE_RULE);
    static final Set<CloudflareCall> OF_ZONE = calls(CloudflareCall::ofZone);
    static final Set<CloudflareCall> OF_ZONE_ITSELF = EnumSet.of(GET_ZONE, DELETE_ZONE);
    static final Set<CloudflareCall> INSIDE_ZONE = calls(call -> call.ofZone()
            && call.right().filter(r -> r != Permission.ZONE && !isDeploy(r)).isPresent());
    static final Set<CloudflareCall> OF_ACCOUNT = calls(
            call -> !call.ofZone() && call.right().filter(CallSets::isDeploy).isPresent());
    static final Set<CloudflareCall> WITH_PASS = calls(CloudflareCall::bearsPass);
    static final Set<CloudflareCall> VERIFICATIONS = EnumSet.of(VERIFY_TOKEN, VERIFY_ACCOUNT_TOKEN);

    private CallSets() {}

    private static boolean isDeploy(Permission right) {
        return right.surface().filter(Surface.DEPLOY::equals).isPresent();
    }

    private static Set<CloudflareCall> calls(Predicate<CloudflareCall> which) {
        EnumSet<CloudflareCall> calls = EnumSet.noneOf(CloudflareCall.class);
        Arrays.stream(CloudflareCall.values()).filter(which).forEach(calls::add);
        return calls;
    }
}

package io.maildomain.operator.controller.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Cause;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatientCloudflareTest {

    private static final Failure TOO_MANY = new Failure.Refused(429, List.of(), Duration.ofSeconds(3));
    private static final Failure NO_BUDGET = new Failure.Postponed(Duration.ofSeconds(40), Cause.BUDGET);

    private final Deque<Failure> failures = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();

    private final Cloudflare patient = PatientCloudflare.of(
            (Cloudflare) Proxy.newProxyInstance(
                    Cloudflare.class.getClassLoader(),
                    new Class<?>[] {Cloudflare.class},
                    (proxy, method, arguments) -> {
                        if (failures.isEmpty()) {
                            return List.of();
                        }
                        throw new CloudflareException(CloudflareCall.LIST_ZONES, failures.remove());
                    }),
            pauses::add);

    @Test
    void aCallThatComesTooEarlyIsMadeAfterAPause() {
        failures.addAll(Collections.nCopies(30, NO_BUDGET));
        failures.addAll(Collections.nCopies(9, TOO_MANY));

        assertThat(patient.zones()).isEmpty();

        assertThat(pauses).hasSize(39).contains(Duration.ofSeconds(40)).endsWith(Duration.ofSeconds(3));
    }

    /** A proxy on the way may say 429 for ever: without an end a verb would hang, and say nothing. */
    @Test
    void whatIsRefusedTimeAndAgainIsGivenUp() {
        failures.addAll(Collections.nCopies(1_000, TOO_MANY));

        assertThatThrownBy(patient::zones)
                .isInstanceOf(CloudflareException.class)
                .hasMessageContaining("429");

        assertThat(pauses).hasSizeLessThan(20);
    }
}

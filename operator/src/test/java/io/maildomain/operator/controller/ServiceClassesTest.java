package io.maildomain.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceClassesTest {
    private static final List<Condition> READY = List.of(ready("True"));
    private static final List<Condition> NOT_READY = List.of(ready("False"));

    private static Condition ready(String status) {
        return new Condition("Ready", status, 2L, Instant.EPOCH, "Ready", "");
    }

    private static MailDomain domain() {
        MailDomain domain = new MailDomain();
        domain.getMetadata().setGeneration(2L);
        return domain;
    }

    @Test
    void aDeletionIsAChangeWhateverTheStatusSays() {
        MailDomain domain = domain();
        domain.getMetadata().setDeletionTimestamp("2026-11-28T10:00:00Z");

        assertThat(ServiceClasses.of(domain, 2, READY)).isEqualTo(ServiceClass.CHANGE);
        assertThat(ServiceClasses.of(domain, -1, List.of())).isEqualTo(ServiceClass.CHANGE);
    }

    @Test
    void anotherGenerationThanTheStatusSpeaksOfIsAChange() {
        assertThat(ServiceClasses.of(domain(), 1, READY)).isEqualTo(ServiceClass.CHANGE);
    }

    @Test
    void oneOfWhichNothingWasSaidIsSeenForTheFirstTimeThoughItSaysThatItWaits() {
        assertThat(ServiceClasses.of(domain(), -1, List.of())).isEqualTo(ServiceClass.FIRST_SIGHT);
        assertThat(ServiceClasses.of(domain(), -1, NOT_READY)).isEqualTo(ServiceClass.FIRST_SIGHT);
    }

    @Test
    void whatIsReadyIsCheckedAndWhatIsNotWaits() {
        assertThat(ServiceClasses.of(domain(), 2, READY)).isEqualTo(ServiceClass.CHECK);
        assertThat(ServiceClasses.of(domain(), 2, NOT_READY)).isEqualTo(ServiceClass.WAITING);
        assertThat(ServiceClasses.of(domain(), 2, List.of())).isEqualTo(ServiceClass.WAITING);
    }
}

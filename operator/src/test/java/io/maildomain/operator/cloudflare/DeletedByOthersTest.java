package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.RULE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.ZONE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.deploy.DeployApis;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is to be deleted and is not there: with which code Cloudflare says so is known from the simulator only. */
class DeletedByOthersTest {
    private final FakeCloudflare cloudflare = new FakeCloudflare();

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    /** A deletion, what shows that its thing is there, and what shows that it is not; null: that Cloudflare says so. */
    enum Deletion {
        ROUTE(
                apis -> apis.triggers().deleteRoute(ZONE, RULE),
                "[{\"id\":\"" + RULE + "\",\"pattern\":\"a.example/*\",\"script\":\"w\"}]",
                "[{\"id\":\"" + ZONE + "\",\"pattern\":\"a.example/*\",\"script\":\"w\"}]"),
        CUSTOM_DOMAIN(
                apis -> apis.triggers().deleteCustomDomain(RULE),
                "[{\"id\":\"" + RULE + "\",\"hostname\":\"a.example\",\"service\":\"w\"}]",
                "[{\"id\":\"" + ZONE + "\",\"hostname\":\"a.example\",\"service\":\"w\"}]"),
        SITE_DOMAIN(
                apis -> apis.sites().removeDomain("x", "a.example"),
                "[{\"name\":\"A.example\",\"status\":\"active\"}]",
                "[]"),
        SITE(apis -> apis.sites().deleteProject("x"), "{\"name\":\"x\",\"production_branch\":\"main\"}", null);

        private final Predicate<DeployApis> call;
        private final String there;
        private final @Nullable String gone;

        Deletion(Predicate<DeployApis> call, String there, @Nullable String gone) {
            this.call = call;
            this.there = there;
            this.gone = gone;
        }
    }

    private static void looksGone(Deletion deletion, FakeCloudflare cloudflare) {
        if (deletion.gone == null) {
            cloudflare.refuses(404, 8_000_007, "Project not found");
        } else {
            cloudflare.result(deletion.gone);
        }
    }

    private boolean delete(Deletion deletion) {
        return deletion.call.test(cloudflare.deploy());
    }

    @ParameterizedTest
    @EnumSource
    void whatAnotherLookDoesNotFindWasNotThere(Deletion deletion) {
        looksGone(deletion, cloudflare.refuses(404, 7003, "Could not route"));
        assertThat(delete(deletion)).isFalse();
        looksGone(deletion, cloudflare.refuses(400, 7000, "No route"));
        assertThat(delete(deletion)).isFalse();
        looksGone(deletion, cloudflare.refuses(404, 424242, "of a code that is not known"));
        assertThat(delete(deletion)).isFalse();
        looksGone(deletion, cloudflare.answers(404, ""));
        assertThat(delete(deletion)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whatAnotherLookFindsWasNotDeleted(Deletion deletion) {
        cloudflare.refuses(404, 7003, "Could not route").result(deletion.there);
        assertThat(failing(() -> delete(deletion)).has(CloudflareError.COULD_NOT_ROUTE))
                .isTrue();
        cloudflare.answers(404, "<html>").result(deletion.there);
        assertThat(failing(() -> delete(deletion)).refused()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void whereTheOtherLookFailsItIsSaidWhatItFailedFor(Deletion deletion) {
        cloudflare.refuses(404, 7003, "Could not route").refuses(403, 10000, "Authentication error");

        assertThat(failing(() -> delete(deletion)).has(CloudflareError.AUTHENTICATION_ERROR))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anyOtherRefusalIsOne(Deletion deletion) {
        cloudflare.refuses(403, 10000, "Authentication error");
        assertThat(failing(() -> delete(deletion)).refused()).isPresent();
        assertThat(cloudflare.server.getRequestCount()).isEqualTo(1);
    }
}

package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.Failure.Postponed;
import io.maildomain.operator.cloudflare.deploy.UploadPass;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.cloudflare.errors.DiagnosisContext;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Cause;
import io.maildomain.operator.credentials.ApiToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a pass for Pages' files is answered is no matter of the token's limits. */
class PassLimitsTest {
    private static final UploadPass PASS = new UploadPass("a.b.c", Instant.EPOCH, 1);

    private final FakeCloudflare cloudflare = new FakeCloudflare();

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    private void keep() {
        cloudflare.deploy().sites().keep(PASS, List.of());
    }

    private void readWithTheToken() {
        cloudflare.result("[]");
        assertThat(cloudflare.deploy().triggers().customDomains("w")).isEmpty();
        cloudflare.request();
    }

    private long left() {
        return cloudflare
                .clients()
                .left(Set.of(ApiToken.of(FakeCloudflare.TOKEN).fingerprint()))
                .orElseThrow();
    }

    @Test
    void theLevelIsKnownOfATokenThatWasUsed() {
        readWithTheToken();

        assertThat(cloudflare
                        .clients()
                        .level(Set.of(ApiToken.of(FakeCloudflare.TOKEN).fingerprint(), "another")))
                .hasValueSatisfying(level -> {
                    assertThat(level.left()).isEqualTo(left());
                    assertThat(level.most()).isGreaterThanOrEqualTo(level.left());
                });
        assertThat(cloudflare.clients().level(Set.of("another"))).isEmpty();
    }

    @Test
    void aPassThatIsToWaitKeepsTheTokenFromNothing() {
        cloudflare.answers(new MockResponse.Builder()
                .code(429)
                .setHeader("Retry-After", "60")
                .setHeader("Ratelimit", "\"default\";r=0;t=300")
                .setHeader("Ratelimit-Policy", "\"default\";q=1;w=300")
                .body(FakeCloudflare.refusal(971, "Please wait")));

        CloudflareException refused = failing(this::keep);
        cloudflare.request();

        Diagnosis said = Catalogue.diagnose(refused, new DiagnosisContext("", "KEY", "Secret a/b", "", ""));
        assertThat(said.reason()).isEqualTo(Reason.RateLimited);
        assertThat(said.pause()).isEqualTo(Duration.ofSeconds(60));
        readWithTheToken();
        assertThat(left()).isGreaterThan(100);
    }

    @Test
    void whatAPassHasLeftIsNotWhatTheTokenHasLeft() {
        cloudflare.answers(new MockResponse.Builder()
                .setHeader("Ratelimit", "\"default\";r=0;t=300")
                .setHeader("Ratelimit-Policy", "\"default\";q=1;w=300")
                .body("{\"success\":true,\"result\":true}"));

        keep();
        cloudflare.request();

        readWithTheToken();
        assertThat(left()).isGreaterThan(100);
    }

    @Test
    void aPassGoesOutWhileTheTokenIsRefusedAndTakesNoProbeFromIt() {
        cloudflare.refuses(403, 9109, "Invalid access token");
        failing(() -> cloudflare.deploy().triggers().customDomains("w"));
        Postponed held = (Postponed)
                failing(() -> cloudflare.deploy().triggers().customDomains("w")).failure();
        assertThat(held.cause()).isEqualTo(Cause.AUTH_GATE);
        cloudflare.request();

        cloudflare.result("true");
        keep();
        cloudflare.request();
        cloudflare.ticker.pass(held.pause());
        cloudflare.result("true").answers(500, "").answers(401, "");
        keep();
        failing(this::keep);
        failing(this::keep);

        assertThat(cloudflare.server.getRequestCount()).isEqualTo(5);
        for (int i = 0; i < 3; i++) {
            cloudflare.request();
        }
        readWithTheToken();
    }
}

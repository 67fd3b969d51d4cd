package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.TOKEN;
import static io.maildomain.operator.cloudflare.FakeCloudflare.ZONE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Everything that can fail fails here, against a server that echoes the token wherever it can. */
class SecrecyTest {
    private final FakeCloudflare cloudflare = new FakeCloudflare();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.maildomain");
    private final Level rootLevel = root.getLevel();
    private final Level ourLevel = ours.getLevel();

    @BeforeEach
    void listen() {
        root.setLevel(Level.TRACE);
        ours.setLevel(Level.TRACE);
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
        root.setLevel(rootLevel);
        ours.setLevel(ourLevel);
        cloudflare.close();
    }

    @Test
    void noTextThatComesOutOfTheClientEverHoldsTheToken() {
        cloudflare
                .answers(400, FakeCloudflare.refusal(6003, "Invalid header Authorization: Bearer " + TOKEN))
                .answers(403, "Bearer " + TOKEN)
                .answers(200, "Bearer " + TOKEN)
                .answers(200, "{\"success\":\"" + TOKEN + "\"}")
                .answers(200, FakeCloudflare.refusal(1, TOKEN))
                .answers(new MockResponse.Builder().code(302).setHeader("Location", "http://" + TOKEN))
                .answers(new MockResponse.Builder()
                        .code(429)
                        .setHeader("Retry-After", TOKEN)
                        .setHeader("Content-Type", TOKEN)
                        .setHeader("Ratelimit", TOKEN))
                .answers(new MockResponse.Builder()
                        .setHeader("Content-Type", TOKEN)
                        .body("x"))
                .answers(new MockResponse.Builder().status("HTTP/1.1 500 " + TOKEN))
                .answers(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()))
                .answers(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()))
                .answers(403, FakeCloudflare.refusal(9109, "Invalid access token " + TOKEN));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            CloudflareException exception = failing(() -> cloudflare.client().zone(ZONE));
            StringWriter trace = new StringWriter();
            exception.printStackTrace(new PrintWriter(trace));
            texts.add(trace.toString());
            texts.add(exception.failure().toString());
            // Past every gate and quarantine but the last, whose words are to be seen.
            if (i < 10) {
                cloudflare.ticker.pass(Duration.ofHours(1));
            }
        }
        texts.add(cloudflare.client().toString() + cloudflare.clients() + cloudflare.metrics.getMetersAsString());
        log.list.forEach(event -> texts.add(event.getLoggerName() + event.getFormattedMessage()));

        assertThat(log.list).hasSizeGreaterThan(10);
        assertThat(texts).anyMatch(text -> text.contains("[redacted]")).noneMatch(text -> text.contains(TOKEN));
    }
}

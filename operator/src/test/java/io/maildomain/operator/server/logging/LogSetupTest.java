package io.maildomain.operator.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.operator.config.OperatorSettings.LogFormat;
import io.maildomain.operator.config.OperatorSettings.LogLevel;
import io.maildomain.operator.config.OperatorSettings.Logging;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

@ResourceLock(Resources.SYSTEM_ERR)
class LogSetupTest {

    private static final String TOKEN = "simulator-token-that-may-do-everything-00";

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Redactor redactor = new Redactor();

    @AfterEach
    void restore() throws Exception {
        System.setErr(before);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        JoranConfigurator tests = new JoranConfigurator();
        tests.setContext(context);
        tests.doConfigure(LogSetupTest.class.getResource("/logback-test.xml"));
    }

    @Test
    void jsonIsOneObjectPerLine() throws Exception {
        apply(LogFormat.JSON, LogLevel.INFO);
        LoggerFactory.getLogger("io.maildomain.test").info("created {}\nrules", 5);

        JsonNode entry = new ObjectMapper().readTree(written());
        assertThat(written().strip().lines()).hasSize(1);
        assertThat(entry.get("level").asText()).isEqualTo("INFO");
        assertThat(entry.get("formattedMessage").asText()).isEqualTo("created 5\nrules");
        assertThat(entry.get("loggerName").asText()).isEqualTo("io.maildomain.test");
    }

    @Test
    void textKeepsAnEntryOnItsLine() {
        apply(LogFormat.TEXT, LogLevel.INFO);
        LoggerFactory.getLogger("io.maildomain.test").info("one\nINFO forged");
        assertThat(written().strip().lines()).hasSize(1);
        assertThat(written()).contains("one | INFO forged");
    }

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void noTokenGetsThrough(LogFormat format) {
        redactor.protect(TOKEN);
        apply(format, LogLevel.INFO);
        LoggerFactory.getLogger("io.maildomain.test")
                .error("with {} and Authorization: Bearer abcdefgh", TOKEN, new IllegalStateException("in " + TOKEN));
        assertThat(written()).contains("***").doesNotContain(TOKEN, "abcdefgh");
    }

    @Test
    void librariesAreQuieterThanWeAre() {
        apply(LogFormat.TEXT, LogLevel.INFO);
        LoggerFactory.getLogger("io.javaoperatorsdk.operator.Operator").info("chatter");
        LoggerFactory.getLogger("io.fabric8.kubernetes.client.informers.impl.cache.Reflector")
                .warn("lost watch");
        LoggerFactory.getLogger("io.maildomain.test").info("ours");
        assertThat(written()).contains("ours").doesNotContain("chatter", "lost watch");
    }

    @ParameterizedTest
    @EnumSource(LogLevel.class)
    void httpBodiesAndHeadersAreNeverLogged(LogLevel level) {
        var levels = LogSetup.levels(level);
        assertThat(levels.get("io.fabric8.kubernetes.client.http").isGreaterOrEqual(Level.INFO))
                .isTrue();
        assertThat(levels.get("okhttp3").isGreaterOrEqual(Level.WARN)).isTrue();
        assertThat(levels.get("io.maildomain")).isEqualTo(Level.valueOf(level.name()));
    }

    @Test
    void textSaysWhichResourceAnEntryIsAbout() {
        apply(LogFormat.TEXT, LogLevel.INFO);
        Logger logger = LoggerFactory.getLogger("io.maildomain.test");
        MDC.setContextMap(
                Map.of("resource.kind", "MailDomain", "resource.namespace", "mail", "resource.name", "example-com"));
        logger.info("created 5 rules");
        MDC.setContextMap(Map.of(
                "resource.kind",
                "CloudflareAccount",
                "resource.namespace",
                "no namespace",
                "resource.name",
                "default"));
        logger.info("expires");
        MDC.clear();
        logger.info("of no resource");

        assertThat(written())
                .contains(
                        " MailDomain mail/example-com: created 5 rules\n",
                        " CloudflareAccount default: expires\n",
                        "INFO  io.maildomain.test of no resource\n");
    }

    @Test
    void aFileChangesTheLevelWhileTheProcessRunsAndItsEndBringsTheOldOneBack(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("level");
        apply(LogFormat.TEXT, LogLevel.INFO);
        LogLevelFile followed = new LogLevelFile(file, LogLevel.INFO);
        Logger ours = LoggerFactory.getLogger("io.maildomain.test");
        Logger library = LoggerFactory.getLogger("io.fabric8.kubernetes.client.informers.impl.cache.Reflector");

        followed.look();
        assertThat(ours.isDebugEnabled()).isFalse();

        Files.writeString(file, "Debug\n");
        followed.look();
        assertThat(ours.isDebugEnabled()).isTrue();
        assertThat(library.isInfoEnabled()).isTrue();
        assertThat(LoggerFactory.getLogger("okhttp3").isInfoEnabled()).isFalse();

        Files.writeString(file, "chatty");
        followed.look();
        followed.look();
        assertThat(ours.isDebugEnabled()).isTrue();
        assertThat(written()).containsOnlyOnce("holds no log level").doesNotContain("chatty");

        Files.delete(file);
        followed.look();
        assertThat(ours.isDebugEnabled()).isFalse();
        assertThat(library.isWarnEnabled()).isFalse();
    }

    private void apply(LogFormat format, LogLevel level) {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        LogSetup.apply(new Logging(format, level, ""), redactor);
    }

    private String written() {
        return written.toString(StandardCharsets.UTF_8);
    }
}

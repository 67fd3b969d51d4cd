package io.maildomain.operator.server.logging;

import io.maildomain.operator.config.OperatorSettings.LogLevel;
import io.maildomain.operator.config.OperatorSettings.Logging;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that says how much is logged, such as a key of a mounted ConfigMap. It is read from time to time rather than watched: what the kubelet changes is a link, and
 * no event tells of that everywhere. Only who may write the file changes the level; nothing that is served does.
 */
public final class LogLevelFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogLevelFile.class);
    private static final Duration OFTEN = Duration.ofSeconds(10);
    private static final int LONGEST = 64;

    private final Path file;
    private final LogLevel configured;
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "log-level");
        thread.setDaemon(true);
        return thread;
    });
    private LogLevel now;
    private String complainedOf = "";

    /** Reads nothing yet. */
    LogLevelFile(Path file, LogLevel configured) {
        this.file = file;
        this.configured = configured;
        this.now = configured;
    }

    /** Follows the file from now on; where none is named, there is nothing to follow. */
    public static Optional<LogLevelFile> follow(Logging logging) {
        if (logging.levelFile().isBlank()) {
            return Optional.empty();
        }
        LogLevelFile followed = new LogLevelFile(Path.of(logging.levelFile()), logging.level());
        followed.reader.scheduleWithFixedDelay(followed::look, 0, OFTEN.toMillis(), TimeUnit.MILLISECONDS);
        return Optional.of(followed);
    }

    /** Takes over what the file says by now. */
    void look() {
        LogLevel wanted = wanted();
        if (wanted != now) {
            LogSetup.level(wanted);
            now = wanted;
            LOG.warn("The log level is {} from now on ({})", word(wanted), file);
        }
    }

    /** What cannot be understood changes nothing; a file that is gone, or empty, ends what it said. */
    private LogLevel wanted() {
        String says = content();
        if (says.isEmpty()) {
            return configured;
        }
        Optional<LogLevel> level = Arrays.stream(LogLevel.values())
                .filter(each -> word(each).equals(says))
                .findFirst();
        if (level.isEmpty() && !says.equals(complainedOf)) {
            LOG.warn("{} holds no log level: write error, warn, info, debug or trace", file);
        }
        complainedOf = level.isEmpty() ? says : "";
        return level.orElse(now);
    }

    private String content() {
        try (InputStream text = Files.newInputStream(file)) {
            return new String(text.readNBytes(LONGEST), StandardCharsets.UTF_8)
                    .strip()
                    .toLowerCase(Locale.ROOT);
        } catch (IOException notThere) {
            return "";
        }
    }

    private static String word(LogLevel level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}

package io.maildomain.operator.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.maildomain.operator.config.OperatorSettings.LogFormat;
import io.maildomain.operator.config.OperatorSettings.LogLevel;
import io.maildomain.operator.config.OperatorSettings.Logging;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets logback up from the settings. Logs go to standard error: standard output belongs to the verbs that print something. */
public final class LogSetup {

    /** What the SDK knows of a reconcile's resource; nothing where there is none. */
    private static final String RESOURCE =
            "%replace(%replace(%X{resource.kind} %X{resource.namespace}/%X{resource.name}: ){' (no namespace)?/', ' '}){'^ : $', ''}";

    private static final String TEXT = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24} " + RESOURCE
            + "%replace(%msg){'[\\r\\n]+', ' | '}%n";

    private LogSetup() {}

    /** Replaces whatever was set up before. */
    public static void apply(Logging logging, Redactor redactor) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();

        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder(context, logging.format(), redactor));
        console.start();

        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console);
        level(logging.level());
    }

    /** From now on so much is logged. */
    static void level(LogLevel level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Map<String, Level> levels = levels(level);
        // What only another level sets apart goes back to what its parent says.
        Stream.of(LogLevel.values())
                .flatMap(other -> levels(other).keySet().stream())
                .filter(logger -> !levels.containsKey(logger))
                .forEach(logger -> context.getLogger(logger).setLevel(null));
        levels.forEach((logger, its) -> context.getLogger(logger).setLevel(its));
    }

    /**
     * Libraries are one step quieter than we are. What they would say at the finest levels is never let out: HTTP bodies and headers of the Kubernetes client, which hold Secrets.
     */
    static Map<String, Level> levels(LogLevel level) {
        Level own = Level.valueOf(level.name());
        Level libraries =
                level.compareTo(LogLevel.INFO) <= 0 ? Level.WARN : level == LogLevel.DEBUG ? Level.INFO : Level.DEBUG;
        Level quiet = own.isGreaterOrEqual(libraries) ? own : libraries;
        Map<String, Level> levels = new LinkedHashMap<>();
        levels.put(Logger.ROOT_LOGGER_NAME, quiet);
        levels.put("io.maildomain", own);
        levels.put("io.fabric8.kubernetes.client.http", atLeast(Level.INFO, quiet));
        levels.put("okhttp3", atLeast(Level.WARN, quiet));
        if (level.compareTo(LogLevel.INFO) <= 0) {
            // Each failed renewal and each lost watch with a stack trace; we say both ourselves, in one line.
            levels.put("io.fabric8.kubernetes.client.extended.leaderelection", Level.ERROR);
            levels.put("io.fabric8.kubernetes.client.informers.impl.cache.Reflector", Level.ERROR);
            // Says once for each of our kinds that v1alpha1 is not stable: we know.
            levels.put("io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils", Level.ERROR);
        }
        return levels;
    }

    private static Level atLeast(Level floor, Level level) {
        return level.isGreaterOrEqual(floor) ? level : floor;
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogFormat format, Redactor redactor) {
        Encoder<ILoggingEvent> plain = format == LogFormat.JSON ? json(context) : text(context);
        RedactingEncoder redacting = new RedactingEncoder(plain, redactor);
        redacting.setContext(context);
        redacting.start();
        return redacting;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder json = new JsonEncoder();
        json.setContext(context);
        json.setWithSequenceNumber(false);
        json.setWithNanoseconds(false);
        json.setWithContext(false);
        json.setWithMarkers(false);
        json.setWithMessage(false);
        json.setWithArguments(false);
        json.setWithFormattedMessage(true);
        json.start();
        return json;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setCharset(StandardCharsets.UTF_8);
        text.setPattern(TEXT);
        text.start();
        return text;
    }
}

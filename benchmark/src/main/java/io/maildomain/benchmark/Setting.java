package io.maildomain.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How simulator and operator run.
 *
 * @param limit requests in a window; 0: no limit, and the simulator's answers tell of none
 * @param window how long the window is, for both of them
 * @param latency of each of Cloudflare's answers
 * @param flags of {@code run}, beside those that follow from the limit
 */
public record Setting(int limit, Duration window, Duration latency, List<String> flags) {

    /** The share of the limit that the operator may use: a fifth is its reserve for people, by default. */
    public static final double USABLE = 0.8;

    /** Five minutes, as Cloudflare's. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private static final String MAILBOXES = "--mailboxes=true";

    /** So much that the operator never waits for it. */
    private static final int UNLIMITED = 1_000_000;

    public Setting {
        flags = List.copyOf(flags);
    }

    /** Without a limit, at the operator's default times. */
    public static Setting unlimited() {
        return new Setting(0, WINDOW, Duration.ZERO, List.of());
    }

    /**
     * So many requests in Cloudflare's window, with that window and all of the operator's times so many times as short.
     * The reserve for people is the default one.
     */
    public static Setting limited(int limit, int speedup) {
        return new Setting(limit, WINDOW.dividedBy(speedup), Duration.ZERO, Pace.faster(speedup));
    }

    /** Without a limit, with all of the operator's times so many times as short. */
    public static Setting hurried(int speedup) {
        return new Setting(0, WINDOW, Duration.ZERO, Pace.faster(speedup));
    }

    /** The same with further flags of {@code run}, as {@code --name=value}, which come instead of those of their names. */
    public Setting with(String... more) {
        List<String> all = new ArrayList<>(flags);
        all.removeIf(flag -> Arrays.stream(more).anyMatch(other -> name(other).equals(name(flag))));
        all.addAll(List.of(more));
        return new Setting(limit, window, latency, all);
    }

    private static String name(String flag) {
        return flag.substring(0, flag.indexOf('='));
    }

    /** The same with answers that late. */
    public Setting withLatency(Duration late) {
        return new Setting(limit, window, late, flags);
    }

    /** The same with the preview kind Mailbox, of which as many may go at once as like. */
    public Setting withMailboxes() {
        return with(MAILBOXES, "--max-deletions=10000/10m");
    }

    /** Whether the preview kind Mailbox is on. */
    boolean hasMailboxes() {
        return flags.contains(MAILBOXES);
    }

    /** Values of the chart that go with the flags. */
    Map<String, Object> chartValues() {
        return hasMailboxes() ? Map.of("mailboxes", Map.of("enabled", true)) : Map.of();
    }

    /** How many requests the operator may make in a window. */
    public double usable() {
        return limit * USABLE;
    }

    List<String> simulatorFlags() {
        return List.of(
                "--rate-limit=" + (limit == 0 ? "off" : limit + "/" + window.toSeconds() + "s"),
                "--latency=" + latency.toMillis() + "ms");
    }

    List<String> operatorFlags() {
        List<String> all = new ArrayList<>(List.of(
                "--requests-per-window=" + (limit == 0 ? UNLIMITED : limit), "--window=" + window.toMillis() + "ms"));
        all.addAll(flags);
        return all;
    }
}

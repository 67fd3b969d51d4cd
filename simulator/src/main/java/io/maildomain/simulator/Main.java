package io.maildomain.simulator;

import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.limits.RateLimit;
import io.maildomain.simulator.quirks.Quirk;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code java -jar cloudflare-simulator.jar}. Exit codes: 1 a port or file cannot be used, 2 a wrong flag. */
@Command(
        name = "cloudflare-simulator",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "A stateful Cloudflare API for Email Routing, to test against without an account.",
        footerHeading = "%nDisputed behaviour (--quirk name=reading; the first reading is the default):%n")
public final class Main implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8787",
            description = "Listen on this port; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Listen on this address (default: ${DEFAULT-VALUE}). Control plane and page stay local.")
    private String host;

    @Option(
            names = "--dns-port",
            paramLabel = "PORT",
            description =
                    "Serve the zones' MX and TXT records by DNS on this UDP port of 127.0.0.1; 0 picks a free one.")
    private Integer dnsPort;

    @Option(
            names = "--open-control",
            description = "Serve control plane and page to every client that reaches the port. They need no token.")
    private boolean openControl;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "Load the state from this file if it is there, and keep it there.")
    private Path data;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Append each exchange of the API to this file, one line of JSON each.")
    private Path recording;

    @Option(
            names = "--latency",
            paramLabel = "TIME",
            defaultValue = "0ms",
            description = "Answer that late, e.g. 50ms.")
    private String latency;

    @Option(
            names = "--rate-limit",
            paramLabel = "N/SECONDSs",
            defaultValue = "1200/300s",
            description = "Requests per user and window, or off (default: ${DEFAULT-VALUE}, as Cloudflare's).")
    private String rateLimit;

    @Option(names = "--quirk", paramLabel = "NAME=READING", description = "Choose a reading; see below. Repeatable.")
    private Map<String, String> quirks = new LinkedHashMap<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    /** Runs the simulator until it is interrupted. */
    public static void main(String[] args) {
        CommandLine command = new CommandLine(new Main());
        command.getCommandSpec().usageMessage().footer(quirkLines());
        String implementation = Main.class.getPackage().getImplementationVersion();
        command.getCommandSpec().version("cloudflare-simulator " + (implementation == null ? "dev" : implementation));
        command.setParameterExceptionHandler((e, arguments) -> {
            System.err.println("cloudflare-simulator: " + e.getMessage() + " (--help lists the flags)");
            return CommandLine.ExitCode.USAGE;
        });
        int exitCode = command.execute(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    private static String[] quirkLines() {
        String[] lines = new String[Quirk.values().length];
        for (Quirk quirk : Quirk.values()) {
            lines[quirk.ordinal()] =
                    "  " + quirk.label() + "=" + String.join("|", quirk.readings()) + "%n      " + quirk.meaning();
        }
        return lines;
    }

    @Override
    public Integer call() throws InterruptedException {
        SimulatorOptions options;
        try {
            options = options();
        } catch (IllegalArgumentException e) {
            return complain(e.getMessage() + " (--help lists the flags)", CommandLine.ExitCode.USAGE);
        }
        Simulator simulator;
        try {
            simulator = Simulator.start(options);
        } catch (IllegalArgumentException e) {
            return complain(e.getMessage() + " (--help lists the flags)", CommandLine.ExitCode.USAGE);
        } catch (UncheckedIOException e) {
            return complain(e.getMessage(), CommandLine.ExitCode.SOFTWARE);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "stop"));
        System.out.println("listening on " + simulator.apiUri());
        System.out.println(
                "token " + simulator.startToken() + " may do everything in account " + simulator.accountId());
        simulator.dnsAddress().ifPresent(address -> System.out.println("dns on " + address));
        System.out.println("control plane: " + simulator.baseUri().resolve("/_simulator"));
        System.out.flush();
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    private SimulatorOptions options() {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--port must be from 0 to 65535, not " + port);
        }
        Duration late = Fault.duration(latency);
        SimulatorOptions options = SimulatorOptions.defaults()
                .withHost(host)
                .withPort(port)
                .withLatency(late)
                .withRateLimit(RateLimit.of(rateLimit));
        if (dnsPort != null) {
            if (dnsPort < 0 || dnsPort > 65_535) {
                throw new IllegalArgumentException("--dns-port must be from 0 to 65535, not " + dnsPort);
            }
            options = options.withDnsPort(dnsPort);
        }
        for (var quirk : quirks.entrySet()) {
            options = options.withQuirk(quirk.getKey(), quirk.getValue());
        }
        options = openControl ? options.withOpenControl() : options;
        options = data == null ? options : options.withData(data);
        return recording == null ? options : options.withRecording(recording);
    }

    private static int complain(String message, int exitCode) {
        System.err.println("cloudflare-simulator: " + message);
        return exitCode;
    }
}

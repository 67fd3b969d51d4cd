package io.maildomain.simulator;

import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Api;
import io.maildomain.simulator.api.Request;
import io.maildomain.simulator.control.ControlRoutes;
import io.maildomain.simulator.control.Controls;
import io.maildomain.simulator.data.DataFile;
import io.maildomain.simulator.engine.Engine;
import io.maildomain.simulator.faults.Outcome;
import io.maildomain.simulator.hosts.HostAnswers;
import io.maildomain.simulator.http.ExchangeListener;
import io.maildomain.simulator.http.HttpServer;
import io.maildomain.simulator.nameserver.NameServer;
import io.maildomain.simulator.page.StatePage;
import io.maildomain.simulator.record.Recorder;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A running simulator. */
public final class Simulator implements AutoCloseable {

    /** The page has neither scripts nor anything from elsewhere. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

    private final Controls controls;
    private final HttpServer server;
    private final URI baseUri;
    private final String dnsAddress;
    private final List<AutoCloseable> files;

    private Simulator(Controls controls, HttpServer server, URI baseUri, String dnsAddress, List<AutoCloseable> files) {
        this.controls = controls;
        this.server = server;
        this.baseUri = baseUri;
        this.dnsAddress = dnsAddress;
        this.files = files;
    }

    /**
     * Starts a simulator; when this returns, it serves.
     *
     * @throws UncheckedIOException saying in one line which port or file cannot be used
     * @throws IllegalArgumentException saying in one line which option is wrong
     */
    public static Simulator start(SimulatorOptions options) {
        Listening listening = options.listening();
        Engine engine = new Engine(options.clock(), options.rateLimit());
        Controls controls = new Controls(engine);
        List<AutoCloseable> files = new ArrayList<>();
        try {
            options.data().ifPresent(file -> files.add(dataFile(file, engine)));
            controls.quirks(options.quirks());
            Optional<Recorder> recorder = options.recording().map(Simulator::recorder);
            recorder.ifPresent(files::add);
            ControlRoutes control = new ControlRoutes(engine, controls);
            HttpServer server = HttpServer.start(
                    listening.host(),
                    listening.port(),
                    (request, local) -> serveOrConfess(engine, control, request, local || listening.controlIsOpen()),
                    options.clock(),
                    recorder.<ExchangeListener>map(r -> r::record).orElse((request, answer, headers, faulty) -> {}),
                    options.latency());
            Optional<NameServer> names = nameServer(listening, engine);
            names.ifPresent(files::add);
            URI uri = URI.create("http://" + shown(listening.host()) + ":" + server.port());
            return new Simulator(
                    controls, server, uri, names.map(NameServer::address).orElse(""), files);
        } catch (IOException e) {
            closeAll(files);
            throw new UncheckedIOException(
                    "cannot listen on " + shown(listening.host()) + ":" + listening.port() + ": " + reason(e), e);
        } catch (RuntimeException e) {
            closeAll(files);
            throw e;
        }
    }

    /** A bug of ours must not look like an answer of Cloudflare's. */
    private static Outcome serveOrConfess(Engine engine, ControlRoutes control, Request request, boolean trusted) {
        try {
            return serve(engine, control, request, trusted);
        } catch (RuntimeException e) {
            e.printStackTrace();
            return Outcome.plain(Answer.text(500, "text/plain; charset=UTF-8", "The simulator has a bug: " + e + "\n"));
        }
    }

    private static Outcome serve(Engine engine, ControlRoutes control, Request request, boolean trusted) {
        if (Api.covers(request.path())) {
            return engine.serve(request);
        }
        if (ControlRoutes.covers(request.path())) {
            return Outcome.plain(control.answer(request, trusted));
        }
        Optional<Answer> ofHost = engine.with(world -> HostAnswers.to(request, world));
        if (ofHost.isPresent()) {
            return Outcome.plain(ofHost.get());
        }
        if (request.path().equals("/") && trusted) {
            String address = request.query().first("to").orElse("");
            String page = engine.with(world -> StatePage.of(world, address));
            return Outcome.plain(
                    Answer.text(200, "text/html; charset=UTF-8", page).with("Content-Security-Policy", POLICY));
        }
        return Outcome.plain(Answer.text(
                request.path().equals("/") ? 200 : 404,
                "text/plain; charset=UTF-8",
                "Cloudflare API simulator. The API lies under " + Api.BASE_PATH + ", the control plane under "
                        + ControlRoutes.BASE_PATH + ".\n"));
    }

    private static Optional<NameServer> nameServer(Listening listening, Engine engine) {
        if (listening.dnsPort() < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(NameServer.start(listening.dnsPort(), engine));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot serve DNS on port " + listening.dnsPort() + ": " + reason(e), e);
        }
    }

    private static DataFile dataFile(Path file, Engine engine) {
        try {
            return DataFile.open(file, engine, System.err::println);
        } catch (IOException e) {
            throw new UncheckedIOException("data file " + file + ": " + reason(e), e);
        }
    }

    private static Recorder recorder(Path file) {
        try {
            return Recorder.to(file);
        } catch (IOException e) {
            throw new UncheckedIOException("recording " + file + ": " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        return e.getCause() instanceof BindException bind ? bind.getMessage() : e.getMessage();
    }

    private static String shown(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** Where it listens, e.g. {@code http://127.0.0.1:8787}. */
    public URI baseUri() {
        return baseUri;
    }

    /** What clients take for Cloudflare's API, e.g. {@code http://127.0.0.1:8787/client/v4}. */
    public URI apiUri() {
        return baseUri.resolve(Api.BASE_PATH);
    }

    /** Where it serves the zones' records by DNS, as {@code host:port}; empty where it does not. */
    public Optional<String> dnsAddress() {
        return Optional.of(dnsAddress).filter(address -> !address.isEmpty());
    }

    /** The part of all others. */
    public Controls controls() {
        return controls;
    }

    /** The token that may do everything. */
    public String startToken() {
        return Token.START_VALUE;
    }

    /** The account that is there from the start. */
    public String accountId() {
        return Account.DEFAULT_ID;
    }

    /** Stops serving, and writes what is not yet written. */
    @Override
    public void close() {
        server.close();
        closeAll(files);
    }

    private static void closeAll(List<AutoCloseable> files) {
        for (AutoCloseable file : files) {
            try {
                file.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot close a file: " + e.getMessage(), e);
            }
        }
    }
}

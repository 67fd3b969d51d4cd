package io.maildomain.harness;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Stands between a client and Cloudflare's API (the simulator, in tests) and changes answers on their way back: what the
 * simulator has no fault or reading for. Requests arrive unchanged, so whatever they do is done.
 *
 * <pre>{@code
 * proxy.change("GET", "/email/routing/rules\\?", answer -> answer.json(body -> body.putArray("result")));
 * }</pre>
 */
public final class AnswerProxy implements AutoCloseable {

    /** What this connection sets itself, or must not pass on. */
    private static final Set<String> OWN_HEADERS =
            Set.of("connection", "content-length", "host", "transfer-encoding", "accept-encoding", "upgrade");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Rewrite> rewrites = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(AnswerProxy::daemon);
    private final URI upstream;
    private final ServerSocket socket;

    private AnswerProxy(URI upstream, ServerSocket socket) {
        this.upstream = upstream;
        this.socket = socket;
        threads.execute(this::accept);
    }

    /** Which answers are changed, how often still, and how. */
    private record Rewrite(String method, Pattern path, AtomicInteger times, UnaryOperator<Answer> change) {

        boolean isFor(String asked, String target) {
            return method.equals(asked) && path.matcher(target).find();
        }
    }

    /** @param baseUrl of the API that answers, ending with {@code /client/v4} */
    public static AnswerProxy before(URI baseUrl) {
        try {
            return new AnswerProxy(baseUrl, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new HarnessException("no port for a proxy: " + e.getMessage(), e);
        }
    }

    /** What the client is to take for the API's base URL. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + upstream.getPath());
    }

    /**
     * Changes every matching answer from now on. Several that match are applied in the order in which they were given.
     *
     * @param path a regular expression, looked for in the whole path with its query
     */
    public AnswerProxy change(String method, String path, UnaryOperator<Answer> change) {
        return change(method, path, Integer.MAX_VALUE, change);
    }

    /** The same only for the next {@code times} matching answers. */
    public AnswerProxy change(String method, String path, int times, UnaryOperator<Answer> change) {
        rewrites.add(new Rewrite(method, Pattern.compile(path), new AtomicInteger(times), change));
        return this;
    }

    /** From now on answers go back as they are. */
    public void changeNothing() {
        rewrites.clear();
    }

    /** What was asked so far: {@code GET /client/v4/zones?page=1}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // The next turn ends the loop where the proxy was closed.
            }
        }
    }

    /** One exchange: connections are not kept, so that there is nothing else to get right. */
    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            HttpHead head = HttpHead.read(in);
            if (head.isEmpty()) {
                return;
            }
            String[] start = head.firstLine().split(" ");
            requests.add(start[0] + " " + start[1]);
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(upstream.resolve(start[1])).timeout(Duration.ofSeconds(60));
            head.headers().forEach((name, value) -> {
                if (!OWN_HEADERS.contains(name)) {
                    request.header(name, value);
                }
            });
            int length = head.contentLength();
            byte[] body = in.readNBytes(length);
            request.method(start[0], length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
            Answer answer = answer(http.send(request.build(), BodyHandlers.ofString()));
            client.getOutputStream().write(changed(start[0], start[1], answer).wire());
        } catch (IOException e) {
            // To the client this is a broken connection, as it would be without a proxy.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer changed(String method, String target, Answer answer) {
        Answer result = answer;
        for (Rewrite rewrite : rewrites) {
            if (rewrite.isFor(method, target) && rewrite.times().getAndDecrement() > 0) {
                result = rewrite.change().apply(result);
            }
        }
        return result;
    }

    private static Answer answer(HttpResponse<String> response) {
        TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().map().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, values.get(0));
            }
        });
        return new Answer(
                response.statusCode(),
                headers,
                Optional.ofNullable(response.body()).orElse(""));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "answer-proxy");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new HarnessException("the proxy's port stays open: " + e.getMessage(), e);
        } finally {
            threads.shutdownNow();
        }
    }
}

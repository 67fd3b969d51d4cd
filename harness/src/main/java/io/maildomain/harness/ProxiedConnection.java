package io.maildomain.harness;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One connection through an {@link ApiServerProxy}: requests are read one by one, answers pass as they come. */
final class ProxiedConnection {

    /** An event of a watch is a line, and its chunk ends behind it; so does the head of the answer. */
    private static final String BETWEEN_EVENTS = "\n\r\n";

    private final ApiServerProxy proxy;
    private final Socket operator;
    private final Socket server;
    private volatile ApiServerRequest current;
    private volatile Optional<Interference> interference = Optional.empty();
    private volatile boolean answered;
    private volatile boolean watching;
    private String written = "";

    ProxiedConnection(ApiServerProxy proxy, Socket operator, Socket server) {
        this.proxy = proxy;
        this.operator = operator;
        this.server = server;
    }

    /** From the operator to the server, until one of them is gone. */
    void requests() {
        try {
            InputStream in = new BufferedInputStream(operator.getInputStream());
            for (HttpHead head = HttpHead.read(in); !head.isEmpty(); head = HttpHead.read(in)) {
                if ("websocket".equalsIgnoreCase(head.headers().get("upgrade"))) {
                    if (proxy.allowsWebSockets()) {
                        server.getOutputStream().write(head.bytes());
                        in.transferTo(server.getOutputStream());
                        return;
                    }
                    // Then the client asks again by plain HTTP.
                    write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                } else {
                    byte[] body = in.readNBytes(head.contentLength());
                    request(ApiServerRequest.of(head.firstLine(), body), head.bytes(), body);
                }
            }
        } catch (IOException gone) {
            // One of the two is: the other sees its connection closed.
        } finally {
            close();
        }
    }

    private void request(ApiServerRequest request, byte[] head, byte[] body) throws IOException {
        Optional<Interference> found = proxy.meets(request);
        if (found.isPresent() && found.get() instanceof Interference.Refusal refusal) {
            refuse(refusal.status());
            return;
        }
        if (found.isPresent() && found.get() instanceof Interference.Loss loss && !loss.afterTheEffect()) {
            throw new IOException("lost on its way there");
        }
        if (found.isPresent() && found.get() instanceof Interference.Hold hold && !hold.isAfterTheEffect()) {
            hold.await();
            found = Optional.empty();
        }
        current = request;
        interference = found;
        answered = false;
        OutputStream out = server.getOutputStream();
        out.write(head);
        out.write(body);
        out.flush();
    }

    private void refuse(int status) throws IOException {
        String reason = status == 410 ? "Expired" : status == 409 ? "Conflict" : "InternalError";
        String body = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + status
                + ",\"reason\":\"" + reason + "\",\"message\":\"broken by the test\"}";
        write("HTTP/1.1 " + status + " " + reason + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    /** From the server to the operator. */
    void answers() {
        try {
            InputStream in = server.getInputStream();
            byte[] buffer = new byte[16_384];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                if (!answered) {
                    answered = true;
                    begin(text);
                }
                write(text);
            }
        } catch (IOException gone) {
            // One of the two is: the other sees its connection closed.
        } finally {
            close();
        }
    }

    private void begin(String answer) throws IOException {
        if (interference.isPresent() && interference.get() instanceof Interference.Loss) {
            throw new IOException("lost on its way back");
        }
        if (interference.isPresent() && interference.get() instanceof Interference.Hold hold) {
            hold.await();
        }
        watching = current != null && current.isWatch() && answer.startsWith("HTTP/1.1 200");
        if (watching) {
            proxy.watchBegins();
        }
    }

    private synchronized void write(String text) throws IOException {
        operator.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        operator.getOutputStream().flush();
        written = text;
        notifyAll();
    }

    /** The watch that is open here just now. */
    Optional<ApiServerRequest> watch() {
        return watching && !operator.isClosed() ? Optional.of(current) : Optional.empty();
    }

    /** The watch that is open here gets this line next, between two events. */
    synchronized void sayInWatch(String line) {
        try {
            while (!written.endsWith(BETWEEN_EVENTS) && !operator.isClosed()) {
                wait(100);
            }
            int length = line.getBytes(StandardCharsets.UTF_8).length + 1;
            write(Integer.toHexString(length) + "\r\n" + line + "\n\r\n");
        } catch (IOException ended) {
            // It ended by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        try (operator;
                server) {
            proxy.ended(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

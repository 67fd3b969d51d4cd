package io.maildomain.simulator;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** A form of several parts in the making. */
final class Form {

    private static final String BOUNDARY = "----a-boundary";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** A Worker of one module. */
    static Form worker(String metadata, String code) {
        return new Form().field("metadata", metadata).file("index.js", "application/javascript+module", code);
    }

    Form field(String name, String value) {
        write("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
        return this;
    }

    Form file(String name, String type, String content) {
        write("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + name
                + "\"\r\nContent-Type: " + type + "\r\n\r\n" + content + "\r\n");
        return this;
    }

    private void write(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    Reply send(Client client, String method, String path) {
        return send(client, method, path, "Bearer " + client.token());
    }

    Reply send(Client client, String method, String path, String authorization) {
        byte[] bytes =
                (body.toString(StandardCharsets.UTF_8) + "--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
        return Client.exchange(client.request(method, path, null)
                .method(method, BodyPublishers.ofByteArray(bytes))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .header("Authorization", authorization));
    }
}

package io.maildomain.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection through an {@link ApiGate}: requests are read one by one, answers pass as they come. */
final class Passage {

    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)");
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final ApiGate gate;
    private final Socket operator;
    private final Socket server;
    private volatile ApiGate.Hold muting;

    Passage(ApiGate gate, Socket operator, Socket server) {
        this.gate = gate;
        this.operator = operator;
        this.server = server;
    }

    /** From the operator to the server, until one of them is gone. */
    void requests() {
        try (operator;
                server) {
            InputStream in = new BufferedInputStream(operator.getInputStream());
            OutputStream out = server.getOutputStream();
            for (byte[] head = head(in); head.length > 0; head = head(in)) {
                String text = new String(head, StandardCharsets.ISO_8859_1);
                byte[] body = in.readNBytes(length(text));
                Optional<WriteSpot.Seen> write = WriteSpot.seen(text.substring(0, text.indexOf('\r')));
                ApiGate.Hold hold = write.map(gate::met).orElse(null);
                if (ApiGate.stops(hold, Moment.BEFORE)) {
                    awaitEnd(in);
                    return;
                }
                muting = hold;
                out.write(head);
                out.write(body);
                out.flush();
                if (text.toLowerCase(Locale.ROOT).contains("\r\nupgrade:")) {
                    in.transferTo(out);
                }
            }
        } catch (IOException gone) {
            // One of the two is: the other sees its connection closed.
        }
    }

    /** From the server to the operator. */
    void answers() {
        try (operator;
                server) {
            InputStream in = server.getInputStream();
            OutputStream out = operator.getOutputStream();
            byte[] buffer = new byte[16384];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!ApiGate.stops(muting, Moment.AFTER)) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } catch (IOException gone) {
            // One of the two is: the other sees its connection closed.
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < END.length) {
            int next = in.read();
            if (next < 0) {
                return new byte[0];
            }
            head.write(next);
            matched = next == END[matched] ? matched + 1 : next == END[0] ? 1 : 0;
        }
        return head.toByteArray();
    }

    private static int length(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        if (lower.contains("\r\ntransfer-encoding:")) {
            throw new IllegalStateException("a chunked request, which this gate does not know: " + head);
        }
        Matcher length = LENGTH.matcher(lower);
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }

    private static void awaitEnd(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }
}

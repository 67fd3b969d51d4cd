package io.maildomain.simulator.nameserver;

import io.maildomain.simulator.state.DnsRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A question of a DNS message (RFC 1035, 4), and the answers that it can get.
 *
 * @param head the message up to the end of its question, which each answer repeats
 * @param name lower case, without the last dot
 * @param type such as {@code MX}; the number where it is no type that is served
 */
record Question(byte[] head, String name, String type) {

    private static final int HEADER = 12;
    private static final int POINTER_TO_NAME = 0xC000 | HEADER;
    private static final int ANSWER = 0x8400;
    private static final int NO_SUCH_NAME = 3;
    private static final int REFUSED = 5;
    private static final int INTERNET = 1;
    private static final int TIME_TO_LIVE = 1;
    private static final int LONGEST_STRING = 255;
    private static final Map<Integer, String> TYPES = Map.of(15, "MX", 16, "TXT");

    /** The one question in the message; empty where there is none, or it cannot be read. */
    static Optional<Question> in(byte[] message) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(message);
            if (buffer.getShort(4) != 1 || buffer.get(2) < 0) {
                return Optional.empty();
            }
            buffer.position(HEADER);
            List<String> labels = new ArrayList<>();
            for (int length = buffer.get(); length > 0; length = buffer.get()) {
                byte[] label = new byte[length];
                buffer.get(label);
                labels.add(new String(label, StandardCharsets.US_ASCII));
            }
            int type = buffer.getShort();
            buffer.getShort();
            byte[] head = Arrays.copyOf(message, buffer.position());
            String name = String.join(".", labels).toLowerCase(Locale.ROOT);
            return Optional.of(new Question(head, name, TYPES.getOrDefault(type, String.valueOf(type))));
        } catch (BufferUnderflowException | IndexOutOfBoundsException unreadable) {
            return Optional.empty();
        }
    }

    /** No zone of ours. */
    byte[] refused() {
        return message(REFUSED, List.of());
    }

    /** These records; none where the name has others, or does not exist. */
    byte[] answered(boolean exists, List<DnsRecord> records) {
        return message(exists ? 0 : NO_SUCH_NAME, records);
    }

    private byte[] message(int code, List<DnsRecord> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(head, 0, 2);
            out.writeShort((code == REFUSED ? 0x8000 : ANSWER) | code);
            out.writeShort(1);
            out.writeShort(records.size());
            out.writeInt(0);
            out.write(head, HEADER, head.length - HEADER);
            for (DnsRecord record : records) {
                byte[] data = record.isMx() ? mx(record) : txt(record);
                out.writeShort(POINTER_TO_NAME);
                out.writeShort(record.isMx() ? 15 : 16);
                out.writeShort(INTERNET);
                out.writeInt(TIME_TO_LIVE);
                out.writeShort(data.length);
                out.write(data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] mx(DnsRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int priority = record.priority() == null ? 0 : record.priority();
        bytes.write(priority >> 8);
        bytes.write(priority);
        for (String label : record.content().split("\\.")) {
            bytes.write(label.length());
            bytes.write(label.getBytes(StandardCharsets.US_ASCII));
        }
        bytes.write(0);
        return bytes.toByteArray();
    }

    private static byte[] txt(DnsRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] text = record.text().getBytes(StandardCharsets.UTF_8);
        for (int start = 0; start == 0 || start < text.length; start += LONGEST_STRING) {
            int length = Math.min(LONGEST_STRING, text.length - start);
            bytes.write(length);
            bytes.write(text, start, length);
        }
        return bytes.toByteArray();
    }
}

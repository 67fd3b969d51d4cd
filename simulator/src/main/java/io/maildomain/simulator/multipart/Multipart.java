package io.maildomain.simulator.multipart;

import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a form apart. */
public final class Multipart {

    private static final String TYPE = "multipart/form-data";
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))");
    private static final byte[] LINE = {'\r', '\n'};
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};
    private static final int MOST_PARTS = 20_000;

    private Multipart() {}

    /** Whether the request says that its body is a form of several parts. */
    public static boolean isSent(Request request) {
        return request.header("content-type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith(TYPE))
                .isPresent();
    }

    /**
     * The parts in their order.
     *
     * @throws Refusal 400 where the body is no such form
     */
    public static List<Part> of(Request request) {
        Matcher boundary = BOUNDARY.matcher(request.header("content-type").orElse(""));
        if (!isSent(request) || !boundary.find()) {
            throw malformed();
        }
        String text = boundary.group(1) != null ? boundary.group(1) : boundary.group(2);
        byte[] delimiter = ("--" + text).getBytes(StandardCharsets.UTF_8);
        byte[] body = request.body();
        List<Part> parts = new ArrayList<>();
        int at = indexOf(body, delimiter, 0);
        while (at >= 0) {
            int start = at + delimiter.length;
            if (startsWith(body, start, new byte[] {'-', '-'})) {
                return parts;
            }
            if (!startsWith(body, start, LINE) || parts.size() == MOST_PARTS) {
                throw malformed();
            }
            at = indexOf(body, delimiter, start);
            if (at < 0) {
                throw malformed();
            }
            parts.add(part(Arrays.copyOfRange(body, start, at)));
        }
        throw malformed();
    }

    /** The part of that name, if there is one. */
    public static Optional<Part> named(List<Part> parts, String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    /** From the line end behind the delimiter to the next delimiter. */
    private static Part part(byte[] raw) {
        int end = indexOf(raw, BLANK_LINE, 0);
        boolean closed = raw.length >= LINE.length && startsWith(raw, raw.length - LINE.length, LINE);
        int from = end + BLANK_LINE.length;
        if (end < 0 || !closed || from > raw.length - LINE.length) {
            throw malformed();
        }
        String disposition = "";
        String type = "";
        for (String line : new String(raw, 0, end, StandardCharsets.UTF_8).split("\r\n")) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            if (name.equals("content-disposition")) {
                disposition = line.substring(colon + 1);
            } else if (name.equals("content-type")) {
                type = line.substring(colon + 1).strip();
            }
        }
        return new Part(
                parameter(disposition, "name"),
                parameter(disposition, "filename"),
                type,
                Arrays.copyOfRange(raw, from, raw.length - LINE.length));
    }

    private static String parameter(String disposition, String name) {
        Matcher matcher = Pattern.compile("[;\\s]" + name + "=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]+))")
                .matcher(disposition);
        if (!matcher.find()) {
            return "";
        }
        String value = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return value.replaceAll("\\\\(.)", "$1").replace("%22", "\"");
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (int i = from; i <= bytes.length - wanted.length; i++) {
            if (startsWith(bytes, i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] bytes, int from, byte[] wanted) {
        return from + wanted.length <= bytes.length
                && Arrays.equals(bytes, from, from + wanted.length, wanted, 0, wanted.length);
    }

    private static Refusal malformed() {
        return new Refusal(400, 10001, "The body is no well-formed multipart/form-data");
    }
}

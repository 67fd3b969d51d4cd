package io.maildomain.operator.it;

import io.maildomain.harness.Checkout;
import io.maildomain.harness.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation in the order in which people read it.
 *
 * @param file below the repository's top folder
 */
record GuidePage(String file, List<Passage> passages) {

    private static final Pattern VARYING = Pattern.compile("…|\\b\\d{4}-\\d\\d-\\d\\dT\\S+|\\b\\d+[smhd]\\b");

    /** What stands on it. */
    sealed interface Passage permits Prose, Command, Manifest {

        /** The heading of the second level above it; "" before the first. */
        String section();
    }

    /** A line of running text, or a heading. */
    record Prose(String section, String text) implements Passage {}

    /**
     * A line for a shell, continuation lines included.
     *
     * @param line counted from 1
     * @param shown what the page says that it prints; "" where it says nothing
     */
    record Command(String section, String file, int line, String text, String shown) implements Passage {

        /** Its first word. */
        String program() {
            return text.split("\\s+")[0];
        }

        /** What it should print, on one line; times, ages and what the page leaves out are what they are. */
        Pattern expected() {
            String text = oneLine(shown);
            Matcher varying = VARYING.matcher(text);
            StringBuilder regex = new StringBuilder();
            int end = 0;
            while (varying.find()) {
                regex.append(Pattern.quote(text.substring(end, varying.start())))
                        .append(varying.group().equals("…") ? ".+" : "\\S+");
                end = varying.end();
            }
            return Pattern.compile(regex + Pattern.quote(text.substring(end)));
        }

        /** Its words, without a comment. */
        List<String> words() {
            return List.of(
                    text.replaceFirst("\\s+# .*", "").replace("\\\n", " ").split("\\s+"));
        }

        @Override
        public String toString() {
            return file + ":" + line + ": " + text;
        }
    }

    /** A block of YAML: an object for {@code kubectl apply}, or values of the chart. */
    record Manifest(String section, String text) implements Passage {

        boolean isOfOurs() {
            return text.startsWith("apiVersion: maildomain.io/");
        }
    }

    static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    static GuidePage read(String file) {
        Path page = Checkout.find().root().resolve(file);
        try {
            return new GuidePage(file, new Reading(file).read(Files.readAllLines(page)));
        } catch (IOException e) {
            throw new HarnessException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The same page, as far as its sections are these. */
    GuidePage only(Predicate<String> sections) {
        return new GuidePage(
                file,
                passages.stream()
                        .filter(passage -> sections.test(passage.section()))
                        .toList());
    }

    /** The same page, as if it had no commands but those of this program. */
    GuidePage commandsOf(String program) {
        return new GuidePage(
                file,
                passages.stream()
                        .filter(passage -> !(passage instanceof Command command)
                                || command.program().equals(program))
                        .toList());
    }

    Stream<Command> commands() {
        return passages.stream().filter(Command.class::isInstance).map(Command.class::cast);
    }

    /** Reads a page line by line. */
    private static final class Reading {

        private final String file;
        private final List<Passage> passages = new ArrayList<>();
        private String section = "";

        Reading(String file) {
            this.file = file;
        }

        List<Passage> read(List<String> lines) {
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (!line.strip().startsWith("```")) {
                    section = line.startsWith("## ") ? line.substring(3) : section;
                    passages.add(new Prose(section, line));
                    continue;
                }
                int first = i + 1;
                i = endOfBlock(lines, first);
                block(line.strip().substring(3), first, lines.subList(first, i));
            }
            return List.copyOf(passages);
        }

        private static int endOfBlock(List<String> lines, int first) {
            int end = first;
            while (!lines.get(end).strip().equals("```")) {
                end++;
            }
            return end;
        }

        private void block(String language, int first, List<String> lines) {
            switch (language) {
                case "sh" -> script(first, lines);
                case "console" -> session(first, lines);
                case "yaml" -> passages.add(new Manifest(section, String.join("\n", lines) + "\n"));
                default ->
                    throw new HarnessException(file + ":" + first + ": a block of \"" + language
                            + "\" may hide a command; write sh, console or yaml");
            }
        }

        private void script(int first, List<String> lines) {
            StringBuilder command = new StringBuilder();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                command.append(line);
                if (line.endsWith("\\")) {
                    command.append('\n');
                } else if (!command.isEmpty()) {
                    passages.add(new Command(section, file, first + i + 1, command.toString(), ""));
                    command.setLength(0);
                }
            }
        }

        /** {@code $ } is before what people type. */
        private void session(int first, List<String> lines) {
            for (int i = 0; i < lines.size(); i++) {
                String command = lines.get(i).strip().substring(2);
                int line = first + i + 1;
                StringBuilder shown = new StringBuilder();
                while (i + 1 < lines.size() && !lines.get(i + 1).startsWith("$ ")) {
                    shown.append(lines.get(++i)).append('\n');
                }
                passages.add(new Command(section, file, line, command, shown.toString()));
            }
        }
    }
}

package io.maildomain.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command line that the documentation tells people to type.
 *
 * @param file where, below the repository's top folder
 * @param line counted from 1
 * @param text as a shell takes it, continuation lines included
 * @param fenced whether it stands in a block of its own, else in running text
 */
record DocumentedCommand(Path file, int line, String text, boolean fenced) {

    private static final Pattern FENCE = Pattern.compile("^\\s*```.*");
    /** What the chart's notes fill in. */
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{[^}]*\\.Release\\.Namespace[^}]*}}");

    /** Finds a program's command lines in one file after the other. */
    private record Scan(Pattern prompt, Pattern inline, List<DocumentedCommand> found) {

        /** In running text, what has no object, such as "kubectl explain", is a name and no command. */
        static Scan of(String program) {
            return new Scan(
                    Pattern.compile("^\\s*(?:\\$ )?(?=" + program + " )"),
                    Pattern.compile("`(" + program + " (?:-\\S+ \\S+ )*[a-z]+ [^`]+)`"),
                    new ArrayList<>());
        }

        void read(Path file, List<String> lines, boolean allIsCode) {
            boolean code = allIsCode;
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (FENCE.matcher(line).matches()) {
                    code = !code;
                } else if (code && prompt.matcher(line).find()) {
                    int first = i;
                    StringBuilder text = new StringBuilder(prompt.matcher(line).replaceFirst(""));
                    while (text.charAt(text.length() - 1) == '\\') {
                        text.append('\n').append(lines.get(++i));
                    }
                    found.add(new DocumentedCommand(file, first + 1, filledIn(text.toString()), true));
                } else if (!code) {
                    Matcher named = inline.matcher(line);
                    while (named.find()) {
                        found.add(new DocumentedCommand(file, i + 1, named.group(1), false));
                    }
                }
            }
        }
    }

    /** Those of a program in README, guides, examples and the chart's notes, in the order in which they stand there. */
    static List<DocumentedCommand> in(Path root, String program) throws IOException {
        Scan scan = Scan.of(program);
        for (Path file : documents(root)) {
            boolean notes = file.getFileName().toString().equals("NOTES.txt");
            scan.read(root.relativize(file), Files.readAllLines(file), notes);
        }
        return scan.found();
    }

    private static List<Path> documents(Path root) throws IOException {
        List<Path> documents = new ArrayList<>(
                List.of(root.resolve("README.md"), root.resolve("SECURITY.md"), root.resolve("CONTRIBUTING.md")));
        for (String folder : List.of("docs", "examples", "helm")) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md") || file.endsWith("NOTES.txt"))
                        .sorted()
                        .forEach(documents::add);
            }
        }
        return documents;
    }

    private static String filledIn(String text) {
        return TEMPLATE.matcher(text).replaceAll("mail-system");
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + text;
    }
}

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
 * A kubectl command line that the documentation tells people to type.
 *
 * @param file where, below the repository's top folder
 * @param line counted from 1
 * @param text as a shell takes it, continuation lines included
 */
record DocumentedCommand(Path file, int line, String text) {

    private static final Pattern FENCE = Pattern.compile("^\\s*```.*");
    private static final Pattern PROMPT = Pattern.compile("^\\s*(?:\\$ )?(?=kubectl )");
    /** In running text; what has no object, such as "kubectl explain", is a name and no command. */
    private static final Pattern INLINE = Pattern.compile("`(kubectl (?:-\\S+ \\S+ )*[a-z]+ [^`]+)`");
    /** What the chart's notes fill in. */
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{[^}]*\\.Release\\.Namespace[^}]*}}");

    /** All of README, guides, examples and the chart's notes, in the order in which they stand there. */
    static List<DocumentedCommand> in(Path root) throws IOException {
        List<DocumentedCommand> commands = new ArrayList<>();
        for (Path file : documents(root)) {
            boolean notes = file.getFileName().toString().equals("NOTES.txt");
            scan(root.relativize(file), Files.readAllLines(file), notes, commands);
        }
        return commands;
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

    private static void scan(Path file, List<String> lines, boolean allIsCode, List<DocumentedCommand> found) {
        boolean code = allIsCode;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (FENCE.matcher(line).matches()) {
                code = !code;
            } else if (code && PROMPT.matcher(line).find()) {
                int first = i;
                StringBuilder text = new StringBuilder(PROMPT.matcher(line).replaceFirst(""));
                while (text.charAt(text.length() - 1) == '\\') {
                    text.append('\n').append(lines.get(++i));
                }
                found.add(new DocumentedCommand(file, first + 1, filledIn(text.toString())));
            } else if (!code) {
                Matcher inline = INLINE.matcher(line);
                while (inline.find()) {
                    found.add(new DocumentedCommand(file, i + 1, inline.group(1)));
                }
            }
        }
    }

    private static String filledIn(String text) {
        return TEMPLATE.matcher(text).replaceAll("mail-system");
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + text;
    }
}

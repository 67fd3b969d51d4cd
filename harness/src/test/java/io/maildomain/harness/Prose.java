package io.maildomain.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a person reads in one file of the repository: of Markdown what is not code, of Java comments and, outside of tests,
 * string literals, of everything else the whole.
 *
 * @param file below the repository's top folder, with slashes
 * @param text everything that is no prose is taken out, lines are kept, so that offsets still tell the line
 */
record Prose(String file, String text) {

    private static final Set<String> NOT_OURS =
            Set.of("target", ".git", ".idea", ".vscode", ".mvn", "node_modules", ".venv", "LICENSE");
    private static final Pattern READABLE = Pattern.compile(".*\\.(md|java|yaml|yml|txt|tpl|xml|sh)|[^.]+");
    private static final Pattern FENCE = Pattern.compile("\\s*```.*");
    private static final Pattern MARKDOWN_CODE = Pattern.compile("`[^`\n]*`|]\\([^)\n]*\\)");
    private static final Pattern JAVADOC_CODE = Pattern.compile("\\{@(?:code|link|linkplain|value)\\b[^}]*}");
    private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\+\\s*\"");

    /** Every text file of the repository, as it stands there. Large ones are data: the list of public suffixes, say. */
    static List<Prose> files(Path root) throws IOException {
        List<Prose> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skipped = NOT_OURS.contains(folder.getFileName().toString()) && !folder.equals(root);
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (!NOT_OURS.contains(name) && READABLE.matcher(name).matches() && attributes.size() < 500_000) {
                    files.add(new Prose(root.relativize(file).toString().replace('\\', '/'), read(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The same, without what is code. */
    Prose withoutCode() {
        if (file.endsWith(".md")) {
            return new Prose(file, ofMarkdown());
        }
        return file.endsWith(".java") ? new Prose(file, ofJava()) : this;
    }

    private String ofMarkdown() {
        StringBuilder prose = new StringBuilder();
        boolean code = false;
        for (String line : text.split("\n", -1)) {
            boolean fence = FENCE.matcher(line).matches();
            code ^= fence;
            prose.append(code || fence ? "" : MARKDOWN_CODE.matcher(line).replaceAll("``"))
                    .append('\n');
        }
        return prose.toString();
    }

    private String ofJava() {
        boolean strings = !file.contains("/src/test/");
        StringBuilder prose = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = endOfToken(at);
            String token = text.substring(at, end);
            if (token.startsWith("//") || token.startsWith("/*")) {
                prose.append(JAVADOC_CODE.matcher(token).replaceAll("``"));
            } else if (token.startsWith("\"") && strings) {
                prose.append(token);
            } else if (token.length() == 1 && "+\n ".contains(token)) {
                prose.append(token);
            } else {
                token.chars().filter(c -> c == '\n').forEach(c -> prose.append('\n'));
            }
            at = end;
        }
        // A sentence that is put together of two literals is one.
        return CONCATENATION.matcher(prose).replaceAll(joint -> joint.group().replaceAll("[^\\n]", ""));
    }

    /** Where the comment, literal or character that begins there ends. */
    private int endOfToken(int start) {
        if (text.startsWith("//", start)) {
            return after(text.indexOf('\n', start), 0);
        }
        if (text.startsWith("/*", start)) {
            return after(text.indexOf("*/", start + 2), 2);
        }
        if (text.startsWith("\"\"\"", start)) {
            return after(text.indexOf("\"\"\"", start + 3), 3);
        }
        char quote = text.charAt(start);
        if (quote != '"' && quote != '\'') {
            return start + 1;
        }
        int end = start + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, text.length());
    }

    private int after(int found, int length) {
        return found < 0 ? text.length() : found + length;
    }

    /** Where something stands, for people: {@code docs/testing.md:12}. */
    String place(int offset) {
        return file + ":"
                + (1 + text.substring(0, offset).chars().filter(c -> c == '\n').count());
    }
}

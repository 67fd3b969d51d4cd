package io.maildomain.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A block of YAML in the documentation.
 *
 * @param file below the repository's top folder
 * @param line of its first line, counted from 1
 */
record DocumentedYaml(Path file, int line, String text) {

    /** Those of README, guides and all other pages, in the order in which they stand there. */
    static List<DocumentedYaml> in(Path root) throws IOException {
        List<DocumentedYaml> found = new ArrayList<>();
        for (Path page : pages(root)) {
            found.addAll(of(root, page));
        }
        return found;
    }

    /** Those of one page, wherever it lies. */
    static List<DocumentedYaml> of(Path root, Path page) throws IOException {
        List<DocumentedYaml> found = new ArrayList<>();
        read(root.relativize(page), Files.readAllLines(page), found);
        return found;
    }

    private static List<Path> pages(Path root) throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String start : List.of("README.md", "SECURITY.md", "CONTRIBUTING.md", "docs", "examples", "helm")) {
            try (Stream<Path> files = Files.walk(root.resolve(start))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    private static void read(Path file, List<String> lines, List<DocumentedYaml> found) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals("```yaml")) {
                int indent = lines.get(i).indexOf('`');
                int first = ++i;
                StringBuilder text = new StringBuilder();
                while (!lines.get(i).strip().equals("```")) {
                    String line = lines.get(i++);
                    text.append(line.substring(Math.min(indent, line.length()))).append('\n');
                }
                found.add(new DocumentedYaml(file, first + 1, text.toString()));
            }
        }
    }

    /** One or more objects for {@code kubectl apply}. */
    boolean isAnObject() {
        return text.startsWith("apiVersion:");
    }

    /** A part of a MailDomain. */
    boolean isASpec() {
        return text.startsWith("spec:");
    }

    /** Values of our chart: those of another one say so in their first line. */
    boolean isValues() {
        return !isAnObject() && !isASpec() && !text.startsWith("# values of the chart ");
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}

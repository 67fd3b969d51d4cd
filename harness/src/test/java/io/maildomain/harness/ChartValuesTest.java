package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the schema and the table of the chart's values to {@code values.yaml}. With {@code -Dmaildomain.docs=write} it writes
 * them instead.
 */
class ChartValuesTest {

    private static final Path CHART = Checkout.find().chart();
    private static final String BEGIN = "<!-- values: begin -->\n";
    private static final String END = "\n<!-- values: end -->";
    private static final Pattern USED = Pattern.compile("\\.Values((?:\\.[A-Za-z][A-Za-z0-9]*)+)");

    private final List<ChartValue> values = values();

    private static List<ChartValue> values() {
        try {
            return ChartValue.in(CHART.resolve("values.yaml"));
        } catch (IOException e) {
            throw new HarnessException("values.yaml cannot be read", e);
        }
    }

    @Test
    void schemaAndTableSayWhatTheValuesSay() throws IOException {
        ChartValuesFiles files = new ChartValuesFiles(values);
        Path readme = CHART.resolve("README.md");
        String page = Files.readString(readme);
        String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        Map<Path, String> generated = new TreeMap<>(Map.of(
                CHART.resolve("values.schema.json"),
                files.schema(),
                readme,
                before + files.table() + page.substring(page.indexOf(END))));

        if ("write".equals(System.getProperty("maildomain.docs"))) {
            for (Map.Entry<Path, String> file : generated.entrySet()) {
                Files.writeString(file.getKey(), file.getValue());
            }
        }
        assertThat(generated).allSatisfy((file, text) -> assertThat(file).hasContent(text));
    }

    @Test
    void everyValueIsUsedByATemplateAndEveryUsedValueIsThere() throws IOException {
        List<String> used = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CHART.resolve("templates"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher matcher = USED.matcher(Files.readString(file));
                while (matcher.find()) {
                    used.add(matcher.group(1).substring(1));
                }
            }
        }

        assertThat(values).allSatisfy(value -> assertThat(used)
                .as("templates that use %s", value.name())
                .anyMatch(name -> covers(name, value.name())));
        assertThat(used).allSatisfy(name -> assertThat(values)
                .as("values.yaml names %s", name)
                .anyMatch(value -> covers(name, value.name()) || covers(value.name(), name)));
    }

    private static boolean covers(String outer, String inner) {
        return inner.equals(outer) || inner.startsWith(outer + ".");
    }
}

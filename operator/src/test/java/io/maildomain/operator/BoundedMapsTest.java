package io.maildomain.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The decision about maps names every field that collects something, with what ends its entries, and no other. */
class BoundedMapsTest {

    private static final Pattern FIELD = Pattern.compile(
            "^    (?:private |protected |public )?(?:static )?(?:final )?(?:volatile )?[A-Z][^;=()]* (\\w+)\\s*=\\s*"
                    + "(?:new (?:Concurrent\\w+|Linked\\w+|Hash\\w+|Array\\w+|CopyOnWrite\\w+|Enum\\w+|Tree\\w+|Weak\\w+|CacheImpl|FairQueue)<"
                    + "|ConcurrentHashMap\\.newKeySet|EnumSet\\.noneOf|Collections\\.(?:synchronized|newSetFromMap))",
            Pattern.MULTILINE);

    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+\\.\\w+)`");

    private final Path root = Checkout.find().root();

    private Set<String> fields() throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(root.resolve("operator/src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String type = file.getFileName().toString().replace(".java", "");
                Matcher fields = FIELD.matcher(Files.readString(file));
                while (fields.find()) {
                    found.add(type + "." + fields.group(1));
                }
            }
        }
        return found;
    }

    @Test
    void eachStandsInTheDecisionAndNoOther() throws IOException {
        List<String> named = NAMED.matcher(Files.readString(root.resolve("docs/adr/0047-bound-every-map.md")))
                .results()
                .map(result -> result.group(1))
                .toList();

        assertThat(named).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(named)).isEqualTo(fields());
        assertThat(named).hasSizeGreaterThan(50);
    }
}

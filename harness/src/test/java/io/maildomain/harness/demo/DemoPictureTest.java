package io.maildomain.harness.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code docs/demo.svg}, the README's recording, and {@code tools/demo-picture}, which draws it. */
class DemoPictureTest {

    /** A sentence of the demo, or how it begins. Those of a run that fails stand in no recording. */
    private static final Pattern SENTENCE =
            Pattern.compile("(?:say|afterAMoment)\\(\\s*\"(?!FAILED|in vain)([^\"]+)\"");

    private static final Pattern OF_ELSEWHERE =
            Pattern.compile("https?://(?!www\\.w3\\.org/2000/svg\")|href|url\\(|@import");

    private final Path checkout = Checkout.find().root();
    private final Path picture = checkout.resolve("docs/demo.svg");

    @TempDir
    Path folder;

    @Test
    void whatTheDemoSaysStandsInTheRecording() throws Exception {
        String recorded = String.join("\n", lines());

        assertThat(sentences()).hasSizeGreaterThan(12).allSatisfy(sentence -> assertThat(recorded)
                .contains(sentence));
    }

    @Test
    void aRunThatDiffersInTimesAndOrderIsTheSame() throws Exception {
        List<String> slower = lines().stream()
                .map(line -> line.replaceFirst("^ *\\d+ s ", " 777 s "))
                .map(line -> line.startsWith("Done") ? line.replaceAll("\\d+", "777") : line)
                .sorted()
                .toList();

        assertThat(check(slower)).isEqualTo(new Result(0, ""));
    }

    @Test
    void aRunThatSaysSomethingElseIsFound() throws Exception {
        List<String> other = lines().stream()
                .map(line -> line.replace("deleting everything", "deleting nothing"))
                .toList();

        Result result = check(other);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.said()).contains("-deleting everything\n", "+deleting nothing\n");
    }

    @Test
    void aRunWithAnotherResourceIsFound() throws Exception {
        List<String> more = Stream.concat(
                        Stream.of("   9 s  mail mailbox/support    done    Ready=True    Ready"), lines().stream())
                .toList();

        assertThat(check(more).said()).contains("+resource mail mailbox/support\n");
    }

    @Test
    void aRunThatFailedIsNoRecording() throws Exception {
        Result result = check(List.of("   9 s  FAILED: the operator has ended"));

        assertThat(result).isEqualTo(new Result(2, "demo-picture: this run did not end well\n"));
    }

    @Test
    void theRecordingIsSmallSaysWhatItShowsAndLoadsNothing() throws Exception {
        Element svg = document().getDocumentElement();

        assertThat(Files.size(picture)).isLessThan(200_000);
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(Stream.of(svg.getAttribute("aria-labelledby").split(" ")).map(id -> textOf(svg, id)))
                .containsExactly(textOf(svg, "title"), textOf(svg, "desc"))
                .noneMatch(String::isBlank);
        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        assertThat(Files.readString(picture)).doesNotContainPattern(OF_ELSEWHERE);
    }

    private List<String> sentences() throws IOException {
        try (Stream<Path> sources = Files.list(checkout.resolve("harness/src/main/java/io/maildomain/harness/demo"))) {
            return sources.map(DemoPictureTest::read)
                    .flatMap(source -> SENTENCE.matcher(source).results())
                    .map(found -> found.group(1))
                    .toList();
        }
    }

    /** What the recording shows, without the command. */
    private List<String> lines() throws Exception {
        NodeList texts = document().getElementsByTagName("text");
        return Stream.iterate(1, i -> i < texts.getLength(), i -> i + 1)
                .map(i -> texts.item(i).getTextContent())
                .toList();
    }

    private Document document() throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(picture.toFile());
    }

    private static String textOf(Element svg, String element) {
        Element found = (Element) svg.getElementsByTagName(element).item(0);
        return found.getAttribute("id").equals(element) ? found.getTextContent() : "";
    }

    private record Result(int exitCode, String said) {}

    private Result check(List<String> printed) throws IOException, InterruptedException {
        Path output = Files.writeString(
                folder.resolve("output"), printed.stream().collect(Collectors.joining("\n", "", "\n")));
        Process process = new ProcessBuilder(
                        checkout.resolve("tools/demo-picture").toString(), "--check", output.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), said);
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

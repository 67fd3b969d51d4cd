package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maildomain.api.v1alpha1.MailRule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestFilesTest {

    private static final String DOMAIN = """
            apiVersion: maildomain.io/v1alpha1
            kind: MailDomain
            metadata: {name: %s}
            spec: {domain: %s}
            """;

    @TempDir
    private Path folder;

    @Test
    void aDashIsTheStandardInputBesideFilesAndFolders() throws IOException {
        Files.writeString(folder.resolve("one.yaml"), DOMAIN.formatted("one", "one.example"));

        ManifestFiles read = ManifestFiles.read(
                List.of(Path.of("-"), folder), "mail", input(DOMAIN.formatted("two", "two.example")));

        assertThat(read.domains())
                .extracting(domain -> domain.getMetadata().getNamespace() + "/"
                        + domain.getSpec().domain())
                .containsExactly("mail/two.example", "mail/one.example");
    }

    /** As the plugin of kubectl sends the files of a folder, each behind a line of dashes, whatever it begins with. */
    @Test
    void documentsWithNothingInThemArePassedOver() {
        String one = "---\n# a comment\n---\n" + DOMAIN.formatted("one", "one.example");
        String two = "\n---\n" + DOMAIN.formatted("two", "two.example");
        String json = "\n---\n{\"apiVersion\": \"v1\", \"kind\": \"Namespace\"}\n";

        ManifestFiles read = ManifestFiles.read(List.of(Path.of("-")), "mail", input("\n---\n" + one + json + two));

        assertThat(read.domains())
                .extracting(domain -> domain.getSpec().domain())
                .containsExactly("one.example", "two.example");
    }

    @Test
    void whatIsWrongInTheStandardInputIsSaidOfIt() {
        InputStream wrong = input(DOMAIN.formatted("one", "no domain"));

        assertThatThrownBy(() -> ManifestFiles.read(List.of(Path.of("-")), "mail", wrong))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("the standard input: one: spec.domain");
    }

    /** As {@code cat} prints them where no line of dashes is between; of each key the last value would be planned. */
    @Test
    void filesWithNothingBetweenThemAreRefusedInsteadOfOnlyTheLastOnePlanned() {
        InputStream two = input(DOMAIN.formatted("one", "one.example") + DOMAIN.formatted("two", "two.example"));

        assertThatThrownBy(() -> ManifestFiles.read(List.of(Path.of("-")), "mail", two))
                .isInstanceOf(StartFailure.class)
                .hasMessage("the standard input is no manifest: Duplicate field 'apiVersion'");
    }

    /** As kubectl reads them; without it "*team" would be planned as an address of that name. */
    @Test
    void anAliasAndAMergeKeyStandForWhatTheyName() {
        ManifestFiles read = read("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailDomain
                metadata: {name: one, namespace: mail}
                x-team: &team {forwardTo: &address team@corp.example}
                x-off: &off {enabled: false, priority: 7}
                spec:
                  domain: one.example
                  rules:
                  - {address: a@one.example, action: *team}
                  - {address: b@one.example, action: {forwardTo: *address}}
                  - {<<: *off, address: c@one.example, action: *team, priority: 8}
                  - {<<: [{enabled: true}, *off], address: d@one.example, action: *team}
                """);

        List<MailRule> rules = read.domains().get(0).getSpec().rules();
        assertThat(rules)
                .allSatisfy(rule -> assertThat(rule.action().forwardTo()).isEqualTo("team@corp.example"))
                .extracting(MailRule::enabled)
                .containsExactly(true, true, false, true);
        assertThat(rules.get(2).priority()).isEqualTo(8);
        assertThat(rules.get(3).priority()).isEqualTo(7);
    }

    @Test
    void anAliasOfNothingOrOfWhatItStandsInIsRefused() {
        assertThatThrownBy(() -> read("a: *nothing\n")).isInstanceOf(StartFailure.class);
        assertThatThrownBy(() -> read("a: &a [*a]\n")).hasMessageEndingWith("&a stands in itself");
        assertThatThrownBy(() -> read("a: &a b\n---\nc: *a\n")).isInstanceOf(StartFailure.class);
        assertThatThrownBy(() -> read("a: {<<: b}\n"))
                .hasMessageEndingWith("<< takes a mapping, or a list of mappings");
    }

    @Test
    void aFileThatWouldNotEndIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int level = 1; level < 12; level++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(level, level, ("*a" + (level - 1) + ",").repeat(10)));
        }

        assertThatThrownBy(() -> read(bomb.toString()))
                .isInstanceOf(StartFailure.class)
                .hasMessageEndingWith("its aliases stand for too much");
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(StartFailure.class);
        assertThatThrownBy(() -> read("{a: ".repeat(100_000))).isInstanceOf(StartFailure.class);
    }

    @Test
    void aStreamOfManyManifestsIsReadAsAWhole() {
        String comment = "# " + "x".repeat(998) + "\n";
        String text = comment.repeat(5_000) + "---\n" + DOMAIN.formatted("one", "one.example") + comment.repeat(5_000);

        assertThat(read(text).domains()).hasSize(1);
    }

    @Test
    void aListOfMailDomainsIsOneToo() {
        String item = DOMAIN.formatted("one", "one.example").indent(2).replaceFirst("  ", "- ");

        assertThat(read("apiVersion: maildomain.io/v1alpha1\nkind: MailDomainList\nitems:\n" + item)
                        .domains())
                .hasSize(1);
        assertThat(read("apiVersion: v1\nkind: List\nitems:\n" + item).domains())
                .hasSize(1);
    }

    @Test
    void theCopiesOfAMountedConfigMapAreNotReadBesideIt() throws IOException {
        String manifest = DOMAIN.formatted("one", "one.example");
        Path copy = Files.createDirectory(folder.resolve("..2026_11_30_10_00_00.123"));
        Files.writeString(copy.resolve("one.yaml"), manifest);
        Files.createSymbolicLink(folder.resolve("..data"), copy.getFileName());
        Files.createSymbolicLink(folder.resolve("one.yaml"), Path.of("..data/one.yaml"));
        Files.createDirectory(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/two.yaml"), DOMAIN.formatted("two", "two.example"));
        Files.writeString(folder.resolve(".three.yaml"), DOMAIN.formatted("three", "three.example"));

        assertThat(domains(folder)).containsExactly("one.example");
        assertThat(domains(folder.resolve("..data"))).containsExactly("one.example");
        assertThat(domains(folder.resolve(".three.yaml"))).containsExactly("three.example");
    }

    @Test
    void aLinkThatIsNamedIsFollowedAndACircleOfLinksIsNone() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Files.writeString(real.resolve("one.yaml"), DOMAIN.formatted("one", "one.example"));
        Files.createSymbolicLink(real.resolve("round"), real);
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);

        assertThat(domains(link)).containsExactly("one.example");
        assertThat(domains(folder)).containsExactly("one.example");
    }

    /** As the shell hands over what {@code <(kustomize build)} prints. */
    @Test
    void whatIsNamedIsReadThoughItIsNoFile() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process writer = new ProcessBuilder(
                        "sh",
                        "-c",
                        "printf '%s' \"$1\" >\"$2\"",
                        "sh",
                        DOMAIN.formatted("one", "one.example"),
                        pipe.toString())
                .start();

        assertThat(domains(pipe)).containsExactly("one.example");
        assertThat(writer.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void whatWindowsWroteIsRead(String encoding) throws IOException {
        String text = "\uFEFF# Bücher\r\n---\r\n"
                + DOMAIN.formatted("one", "one.example").replace("\n", "\r\n");
        Files.write(folder.resolve("one.yaml"), text.getBytes(Charset.forName(encoding)));

        assertThat(domains(folder)).containsExactly("one.example");
    }

    @Test
    void jsonMayBeIndentedWithTabs() throws IOException {
        Files.writeString(
                folder.resolve("one.json"),
                "{\n\t\"apiVersion\": \"maildomain.io/v1alpha1\",\n\t\"kind\": \"MailDomain\",\n\t\"metadata\": {\"name\": \"one\"},"
                        + "\n\t\"spec\": {\"domain\": \"one.example\"}\n}\n");

        assertThat(domains(folder)).containsExactly("one.example");
    }

    /** As the plugin sends it into the operator's Pod. */
    @Test
    void jsonWithTabsMayComeByTheStandardInput() {
        ManifestFiles read = read(
                "{\n\t\"apiVersion\": \"maildomain.io/v1alpha1\",\n\t\"kind\": \"MailDomain\",\n\t\"metadata\": {\"name\": \"one\"},"
                        + "\n\t\"spec\": {\"domain\": \"one.example\"}\n}\n");

        assertThat(read.domains()).hasSize(1);
    }

    @Test
    void aDocumentOfAnotherKindMayBeDeep() {
        ManifestFiles read = read("a: " + "{a: ".repeat(300) + "b" + "}".repeat(300) + "\n---\n"
                + DOMAIN.formatted("one", "one.example"));

        assertThat(read.domains()).hasSize(1);
    }

    /** As a template with a value that is not set prints it. */
    @Test
    void anEmptyNamespaceIsNone() {
        ManifestFiles read = read(DOMAIN.formatted("one, namespace: ''", "one.example"));

        assertThat(read.domains().get(0).getMetadata().getNamespace()).isEqualTo("mail");
    }

    @Test
    void theSameManifestTwiceCountsOnceAndAnotherOneOfItsNameIsRefused() throws IOException {
        Files.writeString(folder.resolve("one.yaml"), DOMAIN.formatted("one", "one.example"));
        Files.writeString(folder.resolve("same.yaml"), DOMAIN.formatted("one", "one.example"));
        assertThat(domains(folder)).containsExactly("one.example");

        Files.writeString(folder.resolve("zzz.yaml"), DOMAIN.formatted("one", "two.example"));
        assertThatThrownBy(() -> domains(folder))
                .isInstanceOf(StartFailure.class)
                .hasMessageContainingAll("one.yaml", "zzz.yaml", "MailDomain mail/one", "say different things");
    }

    @Test
    void aTemplateIsToldFromAManifest() throws IOException {
        Files.writeString(
                folder.resolve("one.yaml"), "{{- if .Values.on }}\n" + DOMAIN.formatted("one", "one.example"));

        assertThatThrownBy(() -> domains(folder))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("helm template");
    }

    @Test
    void aFolderThatCannotBeReadIsNamed() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("gone.yaml"), Path.of("nowhere"));

        assertThatThrownBy(() -> domains(link))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("gone.yaml cannot be read");
        assertThat(domains(folder)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subadressing: true | spec.subadressing",
                "rules: [{address: a@one.example, action: {drop: true}, enable: false}] | spec.rules[0].enable",
                "mode: observe | spec.mode",
                "rules: [{address: a@one.example, action: {forwardTo: team}}] | the address that a@one.example forwards to",
                "rules: [{address: a@one.example, action: {forwardTo: b@in.one.example}}] | the address that a@one.example forwards to",
                "rules: [{address: a@one.example, action: {worker: My Worker}}] | the Worker of a@one.example",
                "rules: [{address: a@one.example, action: {worker: 7}}] | spec.rules[0].action.worker",
                "rules: [{address: a@one.example, action: {drop: 'true'}}] | spec.rules[0].action.drop",
                "rules: [{address: a@one.example, action: {worker: w, drop: false}}] | the action of a@one.example",
                "rules: [{address: a@one.example, action: {drop: true}, priority: -1}] | the priority of a@one.example",
                "rules: [{address: a@one.example, action: {drop: true}}, {address: a@one.example, action: {worker: w}}]"
                        + " | the second rule for a@one.example",
                "subdomains: [in.one.example] | the subdomain in.one.example (it is relative to one.example)",
                "subdomains: [one.example] | the subdomain one.example",
                "subdomains: [In] | the subdomain In",
                "rules: [null] | spec"
            })
    void whatTheApiServerRefusesIsRefused(String more, String words) {
        assertThatThrownBy(() -> read("""
                        apiVersion: maildomain.io/v1alpha1
                        kind: MailDomain
                        metadata: {name: one}
                        spec:
                          domain: one.example
                          %s
                        """.formatted(more)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"spec: {domain: one.example}", "metadata: {name: one}", "metadata: {name: one}\nspec: text"})
    void whatLacksANameOrASpecIsRefused(String rest) {
        assertThatThrownBy(() -> read("apiVersion: maildomain.io/v1alpha1\nkind: MailDomain\n" + rest))
                .isInstanceOf(StartFailure.class);
    }

    private static ManifestFiles read(String text) {
        return ManifestFiles.read(List.of(Path.of("-")), "mail", input(text));
    }

    private static List<String> domains(Path path) {
        return ManifestFiles.read(List.of(path), "mail", InputStream.nullInputStream()).domains().stream()
                .map(domain -> domain.getSpec().domain())
                .toList();
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}

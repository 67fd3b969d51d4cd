package io.maildomain.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.HelmCli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tools/release} writes what {@code docs/releasing.md} lists; nothing is published. */
class ReleaseIT {

    private static final Path ROOT = Checkout.find().root();
    private static final Pattern FILE = Pattern.compile("(?m)^\\| `([^`/]+)` \\|");
    private static final String IMAGE = "ghcr.io/owner/mail-domain-operator:1@sha256:" + "a".repeat(64);

    @TempDir
    private static Path folder;

    private static String version;
    private static Path release;
    private static Said dryRun;

    private record Said(int exitCode, String out) {}

    @BeforeAll
    static void aDryRun() throws Exception {
        version = firstIn(ROOT.resolve("pom.xml"), "<version>([^<]+)</version>");
        release = folder.resolve("release");
        dryRun = dryRunInto(ROOT, release.toString());
        assertThat(dryRun.exitCode()).as(dryRun.out()).isZero();
    }

    private static Said run(Path where, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out);
    }

    private static Said dryRunInto(Path where, String into) throws IOException, InterruptedException {
        return run(
                where,
                ROOT.resolve("tools/release").toString(),
                "--dry-run",
                "--repository",
                "owner/name",
                "--image",
                IMAGE,
                "--into",
                into,
                version);
    }

    /** A copy of what Git has. */
    private static Path copy(String name) throws IOException, InterruptedException {
        Path copy = Files.createDirectories(folder.resolve(name));
        run(ROOT, "sh", "-c", "git ls-files -z | tar -cf - --null -T - | tar -C '" + copy + "' -xf -");
        return copy;
    }

    private static String firstIn(Path file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    void theFilesAreThoseOfThePage() throws IOException {
        String page = GuidePage.read("docs/releasing.md").only("The files"::equals).passages().stream()
                .filter(GuidePage.Prose.class::isInstance)
                .map(passage -> ((GuidePage.Prose) passage).text())
                .collect(Collectors.joining("\n"));
        Set<String> listed = FILE.matcher(page)
                .results()
                .map(row -> row.group(1).replace("VERSION", version))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).hasSizeGreaterThan(8);

        // What another program writes before.
        List<String> elsewhere = new ArrayList<>();
        if (!Files.exists(ROOT.resolve("operator/target/bom.json"))) {
            elsewhere.add("mail-domain-operator-" + version + ".cdx.json");
            assertThat(dryRun.out()).contains("a release would end here: there is no operator/target/bom.json");
        }
        if (!Files.exists(ROOT.resolve("target/site/index.html"))) {
            elsewhere.add("site-" + version + ".tar.gz");
            assertThat(dryRun.out()).contains("a release would end here: there is no site: tools/docs-site");
        }
        listed.removeAll(elsewhere);
        assertThat(names(release)).isEqualTo(listed);
    }

    @Test
    void theSumsAreThoseOfTheFilesAndTheSameEachTime() throws Exception {
        List<String> sums = Files.readAllLines(release.resolve("SHA256SUMS"));
        for (String line : sums) {
            String[] sumAndName = line.split(" +");
            assertThat(sha256(release.resolve(sumAndName[1]))).as(sumAndName[1]).isEqualTo(sumAndName[0]);
        }
        assertThat(sums).hasSize(names(release).size() - 2);

        // Beside the folder in which it was typed, wherever the script lies.
        Said said = dryRunInto(folder, "again");
        assertThat(said.exitCode()).as(said.out()).isZero();
        Path again = folder.resolve("again");
        assertThat(again.resolve("SHA256SUMS")).hasSameTextualContentAs(release.resolve("SHA256SUMS"));
    }

    @Test
    void theManifestsNameTheImageAndTheArchive() throws Exception {
        assertThat(release.resolve("install.yaml")).content().contains("image: \"" + IMAGE + "\"");
        assertThat(release.resolve("maildomain.yaml"))
                .content()
                .doesNotContain("@")
                .contains(
                        "version: \"v" + version + "\"",
                        "https://github.com/owner/name/releases/download/v" + version + "/kubectl-maildomain-" + version
                                + ".tar.gz",
                        sha256(release.resolve("kubectl-maildomain-" + version + ".tar.gz")));
    }

    @Test
    void thePluginRunsFromItsArchiveAndHelmReadsTheChart() throws Exception {
        Path plugin = Files.createDirectories(folder.resolve("plugin"));
        run(
                plugin,
                "tar",
                "-xzf",
                release.resolve("kubectl-maildomain-" + version + ".tar.gz").toString());
        Said said = run(plugin, "./kubectl-maildomain", "version");
        assertThat(said.exitCode()).as(said.out()).isZero();
        assertThat(said.out()).contains(version);

        assertThat(HelmCli.find(Checkout.find(), folder.resolve("kubeconfig"), folder)
                        .run(
                                "template",
                                "x",
                                release.resolve("mail-domain-operator-" + version + ".tgz")
                                        .toString())
                        .output())
                .contains("image: \"mail-domain-operator:" + version + "\"");
    }

    @Test
    void theSimulatorLiesWhereMavenLooksForIt() throws Exception {
        Path repository = Files.createDirectories(folder.resolve("maven"));
        run(
                repository,
                "tar",
                "-xzf",
                release.resolve("cloudflare-simulator-" + version + "-maven.tar.gz")
                        .toString());
        Path artifact = repository.resolve("io/maildomain/cloudflare-simulator/" + version);
        String name = "cloudflare-simulator-" + version;

        assertThat(names(artifact))
                .containsExactly(name + ".jar", name + ".jar.sha1", name + ".pom", name + ".pom.sha1");
        String parent = firstIn(artifact.resolve(name + ".pom"), "<artifactId>([^<]+)</artifactId>");
        assertThat(repository.resolve(
                        "io/maildomain/" + parent + "/" + version + "/" + parent + "-" + version + ".pom"))
                .exists();
    }

    @Test
    void anotherVersionThanThePomsIsRefusedAndSoIsARelease() throws Exception {
        Said other = run(
                ROOT,
                "tools/release",
                "--dry-run",
                "--into",
                folder.resolve("no").toString(),
                "99.0.0");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.out()).contains("pom.xml says " + version + " and not 99.0.0", "--set 99.0.0");

        Said unsigned =
                run(ROOT, "tools/release", "--into", folder.resolve("no").toString(), version);
        assertThat(unsigned.exitCode()).isEqualTo(1);
        assertThat(folder.resolve("no")).doesNotExist();
    }

    @Test
    void aFolderWithAnythingElseInItIsRefusedAndStaysAsItIs() throws Exception {
        Path downloads = Files.createDirectories(folder.resolve("downloads"));
        Files.writeString(downloads.resolve("SHA256SUMS"), "0".repeat(64) + "  listed\n");
        Files.writeString(downloads.resolve("listed"), "");
        Files.writeString(downloads.resolve("letter"), "to a friend");

        Said said = dryRunInto(ROOT, downloads.toString());

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out()).contains("downloads holds what no earlier run wrote (letter)");
        assertThat(names(downloads)).containsExactly("SHA256SUMS", "letter", "listed");
    }

    @Test
    void whatAnEarlierRunWroteIsReplaced() throws Exception {
        Path earlier = Files.createDirectories(folder.resolve("earlier"));
        Files.writeString(earlier.resolve("SHA256SUMS"), "0".repeat(64) + "  of-another-version.jar\n");
        Files.writeString(earlier.resolve("of-another-version.jar"), "");

        Said said = dryRunInto(ROOT, earlier.toString());

        assertThat(said.exitCode()).as(said.out()).isZero();
        assertThat(names(earlier)).isEqualTo(names(release));
    }

    @Test
    void aCommitMayBecomeTheVersionOnceTheChangelogHasItsSection() throws Exception {
        Path copy = copy("checked");
        Said without = run(copy, "tools/release", "--check", version);
        Path changelog = copy.resolve("CHANGELOG.md");
        Files.writeString(changelog, "\n## [" + version + "] - 2026-12-01\n\n- a line\n", StandardOpenOption.APPEND);
        Said with = run(copy, "tools/release", "--check", version);
        Said other = run(copy, "tools/release", "--check", "99.0.0");

        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.out()).contains("the changelog has no section [" + version + "]");
        assertThat(with.exitCode()).as(with.out()).isZero();
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(copy.resolve("target")).doesNotExist();
    }

    @Test
    void theWorkflowPushesNothingBeforeItHasCheckedTheTagAndRunAllTests() throws IOException {
        JsonNode jobs = Serialization.unmarshal(
                        Files.readString(ROOT.resolve(".github/workflows/release.yml")), JsonNode.class)
                .path("jobs");
        List<String> pushing = new ArrayList<>();
        jobs.properties().forEach(job -> {
            if (job.getValue().path("permissions").toString().contains("write")) {
                pushing.add(job.getKey());
                assertThat(job.getValue().path("needs").toString())
                        .as(job.getKey())
                        .contains("\"check\"");
            }
        });

        assertThat(pushing).containsExactly("operator-image", "release");
        assertThat(jobs.path("check").path("steps").toString()).contains("tools/release --check", ".ci/run");
    }

    @Test
    void aVersionIsSetInEveryPomTheChartAndWhereItIsNamed() throws Exception {
        Path copy = copy("copy");

        Said said = run(copy, "tools/release", "--set", "98.7.6-rc.1");

        assertThat(said.exitCode()).as(said.out()).isZero();
        // The changelog and the decisions tell of the past; tools/refresh writes install.yaml.
        Said left = run(
                copy,
                "grep",
                "-rnE",
                "--exclude=CHANGELOG.md",
                "--exclude-dir=adr",
                "--exclude=install.yaml",
                "(mail-domain-operator|cloudflare-simulator):" + version + "|[tT]ag[:=] *" + version + "|<version>"
                        + version + "<",
                ".");
        assertThat(left.out()).isEmpty();
        Said poms = run(copy, "sh", "-c", "grep -l '<version>98.7.6-rc.1</version>' pom.xml */pom.xml");
        Said all = run(copy, "sh", "-c", "ls pom.xml */pom.xml");
        assertThat(poms.out().lines())
                .containsExactlyInAnyOrderElementsOf(all.out().lines().toList());
        assertThat(copy.resolve("helm/mail-domain-operator/Chart.yaml"))
                .content()
                .contains("\nversion: 98.7.6-rc.1\n", "\nappVersion: 98.7.6-rc.1\n");
    }
}

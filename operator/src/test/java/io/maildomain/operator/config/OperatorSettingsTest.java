package io.maildomain.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maildomain.operator.config.OperatorSettings.BackOff;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class OperatorSettingsTest {

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void withoutAnyFlagTheDefaultsHold() {
        OperatorSettings settings = parse();
        assertThat(settings.scope().watchesAllNamespaces()).isTrue();
        assertThat(settings.scope().ownerId()).isEmpty();
        assertThat(settings.scope().localSecrets()).isFalse();
        assertThat(settings.scope().accounts()).isTrue();
        assertThat(settings.scope().deploying()).isFalse();
        assertThat(settings.deploying().artifactHosts()).isEmpty();
        assertThat(settings.cloudflare().apiBaseUrl()).isEqualTo(URI.create("https://api.cloudflare.com/client/v4"));
        assertThat(settings.cloudflare().callTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.budget()).isEqualTo(new OperatorSettings.Budget(1200, Duration.ofSeconds(300), 20));
        assertThat(settings.drift().interval()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.massDeletion())
                .isEqualTo(new OperatorSettings.MassDeletion(20, Duration.ofMinutes(10)))
                .hasToString("20/10m");
        assertThat(settings.retries().transients())
                .isEqualTo(new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5)));
        assertThat(settings.retries().finals()).isEqualTo(new BackOff(Duration.ofSeconds(30), Duration.ofMinutes(30)));
        assertThat(settings.leadership().enabled()).isFalse();
        assertThat(settings.secrets()).isEqualTo(new OperatorSettings.Secrets(200, Duration.ofSeconds(60)));
        assertThat(settings.http()).isEqualTo(new OperatorSettings.Http(8080, PageAudience.NONE));
        assertThat(settings.logging())
                .isEqualTo(new OperatorSettings.Logging(
                        OperatorSettings.LogFormat.JSON, OperatorSettings.LogLevel.INFO, ""));
    }

    @Test
    void theStatusPageIsServedToThoseWhoAreNamed() {
        assertThat(parse("--status-page", "local").http().statusPage()).isEqualTo(PageAudience.LOCAL);
        assertThat(parse("--status-page=network").http().statusPage()).isEqualTo(PageAudience.NETWORK);
    }

    @Test
    void destinationAddressesAreOffUnlessAskedForAndNeedAccounts() {
        assertThat(parse().scope().destinationAddresses()).isFalse();
        assertThat(parse("--destination-addresses").scope().destinationAddresses())
                .isTrue();
        assertThatThrownBy(() -> parse("--destination-addresses", "--accounts=false", "--local-secrets"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--destination-addresses needs --accounts");
    }

    @Test
    void nothingIsDeployedWithoutAccounts() {
        assertThat(parse("--deploying", "--artifact-hosts=ghcr.io,*.corp.example")
                        .deploying()
                        .artifactHosts())
                .containsExactly("ghcr.io", "*.corp.example");
        assertThatThrownBy(() -> parse("--deploying", "--accounts=false", "--local-secrets"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--deploying needs --accounts");
        assertThatThrownBy(() -> parse("--probe-server=somewhere"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("'--probe-server': is not a web address");
    }

    @Test
    void aFlagWinsOverItsVariableAndThatOverTheDefault() {
        environment.put("MAILDOMAIN_DRIFT_INTERVAL", "20m");
        assertThat(parse().drift().interval()).isEqualTo(Duration.ofMinutes(20));
        assertThat(parse("--drift-interval", "30s").drift().interval()).isEqualTo(Duration.ofSeconds(30));
    }

    /** Where one server stands in for all others, as in tests, there is no world to look at but what a resolver shows. */
    @Test
    void theWorldIsLookedAtUnlessOneServerStandsInForAll() {
        assertThat(looksOutside()).isTrue();
        assertThat(looksOutside("--dns-server=127.0.0.1:1053")).isFalse();
        assertThat(looksOutside("--dns-server=127.0.0.1:1053", "--dns-resolver=127.0.0.1:2053"))
                .isTrue();
        assertThat(looksOutside("--seen-outside=false")).isFalse();
        assertThat(looksOutside("--dns-checks=false")).isFalse();
    }

    @Test
    void aBlankVariableCountsAsAbsent() {
        environment.put("MAILDOMAIN_DRIFT_INTERVAL", "  ");
        environment.put("MAILDOMAIN_WATCH_NAMESPACES", "");
        assertThat(parse().drift().interval()).isEqualTo(Duration.ofMinutes(10));
        assertThat(parse().scope().watchesAllNamespaces()).isTrue();
    }

    @Test
    void theFirstNameOfAVariableWinsOverTheSecond() {
        environment.put("CLOUDFLARE_API_BASE_URL", "http://127.0.0.1:1/client/v4");
        assertThat(parse().cloudflare().apiBaseUrl()).hasPort(1);
        environment.put("MAILDOMAIN_CLOUDFLARE_API_BASE_URL", "http://127.0.0.1:2/client/v4");
        assertThat(parse().cloudflare().apiBaseUrl()).hasPort(2);
    }

    @Test
    void theOperatorNamespaceIsTheFlagThenWhatThePodIsToldThenThePods() {
        assertThat(parse("--operator-namespace", "a").scope().operatorNamespace())
                .isEqualTo("a");
        assertThat(namespaceFor("pods")).isEqualTo("pods");
        environment.put("POD_NAMESPACE", "told");
        assertThat(namespaceFor("pods")).isEqualTo("told");
        assertThat(namespaceFor("")).isEqualTo("told");
        environment.put("MAILDOMAIN_OPERATOR_NAMESPACE", "own");
        assertThat(namespaceFor("pods")).isEqualTo("own");
    }

    /** It is granted everything: no namespace must get that by what a user's kubeconfig happens to say. */
    @Test
    void outsideAPodTheOperatorNamespaceMustBeGiven() {
        assertThatThrownBy(() -> namespaceFor(""))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--operator-namespace is missing");
    }

    @Test
    void namespacesAreSeparatedByCommasInFlagAndVariable() {
        assertThat(parse("--watch-namespaces", "mail,web").scope().watchNamespaces())
                .containsExactlyInAnyOrder("mail", "web");
        environment.put("MAILDOMAIN_WATCH_NAMESPACES", "mail, web,");
        assertThat(parse().scope().watchNamespaces()).containsExactlyInAnyOrder("mail", "web");
    }

    @Test
    void yesAndNoCanBeSaidInEachWay() {
        assertThat(parse("--leader-election").leadership().enabled()).isTrue();
        assertThat(parse("--leader-election=true").leadership().enabled()).isTrue();
        assertThat(parse("--leader-election", "false").leadership().enabled()).isFalse();
        assertThat(parse("--accounts=false", "--local-secrets").scope().accounts())
                .isFalse();
        environment.put("MAILDOMAIN_LEADER_ELECTION", "true");
        assertThat(parse().leadership().enabled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example/client/v4/, https://api.example/client/v4",
        "https://api.example, https://api.example",
        "https://api.example//, https://api.example",
        "http://127.0.0.1:8787/client/v4, http://127.0.0.1:8787/client/v4",
        "http://127.3.2.1, http://127.3.2.1",
        "http://LOCALHOST:80/, http://LOCALHOST:80",
        "http://[::1]:8787/client/v4, http://[::1]:8787/client/v4"
    })
    void goodAddressesOfTheApi(String text, String expected) {
        assertThat(parse("--cloudflare-api-base-url", text).cloudflare().apiBaseUrl())
                .isEqualTo(URI.create(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "http://api.example, plain http to api.example",
        "http://127.0.0.1.example.com, plain http to 127.0.0.1.example.com",
        "http://localhost.example.com, plain http to localhost.example.com",
        "https://user:hunter2@api.example, must not hold a user name",
        "http://hunter2@127.0.0.1/, must not hold a user name",
        "https://api.example/?key=hunter2, neither a query nor a fragment",
        "https://api.example/#hunter2, neither a query nor a fragment",
        "ftp://hunter2.example, is not a web address",
        "mailto:hunter2, is not a web address",
        "https://hunter2 .example, is not a web address",
        "api.example, is not a web address",
        "https:///client, is not a web address"
    })
    void badAddressesOfTheApi(String text, String words) {
        assertThatThrownBy(() -> parse("--cloudflare-api-base-url", text))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--cloudflare-api-base-url")
                .hasMessageContaining(words)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void plainHttpElsewhereCanBeMeant() {
        assertThat(parse("--cloudflare-api-base-url", "http://simulator:8787/client/v4", "--allow-insecure-api")
                        .cloudflare()
                        .apiBaseUrl())
                .hasHost("simulator");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--drift-interval 10 | is not a duration",
                "--drift-interval 0s | longer than nothing",
                "--drift-interval -5s | is not a duration",
                "--drift-interval 1h30m | is not a duration",
                "--http-port 65536 | from 0 to 65535",
                "--http-port http | is not an int",
                "--status-page true | none of none, local, network",
                "--log-format xml | none of json, text",
                "--log-level loud | none of error, warn, info, debug, trace",
                "--max-deletions 20 | 20/10m",
                "--max-deletions 20/soon | is not a duration",
                "--hand-over soon | is not a duration",
                "--request-reserve 95% | from 0% to 90%",
                "--requests-per-window 0 | must be 1 or more",
                "--watch-namespaces Mail | is not the name of a namespace",
                "--operator-namespace a.b | is not the name of a namespace",
                "--owner-id a]b | is not an id",
                "--local-secrets=maybe | neither true nor false",
                "--accounts=false | needs --local-secrets",
                "--retry-base 10m | --retry-base (10m) must not be longer than --retry-cap (5m)",
                "--leader-election --lease-duration 1500ms | whole seconds",
                "--leader-election --lease-duration 2h | an hour at most",
                "--leader-election --lease-duration 9s | must be longer than --renew-deadline",
                "--leader-election --retry-period 11s | --renew-deadline (10s) must be longer than --retry-period (11s)",
                "--leader-election --call-timeout 14s | that might outlive the Lease",
                "--lease-name UPPER | is not the name of a Lease",
                "--nonsense | Unknown option: '--nonsense'"
            })
    void aWrongFlagGetsOneLineThatSaysWhatWouldBeAccepted(String flags, String words) {
        assertThatThrownBy(() -> parse(flags.strip().split(" ")))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(words.strip())
                .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
    }

    @Test
    void leaseTimesDoNotMatterToAnOperatorThatRunsAlone() {
        assertThat(parse("--lease-duration", "1s").leadership().enabled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "30s", "10m", "2h", "1d", "1500ms", "90s"})
    void durationsAreWrittenAsTheyAreRead(String text) {
        assertThat(DurationText.of(DurationText.parse(text))).isEqualTo(text);
    }

    private String namespaceFor(String podNamespace) {
        return parseFor(podNamespace).scope().operatorNamespace();
    }

    /** What a run asks before it looks at the world. */
    private boolean looksOutside(String... flags) {
        OperatorSettings.Dns dns = parse(flags).dns();
        return dns.seenOutside() && dns.mayLookOutside();
    }

    private OperatorSettings parse(String... flags) {
        return parseFor("mail-system", flags);
    }

    private OperatorSettings parseFor(String podNamespace, String... flags) {
        Flags command = new Flags();
        new CommandLine(command)
                .setDefaultValueProvider(new Environment(environment::get))
                .parseArgs(flags);
        return command.options.settings(podNamespace);
    }

    @Command(name = "run")
    static final class Flags {
        @Mixin
        private final SettingsOptions options = new SettingsOptions();
    }
}

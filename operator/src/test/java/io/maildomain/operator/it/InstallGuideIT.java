package io.maildomain.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maildomain.operator.it.GuidePage.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new administrator who types what README, installation guide and first domain say, each on a cluster that has nothing of ours. */
class InstallGuideIT {

    private static final GuidePage README = GuidePage.read("README.md").only("Install it"::equals);
    private static final GuidePage INSTALL = GuidePage.read("docs/guides/install.md");
    private static final GuidePage FIRST_DOMAIN = GuidePage.read("docs/guides/first-domain.md");

    private static final String WORKSTATION = "From your workstation";
    private static final String HELM = "With Helm";
    private static final String MANIFESTS = "Plain manifests";
    private static final String SIMULATOR = "Against the simulator";
    private static final String UNINSTALL = "Uninstall";

    @TempDir
    private Path folder;

    private static GuidePage install(String section) {
        return INSTALL.only(section::equals);
    }

    @Test
    void fromTheReadmeToAReadyDomainWithTheJarInATerminal() throws IOException {
        try (NewAdministrator admin = new NewAdministrator("workstation", folder)) {
            int typed = admin.follow(README)
                    + admin.follow(install(""))
                    + admin.follow(install(WORKSTATION))
                    + admin.follow(FIRST_DOMAIN);

            assertThat(typed).as("commands from README to Ready").isGreaterThan(10);
            assertThat(zones(admin)).containsExactly("example.com");
            assertThat(admin.controlC()).isZero();
            assertThat(zones(admin)).as("ending it undoes nothing").containsExactly("example.com");
        }
    }

    @Test
    void withTheChartFromInstallationToUninstallation() throws IOException {
        try (NewAdministrator admin = new NewAdministrator("helm", folder)) {
            admin.follow(install(HELM));
            admin.follow(FIRST_DOMAIN);
            assertThat(zones(admin)).containsExactly("example.com");

            admin.follow(install(UNINSTALL));

            assertThat(admin.cloudflare().state().toString()).doesNotContain("support@example.com");
        }
    }

    @Test
    void withPlainManifests() throws IOException {
        try (NewAdministrator admin = new NewAdministrator("manifests", folder)) {
            admin.follow(install(MANIFESTS));
            admin.follow(FIRST_DOMAIN);
            assertThat(zones(admin)).containsExactly("example.com");
        }
    }

    @Test
    void againstASimulatorOfTheirOwn() throws IOException {
        try (NewAdministrator admin = new NewAdministrator("simulator", folder)) {
            Command unknown = new Command(SIMULATOR, "a.md", 1, "docker load -i image.tar", "");
            assertThatThrownBy(() -> admin.type(unknown)).hasMessageContaining("does not know how to run docker");
            Command fails = new Command(SIMULATOR, "a.md", 1, "kubectl get nothing-of-the-kind", "");
            assertThatThrownBy(() -> admin.type(fails)).hasMessageContaining("nothing-of-the-kind");

            // As the section before on the page leaves the cluster.
            admin.follow(install(WORKSTATION).commandsOf("kubectl"));
            admin.follow(install(SIMULATOR));

            assertThat(admin.controlC()).isZero();
        }
    }

    @Test
    void aTenantSeesInTheStatusWhatTheirNamespaceIsGranted() throws IOException {
        try (NewAdministrator admin = new NewAdministrator("tenants", folder)) {
            admin.follow(install(WORKSTATION));
            admin.follow(FIRST_DOMAIN.only("1. A token"::equals));
            admin.type(new Command("", "a tenant's namespace", 1, "kubectl create namespace team-a", ""));

            assertThat(admin.follow(GuidePage.read("docs/guides/tenants.md"))).isGreaterThan(3);

            assertThat(admin.cloudflare().state().toString())
                    .as("in mode Observe nothing is created")
                    .doesNotContain("team-a.example");
        }
    }

    /** The upgrade comes from the very same chart: ChartLifecycleIT comes from an older one. */
    @Test
    void onOpenShiftWithAnUpgradeAndBack() throws IOException {
        try (NewAdministrator admin = new NewAdministrator("openshift", folder)) {
            admin.follow(GuidePage.read("docs/guides/openshift.md"));
            assertThat(admin.prints("kubectl -n mail-system get deployment mail-domain-operator -o yaml"))
                    .contains("runAsNonRoot: true")
                    .doesNotContain("runAsUser:")
                    .doesNotContain("runAsGroup:");

            admin.follow(GuidePage.read("docs/guides/upgrade.md"));

            assertThat(admin.prints("helm history mail-domain-operator -n mail-system"))
                    .contains("Rollback to 1");
        }
    }

    @Test
    void noSectionWithCommandsIsLeftOut() {
        Set<String> sections = INSTALL.commands().map(Command::section).collect(Collectors.toSet());

        assertThat(sections).containsExactlyInAnyOrder("", WORKSTATION, HELM, MANIFESTS, SIMULATOR, UNINSTALL);
    }

    private static List<String> zones(NewAdministrator admin) {
        return admin.cloudflare().state().path("zones").findValuesAsText("name").stream()
                .filter("example.com"::equals)
                .distinct()
                .toList();
    }
}

package io.maildomain.operator.controller.mailworker;

import static io.maildomain.operator.controller.mailworker.WorkerScenario.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.operator.cloudflare.Permission;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.status.ConditionType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each right that a Worker needs is taken away in turn: exactly that one is named, and once it is given back all is well. */
class DeployRightsTest {

    private static final String WHOLE = "'databases':[{'binding':'DB','name':'mail-db','migrations':{'path':'.'}}],"
            + "'buckets':[{'binding':'B','name':'mail-bucket'}],'schedules':['*/15 * * * *'],"
            + "'customDomains':['" + HOST + "'],'routes':[{'pattern':'example.com/api/*'}]";

    private final WorkerScenario scenario = new WorkerScenario();

    @BeforeEach
    void whatItIsBoundTo() {
        scenario.platform().putDatabase("mail-db", "");
        scenario.platform().putBucket("mail-bucket", "default");
        scenario.files("index.js", "export default {}", "0001_init.sql", "CREATE TABLE mails(sender TEXT);");
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    /** What is missing, which condition says so, what the token may not do, and where the right is needed. */
    static Stream<Arguments> rights() {
        String account = "account 0123456789abcdef0123456789abcdef";
        return Stream.of(
                Arguments.of(
                        Permission.WORKERS_SCRIPTS, ConditionType.DEPLOYED, "read a Worker's deployments", account),
                Arguments.of(Permission.D1, ConditionType.TARGETS_READY, "list D1 databases", account),
                Arguments.of(Permission.WORKERS_R2_STORAGE, ConditionType.TARGETS_READY, "read an R2 bucket", account),
                Arguments.of(
                        Permission.WORKERS_ROUTES,
                        ConditionType.TARGETS_READY,
                        "list Workers routes",
                        "what it is about"));
    }

    /** All that the deploy surface asks for but these, and what finds the zone of a route. */
    private void without(Permission... missing) {
        scenario.rights(Stream.concat(Permission.of(Surface.DEPLOY).stream(), Stream.of(Permission.ZONE_READ))
                .filter(right -> !List.of(missing).contains(right))
                .map(Permission::describe)
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("rights")
    void oneThatIsMissingFromTheStartIsNamedAndHeals(Permission right, ConditionType at, String mayNot, String scope) {
        without(right);
        MailWorker worker = scenario.worker("mailbox", WHOLE);

        scenario.settle(worker);
        namesOnly(worker, right, at, mayNot, scope);
        assertThat(scenario.writes()).as("questions to the database only").allMatch(write -> write.endsWith("/query"));
        assertThat(scenario.platform().database("mail-db").path("tables")).isEmpty();

        without();
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
    }

    @ParameterizedTest
    @MethodSource("rights")
    void oneThatIsTakenAwayLaterIsNamedAndHeals(Permission right, ConditionType at, String mayNot, String scope) {
        without();
        MailWorker worker = scenario.worker("mailbox", WHOLE);
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        String served = scenario.live(worker).getStatus().serving().id();

        without(right);
        scenario.starts();
        scenario.settle(worker);
        namesOnly(worker, right, at, mayNot, scope);

        without();
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertThat(scenario.live(worker).getStatus().serving().id()).isEqualTo(served);
    }

    private void namesOnly(MailWorker worker, Permission right, ConditionType at, String mayNot, String scope) {
        List<Condition> conditions = scenario.live(worker).getStatus().conditions();
        assertThat(conditions)
                .filteredOn(condition -> condition.status().equals("False"))
                .allSatisfy(condition -> {
                    assertThat(condition.reason()).isEqualTo("PermissionMissing");
                    assertThat(condition.message())
                            .isEqualTo(
                                    "the deploy token (key CLOUDFLARE_API_TOKEN of Secret mail-system/tokens) may not %s: add %s,"
                                            + " and check that the token's scope covers %s (HTTP 403, code 10000)",
                                    mayNot, right.describe(), scope);
                })
                .extracting(Condition::type)
                .containsExactlyInAnyOrder("Ready", at.value());
        assertThat(Arrays.stream(Permission.values())
                        .filter(known -> conditions.toString().contains(known.describe())))
                .containsExactly(right);
    }
}

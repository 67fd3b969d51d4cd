package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.OperatorExtension;
import io.maildomain.operator.statuspage.plan.PageDocument;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a reader of the status page sees while domains come and wait. */
class StatusPageIT {

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=10m", "--status-page=local");

    private final Scene scene = new Scene(rig);

    private PageDocument page(String query) {
        HttpResponse<String> answer = rig.operator().get("/" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(answer.body()).doesNotContain(rig.token());
        return PageDocument.of(answer.body());
    }

    @Test
    void nameServersToSetStandThereUntilTheRegistrarActed() {
        scene.destination(TEAM);
        scene.mailDomain("fresh", "fresh.example", rulesOf(forward("a@fresh.example", TEAM)));
        scene.eventuallyDomain("fresh", status -> status.isNotReadyBecause("ZonePending"));

        eventually(() -> assertThat(page("").texts("//section[h2/@id='name-servers']//tbody/tr/th"))
                .containsExactly("fresh.example"));
        assertThat(page("").texts("//section[h2/@id='name-servers']//tbody/tr/td[1]/div"))
                .isEqualTo(scene.mailDomain("fresh").getStatus().zone().nameServers());

        rig.control().activate("fresh.example");
        scene.eventuallyReady("fresh");
        eventually(() -> assertThat(page("").count("//h2[@id='name-servers']")).isZero());
        assertThat(page("").texts("//section[h2/@id='domains']//tbody/tr/td[1]"))
                .containsExactly("Ready");
    }

    @Test
    void aDestinationThatWaitsIsNamedAndTheWayOfItsMailIsFollowed() {
        scene.dashboard().addAddress("new@corp.example");
        scene.settledZone("settled.example");
        scene.mailDomain("settled", "settled.example", rulesOf(forward("a@settled.example", "new@corp.example")));
        scene.eventuallyDomain("settled", status -> status.isNotReadyBecause("DestinationUnverified"));
        eventually(() -> assertThat(page("").texts("//section[h2/@id='destinations']//tbody/tr/th"))
                .containsExactly("new@corp.example"));

        assertThat(page("?address=A%40settled.example").text("//section[h2/@id='trace']/p[@role='status']"))
                .isEqualTo("Mail to a@settled.example: where it goes could not be found out.");
        assertThat(page("?address=A%40settled.example").texts("//section[h2/@id='trace']//tbody/tr[th='rule']/td[2]"))
                .singleElement()
                .asString()
                .contains("MailDomain", "is DestinationUnverified");
    }

    @Test
    void theAccountHasItsBudgetAndItsPlots() {
        scene.settledZone("settled.example");
        scene.mailDomain("settled", "settled.example");
        scene.eventuallyReady("settled");

        eventually(() -> assertThat(page("").texts("//section[h2/@id='accounts']//dd[1]"))
                .anySatisfy(budget -> assertThat(budget).matches("\\d+ of \\d+ requests may be sent at once\\.")));
        assertThat(page("").count("//svg")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void theStyleSheetIsServedBesideIt() {
        HttpResponse<String> style = rig.operator().get("/status.css");

        assertThat(style.headers().firstValue("Content-Type")).hasValue("text/css; charset=utf-8");
        assertThat(style.body()).contains("prefers-color-scheme: dark");
    }
}

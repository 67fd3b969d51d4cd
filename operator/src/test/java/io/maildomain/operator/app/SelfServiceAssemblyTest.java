package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressSpec;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.operator.fixture.ScenarioDsl;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A user who deletes the CRDs of Mailboxes and DestinationAddresses, or never installed them, leaves no MailDomain without an operator. */
class SelfServiceAssemblyTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final AssemblyRig rig = new AssemblyRig();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.maildomain.operator.app");
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @BeforeEach
    void listen() {
        said.start();
        logger.addAppender(said);
    }

    @AfterEach
    void stop() throws Exception {
        logger.detachAppender(said);
        rig.stop();
    }

    private MailDomain domain() {
        rig.simulator().controls().putZone("example.com", "{\"status\":\"active\",\"routing\":true}");
        MailDomain domain = new MailDomain();
        domain.setMetadata(new ObjectMetaBuilder().withName("example").build());
        domain.setSpec(ScenarioDsl.read(
                "{'domain':'example.com','mailboxes':[{'namespaces':{'matchLabels':{'kubernetes.io/metadata.name':'mail-system'}},"
                        + "'addresses':['*@example.com'],'drop':true}]}",
                MailDomainSpec.class));
        return rig.create(domain);
    }

    private Mailbox mailbox() {
        Mailbox mailbox = new Mailbox();
        mailbox.setMetadata(new ObjectMetaBuilder().withName("bot").build());
        mailbox.setSpec(ScenarioDsl.read(
                "{'domainRef':{'name':'example'},'address':'bot@example.com','action':{'drop':true}}",
                MailboxSpec.class));
        return rig.create(mailbox);
    }

    private DestinationAddress destination() {
        DestinationAddress destination = new DestinationAddress();
        destination.setMetadata(new ObjectMetaBuilder().withName("team").build());
        destination.setSpec(ScenarioDsl.read("{'email':'team@corp.example'}", DestinationAddressSpec.class));
        return rig.create(destination);
    }

    private <R extends CustomResource<?, ? extends Conditioned>> void awaitReady(R resource) {
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        AssemblyRig.ready(rig.client().resource(resource).get().getStatus()))
                .contains("True Ready"));
    }

    private boolean isSaid(String... parts) {
        return said.list.stream().map(ILoggingEvent::getFormattedMessage).anyMatch(line -> Stream.of(parts)
                .allMatch(line::contains));
    }

    @Test
    void withoutTheirCrdsMailDomainsAreSeenToAllTheSame() {
        OperatorAssembly operator = rig.operator("--mailboxes", "--destination-addresses");
        operator.start();

        awaitReady(domain());

        assertThat(operator.readiness().passes()).isTrue();
        assertThat(isSaid("kubectl apply -f crds/maildomain.io_mailboxes.yaml", "--mailboxes"))
                .isTrue();
        assertThat(isSaid("kubectl apply -f crds/maildomain.io_destinationaddresses.yaml", "--destination-addresses"))
                .isTrue();
    }

    @Test
    void withoutDestinationAddressesMailboxesAttachAllTheSame() {
        rig.server().install(Mailbox.class);
        rig.operator("--mailboxes", "--destination-addresses").start();
        domain();

        awaitReady(mailbox());
    }

    @Test
    void withoutMailboxesDestinationAddressesAreSeenToAllTheSame() {
        rig.server().install(DestinationAddress.class);
        rig.operator("--mailboxes", "--destination-addresses").start();

        DestinationAddress destination = destination();

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        rig.client().resource(destination).get().getStatus())
                .isNotNull());
        awaitReady(domain());
    }

    /** It would stay Terminating for good, and so would its namespace. */
    @Test
    void withoutTheFlagTheOperatorSaysWhichDestinationAddressesItLeavesBehind() {
        rig.server().install(DestinationAddress.class);
        destination();

        rig.operator().start();

        assertThat(isSaid("mail-system/team", "--destination-addresses")).isTrue();
    }

    @Test
    void withoutTheFlagsNothingIsSaidOfTheirCrds() {
        rig.operator().start();

        awaitReady(domain());

        assertThat(isSaid("does not have the CRD")).isFalse();
    }
}

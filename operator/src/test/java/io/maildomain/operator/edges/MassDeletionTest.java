package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose deletions the guard against mass deletion counts together, and for which of them the annotation that releases them was meant. */
class MassDeletionTest {

    private static final String ALLOW = "maildomain.io/allow-mass-deletion";

    private ScenarioDsl scenario;

    @BeforeEach
    void threeAreAllowed() {
        scenario = new ScenarioDsl(Options.usual().withMassDeletion(3)).usual();
        scenario.account(
                "others",
                "tokens",
                scenario.env().simulator().accountId(),
                "[{'namespaces':{},'domains':['*'],'createZones':true}]");
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private List<MailDomain> managed(String namespace, String name, int count, String credentials) {
        List<MailDomain> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String each = name + i;
            scenario.controls().putZone(each + ".example", "{}");
            made.add(scenario.domain(
                    namespace, each, "{'domain':'" + each + ".example'" + credentials.replaceAll("^(.)", ",$1") + "}"));
        }
        scenario.settle();
        return made;
    }

    private List<MailDomain> managed(String namespace, String name, int count) {
        return managed(namespace, name, count, "");
    }

    private void isHeld(List<MailDomain> domains) {
        assertThat(domains).allMatch(domain -> scenario.ready(domain).equals("False DeletionHeld"));
    }

    private void areGone(List<MailDomain> domains) {
        assertThat(domains).allMatch(scenario::isGone);
    }

    private void allow(String account, String value) {
        HasMetadata found = scenario.env().cluster().account(account).orElseThrow();
        found.getMetadata().setAnnotations(new HashMap<>(Map.of(ALLOW, value)));
    }

    @Test
    void anotherNamespacesDeletionsHoldNobodyElsesNeitherBeforeNorAfterTheyAreReleased() {
        List<MailDomain> many = managed("mail", "many", 5);
        List<MailDomain> one = managed("other", "one", 1);
        List<MailDomain> later = managed("other", "later", 2);
        many.forEach(scenario::delete);
        scenario.settle();
        one.forEach(scenario::delete);
        scenario.settle();
        isHeld(many);
        areGone(one);

        allow("default", "5");
        scenario.settle();
        areGone(many);
        later.forEach(scenario::delete);
        scenario.settle();
        areGone(later);
    }

    private void theNamespaceHasATokenOfItsOwn() {
        String token =
                scenario.controls().putToken("own", ScenarioDsl.runtimeRights()).value();
        scenario.env().secrets().holding("mail", "own", "CLOUDFLARE_API_TOKEN", token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'accountRef':{'name':'others'}}", "{'secretRef':{'name':'own'}}"})
    void whoUsesAnotherTokenIsNotHeldEither(String credentials) {
        theNamespaceHasATokenOfItsOwn();
        List<MailDomain> many = managed("mail", "many", 5);
        List<MailDomain> one = managed("mail", "one", 1, "'credentials':" + credentials);
        many.forEach(scenario::delete);
        one.forEach(scenario::delete);
        scenario.settle();
        isHeld(many);
        areGone(one);
    }

    @Test
    void thoseOfOneSecretAreCountedTogetherAndLetGoOneByOne() {
        theNamespaceHasATokenOfItsOwn();
        List<MailDomain> many = managed("mail", "many", 5, "'credentials':{'secretRef':{'name':'own'}}");
        many.forEach(scenario::delete);
        scenario.settle();
        isHeld(many);
        scenario.annotate(many.get(0), ALLOW, "5");
        scenario.settle();
        areGone(many.subList(0, 1));
        isHeld(many.subList(1, 5));
    }

    /** It stands in Git for good: the next bad prune must be held all the same. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnnotationThatWasLeftBehindAllowsNothingLater(boolean restarted) {
        List<MailDomain> first = managed("mail", "first", 5);
        first.forEach(scenario::delete);
        scenario.settle();
        allow("default", "5");
        scenario.settle();
        areGone(first);

        scenario.later(Duration.ofHours(1));
        if (restarted) {
            scenario.restarts();
        }
        List<MailDomain> second = managed("mail", "second", 5);
        second.forEach(domain -> scenario.delete(domain, Instant.now().plus(Duration.ofHours(1))));
        scenario.settle();
        isHeld(second);
        assertThat(scenario.condition(second.get(0), "Ready").message())
                .contains("does not count")
                .contains("\"6\"");

        allow("default", "6");
        scenario.settle();
        areGone(second);
    }

    /** A user need not be quick: one who looks again after days finds it held, and releases it. */
    @Test
    void whatWasDeletedLongBeforeTheAnnotationIsReleasedByIt() {
        List<MailDomain> all = managed("mail", "many", 5);
        all.forEach(domain -> scenario.delete(domain, Instant.now().minus(Duration.ofDays(2))));
        scenario.settle();
        isHeld(all);
        allow("default", "5");
        scenario.settle();
        areGone(all);
    }
}

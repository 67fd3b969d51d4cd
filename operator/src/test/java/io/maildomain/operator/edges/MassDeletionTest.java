package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.MailDomain;
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

/** Whose deletions the brake counts together, and for which of them the annotation that lets them go was meant. */
class MassDeletionTest {

    private static final String ALLOW = "maildomain.io/allow-mass-deletion";

    private World world;

    @BeforeEach
    void threeAreAllowed() {
        world = new World(3).usual();
        world.account(
                "others",
                "tokens",
                world.simulator.accountId(),
                "[{'namespaces':{},'domains':['*'],'createZones':true}]");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private List<MailDomain> managed(String namespace, String name, int count, String credentials) {
        List<MailDomain> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String each = name + i;
            world.controls().putZone(each + ".example", "{}");
            made.add(world.domain(
                    namespace, each, "{'domain':'" + each + ".example'" + credentials.replaceAll("^(.)", ",$1") + "}"));
        }
        world.settle();
        return made;
    }

    private List<MailDomain> managed(String namespace, String name, int count) {
        return managed(namespace, name, count, "");
    }

    private void isHeld(List<MailDomain> domains) {
        assertThat(domains).allMatch(domain -> world.ready(domain).equals("False DeletionHeld"));
    }

    private void areGone(List<MailDomain> domains) {
        assertThat(domains).allMatch(world::isGone);
    }

    private void allow(String account, String value) {
        HasMetadata found = world.cluster.account(account).orElseThrow();
        found.getMetadata().setAnnotations(new HashMap<>(Map.of(ALLOW, value)));
    }

    @Test
    void anotherNamespacesDeletionsHoldNobodyElsesNeitherBeforeNorAfterTheyAreReleased() {
        List<MailDomain> many = managed("mail", "many", 5);
        List<MailDomain> one = managed("other", "one", 1);
        List<MailDomain> later = managed("other", "later", 2);
        many.forEach(world::delete);
        world.settle();
        one.forEach(world::delete);
        world.settle();
        isHeld(many);
        areGone(one);

        allow("default", "5");
        world.settle();
        areGone(many);
        later.forEach(world::delete);
        world.settle();
        areGone(later);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'accountRef':{'name':'others'}}", "{'secretRef':{'name':'own'}}"})
    void whoUsesAnotherTokenIsNotHeldEither(String credentials) {
        world.secrets.holding(
                "mail",
                "own",
                "CLOUDFLARE_API_TOKEN",
                world.controls().putToken("own", World.RUNTIME).value());
        List<MailDomain> many = managed("mail", "many", 5);
        List<MailDomain> one = managed("mail", "one", 1, "'credentials':" + credentials);
        many.forEach(world::delete);
        one.forEach(world::delete);
        world.settle();
        isHeld(many);
        areGone(one);
    }

    @Test
    void thoseOfOneSecretAreCountedTogetherAndLetGoOneByOne() {
        world.secrets.holding(
                "mail",
                "own",
                "CLOUDFLARE_API_TOKEN",
                world.controls().putToken("own", World.RUNTIME).value());
        List<MailDomain> many = managed("mail", "many", 5, "'credentials':{'secretRef':{'name':'own'}}");
        many.forEach(world::delete);
        world.settle();
        isHeld(many);
        world.annotate(many.get(0), ALLOW, "5");
        world.settle();
        areGone(many.subList(0, 1));
        isHeld(many.subList(1, 5));
    }

    /** It stands in Git for good: the next bad prune must be held all the same. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnnotationThatWasLeftBehindAllowsNothingLater(boolean restarted) {
        List<MailDomain> first = managed("mail", "first", 5);
        first.forEach(world::delete);
        world.settle();
        allow("default", "5");
        world.settle();
        areGone(first);

        world.later(Duration.ofHours(1));
        if (restarted) {
            world.restarts();
        }
        List<MailDomain> second = managed("mail", "second", 5);
        second.forEach(domain -> world.delete(domain, Instant.now().plus(Duration.ofHours(1))));
        world.settle();
        isHeld(second);
        assertThat(world.condition(second.get(0), "Ready").message())
                .contains("does not count")
                .contains("\"6\"");

        allow("default", "6");
        world.settle();
        areGone(second);
    }

    /** Nobody has to be quick: whoever looks again after days finds it held, and lets it go. */
    @Test
    void whatWasDeletedLongBeforeTheAnnotationIsReleasedByIt() {
        List<MailDomain> all = managed("mail", "many", 5);
        all.forEach(domain -> world.delete(domain, Instant.now().minus(Duration.ofDays(2))));
        world.settle();
        isHeld(all);
        allow("default", "5");
        world.settle();
        areGone(all);
    }
}

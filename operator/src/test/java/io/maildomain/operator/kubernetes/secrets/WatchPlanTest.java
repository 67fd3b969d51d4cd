package io.maildomain.operator.kubernetes.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class WatchPlanTest {

    @Example
    void whatIsWantedIsWatchedWhileThereAreFreePlaces() {
        WatchPlan plan = WatchPlan.of(Set.of(key(1), key(2), key(3)), Set.of(), Set.of(), 2);
        assertThat(plan.watch()).containsExactlyInAnyOrder(key(1), key(2));
        assertThat(plan.poll()).containsExactly(key(3));
        assertThat(plan.stop()).isEmpty();
    }

    @Example
    void aRunningWatchIsNotExchangedForAnother() {
        WatchPlan plan = WatchPlan.of(Set.of(key(1), key(2)), Set.of(key(2)), Set.of(), 1);
        assertThat(plan.stop()).isEmpty();
        assertThat(plan.watch()).isEmpty();
        assertThat(plan.poll()).containsExactly(key(1));
    }

    @Example
    void whoComesFirstTakesTheWatchOfAnother() {
        WatchPlan plan =
                WatchPlan.of(Set.of(key(1), key(2), key(3)), Set.of(key(3)), Set.of(key(1), key(2)), Set.of(key(3)), 2);
        assertThat(plan.watch()).containsExactly(key(3));
        assertThat(plan.poll()).containsExactly(key(1));
        assertThat(plan.stop()).isEmpty();
    }

    @Property
    void whoComesFirstIsWatchedAsLongAsThereArePlaces(
            @ForAll("keys") Set<SecretKey> wanted,
            @ForAll("keys") Set<SecretKey> first,
            @ForAll("keys") Set<SecretKey> watched,
            @ForAll("keys") Set<SecretKey> followed,
            @ForAll @IntRange(max = 12) int limit) {
        Set<SecretKey> polled = without(followed, watched);
        WatchPlan plan = WatchPlan.of(wanted, first, watched, polled, limit);
        Set<SecretKey> watchedNow = without(without(watched, plan.stop()), plan.poll());
        watchedNow.addAll(plan.watch());
        Set<SecretKey> polledNow = without(without(polled, plan.stop()), plan.watch());
        polledNow.addAll(plan.poll());

        assertThat(watchedNow).noneMatch(polledNow::contains);
        Set<SecretKey> all = new HashSet<>(watchedNow);
        all.addAll(polledNow);
        assertThat(all).isEqualTo(wanted);
        boolean another = watchedNow.stream().anyMatch(key -> !first.contains(key));
        boolean waits = polledNow.stream().anyMatch(first::contains);
        assertThat(another && waits).isFalse();
    }

    @Property
    void afterThePlanEachWantedSecretIsFollowedOnceAndNothingElse(
            @ForAll("keys") Set<SecretKey> wanted,
            @ForAll("keys") Set<SecretKey> watched,
            @ForAll("keys") Set<SecretKey> followed,
            @ForAll @IntRange(max = 12) int limit) {
        Set<SecretKey> polled = without(followed, watched);
        WatchPlan plan = WatchPlan.of(wanted, watched, polled, limit);

        Set<SecretKey> watchedThen = union(without(watched, plan.stop()), plan.watch());
        Set<SecretKey> polledThen = union(without(without(polled, plan.stop()), plan.watch()), plan.poll());
        assertThat(union(watchedThen, polledThen)).isEqualTo(wanted);
        assertThat(watchedThen).noneMatch(polledThen::contains);
        assertThat(watchedThen)
                .hasSizeLessThanOrEqualTo(
                        Math.max(limit, without(watched, plan.stop()).size()));

        WatchPlan again = WatchPlan.of(wanted, watchedThen, polledThen, limit);
        assertThat(again).isEqualTo(new WatchPlan(Set.of(), Set.of(), Set.of()));
    }

    @Provide
    Arbitrary<Set<SecretKey>> keys() {
        return Arbitraries.integers()
                .between(0, 15)
                .map(WatchPlanTest::key)
                .set()
                .ofMaxSize(12);
    }

    private static SecretKey key(int number) {
        return new SecretKey("mail", "secret-%02d".formatted(number));
    }

    private static Set<SecretKey> union(Set<SecretKey> one, Set<SecretKey> other) {
        Set<SecretKey> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static Set<SecretKey> without(Set<SecretKey> all, Set<SecretKey> some) {
        Set<SecretKey> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}

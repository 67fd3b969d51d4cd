package io.maildomain.operator.controller.watches;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.operator.controller.catchall.plan.CatchAllPrecedence;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.informers.ResourceListener;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The CatchAllRules that name one MailDomain, as far as one of them concerns the others. Pure over what the cluster shows. */
record Siblings(ResourceCache cluster) {

    /**
     * The other CatchAllRules for the same MailDomain that a change of this one concerns: all, once another one comes first;
     * else, where what it holds or whether it goes has changed, those that hold something, go, or come first.
     */
    List<CatchAllRule> toWake(ResourceListener.Change<CatchAllRule> change) {
        List<CatchAllRule> others = siblingsOf(change.either());
        Optional<String> first = firstOf(others, change.before());
        Optional<String> firstNow = firstOf(others, change.after());
        boolean before = change.was().isPresent();
        if (before && !first.equals(firstNow)) {
            return others;
        }
        boolean same = change.was().map(Siblings::holding).equals(change.is().map(Siblings::holding));
        return same || !before
                ? List.of()
                : others.stream()
                        .filter(other -> other.isMarkedForDeletion()
                                || CatchAllPrecedence.ownershipOf(other).isPresent()
                                || firstNow.filter(other.getMetadata().getUid()::equals)
                                        .isPresent())
                        .toList();
    }

    private static Optional<String> firstOf(List<CatchAllRule> others, @Nullable CatchAllRule one) {
        return CatchAllPrecedence.winner(
                        Stream.concat(others.stream(), Stream.ofNullable(one)).toList())
                .map(rule -> rule.getMetadata().getUid());
    }

    private static List<Object> holding(CatchAllRule rule) {
        return List.of(rule.isMarkedForDeletion(), CatchAllPrecedence.ownershipOf(rule));
    }

    private List<CatchAllRule> siblingsOf(CatchAllRule rule) {
        if (rule.getSpec() == null) {
            return List.of();
        }
        return cluster
                .catchAllRulesOf(
                        rule.getMetadata().getNamespace(),
                        rule.getSpec().domainRef().name())
                .stream()
                .filter(other ->
                        !other.getMetadata().getUid().equals(rule.getMetadata().getUid()))
                .toList();
    }
}

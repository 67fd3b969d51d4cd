package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairwiseTest {

    @Test
    void theSampleOfTheDeletionMatrixHoldsEveryPairThatTheMatrixHolds() {
        assertThat(pairs(DeletionCase.pairwise())).isEqualTo(pairs(DeletionCase.all()));
    }

    @Test
    void theSampleIsSmallAndTheSameEachTime() {
        assertThat(DeletionCase.pairwise())
                .hasSizeLessThan(DeletionCase.all().size() / 20)
                .isEqualTo(DeletionCase.pairwise());
    }

    private static Set<String> pairs(List<DeletionCase> cases) {
        Set<String> pairs = new HashSet<>();
        for (DeletionCase one : cases) {
            List<String> values = IntStream.range(0, one.values().size())
                    .mapToObj(i -> i + "=" + one.values().get(i))
                    .toList();
            values.forEach(first -> values.forEach(second -> pairs.add(first + " " + second)));
        }
        return pairs;
    }
}

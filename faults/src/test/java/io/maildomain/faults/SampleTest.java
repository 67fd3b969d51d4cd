package io.maildomain.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    private static final List<Integer> ITEMS = IntStream.range(0, 11).boxed().toList();

    @Test
    void fourRotationsTogetherTakeEveryCaseOnce() {
        List<Integer> taken = IntStream.range(0, 4)
                .mapToObj(begin -> new Sample(4, begin).of(ITEMS))
                .flatMap(List::stream)
                .toList();

        assertThat(taken).containsExactlyInAnyOrderElementsOf(ITEMS);
    }

    @Test
    void theSameCommitTakesTheSameCases() {
        assertThat(Sample.ofCommit("d34fb72")).isEqualTo(Sample.ofCommit("d34fb72"));
    }

    @Test
    void commitsTakeDifferentCases() {
        Set<Integer> begins = new TreeSet<>();
        List.of("a", "b", "c", "d", "e", "f")
                .forEach(commit -> begins.add(Sample.ofCommit(commit).begin()));

        assertThat(begins).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void aShortListIsNeverLeftOut() {
        for (int begin = 0; begin < 4; begin++) {
            assertThat(new Sample(4, begin).of(List.of("one"))).containsExactly("one");
            assertThat(new Sample(4, begin).of(List.of("one", "two", "three"))).isNotEmpty();
        }
    }

    @Test
    void nextKindsOfFaultMeetOtherCalls() {
        Sample sample = new Sample(4, 3);

        assertThat(sample.of(ITEMS))
                .doesNotContainAnyElementsOf(sample.shifted(1).of(ITEMS));
    }

    @Test
    void allIsAll() {
        assertThat(new Sample(1, 0).of(ITEMS)).isEqualTo(ITEMS);
    }
}

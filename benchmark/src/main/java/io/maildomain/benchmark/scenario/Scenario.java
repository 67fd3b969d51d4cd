package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import java.util.List;

/** Something that is done, and what is measured meanwhile. */
@FunctionalInterface
public interface Scenario {

    /**
     * Plays it.
     *
     * @throws io.maildomain.benchmark.BenchmarkException if it comes to no end
     */
    void play(Laboratory lab, Results results);

    /** Its name, for choosing it. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Whether it says something that a quick run looks at. */
    default boolean isQuick() {
        return true;
    }

    /** All there are, in the order in which they are played: those that share a fleet one after the other. */
    static List<Scenario> all() {
        return List.of(
                new NewZone(),
                new ExistingZone(),
                new NothingToDo(),
                new Restart(),
                new FiveThousand(),
                new RestartUnderBudget(),
                new Outage(),
                new AnotherClient(),
                new NewUnderBudget(),
                new Unverified(),
                new Rivals(),
                new Crowded(),
                new MailboxesComeAndGo(),
                new ManyAtOnce(),
                new EditDuringChecks(),
                new Footprint(),
                new LargeFleet());
    }
}

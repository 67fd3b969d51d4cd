package io.maildomain.operator.controller.destination.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.DeployOrigin;
import io.maildomain.api.v1alpha1.DestinationOwnership;
import io.maildomain.operator.cloudflare.Destination;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * One address lives through random histories: looks that end anywhere, lost answers, users who delete, create and click, requests for
 * another mail. Then it holds what must hold whatever comes.
 */
class DestinationPlannerProperties {
    private static final String EMAIL = "team@corp.example";
    private static final Duration WITHIN = Duration.ofSeconds(90);

    /** What happens next to the address. */
    enum Event {
        LOOK,
        LOOK_THAT_ENDS_BEFORE_THE_CALL,
        LOOK_WHOSE_ANSWER_IS_LOST,
        LOOK_WHOSE_CALL_IS_LOST,
        USER_DELETES,
        USER_CREATES,
        OWNER_CLICKS,
        REQUEST
    }

    /** One that was created, whose answer was lost and that was deleted before it was seen, cannot be told from none. */
    @Property(tries = 2000)
    void noMailIsSentThatWasNotAskedFor(@ForAll @Size(max = 40) List<Event> events) {
        Model model = new Model();

        events.forEach(model::happens);

        assertThat(model.mails).isLessThanOrEqualTo(1 + model.requests + model.unseen);
    }

    @Property(tries = 2000)
    void whatAnotherUserCreatedIsNeverDeleted(@ForAll @Size(max = 40) List<Event> events) {
        Model model = new Model();

        events.forEach(model::happens);

        assertThat(model.byOthersDeleted).isZero();
        DestinationRemoval removal = DestinationRemoval.of(DeletionPolicy.Delete, model.facts(), false, List.of());
        if (removal instanceof DestinationRemoval.Delete delete) {
            assertThat(model.byOthers).doesNotContain(delete.destination().id());
        }
    }

    @Property(tries = 2000)
    void undisturbedItComesToRest(@ForAll @Size(max = 40) List<Event> events) {
        Model model = new Model();
        events.forEach(model::happens);

        for (int looks = 0; looks < 3; looks++) {
            model.happens(Event.LOOK);
        }

        DestinationStep last = DestinationPlanner.next(model.facts());
        assertThat(last)
                .isInstanceOfAny(DestinationStep.Hold.class, DestinationStep.Leave.class)
                .extracting(DestinationStep::note)
                .isEqualTo(model.noted);
        assertThat(last instanceof DestinationStep.Hold).isEqualTo(model.seen != null);
    }

    /** The account, the ownership record and who did what. Time passes in steps that are longer than an answer can be out. */
    private static final class Model {
        private Instant now = Instant.parse("2026-11-30T10:00:00Z");
        private DestinationOwnership noted = DestinationOwnership.of("0123456789abcdef0123456789abcdef");
        private @Nullable Destination seen;
        private @Nullable String request;
        private int requests;
        private int mails;
        private int unseen;
        private int created;
        private int byOthersDeleted;
        private final Set<String> byOthers = new HashSet<>();

        private DestinationFacts facts() {
            return new DestinationFacts(noted, seen, now, request, WITHIN);
        }

        private void happens(Event event) {
            now = now.plusSeconds(600);
            switch (event) {
                case LOOK, LOOK_THAT_ENDS_BEFORE_THE_CALL, LOOK_WHOSE_ANSWER_IS_LOST, LOOK_WHOSE_CALL_IS_LOST ->
                    look(event);
                case USER_DELETES -> {
                    unseen += seen != null && facts().isNoted(DeployOrigin.Creating) ? 1 : 0;
                    seen = null;
                }
                case USER_CREATES -> {
                    if (seen == null) {
                        byOthers.add(create());
                    }
                }
                case OWNER_CLICKS -> {
                    if (seen != null) {
                        seen = new Destination(seen.id(), EMAIL, seen.created(), true, now);
                    }
                }
                case REQUEST -> request = "request " + ++requests;
            }
        }

        private void look(Event how) {
            DestinationStep step = DestinationPlanner.next(facts());
            noted = step.note();
            if (step instanceof DestinationStep.Renew renew && how != Event.LOOK_THAT_ENDS_BEFORE_THE_CALL) {
                if (byOthers.contains(renew.seen().id())) {
                    byOthersDeleted++;
                }
                seen = null;
                // As the reconcile goes on: the next step is decided on an account without it.
                look(how);
            }
            if (step instanceof DestinationStep.Create
                    && how != Event.LOOK_THAT_ENDS_BEFORE_THE_CALL
                    && how != Event.LOOK_WHOSE_CALL_IS_LOST) {
                mails++;
                String id = create();
                if (how == Event.LOOK) {
                    noted = noted.created(id);
                }
            }
        }

        private String create() {
            String id = "%032x".formatted(++created);
            seen = new Destination(id, EMAIL, now.plusSeconds(1), false, null);
            return id;
        }
    }
}

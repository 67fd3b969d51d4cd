package io.maildomain.operator.controller.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Destination;
import io.maildomain.operator.cloudflare.DestinationList;
import io.maildomain.operator.cloudflare.Destinations;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.ratelimit.Permit;
import io.maildomain.operator.controller.destination.DestinationLists.Account;
import io.maildomain.operator.fixture.ShiftedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One list for all that ask within a while, and who hears of what is new in it. */
class DestinationListsTest {

    private static final Account ACCOUNT = new Account("token", "0123456789abcdef0123456789abcdef");
    private static final Duration RECENT = Duration.ofSeconds(5);
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

    private final ShiftedClock clock = ShiftedClock.stoppedAt(NOW);
    private final List<Set<String>> news = new ArrayList<>();
    private final DestinationLists lists = new DestinationLists(clock, (account, emails) -> news.add(emails));
    private final Counted cloudflare = new Counted();

    /** Says what a test tells it to, and counts. */
    private static final class Counted implements Destinations {
        private List<Destination> all = List.of();
        private CloudflareException failure;
        private int reads;
        private Runnable meanwhile = () -> {};

        @Override
        public DestinationList list() {
            reads++;
            meanwhile.run();
            if (failure != null) {
                throw failure;
            }
            return new DestinationList(all, NOW);
        }

        @Override
        public DestinationList unverified() {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public Optional<Destination> withId(String id) {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public Destination create(String email) {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public boolean delete(String id) {
            throw new IllegalStateException("not asked for");
        }
    }

    private static Destination destination(String email, boolean verified) {
        return new Destination(email, email, NOW, verified, null);
    }

    private DestinationList read() {
        return lists.read(ACCOUNT, () -> cloudflare, RECENT);
    }

    private Optional<DestinationList> readable() {
        return lists.readable(ACCOUNT, () -> cloudflare, RECENT);
    }

    private static CloudflareException refusal(int status) {
        return new CloudflareException(CloudflareCall.LIST_ADDRESSES, new Failure.Refused(status, List.of(), null));
    }

    @Test
    void whatWasReadJustNowIsNotReadAgain() {
        read();
        clock.passes(RECENT.minusMillis(1));
        read();
        assertThat(cloudflare.reads).isEqualTo(1);

        clock.passes(Duration.ofMillis(1));
        read();
        assertThat(cloudflare.reads).isEqualTo(2);
    }

    /** Four pages: else many domains that wait would use up a fifth of the token's budget. */
    @Test
    void aListOfManyPagesIsReadLessOftenUnlessItIsAskedForNow() {
        cloudflare.all = IntStream.range(0, 199)
                .mapToObj(number -> destination("a" + number + "@corp.example", true))
                .toList();
        read();
        clock.passes(Duration.ofSeconds(19));
        read();
        assertThat(cloudflare.reads).isEqualTo(1);

        lists.read(ACCOUNT, () -> cloudflare, Duration.ZERO);
        assertThat(cloudflare.reads).isEqualTo(2);

        clock.passes(Duration.ofSeconds(20));
        read();
        assertThat(cloudflare.reads).isEqualTo(3);
    }

    /** It has an id that is gone, or lacks the one that is new: the operator would take its own address for another user's. */
    @Test
    void aListThatWasUnderWayWhileTheOperatorChangedSomethingIsNotRemembered() {
        cloudflare.meanwhile = () -> {
            lists.deleted(ACCOUNT, "a@corp.example");
            lists.created(ACCOUNT, destination("b@corp.example", false));
        };
        cloudflare.all = List.of(destination("a@corp.example", false));
        read();
        cloudflare.meanwhile = () -> {};
        cloudflare.all = List.of(destination("b@corp.example", false));

        assertThat(read().find("b@corp.example")).isPresent();
        assertThat(cloudflare.reads).isEqualTo(2);
    }

    @Test
    void aClockThatIsSetBackKeepsNothing() {
        read();
        clock.passes(Duration.ofHours(-1));
        read();

        assertThat(cloudflare.reads).isEqualTo(2);
    }

    @Test
    void onlyWhatIsNewIsTold() {
        cloudflare.all = List.of(destination("a@corp.example", true), destination("b@corp.example", false));
        read();
        clock.passes(RECENT);
        cloudflare.all = List.of(destination("a@corp.example", true), destination("b@corp.example", true));
        read();
        clock.passes(RECENT);
        read();

        assertThat(news).containsExactly(Set.of("a@corp.example"), Set.of("b@corp.example"));
    }

    @Test
    void whatTheOperatorDidIsKnownWithoutAnotherList() {
        read();
        lists.created(ACCOUNT, destination("a@corp.example", false));
        assertThat(read().find("a@corp.example")).isPresent();
        lists.deleted(ACCOUNT, "a@corp.example");
        assertThat(read().find("a@corp.example")).isEmpty();

        assertThat(cloudflare.reads).isEqualTo(1);
    }

    @Test
    void aFailureIsTheOneOfWhoAskedAndKeepsNothing() {
        cloudflare.failure = refusal(403);
        assertThatThrownBy(this::read).isSameAs(cloudflare.failure);

        cloudflare.failure = null;
        assertThat(read().all()).isEmpty();
    }

    /** For those that do without it. */
    @Test
    void whereItMayNotBeReadItIsNotTriedAgainForAWhile() {
        cloudflare.failure = refusal(403);
        assertThat(readable()).isEmpty();
        assertThat(readable()).isEmpty();
        assertThat(cloudflare.reads).isEqualTo(1);

        cloudflare.failure = null;
        clock.passes(Duration.ofMinutes(2));
        assertThat(readable()).isPresent();
    }

    /** A failure is over soon; until then many that ask would each wait for the same time-out. */
    @Test
    void whereItFailsItIsTriedAgainSoonerThanWhereItMayNotBeRead() {
        cloudflare.failure = refusal(500);
        assertThat(readable()).isEmpty();
        assertThat(readable()).isEmpty();
        assertThat(cloudflare.reads).isEqualTo(1);

        cloudflare.failure = null;
        clock.passes(Duration.ofSeconds(15));
        assertThat(readable()).isPresent();
    }

    /** What was read before the failure is young enough. */
    @Test
    void whatIsKnownDoesWhileItFails() {
        read();
        clock.passes(RECENT);
        cloudflare.failure = refusal(500);
        assertThat(readable()).isEmpty();

        assertThat(lists.readable(ACCOUNT, () -> cloudflare, Duration.ofMinutes(1)))
                .isPresent();
    }

    /** For want of budget nothing was asked. */
    @Test
    void whatWasNotSentIsNoFailure() {
        cloudflare.failure = new CloudflareException(
                CloudflareCall.LIST_ADDRESSES,
                new Failure.Postponed(Duration.ofSeconds(1), Permit.Cause.values()[0], "later"));
        assertThat(readable()).isEmpty();
        cloudflare.failure = null;

        assertThat(readable()).isPresent();
    }

    /** Who must have it has read it meanwhile: the right was added. */
    @Test
    void whatOneCouldReadAllCan() {
        cloudflare.failure = refusal(403);
        assertThat(readable()).isEmpty();
        cloudflare.failure = null;
        read();

        assertThat(readable()).isPresent();
    }
}

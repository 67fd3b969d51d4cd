package io.maildomain.operator.controller;

import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.operator.cloudflare.Admission;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.TokenClients;
import io.maildomain.operator.cloudflare.Turn;
import io.maildomain.operator.cloudflare.deploy.DeployClient;
import io.maildomain.operator.cloudflare.ratelimit.Applicant;
import io.maildomain.operator.controller.sweep.NotSwept;
import io.maildomain.operator.controller.sweep.NotSwept.Why;
import io.maildomain.operator.controller.sweep.Subject.Place;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.ownership.StatusWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls to Cloudflare of one reconcile. Before the first call with a token it takes its turn in that token's queue; where
 * it is not its turn, nothing was asked yet, and the reconcile ends there. One that goes by a sweep ends where it would change
 * anything. Used by one thread.
 */
public final class CloudflareSession implements AutoCloseable {

    private final TokenClients tokens;
    private final Applicant applicant;
    /** Null where the reconcile goes by no sweep. */
    private final @Nullable Swept swept;
    /** By the token's fingerprint. A clean-up may need an earlier token besides, or that of a successor. */
    private final Map<String, Turn> turns;

    private @Nullable Place place;
    private @Nullable Instant lastSweep;

    private record Swept(ApiToken token, Instant began, Function<Supplier<Cloudflare>, Cloudflare> over) {}

    /** Asks for nothing yet. */
    public CloudflareSession(TokenClients tokens, Applicant applicant) {
        this(tokens, applicant, new HashMap<>(), null);
    }

    private CloudflareSession(
            TokenClients tokens, Applicant applicant, Map<String, Turn> turns, @Nullable Swept swept) {
        this.tokens = tokens;
        this.applicant = applicant;
        this.turns = turns;
        this.swept = swept;
    }

    /**
     * Of the same reconcile while it goes by a sweep. A turn that it takes for what no list tells is this session's as well: the look
     * that may follow goes on with it.
     *
     * @param token with which was swept
     * @param began when the sweep began
     * @param over makes what the sweep saw of the client for everything else
     */
    CloudflareSession swept(ApiToken token, Instant began, Function<Supplier<Cloudflare>, Cloudflare> over) {
        return new CloudflareSession(tokens, applicant, turns, new Swept(token, began, over));
    }

    /**
     * The client of this token.
     *
     * @throws NotAdmitted if it is not the resource's turn with that token
     * @throws NotSwept if the reconcile goes by a sweep, and that was not with this token, or is still to come
     */
    public Cloudflare with(ApiToken token) {
        if (swept == null) {
            return own(token);
        }
        if (!swept.token().equals(token)) {
            throw new NotSwept(Why.WORK);
        }
        return swept.over().apply(() -> own(token));
    }

    /**
     * The deploy surface with this token. No sweep sees anything of it.
     *
     * @throws NotAdmitted if it is not the resource's turn with that token
     * @throws NotSwept if the reconcile goes by a sweep
     */
    public DeployClient deployWith(ApiToken token) {
        changes();
        return turn(token).deploy();
    }

    private Cloudflare own(ApiToken token) {
        return turn(token).cloudflare();
    }

    private Turn turn(ApiToken token) {
        return turns.computeIfAbsent(token.fingerprint(), key -> admitted(token));
    }

    private Turn admitted(ApiToken token) {
        Admission admission = tokens.enter(token, applicant);
        if (admission instanceof Admission.Waiting waiting) {
            throw new NotAdmitted(waiting);
        }
        return ((Admission.Admitted) admission).turn();
    }

    /** Whether it has taken a turn. */
    boolean hasAsked() {
        return !turns.isEmpty();
    }

    /** Whether the reconcile goes by a sweep: what it sees may be some minutes old. */
    public boolean isSwept() {
        return swept != null;
    }

    /** When what it sees was seen at the earliest: now, or when the sweep began that it goes by. */
    public Instant seenSince(Instant now) {
        return swept == null ? now : swept.began();
    }

    /** The latest sweep that told of the resource what its status says began then. */
    CloudflareSession after(Instant sweep) {
        lastSweep = sweep;
        return this;
    }

    /** When the latest sweep began that told of the resource what its status says; empty where none has since it last looked for itself. */
    public Optional<Instant> lastSweep() {
        return Optional.ofNullable(lastSweep);
    }

    /**
     * From here on something changes, at Cloudflare or in what is remembered.
     *
     * @throws NotSwept if the reconcile goes by a sweep
     */
    public void changes() {
        if (swept != null) {
            throw new NotSwept(Why.WORK);
        }
    }

    /** The writer for this reconcile: one that goes by a sweep writes nothing down. */
    public <R extends CustomResource<?, S>, S> StatusWriter<R, S> writingWith(StatusWriter<R, S> writer) {
        return swept == null ? writer : new NoWriter<>(writer);
    }

    /** Where the resource lives: sweeps can see to it there, once all is well. */
    public void livesAt(Place where) {
        place = where;
    }

    Optional<Place> place() {
        return Optional.ofNullable(place);
    }

    /**
     * The reconcile came to its end: for what it did not ask for now it does not wait any more. Its place would else hold up those
     * behind it.
     */
    <T> T ended(T result) {
        tokens.leave(applicant.uid());
        return result;
    }

    /** Who asks. */
    Applicant applicant() {
        return applicant;
    }

    @Override
    public void close() {
        turns.values().forEach(Turn::close);
    }
}

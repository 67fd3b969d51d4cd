package io.maildomain.operator.controller;

import io.maildomain.operator.cloudflare.Admission;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.TokenClients;
import io.maildomain.operator.cloudflare.Turn;
import io.maildomain.operator.cloudflare.ratelimit.Applicant;
import io.maildomain.operator.credentials.ApiToken;
import java.util.HashMap;
import java.util.Map;

/**
 * The calls to Cloudflare of one reconcile. Before the first call with a token it takes its turn in that token's queue; where
 * it is not its turn, nothing was asked yet, and the reconcile ends there. Used by one thread.
 */
public final class CloudflareSession implements AutoCloseable {

    private final TokenClients tokens;
    private final Applicant applicant;
    /** By the token's fingerprint. A clean-up may need an earlier token besides, or that of a successor. */
    private final Map<String, Turn> turns = new HashMap<>();

    /** Asks for nothing yet. */
    public CloudflareSession(TokenClients tokens, Applicant applicant) {
        this.tokens = tokens;
        this.applicant = applicant;
    }

    /**
     * The client of this token.
     *
     * @throws NotAdmitted if it is not the resource's turn with that token
     */
    public Cloudflare with(ApiToken token) {
        return turns.computeIfAbsent(token.fingerprint(), key -> admitted(token))
                .cloudflare();
    }

    private Turn admitted(ApiToken token) {
        Admission admission = tokens.enter(token, applicant);
        if (admission instanceof Admission.Waiting waiting) {
            throw new NotAdmitted(waiting);
        }
        return ((Admission.Admitted) admission).turn();
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

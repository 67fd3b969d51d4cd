package io.maildomain.operator.cloudflare;

import io.maildomain.operator.cloudflare.ratelimit.Applicant;
import io.maildomain.operator.credentials.ApiToken;

/** Clients by token, and what was learned of each token. */
public interface TokenClients {

    /**
     * The client of this token for a user who asks by hand: its calls stand in no queue and have nothing reserved. Cheap, to
     * be asked for anew whenever it is needed.
     */
    Cloudflare forToken(ApiToken token);

    /** Asks for a turn with this token. One that is admitted must be closed. */
    Admission enter(ApiToken token, Applicant applicant);

    /** The resource waits for no turn any more, whichever token it was for: it is gone, or needs none. */
    void leave(String uid);

    /** What the answers to this token's calls have shown so far. */
    TokenStanding standing(ApiToken token);

    /** Forgets what was refused to this token, so that the calls to come can show that a right was added. */
    void forgetRefusals(ApiToken token);
}

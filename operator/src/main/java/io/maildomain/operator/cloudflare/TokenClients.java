package io.maildomain.operator.cloudflare;

import io.maildomain.operator.credentials.ApiToken;

/** Clients by token, and what was learned of each token. */
public interface TokenClients {

    /** The client of this token; cheap, to be asked for anew whenever it is needed. */
    Cloudflare forToken(ApiToken token);

    /** What the answers to this token's calls have shown so far. */
    TokenStanding standing(ApiToken token);

    /** Forgets what was refused to this token, so that the calls to come can show that a right was added. */
    void forgetRefusals(ApiToken token);
}

package io.maildomain.operator.cloudflare;

import java.util.Locale;

/**
 * What Cloudflare's message adds to a code that has several meanings: the one place where its words are read. They may
 * change at any time, so the code decides wherever it can.
 */
public enum Saying {
    /** Whatever it says. */
    ANYTHING(""),
    /** The token has an IP filter. */
    FROM_LOCATION("from location"),
    EXPIRED("expired"),
    DISABLED("disabled"),
    NOT_YET_VALID("not yet valid"),
    /** It is about a token, whatever is wrong with it. */
    TOKEN("token"),
    ACCESS_TOKEN("access token"),
    /** There is no such zone, or the token may not see it. */
    INVALID_ZONE("invalid zone"),
    /** This kind of token may not do that, whatever its rights. */
    AUTHENTICATION_SCHEME("authentication scheme");

    private final String text;

    Saying(String text) {
        this.text = text;
    }

    /** In lower case. */
    public String text() {
        return text;
    }

    /** Whether the error says so. */
    public boolean isIn(ApiError error) {
        return error.message().toLowerCase(Locale.ROOT).contains(text);
    }

    /** Whether the error tells what is the matter with the token, rather than what it may do. */
    static boolean describesToken(ApiError error) {
        return TOKEN.isIn(error)
                && (FROM_LOCATION.isIn(error)
                        || EXPIRED.isIn(error)
                        || DISABLED.isIn(error)
                        || NOT_YET_VALID.isIn(error));
    }
}

package io.maildomain.operator.cloudflare.deploy;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Asks a Worker, under a host name that leads to it, whether one of its versions works. */
@FunctionalInterface
public interface VersionProbe {
    /**
     * Sends one request, without credentials, and follows no redirect.
     *
     * @return what was found; what went wrong on the way is a finding too
     */
    Finding ask(Question question);

    /**
     * What is asked, and what a good answer is.
     *
     * @param url with a host name that leads to the Worker
     * @param status of a good answer
     * @param contains a text that a good answer has; null: none
     * @param script the Worker's name
     * @param override the version that is to answer, which serves nothing else; null: whichever serves
     */
    record Question(
            URI url,
            int status,
            @Nullable String contains,
            String script,
            @Nullable String override) {}

    /** @param words what was wrong, as the end of a sentence; empty where all was well. They hold nothing of the answer's body. */
    record Finding(String words) {
        /** The answer was as it should be. */
        public static final Finding GOOD = new Finding("");

        /** Whether the answer was as it should be. */
        public boolean isGood() {
            return words.isEmpty();
        }
    }
}

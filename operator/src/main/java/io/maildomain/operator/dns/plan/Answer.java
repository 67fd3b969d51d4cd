package io.maildomain.operator.dns.plan;

import java.util.Optional;

/**
 * What DNS says to one question.
 *
 * @param <T> what is read from the records
 */
public sealed interface Answer<T> {

    /** There are records. */
    record Found<T>(T value) implements Answer<T> {}

    /** There is no such name, or it has no such records. */
    record Absent<T>() implements Answer<T> {}

    /** It is not known. */
    record Failed<T>(Failure why) implements Answer<T> {}

    /** Why it is not known. */
    enum Failure {
        NO_ANSWER("no answer in time"),
        SERVER_FAILED("SERVFAIL"),
        REFUSED("REFUSED"),
        UNREADABLE("an answer that cannot be read"),
        NO_INTERNET("the resolver does not see the Internet"),
        ALIAS("an alias stands in the way"),
        ALIAS_LOOP("an alias that leads nowhere");

        private final String words;

        Failure(String words) {
            this.words = words;
        }

        /** For a sentence. */
        public String words() {
            return words;
        }
    }

    /** There are none. */
    static <T> Answer<T> absent() {
        return new Absent<>();
    }

    /** It is not known. */
    static <T> Answer<T> failed(Failure why) {
        return new Failed<>(why);
    }

    /** What was found. */
    default Optional<T> found() {
        return this instanceof Found<T> records ? Optional.of(records.value()) : Optional.empty();
    }

    /** Why it is not known; empty where it is. */
    default Optional<Failure> failure() {
        return this instanceof Failed<T> failed ? Optional.of(failed.why()) : Optional.empty();
    }

    /** This one, or, where it failed, the one before. */
    default Answer<T> orElse(Answer<T> before) {
        return this instanceof Failed<T> ? before : this;
    }
}

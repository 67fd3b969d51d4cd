package io.maildomain.operator.diagnosis;

import java.time.Duration;

/**
 * One row of the catalogue's right side.
 *
 * @param sentence with placeholders, see {@link Sentence}
 * @param pause after which it is worth trying again; null if nothing is known
 */
record Meaning(String reason, Kind kind, String sentence, Duration pause) {
    static Meaning of(String reason, Kind kind, String sentence) {
        return new Meaning(reason, kind, sentence, null);
    }

    Meaning after(Duration time) {
        return new Meaning(reason, kind, sentence, time);
    }
}

package io.maildomain.operator.it;

import io.maildomain.api.v1alpha1.Condition;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Asserts on the conditions of any of our kinds. */
final class StatusAssert extends AbstractAssert<StatusAssert, List<Condition>> {

    private StatusAssert(List<Condition> conditions) {
        super(conditions, StatusAssert.class);
    }

    static StatusAssert assertThatConditions(List<Condition> conditions) {
        return new StatusAssert(conditions);
    }

    StatusAssert isReady() {
        return has("Ready", "True");
    }

    StatusAssert isNotReadyBecause(String reason) {
        Condition ready = condition("Ready");
        Assertions.assertThat(ready.reason()).as("reason of %s", ready).isEqualTo(reason);
        return has("Ready", "False");
    }

    /** False or Unknown. */
    StatusAssert isNotReady() {
        Assertions.assertThat(condition("Ready").status()).isNotEqualTo("True");
        return this;
    }

    /** The reason of Ready. */
    StatusAssert is(String reason) {
        Assertions.assertThat(condition("Ready").reason()).isEqualTo(reason);
        return this;
    }

    StatusAssert isReadyBecause(String reason) {
        Assertions.assertThat(condition("Ready").reason()).isEqualTo(reason);
        return has("Ready", "True");
    }

    StatusAssert has(String type, String status) {
        Condition condition = condition(type);
        Assertions.assertThat(condition.status()).as("%s", condition).isEqualTo(status);
        return this;
    }

    StatusAssert hasNo(String type) {
        Assertions.assertThat(actual).extracting(Condition::type).doesNotContain(type);
        return this;
    }

    /** The words of a condition, to be found in its message. */
    StatusAssert says(String type, String... words) {
        Assertions.assertThat(condition(type).message()).contains(words);
        return this;
    }

    /** Words that a condition's message must not hold. */
    StatusAssert saysNot(String type, String words) {
        Assertions.assertThat(condition(type).message()).doesNotContain(words);
        return this;
    }

    private Condition condition(String type) {
        return actual.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no condition " + type + " in " + actual));
    }
}

package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maildomain.simulator.limits.RateLimit;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.Token;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest extends SimulatorTestCase {

    @Override
    SimulatorOptions options() {
        return super.options().withRateLimit(RateLimit.of("3/60s"));
    }

    @Test
    void everyAnswerTellsWhatIsLeft() {
        Reply first = owner.get("/zones");
        assertThat(first.header("Ratelimit")).isEqualTo("\"default\";r=2;t=60");
        assertThat(first.header("Ratelimit-Policy")).isEqualTo("\"default\";q=3;w=60");
        clock.advance(Duration.ofMillis(10_500));
        assertThat(owner.get("/nonsense").header("Ratelimit")).isEqualTo("\"default\";r=1;t=50");
    }

    @Test
    void oneRequestTooManyShutsTheDoorForAWholeWindow() {
        owner.get("/zones");
        clock.advance(Duration.ofSeconds(50));
        owner.get("/zones");
        owner.get("/zones");
        Reply refused = owner.get("/zones");
        assertThat(refused.refusal()).isEqualTo("429/971");
        assertThat(refused.header("Retry-After")).isEqualTo("60");
        assertThat(refused.header("Ratelimit")).isEqualTo("\"default\";r=0;t=60");
        clock.advance(Duration.ofMillis(59_100));
        assertThat(owner.get("/zones").header("Retry-After")).isEqualTo("1");
        clock.advance(Duration.ofMillis(900));
        assertThat(owner.get("/zones").header("Ratelimit")).isEqualTo("\"default\";r=2;t=60");
    }

    @Test
    void refusedCallsAreCountedApart() {
        for (int i = 0; i < 5; i++) {
            owner.get("/zones");
        }
        var calls = owner.get("/_simulator/calls?every=60s").json();
        assertThat(calls.path("total").asInt()).isEqualTo(5);
        assertThat(calls.path("refused").asInt()).isEqualTo(2);
        assertThat(calls.at("/tokens/start/refused").asInt()).isEqualTo(2);
        assertThat(calls.at("/intervals/0/refused").asInt()).isEqualTo(2);
    }

    @Test
    void theWindowRollsOnWhereNobodyAsksTooMuch() {
        owner.get("/zones");
        owner.get("/zones");
        clock.advance(Duration.ofSeconds(60));
        assertThat(owner.get("/zones").header("Ratelimit")).startsWith("\"default\";r=2");
    }

    @Test
    void allTokensOfAUserDrawOnOneBudgetAndAnotherUsersDoNot() {
        Client second = clientWith("Zone: Zone: Read");
        owner.get("/zones");
        assertThat(second.get("/zones").header("Ratelimit")).startsWith("\"default\";r=1");
        owner.put("/_simulator/tokens/other", "{\"user\": \"a user\", \"rights\": [\"Zone: Zone: Read\"]}");
        Token other = Token.minted("third", Right.everything());
        controls.putToken(other);
        assertThat(owner.as(other.value()).get("/zones").header("Ratelimit")).startsWith("\"default\";r=0");
        String somebodys =
                controls.state().at("/tokens").findValuesAsText("value").get(1);
        assertThat(owner.as(somebodys).get("/zones").header("Ratelimit")).startsWith("\"default\";r=2");
    }

    @Test
    void theControlPlaneCostsNothing() {
        for (int i = 0; i < 10; i++) {
            owner.get("/_simulator/calls");
        }
        assertThat(owner.get("/zones").header("Ratelimit")).startsWith("\"default\";r=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "10", "10/5", "0/5s", "10/0s", "-1/5s"})
    void whatIsNoLimitIsRefused(String text) {
        assertThatThrownBy(() -> RateLimit.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void offMeansThatNoAnswerTellsOfALimit() {
        try (Simulator unlimited = Simulator.start(recorded(SimulatorOptions.defaults()))) {
            Client client = Client.of(unlimited);
            for (int i = 0; i < 5; i++) {
                Reply answer = client.get("/zones");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("Ratelimit")).isEmpty();
                assertThat(answer.header("Ratelimit-Policy")).isEmpty();
            }
        }
    }
}

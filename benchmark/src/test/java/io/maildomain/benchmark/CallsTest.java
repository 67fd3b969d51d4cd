package io.maildomain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class CallsTest {

    private static Calls calls(String json) throws JsonProcessingException {
        return new Calls(new ObjectMapper().readTree(json), 1);
    }

    @Test
    void aLookIsFinishedWhenTheZonesRulesWereRead() throws JsonProcessingException {
        Calls calls = calls("""
                {"counts": {"GET /zones/{zone_id}": 9, "GET /zones/{zone_id}/email/routing/rules": 4}}""");
        assertThat(calls.looks(10)).isEqualTo(4);
    }

    @Test
    void whatNeitherReadsNorWritesRulesIsCountedByItself() throws JsonProcessingException {
        Calls calls = calls("""
                {"counts": {"GET /zones": 2, "GET /zones/{zone_id}/email/routing": 1,
                            "GET /zones/{zone_id}/email/routing/rules": 4,
                            "DELETE /zones/{zone_id}/email/routing/rules/{rule_identifier}": 9}}""");
        assertThat(calls.besidesRules()).isEqualTo(3);
    }

    @Test
    void aListOfTheAccountsRulesThatWasReadToItsEndLooksAtAllDomains() throws JsonProcessingException {
        Calls calls = calls("""
                {"counts": {"GET /accounts/{account_id}/email/routing/rules": 5}}""");
        assertThat(calls.looks(20)).as("120 rules are three pages").isEqualTo(20);
    }

    @Test
    void whatWasRefusedIsNoLook() throws JsonProcessingException {
        Calls calls = calls("""
                {"intervals": [{"tokens": {"runtime": {"calls": 7, "refused": 3}},
                                "routes": {"GET /zones/{zone_id}/email/routing/rules": {"calls": 5, "refused": 3}}}]}""");
        assertThat(calls.intervals()).singleElement().satisfies(second -> {
            assertThat(second.looks(10)).isEqualTo(2);
            assertThat(second.refused()).isEqualTo(3);
        });
    }

    @Test
    void onlyTheOperatorsCallsCountAndWritesAreWhateverIsNoGet() throws JsonProcessingException {
        Calls calls = calls("""
                {"total": 9, "tokens": {"runtime": {"calls": 7, "refused": 1}, "start": {"calls": 2, "refused": 0}},
                 "counts": {"GET /zones": 5, "POST /zones": 1, "PUT /zones/{zone_id}/email/routing/rules/{rule_identifier}": 3}}""");
        assertThat(calls.total()).isEqualTo(7);
        assertThat(calls.refused()).isEqualTo(1);
        assertThat(calls.writes()).isEqualTo(4);
    }
}

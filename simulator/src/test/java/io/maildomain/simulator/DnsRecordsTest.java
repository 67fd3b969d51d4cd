package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsRecordsTest extends SimulatorTestCase {

    private static final String A = "{\"type\": \"A\", \"name\": \"www\", \"content\": \"192.0.2.1\", \"ttl\": 1}";

    private final String zone = zone("example.com");
    private final String records = zone + "/dns_records";

    private Reply create(String type, String name, String content, String more) {
        return owner.post(
                records,
                "{\"type\": \"%s\", \"name\": \"%s\", \"content\": \"%s\", \"ttl\": 1%s}"
                        .formatted(type, name, content, more));
    }

    @Test
    void aRecordIsCreatedReadReplacedChangedAndDeleted() {
        JsonNode created = owner.post(records, A).result();
        String record = records + "/" + created.path("id").asText();
        assertThat(created.path("name").asText()).isEqualTo("www.example.com");
        assertThat(created.path("proxiable").asBoolean()).isTrue();
        assertThat(owner.get(record).result()).isEqualTo(created);
        assertThat(owner.put(record, A.replace("192.0.2.1", "192.0.2.2"))
                        .result()
                        .path("content")
                        .asText())
                .isEqualTo("192.0.2.2");
        JsonNode changed = owner.patch(record, "{\"comment\": \"mine\", \"proxied\": true}")
                .result();
        assertThat(changed.path("comment").asText()).isEqualTo("mine");
        assertThat(changed.path("content").asText()).isEqualTo("192.0.2.2");
        assertThat(changed.path("created_on")).isEqualTo(created.path("created_on"));
        assertThat(owner.delete(record).result().path("id")).isEqualTo(created.path("id"));
        assertThat(owner.get(record).refusal()).isEqualTo("404/81044");
    }

    @ParameterizedTest
    @CsvSource({
        "A,www,not-an-address,9005",
        "AAAA,www,192.0.2.1,9006",
        "CNAME,www,two words,9007",
        "BOGUS,www,x,9001",
        "TXT,www,'',9002",
        "TXT,'',x,9000",
        "MX,www,mx.example,9102"
    })
    void whatIsNoRecordIsRefused(String type, String name, String content, int code) {
        Reply reply = create(type, name, content, "");
        assertThat(reply.refusal()).isEqualTo("400/1004");
        assertThat(reply.json().at("/errors/0/error_chain/0/code").asInt()).isEqualTo(code);
    }

    @Test
    void aLifetimeMustBeAutomaticOrReasonable() {
        Reply reply = owner.post(records, A.replace("\"ttl\": 1", "\"ttl\": 5"));
        assertThat(reply.json().at("/errors/0/error_chain/0/code").asInt()).isEqualTo(9021);
    }

    @Test
    void onlyAddressesAreProxied() {
        Reply reply = create("TXT", "www", "x", ", \"proxied\": true");
        assertThat(reply.json().at("/errors/0/error_chain/0/code").asInt()).isEqualTo(9004);
    }

    @Test
    void theSameRecordCannotExistTwiceNorStandBesideACname() {
        owner.post(records, A);
        assertThat(owner.post(records, A).refusal()).isEqualTo("400/81058");
        assertThat(create("CNAME", "www", "example.net", "").refusal()).isEqualTo("400/81053");
        assertThat(create("A", "www", "192.0.2.2", "").status()).isEqualTo(200);
    }

    @Test
    void aStructuredRecordKeepsItsParts() {
        JsonNode srv = owner.post(records, """
                        {"type": "SRV", "name": "_sip._tcp", "ttl": 1,
                         "data": {"priority": 1, "weight": 2, "port": 5060, "target": "sip.example.com"}}""").result();
        assertThat(srv.path("content").asText()).isEqualTo("1 2 5060 sip.example.com");
        assertThat(srv.at("/data/port").asInt()).isEqualTo(5060);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            type=MX                                        | mx.other.example
            name=www.example.com                           | 192.0.2.1
            name.startswith=www                            | 192.0.2.1
            content.contains=hello                         | hello world
            content=mx.other.example                       | mx.other.example
            search=WORLD                                   | hello world
            comment.contains=note                          | hello world
            tag=team:mail                                  | hello world
            type=A&content=hello world&match=any           | 192.0.2.1 hello world
            type=A&content=hello world                     |
            order=name&direction=desc                      | 192.0.2.1 mx.other.example hello world
            """)
    void recordsAreFilteredAndOrdered(String query, String contents) {
        owner.post(records, A);
        create("MX", "sub", "mx.other.example", ", \"priority\": 5");
        create("TXT", "@", "hello world", ", \"comment\": \"a note\", \"tags\": [\"team:mail\"]");
        Reply reply = owner.get(records + "?" + query.replace(" ", "%20"));
        assertThat(String.join(" ", reply.result().findValuesAsText("content")))
                .isEqualTo(contents == null ? "" : contents);
    }

    @Test
    void recordsOfEmailRoutingAreReadOnlyAndNoOtherMxCanStandBesideThem() {
        owner.post(zone + "/email/routing/enable", "{}");
        JsonNode mx = owner.get(records + "?type=MX").result().get(0);
        String record = records + "/" + mx.path("id").asText();
        assertThat(owner.delete(record).refusal()).isEqualTo("403/1046");
        assertThat(owner.patch(record, "{\"priority\": 1}").refusal()).isEqualTo("403/1046");
        assertThat(create("MX", "@", "mx.other.example", ", \"priority\": 5").refusal())
                .isEqualTo("403/1046");
        assertThat(create("MX", "sub", "mx.other.example", ", \"priority\": 5").status())
                .as("a host that routes no mail is not Email Routing's")
                .isEqualTo(200);
        assertThat(owner.post(records, A).status()).isEqualTo(200);
    }
}

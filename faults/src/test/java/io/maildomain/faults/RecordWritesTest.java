package io.maildomain.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.ApiServerRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordWritesTest {

    private static final String UID = "0c5e6bb1-6f0f-4a3e-9d0e-6b3a1c2d3e4f";
    private static final String MAPS = "/api/v1/namespaces/operator/configmaps/maildomain-";

    private final RecordWrites records = new RecordWrites();

    private Optional<WriteSpot.Seen> seen(String method, String map, String body) {
        return records.seen(new ApiServerRequest(method, MAPS + map + UID, body));
    }

    @Test
    void aRecordTellsWhoseItIs() {
        assertThat(seen("PATCH", "departed-", "{\"data\": {\"resource\": \"mail/fresh\", \"state\": \"\"}}"))
                .contains(new WriteSpot.Seen("mail", "record (departed) of maildomains/fresh"));
        assertThat(seen("PATCH", "zone-origin-", "{\"data\": {\"namespace\": \"mail\", \"name\": \"other\"}}"))
                .contains(new WriteSpot.Seen("mail", "record (zone-origin) of maildomains/other"));
    }

    @Test
    void aDeletionIsThatOfTheRecordWrittenBefore() {
        assertThat(seen("DELETE", "departed-", "")).as("of none that is known").isEmpty();

        seen("PATCH", "departed-", "{\"data\": {\"resource\": \"mail/fresh\"}}");

        assertThat(seen("DELETE", "departed-", ""))
                .contains(new WriteSpot.Seen("mail", "deletion of the record (departed) of maildomains/fresh"));
    }

    @Test
    void readsAndOtherConfigMapsAreNone() {
        assertThat(seen("GET", "departed-", "")).isEmpty();
        assertThat(records.seen(new ApiServerRequest("PATCH", "/api/v1/namespaces/operator/configmaps/settings", "")))
                .isEmpty();
    }

    @Test
    void aRecordMustNotBeLostAndADeletionOfOneMay() {
        assertThat(new WriteSpot("record (departed) of maildomains/fresh", 1).isRecord())
                .isTrue();
        assertThat(new WriteSpot("deletion of the record (departed) of maildomains/fresh", 1).isRecord())
                .isFalse();
    }
}

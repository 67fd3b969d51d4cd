package io.maildomain.operator.controller.maildomain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.ZoneDeletionPolicy;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.cloudflare.DnsRecord;
import io.maildomain.operator.cloudflare.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneDeletionTest {

    private static final Instant RESOURCE = Instant.parse("2026-03-01T12:00:00Z");
    private static final DnsRecord MX = new DnsRecord("MX", "example.com", "route1.mx.cloudflare.net", 10);
    private static final DnsRecord SPF =
            new DnsRecord("TXT", "example.com", "\"v=spf1 include:_spf.mx.cloudflare.net ~all\"", 0);
    private static final DnsRecord DKIM = new DnsRecord("TXT", "cf2024-1._domainkey.example.com", "v=DKIM1; p=x", 0);
    private static final List<DnsRecord> ROUTINGS = List.of(MX, SPF, DKIM);

    private String name = "example.com";
    private String account = "a";
    private Instant created = RESOURCE.plusSeconds(1);
    private String registrar = "A user Else Ltd.";
    private Duration skew = Duration.ZERO;
    private boolean active = true;
    private boolean confirmed;
    private boolean usedByOthers;
    private ZoneOrigin origin = ZoneOrigin.Created;
    private ZoneDeletionPolicy policy = ZoneDeletionPolicy.DeleteIfUnused;

    private ZoneDeletion.Question question() {
        Zone zone = new Zone(
                "1".repeat(32), name, account, "", "active", "full", List.of(), List.of(), registrar, created, active);
        ZoneOwnership noted = new ZoneOwnership(zone.id(), "a", origin, null);
        return new ZoneDeletion.Question("example.com", noted, zone, policy, RESOURCE, skew, confirmed, usedByOthers);
    }

    private ZoneDeletion decide(List<DnsRecord> records) {
        return ZoneDeletion.decide(question(), true, records);
    }

    @Test
    void aZoneThatHoldsRulesOfOthersIsInUseEvenIfItNeverWasActive() {
        active = false;
        deleted(decide(List.of()));

        usedByOthers = true;
        assertThat(decide(List.of())).isInstanceOf(ZoneDeletion.Kept.class);

        policy = ZoneDeletionPolicy.Delete;
        deleted(decide(List.of()));
    }

    private static void deleted(ZoneDeletion decision) {
        assertThat(decision).isInstanceOf(ZoneDeletion.Delete.class);
    }

    private static void kept(ZoneDeletion decision, String why) {
        assertThat(decision).isInstanceOfSatisfying(ZoneDeletion.Kept.class, kept -> assertThat(kept.why())
                .contains(why));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "Created")
    void aZoneThatWeDidNotCreateIsNotOurs(ZoneOrigin other) {
        origin = other;
        policy = ZoneDeletionPolicy.Delete;

        assertThat(decide(ROUTINGS)).isInstanceOf(ZoneDeletion.NotOurs.class);
    }

    @Test
    void aZoneThatIsRetainedStays() {
        policy = ZoneDeletionPolicy.Retain;

        assertThat(decide(ROUTINGS)).isInstanceOf(ZoneDeletion.NotOurs.class);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "Retain")
    void itMustHaveTheNameTheAccountAndTheAge(ZoneDeletionPolicy any) {
        policy = any;

        name = "other.example";
        kept(decide(ROUTINGS), "not the zone that was created");
        name = "Example.COM";
        deleted(decide(ROUTINGS));

        account = "b";
        kept(decide(ROUTINGS), "not the zone that was created");
        account = "a";

        created = RESOURCE.minusSeconds(1);
        kept(decide(ROUTINGS), "not the zone that was created");
        created = RESOURCE;
        deleted(decide(ROUTINGS));
    }

    @ParameterizedTest
    @CsvSource({
        "Delete,         false",
        "Delete,         true",
        "DeleteIfUnused, false",
        "DeleteIfUnused, true",
    })
    void oneAtCloudflareRegistrarTakesAConfirmation(ZoneDeletionPolicy any, boolean everActive) {
        policy = any;
        active = everActive;
        registrar = "CloudFlare, Inc. (id: 1910)";

        kept(decide(ROUTINGS), "maildomain.io/confirm-zone-deletion: example.com");
        confirmed = true;
        deleted(decide(ROUTINGS));
    }

    @Test
    void deleteAsksForNoRecords() {
        policy = ZoneDeletionPolicy.Delete;

        assertThat(ZoneDeletion.hangsOnRecords(question())).isFalse();
        deleted(ZoneDeletion.decide(question(), false, List.of()));
    }

    /** People are told to import their records into a pending zone. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aZoneIsKeptIfItsRecordsAreNotKnownActiveOrNot(boolean wasActive) {
        active = wasActive;

        assertThat(ZoneDeletion.hangsOnRecords(question())).isTrue();
        kept(ZoneDeletion.decide(question(), false, List.of()), "DNS: Read");
        kept(
                decide(List.of(MX, new DnsRecord("A", "www.example.com", "192.0.2.1", 0))),
                "besides those of Email Routing");
        deleted(decide(ROUTINGS));
    }

    @Test
    void recordsAreNotAskedForWhereNothingHangsOnThem() {
        usedByOthers = true;
        assertThat(ZoneDeletion.hangsOnRecords(question())).isFalse();
        usedByOthers = false;
        origin = ZoneOrigin.Adopted;
        assertThat(ZoneDeletion.hangsOnRecords(question())).isFalse();
    }

    /** Cloudflare's clock may be behind the one by which the resource has its age. */
    @Test
    void aZoneMaySeemOlderThanTheResourceByAsMuchAsTheClocksDiffer() {
        created = RESOURCE.minusSeconds(2);
        kept(decide(ROUTINGS), "not the zone that was created");
        skew = Duration.ofSeconds(2);
        deleted(decide(ROUTINGS));
        created = RESOURCE.minusSeconds(3);
        kept(decide(ROUTINGS), "not the zone that was created");
    }

    @Test
    void itGoesIfItHoldsNothingButEmailRoutings() {
        deleted(decide(List.of()));
        deleted(decide(ROUTINGS));
        deleted(decide(List.of(new DnsRecord("NS", "example.com", "ns1.cloudflare.com", 0))));
    }

    @ParameterizedTest
    @CsvSource({
        "A,     www.example.com, 192.0.2.1",
        "A,     example.com,     192.0.2.1",
        "MX,    example.com,     mx.elsewhere.example",
        "MX,    example.com,     route1.mx.cloudflare.net.evil.example",
        "TXT,   example.com,     google-site-verification=x",
        "TXT,   example.com,     v=spf1 include:_spf.mx.cloudflare.net include:_spf.corp.example ~all",
        "TXT,   example.com,     v=spf1 include:_spf.corp.example ~all",
        "TXT,   other._domainkey.example.com, v=DKIM1",
        "CNAME, cf2024-1._domainkey.example.com, elsewhere.example",
        "NS,    shop.example.com, ns1.elsewhere.example",
        "CAA,   example.com,     0 issue x",
    })
    void anyOtherRecordKeepsIt(String type, String host, String content) {
        kept(decide(List.of(MX, SPF, new DnsRecord(type, host, content, 0))), "besides those of Email Routing");
    }
}

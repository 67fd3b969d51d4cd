package io.maildomain.operator.cloudflare.errors;

import static io.maildomain.operator.cloudflare.errors.FailureKind.FINAL;
import static io.maildomain.operator.cloudflare.errors.FailureKind.TRANSIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.ApiError;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.Failure.Postponed;
import io.maildomain.operator.cloudflare.Failure.Unreachable;
import io.maildomain.operator.cloudflare.Permission;
import io.maildomain.operator.cloudflare.TokenStanding;
import io.maildomain.operator.cloudflare.TokenVerification;
import io.maildomain.operator.cloudflare.ratelimit.Permit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    private static final DiagnosisContext CONTEXT = new DiagnosisContext(
            "example.com",
            "CLOUDFLARE_API_TOKEN",
            "Secret mail-system/cloudflare-tokens",
            "0123456789abcdef0123456789abcdef",
            "team@corp.example");
    private static final String TOKEN =
            "the runtime token (key CLOUDFLARE_API_TOKEN of Secret mail-system/cloudflare-tokens)";

    private static CloudflareException refusal(CloudflareCall call, int status, ApiError... errors) {
        return new CloudflareException(call, new Failure.Refused(status, List.of(errors), null));
    }

    private static Diagnosis diagnose(CloudflareCall call, int status, int code, String message) {
        return Catalogue.diagnose(refusal(call, status, new ApiError(code, message)), CONTEXT);
    }

    @ParameterizedTest(name = "{0} {1}/{2} {3}: {4}, {5}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GET_ZONE       | 400 | 6003  | Invalid request headers     | TokenMalformed      | FINAL     | without \"Bearer\"",
                "GET_ZONE       | 400 | 6111  | Invalid format              | TokenMalformed      | FINAL     | without \"Bearer\"",
                "GET_ZONE       | 400 | 9106  | Missing X-Auth-Key          | TokenNotAccepted    | FINAL     | no proxy may remove the Authorization header",
                "GET_ZONE       | 403 | 9109  | Invalid access token        | TokenInvalid        | FINAL     | put a valid token under that key",
                "GET_ZONE       | 400 | 9109  | Invalid zone identifier     | ZoneNotVisible      | FINAL     | it was deleted, or moved to another account",
                "GET_ROUTING    | 403 | 9109  | Unauthorized to access      | PermissionMissing   | FINAL     | add Zone: Zone Settings: Edit",
                "GET_ROUTING    | 401 | 1000  | Invalid API Token           | TokenInvalid        | FINAL     | deleted, rolled or copied wrongly",
                "VERIFY_TOKEN   | 401 | 1000  | Invalid API Token           | TokenNotVerified    | FINAL     | a token that an account owns",
                "LIST_RULES     | 403 | 10000 | Authentication error        | PermissionMissing   | FINAL     | add Zone: Email Routing Rules: Edit",
                "LIST_RULES     | 401 | 10000 | Authentication error        | PermissionMissing   | FINAL     | add Zone: Email Routing Rules: Edit",
                "GET_ZONE       | 403 | 10502 | Too many authentication     | TokenBlocked        | TRANSIENT | one call at a time",
                "CREATE_ZONE    | 403 | 0     | Requires permission \"x\"   | PermissionMissing   | FINAL     | for all zones of that account",
                "LIST_ZONES     | 403 | 0     | Actor requires permission   | PermissionMissing   | FINAL     | may not list zones: add Zone: Zone: Edit",
                "CREATE_ZONE    | 400 | 1061  | example.com already exists  | ZoneNotVisible      | FINAL     | belongs to another account",
                "CREATE_ZONE    | 400 | 1097  | banned                      | DomainRefused       | FINAL     | Cloudflare's support",
                "CREATE_ZONE    | 400 | 1049  | not a registered domain     | DomainNotRegistered | FINAL     | register it first",
                "CREATE_ZONE    | 400 | 1099  | unable to identify          | DomainNotRegistered | FINAL     | public suffix",
                "CREATE_ZONE    | 400 | 1116  | subdomain                   | NotApex             | FINAL     | MailDomain of its parent",
                "CREATE_ZONE    | 400 | 1093  | subdomain                   | NotApex             | FINAL     | MailDomain of its parent",
                "CREATE_ZONE    | 400 | 1105  | too many times              | ZoneAddedTooOften   | WAITING   | three hours",
                "CREATE_ZONE    | 400 | 1110  | registrar lookup            | RegistrarLookupFailed | TRANSIENT | tried again",
                "CREATE_ZONE    | 400 | 1118  | Please activate some zones  | TooManyPendingZones | FINAL     | time does not lift that",
                "CREATE_ZONE    | 400 | 1002  | invalid domain              | DomainRefused       | FINAL     | spelling",
                "CREATE_ZONE    | 400 | 1052  | logged                      | CloudflareUnavailable | TRANSIENT | tried again",
                "CREATE_ZONE    | 400 | 1067  | bad organization            | AccountNotFound     | FINAL     | CLOUDFLARE_ACCOUNT_ID",
                "CREATE_ZONE    | 403 | 1106  | not allowed to create       | PermissionMissing   | FINAL     | may not create zones",
                "GET_ROUTING    | 404 | 7003  | Could not route to          | ZoneNotVisible      | FINAL     | no such zone for example.com",
                "DELETE_RULE    | 404 | 7003  | Could not route to          | NotFound            | TRANSIENT | the next look decides",
                "LIST_ACCOUNTS  | 404 | 7000  | No route for that URI       | NotFound            | FINAL     | --cloudflare-api-base-url",
                "ENABLE_ROUTING_DNS | 405 | 7001 | method not allowed       | CallNotSupported    | FINAL     | newer mail-domain-operator",
                "CREATE_RULE    | 422 | 2007  | must specify worker id      | RequestInvalid      | FINAL     | \"must specify worker id\"",
                "ENABLE_ROUTING | 409 | 2008  | Non-Cloudflare MX           | ForeignRecords      | FINAL     | remove them in its DNS",
                "CREATE_RULE    | 409 | 2014  | Duplicated Zone rule        | RuleExists          | TRANSIENT | another routing rule for the same address",
                "CREATE_RULE    | 404 | 2015  | not found                   | DestinationUnverified | WAITING | team@corp.example is not a verified destination",
                "PUT_CATCH_ALL  | 400 | 2054  | is not verified             | DestinationUnverified | WAITING | Cloudflare then mails a link",
                "CREATE_RULE    | 404 | 2016  | Script Info not found       | WorkerMissing       | WAITING   | does not exist in account",
                "CREATE_RULE    | 404 | 10007 | This Worker does not exist  | WorkerMissing       | WAITING   | deploy it",
                "UPDATE_RULE    | 409 | 2020  | Invalid rule operation      | RuleChanged         | TRANSIENT | the next look decides",
                "DELETE_WORKERS_ROUTE | 404 | 7003 | Could not route to     | NotFound            | TRANSIENT | the zone or the route is gone",
                "LIST_WORKERS_ROUTES  | 404 | 7003 | Could not route to     | ZoneNotVisible      | FINAL     | no such zone",
                "DELETE_RULE    | 400 | 2032  | created too recently        | AddressTooNew       | WAITING   | 15 minutes",
                "GET_ROUTING    | 401 | 2036  | Unauthorized                | PermissionMissing   | FINAL     | add Zone: Zone Settings: Edit",
                "GET_ZONE       | 429 | 971   | Please wait                 | RateLimited         | TRANSIENT | fewer requests",
                "GET_ZONE       | 429 | 10429 | Rate limited                | RateLimited         | TRANSIENT | fewer requests",
                "GET_ZONE       | 429 | 10040 | something else              | RateLimited         | TRANSIENT | fewer requests",
                "GET_ZONE       | 502 | 12345 | bad gateway                 | CloudflareUnavailable | TRANSIENT | tried again",
                "GET_ZONE       | 599 | 12345 | odd                         | CloudflareUnavailable | TRANSIENT | tried again",
                "GET_ZONE       | 404 | 12345 | no zone                     | ZoneNotVisible      | FINAL     | no such zone",
                "UPDATE_RULE    | 404 | 12345 | no rule                     | NotFound            | TRANSIENT | the rule is gone",
                "LIST_D1_DATABASES | 403 | 10000 | Authentication error     | PermissionMissing   | FINAL     | the deploy token (key",
                "LIST_DNS_RECORDS  | 403 | 10000 | Authentication error     | PermissionMissing   | FINAL     | add Zone: DNS: Read",
                "LIST_ACCOUNTS     | 403 | 10000 | Authentication error     | PermissionMissing   | FINAL     | may not list accounts",
            })
    void eachKnownCodeHasAReasonAndSaysWhatToDo(
            CloudflareCall call, int status, int code, String text, Reason reason, FailureKind kind, String says) {
        Diagnosis diagnosis = diagnose(call, status, code, text);

        assertThat(diagnosis.reason()).isEqualTo(reason);
        assertThat(diagnosis.kind()).isEqualTo(kind);
        assertThat(diagnosis.message()).contains(says).endsWith("(HTTP %d, code %d)".formatted(status, code));
    }

    /** Cloudflare's codes that issue and documents name; each must have a row that is about it. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                6003, 6111, 9106, 9109, 1000, 10000, 10502, 0, 1061, 1097, 1049, 1099, 1116, 1093, 1105, 1110, 1118,
                7003, 7000, 2007, 2008, 2014, 2015, 2016, 2020, 2032, 2036, 2054, 971, 10429
            })
    void noKnownCodeIsLeftToTheRowForAllOthers(int code) {
        assertThat(RefusalCatalogue.ENTRIES)
                .filteredOn(entry -> entry.pattern().codes().contains(code))
                .isNotEmpty()
                .allSatisfy(entry -> {
                    ErrorMeaning meaning = entry.meaning();
                    assertThat(meaning.reason()).isNotNull().isNotEqualTo(Reason.RequestRefused);
                    assertThat(meaning.kind()).isNotNull();
                    assertThat(meaning.sentence()).hasSizeGreaterThan(30);
                });
    }

    @Test
    void aMissingRightIsNamedWithTheKeyAndTheSecretAsTheDesignWords() {
        assertThat(diagnose(CloudflareCall.PATCH_ROUTING, 403, 10000, "Authentication error")
                        .message())
                .isEqualTo(TOKEN
                        + " can read zone example.com but may not write its Email Routing settings: add Zone: Zone"
                        + " Settings: Edit, and check that the token's scope covers this zone (HTTP 403, code 10000)");
    }

    @ParameterizedTest
    @EnumSource
    void aMissingRightNamesExactlyTheRightThatTheCallNeeds(CloudflareCall call) {
        String message = diagnose(call, 403, 10000, "Authentication error").message();

        List<String> named = Stream.of(Permission.values())
                .map(Permission::describe)
                .filter(message::contains)
                .toList();
        assertThat(named)
                .isEqualTo(call.right().map(Permission::describe).stream().toList());
        assertThat(message)
                .contains("CLOUDFLARE_API_TOKEN", "Secret mail-system/cloudflare-tokens", call.action())
                .doesNotContain("Authentication error");
    }

    @Test
    void anUnverifiedDestinationIsWordedAsTheDesignDoes() {
        assertThat(diagnose(CloudflareCall.CREATE_RULE, 400, 2054, "x").message())
                .isEqualTo(
                        "team@corp.example is not a verified destination of account 0123456789abcdef0123456789abcdef; if it is"
                                + " missing under Destination addresses, add it, Cloudflare then mails a link (HTTP 400, code 2054)");
    }

    @Test
    void aZoneThatExistsIsToldApartByWhatTheTokenSees() {
        CloudflareException exists = refusal(CloudflareCall.CREATE_ZONE, 400, new ApiError(1061, "exists"));

        assertThat(Catalogue.diagnose(exists, CONTEXT, ZoneSighting.NOT_SEEN).reason())
                .isEqualTo(Reason.ZoneNotVisible);
        assertThat(Catalogue.diagnose(exists, CONTEXT, ZoneSighting.SEEN))
                .extracting(Diagnosis::reason, Diagnosis::kind)
                .containsExactly(Reason.ZoneExists, TRANSIENT);
        assertThat(Catalogue.diagnose(exists, CONTEXT, ZoneSighting.SEEN_IN_OTHER_ACCOUNT))
                .extracting(Diagnosis::reason, Diagnosis::kind)
                .containsExactly(Reason.ZoneInOtherAccount, FINAL);
    }

    @Test
    void anUnknownCodeKeepsItsTextAndItsCode() {
        Diagnosis diagnosis = diagnose(CloudflareCall.CREATE_RULE, 400, 31415, "the moon is in the wrong house");

        assertThat(diagnosis.reason()).isEqualTo(Reason.RequestRefused);
        assertThat(diagnosis.kind()).isEqualTo(FINAL);
        assertThat(diagnosis.message())
                .isEqualTo(
                        "Cloudflare refuses to create routing rules: \"the moon is in the wrong house\"; it may have been"
                                + " done all the same, which the next look shows (HTTP 400, code 31415)");
    }

    @Test
    void whatCloudflareDoesNotTakeBelowAPrivateSuffixIsNoApex() {
        DiagnosisContext below = new DiagnosisContext("mine.qzz.io", "K", "Secret a/b", "", "");

        assertThat(Catalogue.diagnose(
                                refusal(CloudflareCall.CREATE_ZONE, 400, new ApiError(1099, "not registered")), below)
                        .reason())
                .isEqualTo(Reason.NotApex);
        assertThat(diagnose(CloudflareCall.CREATE_ZONE, 400, 1099, "x").reason())
                .isEqualTo(Reason.DomainNotRegistered);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | 9109  | Cannot use the access token from location: 203.0.113.9 | TokenLocationRefused | 203.0.113.9",
                "403 | 9109  | The access token has expired                           | TokenExpired         | new token",
                "401 | 1000  | This API token is expired                              | TokenExpired         | new token",
                "403 | 9109  | This access token is disabled                          | TokenDisabled        | enable it",
                "403 | 9109  | The access token is not yet valid                      | TokenNotYetValid     | first day",
                "403 | 9109  | Invalid access token                                   | TokenInvalid         | has expired",
                "403 | 10000 | PUT method not allowed for the oauth_token authentication scheme | TokenKindRefused | whatever its rights",
            })
    void whatIsWrongWithTheTokenIsSaid(int status, int code, String message, Reason reason, String says) {
        Diagnosis diagnosis = diagnose(CloudflareCall.GET_ROUTING, status, code, message);

        assertThat(diagnosis.reason()).isEqualTo(reason);
        assertThat(diagnosis.message()).contains(says).doesNotContain("add Zone:");
    }

    @Test
    void thatAnAccountOwnsTheTokenIsNamedAsAPossibleCause() {
        DiagnosisContext owned = new DiagnosisContext("example.com", "K", "Secret a/b", "", "", true);
        CloudflareException refused =
                refusal(CloudflareCall.LIST_RULES, 403, new ApiError(10000, "Authentication error"));

        assertThat(Catalogue.diagnose(refused, owned).message())
                .contains(
                        "an account owns this token", "use a user's token", "spec.accountId or CLOUDFLARE_ACCOUNT_ID");
        assertThat(Catalogue.diagnose(refused, CONTEXT).message()).doesNotContain("owns");
    }

    @Test
    void nobodyIsQuotedWhoSaysNothing() {
        for (CloudflareCall call : CloudflareCall.values()) {
            for (int status : new int[] {400, 403, 404, 405, 410, 418, 422}) {
                assertThat(Catalogue.diagnose(refusal(call, status), CONTEXT).message())
                        .as("%s %d without a body", call, status)
                        .doesNotContain("\"\"", "()");
                assertThat(diagnose(call, status, 31415, "").message())
                        .as("%s %d without a message", call, status)
                        .doesNotContain("\"\"", "()");
            }
        }
        assertThat(Catalogue.diagnose(refusal(CloudflareCall.PUT_CATCH_ALL, 404), CONTEXT)
                        .message())
                .contains("without a word of Cloudflare's API", "proxy", "--cloudflare-api-base-url");
    }

    @ParameterizedTest
    @CsvSource({
        "400, RequestRefused, FINAL",
        "401, TokenInvalid, FINAL",
        "403, AccessBlocked, FINAL",
        "407, ProxyRefused, FINAL",
        "408, CloudflareUnavailable, TRANSIENT",
        "429, RateLimited, TRANSIENT",
        "500, CloudflareUnavailable, TRANSIENT",
        "522, CloudflareUnavailable, TRANSIENT",
    })
    void withoutAnEnvelopeTheStatusDecides(int status, Reason reason, FailureKind kind) {
        Diagnosis diagnosis = Catalogue.diagnose(refusal(CloudflareCall.LIST_RULES, status), CONTEXT);

        assertThat(diagnosis.reason()).isEqualTo(reason);
        assertThat(diagnosis.kind()).isEqualTo(kind);
        assertThat(diagnosis.message()).endsWith("(HTTP %d)".formatted(status));
    }

    @Test
    void theChainOfAnErrorIsReadToo() {
        CloudflareException exception =
                refusal(CloudflareCall.GET_ZONE, 400, new ApiError(1, "x"), new ApiError(6111, "Invalid format"));

        assertThat(Catalogue.diagnose(exception, CONTEXT).reason()).isEqualTo(Reason.TokenMalformed);
    }

    @ParameterizedTest
    @CsvSource({
        "DNS, CloudflareUnreachable, cluster's DNS",
        "CONNECT, CloudflareUnreachable, network policies",
        "TLS, CloudflareUnreachable, trust store",
        "TIMEOUT, CloudflareTimeout, in time",
        "CONNECTION_LOST, ConnectionLost, the connection broke",
    })
    void withoutAnAnswerTheSentenceTellsWhereToLook(Unreachable.TransportError kind, Reason reason, String says) {
        Diagnosis diagnosis = Catalogue.diagnose(
                new CloudflareException(CloudflareCall.GET_ZONE, new Unreachable(kind, "detail", false)), CONTEXT);

        assertThat(diagnosis.reason()).isEqualTo(reason);
        assertThat(diagnosis.kind()).isEqualTo(TRANSIENT);
        assertThat(diagnosis.message()).contains(says);
    }

    @Test
    void aWriteThatMayHaveTakenEffectSaysSo() {
        Unreachable lost = new Unreachable(Unreachable.TransportError.CONNECTION_LOST, "reset", true);

        assertThat(Catalogue.diagnose(new CloudflareException(CloudflareCall.CREATE_ZONE, lost), CONTEXT)
                        .message())
                .endsWith("it may have been done all the same, which the next look shows");
        assertThat(diagnose(CloudflareCall.CREATE_ZONE, 502, 1, "x").message())
                .endsWith("it may have been done all the same, which the next look shows (HTTP 502, code 1)");
        assertThat(diagnose(CloudflareCall.GET_ZONE, 502, 1, "x").message()).doesNotContain("all the same");
    }

    @Test
    void aMalformedAnswerKeepsItsStatus() {
        Diagnosis diagnosis = Catalogue.diagnose(
                new CloudflareException(
                        CloudflareCall.GET_ZONE, new Failure.Malformed(200, "a body of type text/html", false)),
                CONTEXT);

        assertThat(diagnosis.reason()).isEqualTo(Reason.MalformedAnswer);
        assertThat(diagnosis.message()).contains("text/html", "login page").endsWith("(HTTP 200)");
    }

    @ParameterizedTest
    @CsvSource({
        "BUDGET, PT0.4S, RequestBudgetUsedUp, within 1 s",
        "RATE_LIMITED, PT300S, RateLimited, in 5 min",
        "AUTH_GATE, PT10S, TokenRefused, 'code 9109: Invalid access token): put a valid token under that key; until then one call at a time is tried'",
    })
    void whatWasNotSentSaysWhatItWaitsForAndHowLong(Permit.Cause why, Duration pause, Reason reason, String says) {
        Diagnosis diagnosis = Catalogue.diagnose(
                new CloudflareException(
                        CloudflareCall.GET_ZONE,
                        new Postponed(pause, why, "HTTP 403, code 9109: Invalid access token")),
                CONTEXT);

        assertThat(diagnosis.reason()).isEqualTo(reason);
        assertThat(diagnosis.kind()).isEqualTo(TRANSIENT);
        assertThat(diagnosis.message()).contains(says);
        assertThat(diagnosis.retryAfter()).contains(pause);
    }

    @Test
    void whoDoesNotLeadAnyMoreSaysSo() {
        Diagnosis diagnosis = Catalogue.diagnose(
                new CloudflareException(CloudflareCall.DELETE_ZONE, new Failure.Fenced("lease lost")), CONTEXT);

        assertThat(diagnosis.reason()).isEqualTo(Reason.NotLeading);
        assertThat(diagnosis.message()).contains("did not delete the zone");
    }

    @Test
    void whatCloudflareAsksToWaitComesBeforeWhatTheCatalogueKnows() {
        CloudflareException asked = new CloudflareException(
                CloudflareCall.CREATE_ZONE,
                new Failure.Refused(400, List.of(new ApiError(1105, "x")), Duration.ofMinutes(7)));

        assertThat(Catalogue.diagnose(asked, CONTEXT).retryAfter()).contains(Duration.ofMinutes(7));
        assertThat(diagnose(CloudflareCall.CREATE_ZONE, 400, 1105, "x").retryAfter())
                .contains(Duration.ofHours(3));
        assertThat(diagnose(CloudflareCall.CREATE_ZONE, 400, 1097, "x").retryAfter())
                .isEmpty();
    }

    @Test
    void noMessageIsTooLongAndAllKeepTheirCode() {
        DiagnosisContext endless = new DiagnosisContext(
                "d".repeat(253),
                "k".repeat(253),
                "Secret " + "n".repeat(63) + "/" + "s".repeat(253),
                "a".repeat(32),
                "x".repeat(90));
        List<DiagnosisContext> contexts = List.of(CONTEXT, endless, new DiagnosisContext(null, null, null, null, null));
        for (CloudflareCall call : CloudflareCall.values()) {
            for (RefusalEntry entry : RefusalCatalogue.ENTRIES) {
                int status = entry.pattern().statuses().stream().findFirst().orElse(400);
                int code = entry.pattern().codes().stream().findFirst().orElse(0);
                String text = entry.pattern().saying().text() + " \ud83d\ude00{token}$1\\".repeat(100);
                CloudflareException exception = refusal(call, status, new ApiError(code, text));
                for (DiagnosisContext context : contexts) {
                    Diagnosis diagnosis = Catalogue.diagnose(exception, context);
                    assertThat(diagnosis.message())
                            .hasSizeLessThanOrEqualTo(512)
                            .endsWith("(HTTP %d, code %d)".formatted(status, code));
                    assertThat(diagnosis.reason()).isNotNull();
                }
            }
        }
    }

    /** Of many that share a token one runs into the refusal, another one asks what is the matter, and all say the same. */
    @Test
    void whateverIsKnownOfATokenIsSaidByEveryCallThatFailsForItAndByItsAccount() {
        CloudflareException own = refusal(CloudflareCall.GET_ROUTING, 403, new ApiError(9109, "Invalid access token"));
        CloudflareException heldBack = new CloudflareException(
                CloudflareCall.LIST_RULES,
                new Failure.Postponed(
                        Duration.ofSeconds(30), Permit.Cause.AUTH_GATE, "code 9109: Invalid access token"));
        TokenStanding expired = new TokenStanding(own, new TokenVerification("", "expired", null), false, Map.of());
        TokenStanding refused = new TokenStanding(own, Map.of());

        for (TokenStanding known : List.of(expired, refused)) {
            Diagnosis ofAccount =
                    Catalogue.ofToken(known, CloudflareCall.LIST_ZONES, CONTEXT).orElseThrow();
            for (CloudflareException failure : List.of(own.with(known), heldBack.with(known))) {
                Diagnosis said = Catalogue.diagnose(failure, CONTEXT);
                assertThat(said.reason()).isEqualTo(known == expired ? Reason.TokenExpired : Reason.TokenInvalid);
                assertThat(said.kind()).isEqualTo(FailureKind.FINAL);
                assertThat(said.message()).isEqualTo(ofAccount.message());
            }
        }
        assertThat(Catalogue.diagnose(heldBack.with(expired), CONTEXT).retryAfter())
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void whatARefusalSaysItselfIsNotReplacedByWhatIsKnownOtherwise() {
        TokenStanding disabled = new TokenStanding(null, new TokenVerification("", "disabled", null), false, Map.of());
        CloudflareException filtered = refusal(
                CloudflareCall.GET_ROUTING,
                403,
                new ApiError(9109, "Cannot use the access token from location: 203.0.113.9"));
        CloudflareException right =
                refusal(CloudflareCall.GET_ROUTING, 403, new ApiError(10000, "Authentication error"));

        assertThat(Catalogue.diagnose(filtered.with(disabled), CONTEXT).reason())
                .isEqualTo(Reason.TokenLocationRefused);
        assertThat(Catalogue.diagnose(right.with(disabled), CONTEXT).reason()).isEqualTo(Reason.PermissionMissing);
    }

    @Test
    void thatAnAccountOwnsATokenIsSaidWhereTheTokenDoesNotShowIt() {
        CloudflareException right =
                refusal(CloudflareCall.GET_ROUTING, 403, new ApiError(10000, "Authentication error"));
        TokenStanding owned = new TokenStanding(null, new TokenVerification("", "active", null), true, Map.of());

        assertThat(Catalogue.diagnose(right, CONTEXT).message()).doesNotContain("an account owns");
        assertThat(Catalogue.diagnose(right.with(owned), CONTEXT).message()).contains("an account owns this token");
    }
}

package io.maildomain.operator.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.DeployGrant;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeployGrantsTest {

    private static final AccessGrant MAIL = entry(new DeployGrant(
            List.of("mailbox-*"),
            List.of("mail-db"),
            List.of("mail-*"),
            List.of("mail-web"),
            List.of("*.example.com"),
            List.of("queue:mail-*", "ai")));

    private static AccessGrant entry(DeployGrant deploy) {
        return new AccessGrant(
                NamespaceSelector.everything(), List.of("example.com"), true, List.of("*"), List.of("*"), null, deploy);
    }

    private static DeployGrants hosts(String... patterns) {
        return DeployGrants.of(List.of(entry(new DeployGrant(null, null, null, null, List.of(patterns), null))));
    }

    @Test
    void noEntryGrantsNothing() {
        DeployGrants none = DeployGrants.of(List.of());

        assertThat(none.worker("mailbox-1")).isFalse();
        assertThat(none.database("mail-db")).isFalse();
        assertThat(none.bucket("mail-bucket")).isFalse();
        assertThat(none.project("mail-web")).isFalse();
        assertThat(none.hostname("api.example.com")).isFalse();
        assertThat(none.binding("ai")).isFalse();
    }

    @Test
    void aListThatIsLeftOutGrantsNothing() {
        assertThat(DeployGrants.of(List.of(entry(new DeployGrant(null, null, null, null, null, null)))))
                .isEqualTo(DeployGrants.of(List.of()));
    }

    /** To name a Worker in a rule is not to deploy it. */
    @Test
    void anEntryThatGrantsADomainWithItsWorkersGrantsNoDeployment() {
        assertThat(DeployGrants.of(List.of(entry(null)))).isEqualTo(DeployGrants.of(List.of()));
    }

    @Test
    void theOperatorsOwnNamespaceMayDeployEverything() {
        DeployGrants all = DeployGrants.everything();

        assertThat(all.worker("any")).isTrue();
        assertThat(all.database("any")).isTrue();
        assertThat(all.bucket("any")).isTrue();
        assertThat(all.project("any")).isTrue();
        assertThat(all.hostname("*.example.com")).isTrue();
        assertThat(all.binding("service:any")).isTrue();
    }

    @Test
    void eachListGrantsItsOwnKindOnly() {
        DeployGrants grants = DeployGrants.of(List.of(MAIL));

        assertThat(grants.worker("mailbox-1")).isTrue();
        assertThat(grants.worker("mail-db")).isFalse();
        assertThat(grants.database("mail-db")).isTrue();
        assertThat(grants.database("mail-db-2")).isFalse();
        assertThat(grants.bucket("mail-db")).isTrue();
        assertThat(grants.bucket("mailbox-1")).isFalse();
        assertThat(grants.project("mail-web")).isTrue();
        assertThat(grants.project("mailbox-1")).isFalse();
    }

    @Test
    void severalEntriesGrantWhatEachDoes() {
        DeployGrants grants = DeployGrants.of(
                List.of(MAIL, entry(new DeployGrant(List.of("web"), List.of("web-db"), null, null, null, null))));

        assertThat(grants.worker("web")).isTrue();
        assertThat(grants.worker("mailbox-1")).isTrue();
        assertThat(grants.database("web-db")).isTrue();
        assertThat(grants.database("mail-db")).isTrue();
        assertThat(grants.bucket("web")).isFalse();
    }

    /** At Cloudflare they are two. */
    @Test
    void aDatabaseOfOtherCapitalsIsAnotherOne() {
        assertThat(DeployGrants.of(List.of(MAIL)).database("Mail-DB")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.com, api.example.com, true",
        "*.example.com, a.b.example.com, true",
        "*.example.com, API.example.com, true",
        "*.example.com, example.com, false",
        "*.example.com, evil-example.com, false",
        "*.example.com, api.example.com.evil.example, false",
        "*.example.com, *.example.com, true",
        "*.example.com, *.in.example.com, true",
        "*.in.example.com, *.example.com, false",
        "*.example.com, *example.com, false",
        "api.example.com, api.example.com, true",
        "api.example.com, *.example.com, false",
        "*, *example.com, true",
    })
    void aHostIsGrantedWhereAllThatItCanStandForIs(String pattern, String host, boolean granted) {
        assertThat(hosts(pattern).hostname(host)).isEqualTo(granted);
    }

    @ParameterizedTest
    @CsvSource({
        "queue:mail-in, true",
        "queue:other, false",
        "queue, false",
        "service:mail-in, false",
        "ai, true",
        "ai:mail-in, false",
    })
    void aBindingIsGrantedByItsTypeAndByWhatItNames(String key, boolean granted) {
        assertThat(DeployGrants.of(List.of(MAIL)).binding(key)).isEqualTo(granted);
    }

    /** Whatever a route's star stands for is granted where the route is. */
    @Property
    void noHostOfAGrantedRouteIsOutsideOfTheGrant(
            @ForAll @Chars({'a', 'b', '.', '*'}) @StringLength(min = 1, max = 8) String pattern,
            @ForAll @Chars({'a', 'b', '.'}) @StringLength(max = 6) String rest,
            @ForAll @CharRange(from = 'a', to = 'b') @Chars({'.'}) @StringLength(max = 6) String star) {
        DeployGrants grants = hosts(pattern);

        if (grants.hostname("*" + rest)) {
            assertThat(grants.hostname(star + rest)).isTrue();
        }
    }
}

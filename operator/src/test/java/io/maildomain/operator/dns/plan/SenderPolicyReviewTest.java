package io.maildomain.operator.dns.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.dns.plan.SenderPolicyFinding.Absent;
import io.maildomain.operator.dns.plan.SenderPolicyFinding.Broken;
import io.maildomain.operator.dns.plan.SenderPolicyFinding.Flaw;
import io.maildomain.operator.dns.plan.SenderPolicyFinding.Unclear;
import io.maildomain.operator.dns.plan.SenderPolicyFinding.Valid;
import io.maildomain.operator.dns.plan.SenderPolicyReview.Asks;
import io.maildomain.operator.dns.plan.SenderPolicyReview.Done;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SenderPolicyReviewTest {

    private static final String OURS = "v=spf1 include:_spf.mx.cloudflare.net ~all";
    private static final Map<String, String> CLOUDFLARE =
            Map.of("_spf.mx.cloudflare.net", "v=spf1 ip4:104.30.0.0/20 ~all");

    /** Answers what the review asks for, as the observer does. */
    private static SenderPolicyFinding reviewed(Map<String, Answer<List<String>>> world) {
        Map<String, Answer<List<String>>> known = new HashMap<>();
        for (int round = 0; round < 30; round++) {
            SenderPolicyReview.Outcome outcome = SenderPolicyReview.of("example.com", known);
            if (outcome instanceof Done done) {
                return done.finding();
            }
            ((Asks) outcome).names().forEach(name -> known.put(name, world.getOrDefault(name, Answer.absent())));
        }
        throw new AssertionError("the review never ends");
    }

    private static SenderPolicyFinding reviewed(String own, Map<String, String> others) {
        Map<String, Answer<List<String>>> world = new HashMap<>();
        others.forEach((name, text) -> world.put(name, new Answer.Found<>(List.of(text))));
        world.put("example.com", new Answer.Found<>(List.of("google-site-verification=1", own)));
        return reviewed(world);
    }

    @Test
    void emailRoutingsOwnTakesOneLookUp() {
        assertThat(reviewed(OURS, CLOUDFLARE)).isEqualTo(new Valid(1, true));
    }

    @Test
    void otherTextsAreNone() {
        assertThat(reviewed("v=spf10 include:_spf.mx.cloudflare.net", CLOUDFLARE))
                .isEqualTo(new Absent());
    }

    @Test
    void twoRecordsAreAnError() {
        assertThat(reviewed(Map.of("example.com", new Answer.Found<>(List.of(OURS, "V=SPF1 -all")))))
                .isEqualTo(new Broken("example.com", Flaw.SEVERAL));
    }

    @Test
    void eachTermThatAsksDnsCountsAndTheOthersDoNot() {
        assertThat(reviewed(
                        "v=spf1 a mx:other.example a/24 ptr exists:%{i}.x.example ip4:192.0.2.1 ip6:2001:db8::1 include:_spf.mx.cloudflare.net -all",
                        CLOUDFLARE))
                .isEqualTo(new Valid(6, true));
    }

    @Test
    void tenLookUpsAreAllowedAndElevenAreNot() {
        assertThat(reviewed("v=spf1" + " a".repeat(9) + " include:_spf.mx.cloudflare.net ~all", CLOUDFLARE))
                .isEqualTo(new Valid(10, true));
        assertThat(reviewed("v=spf1" + " a".repeat(10) + " include:_spf.mx.cloudflare.net ~all", CLOUDFLARE))
                .isEqualTo(new Broken("example.com", Flaw.TOO_MANY_LOOK_UPS));
    }

    @Test
    void whatIsIncludedCountsAsWell() {
        Map<String, String> others = new HashMap<>(CLOUDFLARE);
        IntStream.range(0, 4).forEach(i -> others.put("s" + i + ".example", "v=spf1 a mx -all"));
        String includes = IntStream.range(0, 3)
                .mapToObj(i -> "include:s" + i + ".example")
                .collect(Collectors.joining(" "));

        assertThat(reviewed("v=spf1 " + includes + " include:_spf.mx.cloudflare.net ~all", others))
                .isEqualTo(new Valid(10, true));
        assertThat(reviewed("v=spf1 " + includes + " include:s3.example include:_spf.mx.cloudflare.net ~all", others))
                .isEqualTo(new Broken("example.com", Flaw.TOO_MANY_LOOK_UPS));
    }

    @Test
    void aRedirectIsFollowedUnlessAllSettlesItBefore() {
        assertThat(reviewed("v=spf1 redirect=_spf.mx.cloudflare.net", CLOUDFLARE))
                .isEqualTo(new Valid(1, true));
        assertThat(reviewed("v=spf1 -all redirect=nowhere.example", CLOUDFLARE)).isEqualTo(new Valid(0, false));
    }

    /** RFC 7208, 5.1. */
    @Test
    void whatStandsBehindAllDoesNotCount() {
        assertThat(reviewed("v=spf1 ~all include:_spf.mx.cloudflare.net", CLOUDFLARE))
                .isEqualTo(new Valid(0, false));
        assertThat(reviewed("v=spf1 mx -all include:dead.example", Map.of())).isEqualTo(new Valid(1, false));
    }

    @Test
    void anIncludeThatDoesNotAllowNamesNobody() {
        assertThat(reviewed("v=spf1 -include:_spf.mx.cloudflare.net ~all", CLOUDFLARE))
                .isEqualTo(new Valid(1, false));
        assertThat(reviewed("v=spf1 +include:_spf.mx.cloudflare.net ~all", CLOUDFLARE))
                .isEqualTo(new Valid(1, true));
    }

    @Test
    void anEmptyNameIsNotAsked() {
        assertThat(reviewed("v=spf1 include:. ~all", Map.of())).isEqualTo(new Valid(1, false));
    }

    @Test
    void anIncludeThatHasNoPolicyIsAnError() {
        assertThat(reviewed("v=spf1 include:gone.example -all", Map.of()))
                .isEqualTo(new Broken("gone.example", Flaw.INCLUDES_NONE));
    }

    @Test
    void aCircleEnds() {
        Map<String, String> circle =
                Map.of("a.example", "v=spf1 include:b.example", "b.example", "v=spf1 include:a.example");

        assertThat(reviewed("v=spf1 include:a.example -all", circle)).isEqualTo(new Broken("a.example", Flaw.LOOP));
        assertThat(reviewed("v=spf1 include:EXAMPLE.com. -all", circle))
                .isEqualTo(new Broken("example.com", Flaw.LOOP));
    }

    @Test
    void macrosAndNamesThatAreNoneCountAndAreNotFollowed() {
        assertThat(reviewed("v=spf1 include:%{d}.x.example include:\u0007bad redirect= ~all", Map.of()))
                .isEqualTo(new Valid(2, false));
    }

    @Test
    void aPolicyThatIsTooLongIsNotRead() {
        assertThat(reviewed("v=spf1 " + "ip4:192.0.2.1 ".repeat(1_000), Map.of()))
                .isEqualTo(new Broken("example.com", Flaw.TOO_LONG));
    }

    @Test
    void whatDoesNotAnswerIsNotKnown() {
        assertThat(reviewed(Map.of(
                        "example.com",
                        new Answer.Found<>(List.of(OURS)),
                        "_spf.mx.cloudflare.net",
                        Answer.failed(Answer.Failure.NO_ANSWER))))
                .isEqualTo(new Unclear("_spf.mx.cloudflare.net", Answer.Failure.NO_ANSWER));
    }

    @Provide
    Arbitrary<Map<String, List<String>>> worlds() {
        Arbitrary<String> names =
                Arbitraries.of("example.com", "a.example", "b.example", "c.example", "_spf.mx.cloudflare.net");
        Arbitrary<String> terms = Arbitraries.oneOf(
                names.map(name -> "include:" + name),
                names.map(name -> "redirect=" + name),
                Arbitraries.of("a", "mx", "-all", "ip4:192.0.2.1", "exists:%{i}", "include:", "", "\u0000", "ptr:x"),
                Arbitraries.strings().ofMaxLength(8));
        Arbitrary<String> texts = terms.list().ofMaxSize(12).map(all -> "v=spf1 " + String.join(" ", all));
        return Arbitraries.maps(names, texts.list().ofMaxSize(2)).ofMaxSize(5);
    }

    /** However hostile the answers are: the review ends, has asked few names, and each of them fits a question. */
    @Property(tries = 500)
    void aReviewAsksLittleAndEnds(@ForAll("worlds") Map<String, List<String>> texts) {
        Map<String, Answer<List<String>>> world = new HashMap<>();
        texts.forEach((name, records) -> world.put(name, new Answer.Found<>(records)));

        SenderPolicyFinding finding = reviewed(world);

        if (finding instanceof Valid valid) {
            assertThat(valid.lookUps()).isBetween(0, SenderPolicyReview.LOOK_UPS);
        }
        if (finding instanceof Broken broken) {
            assertThat(broken.name()).isEqualTo(HostText.of(broken.name()));
        }
    }
}

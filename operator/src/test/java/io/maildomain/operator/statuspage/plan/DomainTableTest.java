package io.maildomain.operator.statuspage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainTableTest {

    private static PageDocument page(PageFacts facts, PageQuery query) {
        return PageDocument.of(StatusPage.of(facts, query, null));
    }

    private static List<String> rows(PageFacts facts, PageQuery query) {
        return page(facts, query).texts("//section[h2/@id='domains']//tbody/tr/th");
    }

    private static String summary(PageFacts facts, PageQuery query) {
        return page(facts, query).text("//section[h2/@id='domains']/p[@role='status']");
    }

    @Test
    void whatNeedsPeopleComesFirst() {
        PageFacts facts = Facts.of(
                Facts.domain("ready.example", Standing.READY),
                Facts.domain("waiting.example", Standing.WAITING),
                Facts.domain("z.example", Standing.STOPPED),
                Facts.domain("a.example", Standing.STOPPED));

        assertThat(rows(facts, PageQuery.NONE))
                .containsExactly("a.example", "z.example", "waiting.example", "ready.example");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 50, d0000.example, d0049.example",
        "2, 50, d0050.example, d0099.example",
        "3, 20, d0100.example, d0119.example",
        "0, 50, d0000.example, d0049.example",
        "-7, 50, d0000.example, d0049.example",
        "4, 20, d0100.example, d0119.example",
        "2147483647, 20, d0100.example, d0119.example"
    })
    void aPageHasFiftyDomainsAndOneThatIsNotThereIsTheNearest(int number, int count, String first, String last) {
        assertThat(rows(Facts.ofDomains(120), new PageQuery(number, false, "", "")))
                .hasSize(count)
                .startsWith(first)
                .endsWith(last);
    }

    @Test
    void allPagesTogetherShowEachDomainOnce() {
        PageFacts facts = Facts.ofDomains(173);

        assertThat(IntStream.rangeClosed(1, 4)
                        .mapToObj(number -> rows(facts, new PageQuery(number, false, "", "")))
                        .flatMap(List::stream))
                .containsExactlyElementsOf(
                        facts.domains().stream().map(DomainFact::domain).toList());
    }

    @Test
    void linksLeadToTheOtherPagesAndKeepWhatWasLookedFor() {
        PageDocument middle = page(Facts.ofDomains(200), new PageQuery(2, false, "d0", ""));

        assertThat(middle.texts("//section//nav//a")).containsExactly("First", "Previous", "Next", "Last");
        assertThat(middle.texts("//section//nav//a/@href"))
                .containsExactly(
                        "?page=1&find=d0#domains",
                        "?page=1&find=d0#domains",
                        "?page=3&find=d0#domains",
                        "?page=4&find=d0#domains");
        assertThat(middle.text("//section//nav//span[@aria-current='page']")).isEqualTo("Page 2 of 4");
    }

    @Test
    void noLinkLeadsBeyondTheEnds() {
        assertThat(page(Facts.ofDomains(60), PageQuery.NONE).texts("//section//nav//a"))
                .containsExactly("Next", "Last");
        assertThat(page(Facts.ofDomains(60), new PageQuery(2, false, "", "")).texts("//section//nav//a"))
                .containsExactly("First", "Previous");
        assertThat(page(Facts.ofDomains(50), PageQuery.NONE).count("//section//nav"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "shop, shop.example",
        "SHOP, shop.example",
        "mail/shop, shop.example",
        "reasonwaiting, blog.example",
        "'.example', 'blog.example,shop.example'",
        "nothing-like-it, ''",
        "'%<>', ''",
        "' ', 'blog.example,shop.example'"
    })
    void domainsAreFoundByDomainNameAccountOrReason(String find, String expected) {
        PageFacts facts =
                Facts.of(Facts.domain("shop.example", Standing.READY), Facts.domain("blog.example", Standing.WAITING));

        assertThat(rows(facts, new PageQuery(1, false, find, "")))
                .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(expected.split(",")));
    }

    @Test
    void aDomainIsFoundAsPeopleWriteItAndAsItStandsThere() {
        PageFacts facts = Facts.of(
                Facts.domain("xn--bcher-kva.example", Standing.READY), Facts.domain("blog.example", Standing.READY));

        for (String find : List.of("bücher", "BÜCHER.example", "xn--bcher")) {
            assertThat(rows(facts, new PageQuery(1, false, find, "")))
                    .containsExactly("xn--bcher-kva.example (bücher.example)");
        }
        assertThat(rows(facts, new PageQuery(1, false, "例え", ""))).isEmpty();
        assertThat(summary(facts, new PageQuery(1, false, "例え", ""))).isEqualTo("0 of 2 domains.");
    }

    @Test
    void whatIsSimplyReadyCanBeLeftOut() {
        PageFacts facts = Facts.of(
                Facts.domain("a.example", Standing.READY),
                Facts.domain("b.example", Standing.DOUBTFUL),
                Facts.domain("c.example", Standing.WAITING),
                Facts.domain("d.example", Standing.STOPPED),
                Facts.domain("e.example", Standing.SUSPENDED),
                Facts.domain("f.example", Standing.UNSEEN));
        PageQuery attention = new PageQuery(1, true, "", "");

        assertThat(rows(facts, attention)).containsExactly("d.example", "c.example", "b.example");
        assertThat(summary(facts, attention)).isEqualTo("3 of 6 domains; those that need people come first.");
        assertThat(page(facts, attention).count("//input[@id='show'][@checked]"))
                .isEqualTo(1);
        assertThat(page(facts, PageQuery.NONE).count("//input[@id='show'][@checked]"))
                .isZero();
    }

    @Test
    void theSummarySaysHowManyAndWhere() {
        assertThat(summary(Facts.ofDomains(1), PageQuery.NONE)).isEqualTo("1 domain.");
        assertThat(summary(Facts.ofDomains(120), new PageQuery(3, false, "", "")))
                .isEqualTo("120 domains, page 3 of 3; those that need people come first.");
        assertThat(summary(Facts.ofDomains(120), new PageQuery(1, false, "d000", "")))
                .isEqualTo("10 of 120 domains; those that need people come first.");
    }

    /** A page of the longest messages is what a browser takes at once, however many domains there are. */
    @Test
    void thousandsOfDomainsThatAllWaitAreABoundedPage() {
        String longest = "&".repeat(512);
        Said said = new Said("AccessDenied", longest, longest, Facts.NOW.minus(Duration.ofDays(3)));
        List<DomainFact> domains = IntStream.range(0, 5_000)
                .mapToObj(i -> new DomainFact(
                        "n".repeat(63),
                        "m".repeat(253),
                        "d".repeat(253),
                        Standing.STOPPED,
                        said,
                        "200/200",
                        "a".repeat(253),
                        List.of("s".repeat(253), "t".repeat(253)),
                        0,
                        false))
                .toList();
        List<DestinationFact> destinations = IntStream.range(0, 5_000)
                .mapToObj(i -> new DestinationFact("a".repeat(90), "b".repeat(253), List.of("c".repeat(320))))
                .toList();
        List<OtherFact> others = IntStream.range(0, 5_000)
                .mapToObj(i -> new OtherFact("MailWorker", "mail/" + i, Standing.STOPPED, said))
                .toList();

        String page = StatusPage.of(
                new PageFacts(Facts.NOW, "1", domains, destinations, List.of(), others), PageQuery.NONE, null);

        assertThat(page.length()).isLessThan(1_000_000);
        assertThat(PageDocument.of(page).texts("//section/p[starts-with(., '…')]"))
                .containsExactly("… and 4950 more.", "… and 4950 more.", "… and 4950 more.");
    }
}

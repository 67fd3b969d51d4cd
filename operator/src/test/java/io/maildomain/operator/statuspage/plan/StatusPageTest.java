package io.maildomain.operator.statuspage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.statuspage.plan.AccountFact.Budget;
import io.maildomain.operator.statuspage.plan.AccountFact.Checks;
import io.maildomain.operator.trace.plan.Destiny;
import io.maildomain.operator.trace.plan.Hop;
import io.maildomain.operator.trace.plan.MailTrace;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPageTest {

    private static PageDocument page(PageFacts facts) {
        return PageDocument.of(StatusPage.of(facts, PageQuery.NONE, null));
    }

    private static PageDocument page(PageFacts facts, PageQuery query) {
        return PageDocument.of(StatusPage.of(facts, query, null));
    }

    // ---- escaping

    private static final MailTrace WAY = way("a");

    private static MailTrace way(String text) {
        return new MailTrace(
                text, List.of(new Hop(Hop.Stage.RULE, Hop.Verdict.OK, text)), new Destiny.Forwarded(text), "");
    }

    /** The harmless text has no mark of Markdown either, of which remedies may hold some. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onmouseover='x",
                "</td></tr></table></main>",
                "<!--",
                "]]>",
                "&#60;b&#62;",
                "</title><script>",
                "\u202egnp.exe"
            })
    void noTextBecomesAnElementWhereverItStands(String text) {
        PageDocument hostile =
                PageDocument.of(StatusPage.of(Facts.saying(text), new PageQuery(1, false, "", text), way(text)));
        PageDocument harmless =
                PageDocument.of(StatusPage.of(Facts.saying("a"), new PageQuery(1, false, "", "a"), WAY));

        assertThat(hostile.elements()).isEqualTo(harmless.elements());
    }

    @Property(tries = 200)
    void noTextAtAllBreaksThePage(@ForAll String text) {
        PageDocument page =
                PageDocument.of(StatusPage.of(Facts.saying(text), new PageQuery(1, false, text, text), way(text)));

        assertThat(page.count("/html/body/main/section")).isGreaterThanOrEqualTo(5);
        assertThat(page.count("//script | //style | //img | //iframe")).isZero();
    }

    @Test
    void aHostileMessageIsReadAsItWasWritten() {
        assertThat(page(Facts.saying("<b>&amp;")).texts("//section[h2/@id='domains']//tbody/tr[1]/td[2]/div[1]"))
                .containsExactly("<b>&amp;");
    }

    @Test
    void whatWasTypedComesBackAsAText() {
        PageDocument page = page(Facts.of(), new PageQuery(1, false, "\"><b>", "\"><b>"));

        assertThat(page.text("//input[@id='address']/@value")).isEqualTo("\"><b>");
        assertThat(page.text("//input[@id='find']/@value")).isEqualTo("\"><b>");
        assertThat(page.text("//section[h2/@id='trace']/p[@role='status']"))
                .isEqualTo("\"><b> is no address: write it as name@domain.");
    }

    // ---- for all readers

    @Test
    void thePageSaysItsLanguageAndCanBeWalkedThrough() {
        PageDocument page = page(Facts.saying("a"));

        assertThat(page.text("/html/@lang")).isEqualTo("en");
        assertThat(page.text("/html/head/title")).isEqualTo("Mail domains");
        assertThat(page.count("//h1")).isEqualTo(1);
        assertThat(page.count("//main")).isEqualTo(1);
        assertThat(page.text("/html/body/*[1][self::a]/@href")).isEqualTo("#main");
        assertThat(page.text("//main/@id")).isEqualTo("main");
        assertThat(page.text("//meta[@name='viewport']/@content")).doesNotContain("maximum-scale", "user-scalable");
    }

    @Test
    void theFirstLinksLeadToThePartsThatAreThere() {
        assertThat(page(Facts.saying("a")).texts("//main/nav//li"))
                .containsExactly(
                        "Name servers to set (1)",
                        "Destination addresses to verify (1)",
                        "Domains (2)",
                        "Other resources (1)",
                        "Accounts (1, of which 1 may need you)",
                        "Where does mail go?");
        assertThat(page(Facts.of(Facts.domain("a.example", Standing.READY))).texts("//main/nav//a/@href"))
                .containsExactly("#domains", "#trace");
    }

    /** Where the style sheet shows rows as cards, the heading stands beside each cell. */
    @Test
    void eachCellKnowsItsHeading() {
        PageDocument page = page(Facts.saying("a"));

        assertThat(page.texts("//section[h2/@id='domains']//tbody/tr[1]/td/@data-label"))
                .isEqualTo(page.texts("//section[h2/@id='domains']//thead//th[position() > 1]"));
        assertThat(page.count("//table[not(@role='table')] | //tr[not(@role='row')] | //td[not(@role='cell')]"))
                .isZero();
    }

    @Test
    void eachIdStandsOnceAndEachReferenceLeadsToOne() {
        PageDocument page =
                PageDocument.of(StatusPage.of(Facts.saying("a"), new PageQuery(1, true, "a", "a@b.example"), WAY));
        List<String> ids = page.texts("//@id");

        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        assertThat(ids)
                .containsAll(page.texts("//@for"))
                .containsAll(page.texts("//@aria-labelledby"))
                .containsAll(page.texts("//@aria-describedby"));
    }

    @Test
    void eachFieldHasALabelAndEachFormAsksByGet() {
        PageDocument page = page(Facts.of());

        assertThat(page.texts("//label/@for")).containsExactlyInAnyOrderElementsOf(page.texts("//input/@id"));
        assertThat(page.texts("//form/@method")).containsOnly("get").hasSize(2);
        assertThat(page.count("//form/@action")).isZero();
    }

    @Test
    void tablesHaveACaptionAndHeadingsForRowsAndColumns() {
        PageDocument page = page(Facts.saying("a"));

        assertThat(page.count("//table")).isGreaterThanOrEqualTo(4);
        assertThat(page.count("//table[not(caption)]")).isZero();
        assertThat(page.count("//thead/tr/th[not(@scope='col')]")).isZero();
        assertThat(page.count("//tbody/tr/*[1][not(self::th[@scope='row'])]")).isZero();
        assertThat(page.count("//tbody/tr[count(*) != count(ancestor::table/thead/tr/th)]"))
                .isZero();
    }

    @Test
    void headingsGoDownStepByStep() {
        assertThat(page(Facts.saying("a")).elements().stream().filter(name -> name.matches("h[1-6]")))
                .startsWith("h1", "h2")
                .containsOnly("h1", "h2", "h3");
    }

    @Test
    void eachPlotIsAnImageWithAName() {
        PageDocument page = page(Facts.saying("a"));

        assertThat(page.count("//svg")).isEqualTo(3);
        assertThat(page.count("//svg[not(@role='img') or string-length(@aria-label) = 0]"))
                .isZero();
    }

    // ---- what it says

    @Test
    void theOverviewCountsEachStateThatThereIs() {
        PageDocument page = page(Facts.of(
                Facts.domain("a.example", Standing.READY),
                Facts.domain("b.example", Standing.READY),
                Facts.domain("c.example", Standing.STOPPED)));

        assertThat(page.text("//h2[@id='overview']")).isEqualTo("3 domains");
        assertThat(page.texts("//ul[@class='counts']/li")).containsExactly("1 Needs you", "2 Ready");
    }

    @Test
    void withoutDomainsThatIsSaid() {
        PageDocument page = page(Facts.of());

        assertThat(page.text("//h2[@id='overview']")).isEqualTo("0 domains");
        assertThat(page.text("//section[h2/@id='overview']/p")).startsWith("There is no MailDomain");
        assertThat(page.texts("//h2/@id")).containsExactly("overview", "domains", "trace");
    }

    @ParameterizedTest
    @EnumSource(Standing.class)
    void eachStateIsWrittenOutAndHasAColour(Standing standing) {
        PageDocument page = page(Facts.of(Facts.domain("a.example", standing)));

        assertThat(page.text("//section[h2/@id='domains']//tbody/tr/td[1]/span"))
                .isEqualTo(standing.words());
        assertThat(page.text("//section[h2/@id='domains']//tbody/tr/td[1]/span/@class"))
                .isEqualTo("badge " + standing.styleClass());
        assertThat(page.text("//section[h2/@id='domains']//tbody/tr/td[2]/div[1]"))
                .isEqualTo("the message of " + standing);
    }

    @Test
    void whatToDoStandsBelowTheMessage() {
        DomainFact domain = new DomainFact(
                "mail",
                "a",
                "a.example",
                Standing.STOPPED,
                new Said("AccessDenied", "the account does not grant it", "Ask for it in `spec.access`.", Facts.NOW),
                "",
                "",
                List.of(),
                2,
                false);

        assertThat(page(Facts.of(domain)).texts("//section[h2/@id='domains']//tbody/tr/td[2]/*"))
                .containsExactly(
                        "AccessDenied",
                        "the account does not grant it",
                        "What to do: Ask for it in spec.access.",
                        "2 changes pending, see status.pendingChanges.");
    }

    @Test
    void whatIsBeingDeletedSaysSo() {
        assertThat(page(Facts.saying("a")).texts("//section[h2/@id='domains']//tbody/tr/td[1]/div"))
                .containsExactly("Being deleted.");
    }

    @Test
    void whatWasSaidOfTheSpecBeforeIsMarkedSo() {
        assertThat(page(Facts.of(Facts.domain("a.example", Standing.UNSEEN)))
                        .texts("//section[h2/@id='domains']//tbody/tr/td[2]/div"))
                .containsExactly("the message of UNSEEN", "It was said of the spec as it was before.");
    }

    @Test
    void aDomainIsShownAsPeopleWriteItToo() {
        assertThat(page(Facts.of(Facts.domain("xn--bcher-kva.example", Standing.READY)))
                        .text("//section[h2/@id='domains']//tbody/tr/th"))
                .isEqualTo("xn--bcher-kva.example (bücher.example)");
    }

    @Test
    void nameServersToSetStandByDomain() {
        PageDocument page = page(Facts.of(
                Facts.pending("new.example", "ada.ns.example", "bob.ns.example"),
                Facts.domain("a.example", Standing.READY)));

        assertThat(page.texts("//section[h2/@id='name-servers']//tbody/tr/th")).containsExactly("new.example");
        assertThat(page.texts("//section[h2/@id='name-servers']//tbody/tr/td[1]/div"))
                .containsExactly("ada.ns.example", "bob.ns.example");
        assertThat(page.text("//section[h2/@id='name-servers']//tbody/tr/td[3]"))
                .isEqualTo("2 h");
        assertThat(page.text("//section[h2/@id='name-servers']/p")).contains("import your other records", "DS record");
    }

    @Test
    void destinationsToVerifyNameTheirAccountAndWhoWaits() {
        List<String> many =
                IntStream.range(0, 7).mapToObj(i -> "MailDomain mail/" + i).toList();
        PageFacts facts = new PageFacts(
                Facts.NOW,
                "1",
                List.of(),
                List.of(
                        new DestinationFact("a@corp.example", "default", many),
                        new DestinationFact("b@corp.example", "", List.of("Mailbox x/y"))),
                List.of(),
                List.of());

        assertThat(page(facts).texts("//section[h2/@id='destinations']//tbody/tr/*"))
                .containsExactly(
                        "a@corp.example",
                        "default",
                        "MailDomain mail/0, MailDomain mail/1, MailDomain mail/2, MailDomain mail/3, MailDomain mail/4 and 2 more",
                        "b@corp.example",
                        "of the MailDomain",
                        "Mailbox x/y");
    }

    @Test
    void accountsSayBudgetSweepsAndTheEndOfTheirToken() {
        AccountFact account = new AccountFact(
                "default",
                Standing.READY,
                Facts.said(Standing.READY),
                Facts.NOW.plus(Duration.ofDays(3)),
                Facts.NOW.minus(Duration.ofDays(1)),
                new Budget(200, 240),
                new Checks(12, 0, true, Duration.ofMinutes(4), Duration.ofMinutes(10)));

        PageDocument page = page(new PageFacts(Facts.NOW, "1", List.of(), List.of(), List.of(account), List.of()));

        assertThat(page.texts("//section[h2/@id='accounts']//dd"))
                .containsExactly(
                        "200 of 240 requests may be sent at once.",
                        "12 resources compared with Cloudflare within the last 4 min; the interval is 10 min.",
                        "It expires in 3 d: 2026-01-06 00:00:00 UTC.",
                        "It has expired: 2026-01-02 00:00:00 UTC.");
        assertThat(page.texts("//section[h2/@id='accounts']//dt"))
                .containsExactly("Budget", "Sweeps", "Token", "Token to deploy");
        assertThat(page.text("//dd[3]/@class")).isEqualTo("soon");
        assertThat(page.count("//section[h2/@id='accounts']//svg")).isEqualTo(2);
    }

    @Test
    void anAccountOfWhichNothingIsKnownYetSaysSo() {
        AccountFact account = new AccountFact("new", Standing.UNSEEN, Said.NOTHING, null, null, null, null);

        assertThat(page(new PageFacts(Facts.NOW, "1", List.of(), List.of(), List.of(account), List.of()))
                        .texts("//section[h2/@id='accounts']//dd"))
                .containsExactly("No request was sent with its tokens lately.", "No healthy resource uses it.");
    }

    /** With more than fifty accounts the last of them are not shown. */
    @Test
    void accountsThatNeedPeopleComeFirst() {
        List<AccountFact> accounts = IntStream.range(0, 60)
                .mapToObj(i -> new AccountFact(
                        "account-%02d".formatted(i),
                        i == 59 ? Standing.STOPPED : i == 58 ? Standing.DOUBTFUL : Standing.READY,
                        Said.NOTHING,
                        null,
                        null,
                        null,
                        null))
                .toList();

        PageDocument page = page(new PageFacts(Facts.NOW, "1", List.of(), List.of(), accounts, List.of()));

        assertThat(page.texts("//section[h2/@id='accounts']//h3/code"))
                .startsWith("account-59", "account-58", "account-00")
                .hasSize(50);
        assertThat(page.texts("//main/nav//li")).contains("Accounts (60, of which 2 may need you)");
    }

    @Test
    void otherResourcesThatNeedPeopleAreListed() {
        PageFacts facts = new PageFacts(
                Facts.NOW,
                "1",
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new OtherFact("MailWorker", "mail/w", Standing.WAITING, Facts.said(Standing.WAITING)),
                        new OtherFact("CatchAllRule", "mail/c", Standing.STOPPED, Facts.said(Standing.STOPPED))));

        assertThat(page(facts).texts("//section[h2/@id='others']//tbody/tr/th"))
                .containsExactly("CatchAllRule mail/c", "MailWorker mail/w");
    }

    @Test
    void theFooterSaysWhoseResourcesAreShown() {
        assertThat(page(Facts.of()).text("//footer")).contains("all namespaces");
    }

    @Test
    void aReplicaThatStandsByNamesThePodThatLeads() {
        PageDocument page = PageDocument.of(StatusPage.ofStandingBy("1.2.3", "operator_<0>_1a2b3c4d"));

        assertThat(page.text("//h2")).isEqualTo("This replica stands by");
        assertThat(page.text("//main/section/p/code")).isEqualTo("operator_<0>");
        assertThat(page.count("//form")).isZero();
    }

    @Test
    void aReplicaThatStartsOrStopsDoesNotSendItsReaderToAnother() {
        PageDocument starting = PageDocument.of(StatusPage.ofStarting("1.2.3"));
        PageDocument stopping = PageDocument.of(StatusPage.ofStopping("1.2.3"));

        assertThat(starting.text("//h2")).isEqualTo("The operator is starting");
        assertThat(stopping.text("//h2")).isEqualTo("The operator is stopping");
        assertThat(starting.text("//main") + stopping.text("//main")).doesNotContain("Pod", "lead");
    }

    /** Below four lists it would not be seen. */
    @Test
    void whatWasAskedForStandsFirst() {
        assertThat(page(Facts.saying("a"), new PageQuery(1, false, "", "x@a.example"))
                        .texts("//h2/@id"))
                .startsWith("overview", "trace", "name-servers");
        assertThat(page(Facts.saying("a"), new PageQuery(1, true, "", "")).texts("//h2/@id"))
                .startsWith("overview", "domains", "name-servers");
        assertThat(page(Facts.saying("a")).texts("//h2/@id")).endsWith("accounts", "trace");
    }

    @Test
    void eachPageHasATitleOfItsOwn() {
        assertThat(Stream.of(
                                PageQuery.NONE,
                                new PageQuery(2, false, "", ""),
                                new PageQuery(1, false, "a", ""),
                                new PageQuery(3, true, "", ""),
                                new PageQuery(1, false, "", "x@a.example"))
                        .map(query -> page(Facts.of(), query).text("/html/head/title")))
                .containsExactly(
                        "Mail domains",
                        "Mail domains, page 2",
                        "Mail domains: found",
                        "Mail domains: found, page 3",
                        "Mail domains: where mail goes");
        assertThat(PageDocument.of(StatusPage.ofStarting("1")).text("/html/head/title"))
                .isEqualTo("Mail domains: The operator is starting");
    }

    @Test
    void theTraceIsAnsweredWithItsStations() {
        MailTrace trace = new MailTrace(
                "shop@a.example",
                List.of(
                        new Hop(Hop.Stage.ZONE, Hop.Verdict.OK, "zone a.example is ready"),
                        new Hop(Hop.Stage.TARGET, Hop.Verdict.WRONG, "not verified")),
                new Destiny.Forwarded("team@corp.example"),
                "");
        PageDocument page =
                PageDocument.of(StatusPage.of(Facts.of(), new PageQuery(1, false, "", "Shop@a.example"), trace));

        assertThat(page.text("//section[h2/@id='trace']/p[@role='status']"))
                .isEqualTo("Mail to shop@a.example: " + trace.sentence() + ".");
        assertThat(page.texts("//section[h2/@id='trace']//tbody/tr/*"))
                .containsExactly("zone", "ok", "zone a.example is ready", "target", "wrong", "not verified");
    }
}

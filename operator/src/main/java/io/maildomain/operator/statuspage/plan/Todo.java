package io.maildomain.operator.statuspage.plan;

import io.maildomain.operator.dns.plan.UnicodeName;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What people have to do elsewhere: at registrars, in mailboxes, and for resources of other kinds. */
final class Todo {

    /** Of each list. A user reads no more, and a thousand domains that wait must not make a page of megabytes. */
    static final int MOST = 50;

    private Todo() {}

    /** Domains whose zone waits for its name servers. Most zones of an account have the same pair: those are named once. */
    static Html nameServers(PageFacts facts) {
        List<DomainFact> waiting = facts.domains().stream()
                .filter(domain -> !domain.nameServers().isEmpty())
                .toList();
        if (waiting.isEmpty()) {
            return Html.NOTHING;
        }
        return StatusPage.section(
                "name-servers",
                "Name servers to set",
                Element.of(Tag.P)
                        .holding(InlineMarkdown.html(
                                "At the registrar of each domain. **First** import your other records into the zone and remove the DS"
                                        + " record at the registrar, or what is not mail stops working.")),
                table(
                        "Domains whose zone waits for its name servers",
                        List.of("Domain", "Name servers", "Resource", "Waits for"),
                        waiting,
                        domain -> Stream.of(
                                code(UnicodeName.shown(domain.domain())),
                                Html.all(domain.nameServers().stream()
                                        .map(server -> Element.of(Tag.DIV).holding(code(server)))),
                                code(domain.resource()),
                                Durations.ago(domain.said().since(), facts.now()))));
    }

    /** Destinations whose owner has not clicked the link yet. */
    static Html destinations(PageFacts facts) {
        if (facts.destinations().isEmpty()) {
            return Html.NOTHING;
        }
        return StatusPage.section(
                "destinations",
                "Destination addresses to verify",
                Element.of(Tag.P)
                        .saying(
                                "Cloudflare mails each of them a link. Until its owner has clicked that, no mail is forwarded to it. An address"
                                        + " that stands in no account yet has to be added there first."),
                table(
                        "Destination addresses that are not verified",
                        List.of("Address", "Account", "Waiting for it"),
                        facts.destinations(),
                        destination -> Stream.of(
                                code(destination.address()),
                                destination.account().isEmpty()
                                        ? Html.text("of the MailDomain")
                                        : code(destination.account()),
                                askedBy(destination.askedBy()))));
    }

    private static Html askedBy(List<String> resources) {
        int shown = 5;
        String rest = resources.size() > shown ? " and " + (resources.size() - shown) + " more" : "";
        return Html.text(String.join(", ", resources.subList(0, Math.min(shown, resources.size()))) + rest);
    }

    /** Resources of other kinds that need people. */
    static Html others(PageFacts facts) {
        if (facts.others().isEmpty()) {
            return Html.NOTHING;
        }
        return StatusPage.section(
                "others",
                "Other resources that are not ready",
                table(
                        "Resources of other kinds that are not ready",
                        List.of("Resource", "State", "What it says"),
                        facts.others(),
                        other -> Stream.of(
                                Html.of(Html.text(other.kind() + " "), code(other.resource())),
                                badge(other.standing()),
                                said(other.said()))));
    }

    /** The first of the rows, with how many there are besides. */
    private static <T> Html table(
            String caption, List<String> headings, List<T> rows, Function<T, Stream<Html>> cells) {
        return Html.of(
                rows(caption, headings, rows.stream().limit(MOST).map(cells)), StatusPage.more(rows.size(), MOST));
    }

    /** A table that can be moved by keys as well where it is too wide; the first cell of each row is its heading. */
    static Html rows(String caption, List<String> headings, Stream<Stream<Html>> rows) {
        Html head = tag(Tag.THEAD, "rowgroup")
                .holding(tag(Tag.TR, "row").holding(headings.stream().map(heading -> Element.of(Tag.TH)
                        .with(Attribute.SCOPE, "col")
                        .with(Attribute.ROLE, "columnheader")
                        .saying(heading))));
        Html body = tag(Tag.TBODY, "rowgroup")
                .holding(rows.map(row -> tag(Tag.TR, "row").holding(cells(headings, row.toList()))));
        return Element.of(Tag.DIV, "scrolls")
                .with(Attribute.ROLE, "region")
                .with(Attribute.ARIA_LABEL, caption)
                .with(Attribute.TABINDEX, "0")
                .holding(tag(Tag.TABLE, "table").holding(Element.of(Tag.CAPTION).saying(caption), head, body));
    }

    /** With the role that it has by itself: some browsers forget it where the style sheet shows rows as blocks. */
    private static Element tag(Tag tag, String role) {
        return Element.of(tag).with(Attribute.ROLE, role);
    }

    /** Each cell knows its heading as well: on a narrow screen the style sheet writes it beside the cell. */
    private static Stream<Html> cells(List<String> headings, List<Html> row) {
        return Stream.concat(
                Stream.of(Element.of(Tag.TH)
                        .with(Attribute.SCOPE, "row")
                        .with(Attribute.ROLE, "rowheader")
                        .holding(row.get(0))),
                IntStream.range(1, row.size()).mapToObj(i -> Element.of(Tag.TD)
                        .with(Attribute.ROLE, "cell")
                        .with(Attribute.DATA_LABEL, headings.get(i))
                        .holding(row.get(i))));
    }

    static Html code(String text) {
        return Element.of(Tag.CODE).saying(text);
    }

    static Html badge(Standing standing) {
        return Element.of(Tag.SPAN, "badge " + standing.styleClass()).saying(standing.words());
    }

    /** The reason, the message, and what the catalogue of reasons advises. */
    static Html said(Said said) {
        return Html.of(
                said.reason().isEmpty() ? Html.NOTHING : Element.of(Tag.STRONG).saying(said.reason()),
                said.message().isEmpty() ? Html.NOTHING : Element.of(Tag.DIV).saying(said.message()),
                said.remedy().isEmpty()
                        ? Html.NOTHING
                        : Element.of(Tag.DIV, "remedy")
                                .holding(
                                        Element.of(Tag.STRONG).saying("What to do: "),
                                        InlineMarkdown.html(said.remedy())));
    }
}

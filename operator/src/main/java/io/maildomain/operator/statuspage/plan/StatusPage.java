package io.maildomain.operator.statuspage.plan;

import io.maildomain.operator.trace.plan.MailTrace;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The status page: one document without scripts, whose style is a file beside it. */
public final class StatusPage {

    private static final String MAIL_DOMAINS = "Mail domains";

    private StatusPage() {}

    /**
     * The page.
     *
     * @param trace what the resources say of the address that was asked for; null: none was asked for, or what was typed is none
     */
    public static String of(PageFacts facts, PageQuery query, @Nullable MailTrace trace) {
        Html domains = DomainTable.of(facts, query);
        Html way = TraceSection.of(query, trace);
        boolean asked = !query.address().isEmpty();
        boolean searched = !asked && query.isSearch();
        return document(
                title(query),
                Html.of(Element.of(Tag.P)
                        .holding(
                                Html.text("mail-domain-operator " + facts.version() + ", as of "),
                                Durations.at(facts.now()),
                                Html.text(", from what the operator knows: no call was sent for this page. "),
                                Element.of(Tag.A).with(Attribute.HREF, "./").saying("Load it anew"))),
                // A reader who has sent a form finds the answer where the page begins.
                Stream.of(
                        overview(facts),
                        contents(facts),
                        asked ? way : Html.NOTHING,
                        searched ? domains : Html.NOTHING,
                        Todo.nameServers(facts),
                        Todo.destinations(facts),
                        searched ? Html.NOTHING : domains,
                        Todo.others(facts),
                        Accounts.of(facts),
                        asked ? Html.NOTHING : way));
    }

    /** For the tabs of a browser. */
    private static String title(PageQuery query) {
        if (!query.address().isEmpty()) {
            return MAIL_DOMAINS + ": where mail goes";
        }
        return MAIL_DOMAINS
                + (query.isSearch() ? ": found" : "")
                + (query.number() > 1 ? ", page " + query.number() : "");
    }

    /** The page of a replica that has not read the resources yet: the only one, or the one that has just begun to lead. */
    public static String ofStarting(String version) {
        return ofReplica(
                version,
                "The operator is starting",
                Html.text("It has not read all resources yet. Load the page again in a moment."));
    }

    /**
     * The page of a replica that stands by, which has read no resource.
     *
     * @param leader the identity in the Lease, which begins with the name of the Pod
     */
    public static String ofStandingBy(String version, String leader) {
        int end = leader.lastIndexOf('_');
        return ofReplica(
                version,
                "This replica stands by",
                Html.of(
                        Html.text("Only the replica that leads knows the resources: ask Pod "),
                        Element.of(Tag.CODE).saying(end > 0 ? leader.substring(0, end) : leader),
                        Html.text(".")));
    }

    /** The page of a replica that ends. */
    public static String ofStopping(String version) {
        return ofReplica(
                version,
                "The operator is stopping",
                Html.text("Another replica goes on, or the next one to start. Load the page again in a moment."));
    }

    private static String ofReplica(String version, String heading, Html words) {
        return document(
                MAIL_DOMAINS + ": " + heading,
                Element.of(Tag.P).saying("mail-domain-operator " + version),
                Stream.of(section("replica", heading, Element.of(Tag.P).holding(words))));
    }

    private static Html overview(PageFacts facts) {
        List<Plot.Count> counts = Arrays.stream(Standing.values())
                .map(standing -> new Plot.Count(
                        standing,
                        facts.domains().stream()
                                .filter(domain -> domain.standing() == standing)
                                .count()))
                .filter(count -> count.resources() > 0)
                .toList();
        Html numbers = Element.of(Tag.UL, "counts").holding(counts.stream().map(count -> Element.of(Tag.LI)
                .holding(
                        Element.of(Tag.SPAN, "key " + count.standing().styleClass())
                                .empty(),
                        Html.text(count.resources() + " " + count.standing().words()))));
        return section(
                "overview",
                plural(facts.domains().size(), "domain"),
                counts.isEmpty()
                        ? Element.of(Tag.P)
                                .saying("There is no MailDomain in the namespaces that the operator watches.")
                        : Html.of(Plot.shares(counts), numbers));
    }

    /** Where to go on: a table of many domains stands before the last of these. */
    private static Html contents(PageFacts facts) {
        long waiting = facts.domains().stream()
                .filter(domain -> !domain.nameServers().isEmpty())
                .count();
        Stream<Html> links = Stream.of(
                link("name-servers", "Name servers to set", waiting),
                link(
                        "destinations",
                        "Destination addresses to verify",
                        facts.destinations().size()),
                link("domains", "Domains", facts.domains().size()),
                link("others", "Other resources", facts.others().size()),
                accounts(facts),
                Element.of(Tag.LI)
                        .holding(
                                Element.of(Tag.A).with(Attribute.HREF, "#trace").saying("Where does mail go?")));
        return Element.of(Tag.NAV)
                .with(Attribute.ARIA_LABEL, "Parts of this page")
                .holding(Element.of(Tag.UL, "pages").holding(links));
    }

    private static Html accounts(PageFacts facts) {
        long attention = facts.accounts().stream()
                .filter(account -> account.standing().needsAttention())
                .count();
        return link(
                "accounts",
                "Accounts",
                facts.accounts().size(),
                attention == 0 ? "" : ", of which " + attention + " may need you");
    }

    private static Html link(String id, String words, long count) {
        return link(id, words, count, "");
    }

    private static Html link(String id, String words, long count, String more) {
        return count == 0
                ? Html.NOTHING
                : Element.of(Tag.LI)
                        .holding(
                                Element.of(Tag.A).with(Attribute.HREF, "#" + id).saying(words),
                                Html.text(" (" + count + more + ")"));
    }

    /** A part of the page with a heading that can be linked to. */
    static Html section(String id, String heading, Html... content) {
        return Element.of(Tag.SECTION)
                .with(Attribute.ARIA_LABELLEDBY, id)
                .holding(Element.of(Tag.H2).with(Attribute.ID, id).saying(heading), Html.of(content));
    }

    /** What stands behind so many, where not all are shown. */
    static Html more(int all, int shown) {
        return all <= shown ? Html.NOTHING : Element.of(Tag.P).saying("… and " + (all - shown) + " more.");
    }

    static String plural(int count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    private static String document(String title, Html underTitle, Stream<Html> sections) {
        Html head = Element.of(Tag.HEAD)
                .holding(
                        Element.of(Tag.META).with(Attribute.CHARSET, "utf-8").empty(),
                        Element.of(Tag.META)
                                .with(Attribute.NAME, "viewport")
                                .with(Attribute.CONTENT, "width=device-width, initial-scale=1")
                                .empty(),
                        Element.of(Tag.META)
                                .with(Attribute.NAME, "color-scheme")
                                .with(Attribute.CONTENT, "light dark")
                                .empty(),
                        Element.of(Tag.META)
                                .with(Attribute.NAME, "robots")
                                .with(Attribute.CONTENT, "noindex")
                                .empty(),
                        Element.of(Tag.TITLE).saying(title),
                        // Else a browser asks for one that is not there.
                        Element.of(Tag.LINK)
                                .with(Attribute.REL, "icon")
                                .with(Attribute.HREF, "data:,")
                                .empty(),
                        Element.of(Tag.LINK)
                                .with(Attribute.REL, "stylesheet")
                                .with(Attribute.HREF, "status.css")
                                .empty());
        Html body = Element.of(Tag.BODY)
                .holding(
                        Element.of(Tag.A, "skip").with(Attribute.HREF, "#main").saying("Skip to the content"),
                        Element.of(Tag.HEADER).holding(Element.of(Tag.H1).saying(MAIL_DOMAINS), underTitle),
                        Element.of(Tag.MAIN).with(Attribute.ID, "main").holding(sections),
                        Element.of(Tag.FOOTER)
                                .holding(
                                        Element.of(Tag.P)
                                                .saying(
                                                        "Who can see this page sees all namespaces that the operator watches.")));
        return Element.of(Tag.HTML)
                .with(Attribute.LANG, "en")
                .holding(head, body)
                .document();
    }
}

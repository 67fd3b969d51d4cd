package io.maildomain.operator.statuspage.plan;

import io.maildomain.operator.dns.plan.UnicodeName;
import java.util.List;
import java.util.stream.Stream;

/** The domains, a page of them at a time, with what each says. */
final class DomainTable {

    /** So many rows of the longest messages are a page that a browser takes, and that costs the operator little. */
    static final int ROWS = 50;

    private DomainTable() {}

    static Html of(PageFacts facts, PageQuery query) {
        List<DomainFact> found = facts.domains().stream()
                .filter(domain -> !query.attention() || domain.standing().needsAttention())
                .filter(domain -> query.find().isEmpty() || domain.matches(query.find()))
                .toList();
        int pages = Math.max(1, (found.size() + ROWS - 1) / ROWS);
        int page = Math.min(query.number(), pages);
        List<DomainFact> shown = found.subList((page - 1) * ROWS, Math.min(page * ROWS, found.size()));
        return StatusPage.section(
                "domains",
                "Domains",
                filter(query),
                Element.of(Tag.P)
                        .with(Attribute.ROLE, "status")
                        .saying(summary(found.size(), facts.domains().size(), page, pages)),
                shown.isEmpty()
                        ? Html.NOTHING
                        : Todo.rows(
                                "MailDomains, those that need people first",
                                List.of("Domain", "State", "What it says", "Rules", "Account", "Resource", "Since"),
                                shown.stream().map(domain -> row(domain, facts))),
                pages(query, page, pages));
    }

    private static Stream<Html> row(DomainFact domain, PageFacts facts) {
        return Stream.of(
                Todo.code(UnicodeName.shown(domain.domain())),
                Html.of(
                        Todo.badge(domain.standing()),
                        domain.goes() ? Element.of(Tag.DIV).saying("Being deleted.") : Html.NOTHING),
                Html.of(Todo.said(domain.said()), ofBefore(domain), pending(domain.pendingChanges())),
                Html.text(domain.rules()),
                Html.text(domain.account()),
                Todo.code(domain.resource()),
                Durations.ago(domain.said().since(), facts.now()));
    }

    private static Html ofBefore(DomainFact domain) {
        return domain.standing() == Standing.UNSEEN && !domain.said().reason().isEmpty()
                ? Element.of(Tag.DIV).saying("It was said of the spec as it was before.")
                : Html.NOTHING;
    }

    private static Html pending(int changes) {
        return changes == 0
                ? Html.NOTHING
                : Element.of(Tag.DIV)
                        .holding(
                                Html.text(StatusPage.plural(changes, "change") + " pending, see "),
                                Todo.code("status.pendingChanges"),
                                Html.text("."));
    }

    private static String summary(int found, int all, int page, int pages) {
        String domains =
                found == all ? StatusPage.plural(all, "domain") : found + " of " + StatusPage.plural(all, "domain");
        return domains
                + (pages == 1 ? "" : ", page " + page + " of " + pages)
                + (found < 2 ? "." : "; those that need people come first.");
    }

    private static Html filter(PageQuery query) {
        Element attention = Element.of(Tag.INPUT)
                .with(Attribute.TYPE, "checkbox")
                .with(Attribute.ID, "show")
                .with(Attribute.NAME, "show")
                .with(Attribute.VALUE, "attention");
        return Element.of(Tag.FORM)
                .with(Attribute.METHOD, "get")
                .with(Attribute.ROLE, "search")
                .with(Attribute.ARIA_LABEL, "Find domains")
                .holding(
                        Element.of(Tag.LABEL).with(Attribute.FOR, "find").saying("Domain, name, account or reason"),
                        Element.of(Tag.INPUT)
                                .with(Attribute.TYPE, "search")
                                .with(Attribute.ID, "find")
                                .with(Attribute.NAME, "find")
                                .with(Attribute.VALUE, query.find())
                                .with(Attribute.MAXLENGTH, String.valueOf(PageQuery.LONGEST))
                                .with(Attribute.AUTOCAPITALIZE, "none")
                                .with(Attribute.SPELLCHECK, "false")
                                .empty(),
                        Element.of(Tag.SPAN, "choice")
                                .holding(
                                        (query.attention() ? attention.with(Attribute.CHECKED, "checked") : attention)
                                                .empty(),
                                        Element.of(Tag.LABEL)
                                                .with(Attribute.FOR, "show")
                                                .saying("Only what may need you")),
                        Element.of(Tag.BUTTON).with(Attribute.TYPE, "submit").saying("Show"));
    }

    private static Html pages(PageQuery query, int page, int pages) {
        if (pages == 1) {
            return Html.NOTHING;
        }
        Stream<Html> links = Stream.of(
                link(query, 1, "First", page > 1),
                link(query, page - 1, "Previous", page > 1),
                Element.of(Tag.LI)
                        .holding(Element.of(Tag.SPAN)
                                .with(Attribute.ARIA_CURRENT, "page")
                                .saying("Page " + page + " of " + pages)),
                link(query, page + 1, "Next", page < pages),
                link(query, pages, "Last", page < pages));
        return Element.of(Tag.NAV)
                .with(Attribute.ARIA_LABEL, "Pages of domains")
                .holding(Element.of(Tag.UL, "pages").holding(links));
    }

    private static Html link(PageQuery query, int to, String words, boolean there) {
        return there
                ? Element.of(Tag.LI)
                        .holding(Element.of(Tag.A)
                                .with(Attribute.HREF, query.on(to).link())
                                .saying(words))
                : Html.NOTHING;
    }
}

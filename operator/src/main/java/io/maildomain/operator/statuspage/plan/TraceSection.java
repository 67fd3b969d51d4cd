package io.maildomain.operator.statuspage.plan;

import io.maildomain.operator.trace.plan.Hop;
import io.maildomain.operator.trace.plan.Hop.Verdict;
import io.maildomain.operator.trace.plan.MailTrace;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form that asks where mail to an address goes, and the answer. */
final class TraceSection {

    private TraceSection() {}

    static Html of(PageQuery query, @Nullable MailTrace trace) {
        return StatusPage.section("trace", "Where does mail to an address go?", form(query), answer(query, trace));
    }

    private static Html form(PageQuery query) {
        return Element.of(Tag.FORM)
                .with(Attribute.METHOD, "get")
                .with(Attribute.ARIA_LABEL, "Follow mail to an address")
                .holding(
                        Element.of(Tag.LABEL).with(Attribute.FOR, "address").saying("Address"),
                        Element.of(Tag.INPUT)
                                // Not "email": a browser refuses there what Cloudflare takes.
                                .with(Attribute.TYPE, "text")
                                .with(Attribute.ID, "address")
                                .with(Attribute.NAME, "address")
                                .with(Attribute.VALUE, query.address())
                                .with(Attribute.MAXLENGTH, String.valueOf(PageQuery.LONGEST))
                                .with(Attribute.AUTOCOMPLETE, "off")
                                .with(Attribute.AUTOCAPITALIZE, "none")
                                .with(Attribute.SPELLCHECK, "false")
                                .with(Attribute.ARIA_DESCRIBEDBY, "trace-note")
                                .empty(),
                        Element.of(Tag.BUTTON).with(Attribute.TYPE, "submit").saying("Follow"),
                        Element.of(Tag.P)
                                .with(Attribute.ID, "trace-note")
                                .holding(InlineMarkdown.html(
                                        "Answered from what the resources say: neither Cloudflare nor DNS is asked. Rules that no resource asks for are"
                                                + " not seen here. The verb `trace` asks both.")));
    }

    private static Html answer(PageQuery query, @Nullable MailTrace trace) {
        if (query.address().isEmpty()) {
            return Html.NOTHING;
        }
        if (trace == null) {
            return Element.of(Tag.P)
                    .with(Attribute.ROLE, "status")
                    .holding(Todo.code(query.address()), Html.text(" is no address: write it as name@domain."));
        }
        return Html.of(
                Element.of(Tag.P)
                        .with(Attribute.ROLE, "status")
                        .holding(
                                Html.text("Mail to "),
                                Todo.code(trace.address()),
                                Html.text(": "),
                                Element.of(Tag.STRONG).saying(trace.sentence()),
                                Html.text(".")),
                Todo.rows(
                        "The way of the mail",
                        List.of("Station", "Verdict", "What is known"),
                        trace.hops().stream().map(TraceSection::row)));
    }

    private static Stream<Html> row(Hop hop) {
        return Stream.of(
                Html.text(hop.stage().word()),
                Element.of(Tag.SPAN, "badge " + styleClass(hop.verdict())).saying(word(hop.verdict())),
                Html.text(hop.sentence()));
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case OK -> "ok";
            case WRONG -> "wrong";
            case UNKNOWN -> "not known";
            case OPEN -> "left open";
        };
    }

    private static String styleClass(Verdict verdict) {
        return switch (verdict) {
            case OK -> "ready";
            case WRONG -> "stopped";
            case UNKNOWN -> "doubtful";
            case OPEN -> "unseen";
        };
    }
}

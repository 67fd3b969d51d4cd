package io.maildomain.operator.app;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.maildomain.operator.controller.offline.ZoneReader.Planning;
import io.maildomain.operator.controller.offline.plan.DomainPlan;
import io.maildomain.operator.controller.offline.plan.MailImpact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What {@code plan} prints. */
record PlanReport(List<Planning> domains) {

    private static final String RED = "\u001B[31m";
    private static final String YELLOW = "\u001B[33m";
    private static final String PLAIN = "\u001B[0m";

    /** A domain for machines. */
    @JsonPropertyOrder({"domain", "waits", "losesMail", "sentence", "changes", "mail", "notes", "problem"})
    record Line(
            String domain,
            boolean waits,
            boolean losesMail,
            String sentence,
            List<String> changes,
            MailImpact mail,
            List<String> notes,
            String problem) {}

    PlanReport {
        domains = List.copyOf(domains);
    }

    private Stream<DomainPlan> plans() {
        return domains.stream().filter(Planning.Done.class::isInstance).map(done -> ((Planning.Done) done).plan());
    }

    private List<Planning.Blocked> blocked() {
        return domains.stream()
                .filter(Planning.Blocked.class::isInstance)
                .map(Planning.Blocked.class::cast)
                .toList();
    }

    boolean isWhole() {
        return blocked().isEmpty();
    }

    /** Whether the files would change something. */
    boolean waits() {
        return plans().anyMatch(DomainPlan::waits);
    }

    private List<DomainPlan> changed() {
        return plans().filter(plan -> !plan.changes().isEmpty() || !plan.notes().isEmpty())
                .toList();
    }

    /** All domains in a sentence. */
    String sentence() {
        MailImpact all = MailImpact.together(plans().filter(DomainPlan::waits).toList());
        long waiting = plans().filter(DomainPlan::waits).count();
        return waiting == 0
                ? "no changes"
                : "changes of " + (waiting == 1 ? "1 domain" : waiting + " domains") + ": " + all.sentence();
    }

    /** @param coloured whether a terminal shows colours */
    String text(boolean coloured) {
        StringBuilder text = new StringBuilder();
        blocked().forEach(each -> text.append(each.domain())
                .append(": ")
                .append(plain(each.why()))
                .append("\n\n"));
        for (DomainPlan plan : changed()) {
            String colour = !coloured ? "" : plan.mail().losesMail() ? RED : YELLOW;
            text.append(plan.domain())
                    .append(": ")
                    .append(colour)
                    .append(plain(headline(plan)))
                    .append(colour.isEmpty() ? "" : PLAIN)
                    .append('\n');
            plan.changes()
                    .forEach(change -> text.append("  - ").append(plain(change)).append('\n'));
            readers(plan.mail())
                    .forEach(line -> text.append("  > ").append(plain(line)).append('\n'));
            plan.notes().forEach(note -> text.append("  ! ").append(plain(note)).append('\n'));
            text.append('\n');
        }
        return text.append(plain(sentence())).append('\n').toString();
    }

    /** For a comment below a change that is proposed. */
    String markdown() {
        StringBuilder text =
                new StringBuilder("### Mail: ").append(inline(sentence())).append('\n');
        blocked().forEach(each -> text.append("\n- **")
                .append(inline(each.domain()))
                .append("** cannot be planned: ")
                .append(inline(each.why()))
                .append('\n'));
        for (DomainPlan plan : changed()) {
            text.append("\n**")
                    .append(inline(plan.domain()))
                    .append("**: ")
                    .append(inline(headline(plan)))
                    .append("\n\n");
            plan.changes()
                    .forEach(change -> text.append("- ").append(inline(change)).append('\n'));
            if (!readers(plan.mail()).isEmpty()) {
                text.append("\n| address | today | then |\n|---|---|---|\n");
                rows(plan.mail()).forEach(row -> text.append("| ")
                        .append(inline(row.address()))
                        .append(" | ")
                        .append(inline(row.before()))
                        .append(" | ")
                        .append(inline(row.after()))
                        .append(" |\n"));
            }
            plan.notes()
                    .forEach(note -> text.append("\n> ").append(inline(note)).append('\n'));
        }
        return text.toString();
    }

    String json() {
        List<Line> lines = new ArrayList<>();
        plans().forEach(plan -> lines.add(new Line(
                plan.domain(),
                plan.waits(),
                plan.waits() && plan.mail().losesMail(),
                plan.mail().sentence(),
                plan.changes(),
                plan.mail(),
                plan.notes(),
                "")));
        blocked()
                .forEach(each -> lines.add(new Line(
                        each.domain(), false, false, "", List.of(), MailImpact.none(), List.of(), each.why())));
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(lines) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records of strings are always JSON", impossible);
        }
    }

    private static String headline(DomainPlan plan) {
        if (plan.changes().isEmpty()) {
            return "nothing changes";
        }
        return plan.waits()
                ? plan.mail().sentence()
                : "only observed or suspended; else " + plan.mail().sentence();
    }

    private static List<MailImpact.Address> rows(MailImpact mail) {
        return Stream.of(mail.stop(), mail.moved(), mail.start())
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> readers(MailImpact mail) {
        return rows(mail).stream()
                .map(row -> "mail to " + row.address() + " " + row.before() + ", then " + row.after())
                .toList();
    }

    /** Nothing of it moves a cursor or turns a line around. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }

    /** Nothing of it is markup: names of rules and Workers are the words of others. */
    private static String inline(String text) {
        return plain(text).replaceAll("([\\\\`*_{}\\[\\]<>()#+!|~])", "\\\\$1");
    }
}

package io.maildomain.simulator.dns;

import io.maildomain.simulator.api.Query;
import io.maildomain.simulator.state.DnsRecord;
import io.maildomain.simulator.state.HostNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Which DNS records a list shows, and in which order. */
final class DnsFilter {

    /** The comparisons of {@code name}, {@code content} and {@code comment}; a bare parameter compares exactly. */
    private static final Map<String, BiPredicate<String, String>> COMPARISONS = Map.of(
            "", String::equals,
            ".exact", String::equals,
            ".contains", String::contains,
            ".startswith", String::startsWith,
            ".endswith", String::endsWith);

    private final Query query;

    DnsFilter(Query query) {
        this.query = query;
    }

    List<DnsRecord> apply(List<DnsRecord> records) {
        Comparator<DnsRecord> order = order().thenComparing(DnsRecord::name).thenComparing(DnsRecord::content);
        boolean descending = query.first("direction").filter("desc"::equals).isPresent();
        return records.stream()
                .filter(wanted())
                .sorted(descending ? order.reversed() : order)
                .toList();
    }

    private Predicate<DnsRecord> wanted() {
        List<Predicate<DnsRecord>> conditions = new ArrayList<>();
        addText(conditions, "name", DnsRecord::name, HostNames::ascii);
        addText(conditions, "content", DnsRecord::content, DnsFilter::lower);
        addText(conditions, "comment", record -> record.comment() == null ? "" : record.comment(), DnsFilter::lower);
        query.first("type")
                .ifPresent(value -> conditions.add(record -> record.type().equalsIgnoreCase(value)));
        query.first("proxied")
                .ifPresent(value -> conditions.add(
                        record -> String.valueOf(record.proxied()).equals(value)));
        query.first("tag")
                .ifPresent(value -> conditions.add(record -> record.tags().contains(value)));
        query.first("search")
                .map(DnsFilter::lower)
                .ifPresent(value -> conditions.add(
                        record -> lower(record.name() + "\n" + record.content() + "\n" + record.comment())
                                .contains(value)));
        boolean any = query.first("match").filter("any"::equals).isPresent() && !conditions.isEmpty();
        return any
                ? record -> conditions.stream().anyMatch(condition -> condition.test(record))
                : record -> conditions.stream().allMatch(condition -> condition.test(record));
    }

    private void addText(
            List<Predicate<DnsRecord>> conditions,
            String field,
            Function<DnsRecord, String> text,
            UnaryOperator<String> form) {
        COMPARISONS.forEach((suffix, comparison) -> query.first(field + suffix)
                .map(form)
                .ifPresent(wanted -> conditions.add(record -> comparison.test(lower(text.apply(record)), wanted))));
    }

    private Comparator<DnsRecord> order() {
        String order = query.first("order").orElse("type");
        if (order.equals("ttl")) {
            return Comparator.comparingInt(DnsRecord::ttl);
        }
        if (order.equals("proxied")) {
            return Comparator.comparing(DnsRecord::proxied);
        }
        if (order.equals("content")) {
            return Comparator.comparing(DnsRecord::content);
        }
        return order.equals("name") ? Comparator.comparing(DnsRecord::name) : Comparator.comparing(DnsRecord::type);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}

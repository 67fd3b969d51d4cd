package io.maildomain.simulator.zones;

import io.maildomain.simulator.api.Query;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.HostNames;
import io.maildomain.simulator.state.World;
import io.maildomain.simulator.state.Zone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/** Which zones a list shows, and in which order. */
final class ZoneFilter {

    /** How {@code name} and {@code account.name} may be compared: {@code contains:text}, and so on. */
    private static final Map<String, BiPredicate<String, String>> OPERATORS = Map.of(
            "equal",
            String::equalsIgnoreCase,
            "not_equal",
            (actual, wanted) -> !actual.equalsIgnoreCase(wanted),
            "starts_with",
            (actual, wanted) -> lower(actual).startsWith(lower(wanted)),
            "ends_with",
            (actual, wanted) -> lower(actual).endsWith(lower(wanted)),
            "contains",
            (actual, wanted) -> lower(actual).contains(lower(wanted)),
            "starts_with_case_sensitive",
            String::startsWith,
            "ends_with_case_sensitive",
            String::endsWith,
            "contains_case_sensitive",
            String::contains);

    private final Query query;
    private final World world;

    ZoneFilter(Query query, World world) {
        this.query = query;
        this.world = world;
    }

    List<Zone> apply(List<Zone> zones) {
        Comparator<Zone> order = Comparator.comparing(sortKey()).thenComparing(Zone::name);
        boolean descending = query.first("direction").filter("desc"::equals).isPresent();
        return zones.stream()
                .filter(wanted())
                .sorted(descending ? order.reversed() : order)
                .toList();
    }

    private Predicate<Zone> wanted() {
        List<Predicate<Zone>> conditions = new ArrayList<>();
        query.first("name").ifPresent(value -> conditions.add(zone -> compared(zone.name(), HostNames.ascii(value))));
        query.first("account.name").ifPresent(value -> conditions.add(zone -> compared(accountName(zone), value)));
        query.first("account.id")
                .ifPresent(value -> conditions.add(zone -> zone.accountId().equals(value)));
        query.first("status")
                .ifPresent(value -> conditions.add(
                        zone -> zone.registration().status().wire().equals(value)));
        List<String> types = query.all("type");
        if (!types.isEmpty()) {
            conditions.add(zone -> types.contains(zone.registration().type()));
        }
        boolean any = query.first("match").filter("any"::equals).isPresent() && !conditions.isEmpty();
        return any
                ? zone -> conditions.stream().anyMatch(condition -> condition.test(zone))
                : zone -> conditions.stream().allMatch(condition -> condition.test(zone));
    }

    private static boolean compared(String actual, String wanted) {
        int colon = wanted.indexOf(':');
        BiPredicate<String, String> operator = colon < 0 ? null : OPERATORS.get(wanted.substring(0, colon));
        return operator == null ? actual.equalsIgnoreCase(wanted) : operator.test(actual, wanted.substring(colon + 1));
    }

    private Function<Zone, String> sortKey() {
        String order = query.first("order").orElse("name");
        if (order.equals("status")) {
            return zone -> zone.registration().status().wire();
        }
        if (order.equals("account.id")) {
            return Zone::accountId;
        }
        return order.equals("account.name") ? this::accountName : Zone::name;
    }

    private String accountName(Zone zone) {
        return world.account(zone.accountId()).map(Account::name).orElse("");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}

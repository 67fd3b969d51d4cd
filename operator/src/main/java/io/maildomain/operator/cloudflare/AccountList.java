package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One of the lists over all zones of an account, read page by page, over as many turns as it takes ({@link Cloudflare#readOn}).
 * Of its items only those are kept that are asked for: an account can hold far more. Used by one thread.
 *
 * @param <T> what there is of one zone
 */
public final class AccountList<T> {

    /** 10,000 domains of 50 rules. Whether it pays to read so many is for the reader to say. */
    private static final int MOST_PAGES = 10_000;

    private final ApiRequest request;
    private final Function<JsonNode, Optional<String>> zoneOf;
    private final Predicate<String> wanted;
    private final Function<List<JsonNode>, Optional<T>> translation;
    private final Pages.Reader<JsonNode> reader = new Pages.Reader<>(Listing::id, MOST_PAGES);
    private final Map<String, List<JsonNode>> kept = new HashMap<>();

    private AccountList(
            ApiRequest request,
            Function<JsonNode, Optional<String>> zoneOf,
            Predicate<String> wanted,
            Function<List<JsonNode>, Optional<T>> translation) {
        this.request = request;
        this.zoneOf = zoneOf;
        this.wanted = wanted;
        this.translation = translation;
    }

    /**
     * The zones of the account, by their ids.
     *
     * @param wanted the ids of those to keep
     */
    public static AccountList<Zone> zones(String accountId, Predicate<String> wanted) {
        ApiRequest request = ApiRequest.to(CloudflareCall.LIST_ZONES).with("account.id", ApiRequest.id(accountId));
        return new AccountList<>(
                request,
                item -> Optional.ofNullable(Listing.id(item)),
                wanted,
                // A server that overlooks the account it was asked for must not give us the zone of another.
                items -> first(items, Translation::zone)
                        .filter(zone -> zone.accountId().equals(accountId)));
    }

    /**
     * Email Routing's settings, by the names of the zones: whether an item's id is its zone's is documented nowhere.
     *
     * @param wanted the names of the zones to keep
     */
    public static AccountList<RoutingSettings> settings(String accountId, Predicate<String> wanted) {
        return new AccountList<>(
                ApiRequest.to(CloudflareCall.LIST_ACCOUNT_ROUTING, accountId),
                item -> Optional.of(HostNames.ascii(new Fields(item).text("name")))
                        .filter(name -> !name.isEmpty()),
                wanted,
                items -> items.size() > 1 ? Optional.empty() : first(items, AccountList::wholeSettings));
    }

    /**
     * The routing rules, by the ids of their zones. In which order they come the schema does not say, nor how to ask for one: another than that of
     * their creation makes a domain look for itself.
     *
     * @param wanted the ids of the zones whose rules to keep
     */
    public static AccountList<RuleList> rules(String accountId, Predicate<String> wanted) {
        return new AccountList<>(
                ApiRequest.to(CloudflareCall.LIST_ACCOUNT_RULES, accountId),
                item -> Optional.of(zoneOfRule(item)),
                wanted,
                items -> Optional.of(Translation.rules(items)));
    }

    /** A rule that tells no zone may be of any: then the list says nothing of any. */
    private static String zoneOfRule(JsonNode item) {
        String tag = item.path("zone").path("tag").asText("");
        if (!Translation.isId(tag)) {
            throw new BadAnswer("a routing rule of the account's list does not tell its zone");
        }
        return tag;
    }

    /** Settings that leave something out show less than the zone's own do. */
    private static RoutingSettings wholeSettings(JsonNode item) {
        Fields body = new Fields(item);
        if (body.text("status").isEmpty() || body.flag("support_subaddress") == null) {
            throw new BadAnswer("the Email Routing settings of the account's list are not whole");
        }
        return Translation.settings(item);
    }

    private static <T> Optional<T> first(List<JsonNode> items, Function<JsonNode, T> translation) {
        return Translation.readable(items.subList(0, 1), translation).stream().findFirst();
    }

    /** How many pages it has, as far as Cloudflare has said so; 0 before the first one. */
    public int pages() {
        return reader.pages();
    }

    /** How many pages were read. */
    public int read() {
        return reader.next() - 1;
    }

    public boolean isComplete() {
        return reader.isComplete();
    }

    /** What there is of each zone that was asked for, as far as it can be read. Only once it is complete. */
    public Map<String, T> byZone() {
        if (!isComplete()) {
            throw new IllegalStateException("the list was not read to its end");
        }
        return kept.entrySet().stream()
                .flatMap(entry -> translation.apply(entry.getValue()).stream()
                        .map(translated -> Map.entry(entry.getKey(), translated)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The call that reads a page of it. */
    public CloudflareCall call() {
        return request.call();
    }

    ApiRequest request() {
        return request;
    }

    int nextPage() {
        return reader.next();
    }

    void take(ApiResponse<List<JsonNode>> page) {
        for (JsonNode item : reader.take(page)) {
            zoneOf.apply(item).filter(wanted).ifPresent(zone -> kept.computeIfAbsent(zone, key -> new ArrayList<>())
                    .add(item));
        }
    }
}

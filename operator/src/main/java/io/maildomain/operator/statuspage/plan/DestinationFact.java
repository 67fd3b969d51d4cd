package io.maildomain.operator.statuspage.plan;

import java.util.List;

/**
 * An address whose owner has to click a link before mail is forwarded to it.
 *
 * @param account in which it is to be verified; "" where that is not known
 * @param askedBy the resources that wait for it, as {@code Kind namespace/name}
 */
public record DestinationFact(String address, String account, List<String> askedBy) {

    public DestinationFact {
        askedBy = List.copyOf(askedBy);
    }
}

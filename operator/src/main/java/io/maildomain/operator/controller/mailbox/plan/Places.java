package io.maildomain.operator.controller.mailbox.plan;

import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxGrant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The places that each entry of {@code spec.mailboxes} gives each namespace ({@code max}), and how many of them are taken. */
final class Places {

    private final List<MailboxGrant> entries;
    private final Map<Place, Integer> used = new HashMap<>();

    /** @param entry its place in the spec */
    private record Place(int entry, String namespace) {}

    /** None is taken yet. */
    Places(List<MailboxGrant> entries) {
        this.entries = entries;
    }

    /** Takes one of the first of these entries that has one left; false: none has. */
    boolean take(List<MailboxGrant> from, Mailbox mailbox) {
        Optional<Place> free = from.stream()
                .filter(entry -> entry.wantedMax()
                        .filter(most -> used.getOrDefault(placeOf(entry, mailbox), 0) >= most)
                        .isEmpty())
                .map(entry -> placeOf(entry, mailbox))
                .findFirst();
        free.ifPresent(place -> used.merge(place, 1, Integer::sum));
        return free.isPresent();
    }

    private Place placeOf(MailboxGrant entry, Mailbox mailbox) {
        return new Place(entries.indexOf(entry), mailbox.getMetadata().getNamespace());
    }
}

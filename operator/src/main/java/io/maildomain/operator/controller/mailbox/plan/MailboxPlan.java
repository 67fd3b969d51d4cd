package io.maildomain.operator.controller.mailbox.plan;

import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the Mailboxes that name one MailDomain.
 *
 * @param verdicts one for each that is not being deleted, the oldest first
 * @param nextExpiry when the next of them expires; null: none does. Read it by {@link #expiresNext()}
 */
public record MailboxPlan(List<Verdict> verdicts, @Nullable Instant nextExpiry) {

    /** Where there are no Mailboxes. */
    public static final MailboxPlan NONE = new MailboxPlan(List.of(), null);

    public MailboxPlan {
        verdicts = List.copyOf(verdicts);
    }

    /** The rules that the MailDomain gets from its Mailboxes: each of an address of its own, and none that its spec names. */
    public List<MailRule> rules() {
        return attached().map(Verdict.Attached::rule).toList();
    }

    /** Those whose rules stay for now although they do not ask for them. */
    public List<Mailbox> keeping() {
        return verdicts.stream()
                .filter(verdict -> verdict instanceof Verdict.TurnedAway away && away.keepsRule())
                .map(Verdict::mailbox)
                .toList();
    }

    /** Those that attach. */
    public Stream<Verdict.Attached> attached() {
        return verdicts.stream()
                .filter(verdict -> verdict instanceof Verdict.Attached)
                .map(verdict -> (Verdict.Attached) verdict);
    }

    /** When the next Mailbox expires, which may be one that does not attach. */
    public Optional<Instant> expiresNext() {
        return Optional.ofNullable(nextExpiry);
    }
}

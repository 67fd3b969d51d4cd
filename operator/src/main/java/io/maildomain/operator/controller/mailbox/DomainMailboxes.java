package io.maildomain.operator.controller.mailbox;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.controller.mailbox.plan.Standing;
import io.maildomain.operator.controller.maildomain.plan.MailboxRules.Owner;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a MailDomain's reconcile asks about the Mailboxes that name it, and tells them. */
public interface DomainMailboxes {

    /**
     * What came of the rule of a Mailbox.
     *
     * @param notTakenSince since when Cloudflare holds it otherwise than it was written and confirmed; null where it does not
     */
    record Outcome(Standing standing, @Nullable Instant notTakenSince) {}

    /**
     * What a look at Cloudflare found.
     *
     * @param byAddress what came of the rules that the MailDomain has from Mailboxes
     * @param standing whose rules stand though nothing asks for them any more: they could not be deleted, or are held
     */
    record Found(Map<String, Outcome> byAddress, Set<Owner> standing) {
        public Found {
            byAddress = Map.copyOf(byAddress);
            standing = Set.copyOf(standing);
        }
    }

    /** Whether one of them came, changed, went or expired since the MailDomain last looked: then it looks by itself, as after a change of its spec. */
    boolean haveNews(MailDomain live);

    /** How many rules the MailDomain had from them in its last plan. */
    int rules(MailDomain live);

    /**
     * What becomes of them as they are now.
     *
     * @param grants what the account grants the MailDomain's namespace
     */
    MailboxLook look(MailDomain live, Grants grants);

    /**
     * The same where it turns out how many rules of the zone others have.
     *
     * @param before what was thought
     */
    MailboxLook lookAgain(MailDomain live, Grants grants, MailboxLook before, int others);

    /**
     * The MailDomain has looked at Cloudflare, and done what it could.
     *
     * @param look what it began with
     * @param grants that look was made with these
     */
    void told(MailDomain live, MailboxLook look, Grants grants, Found found);

    /** Of an installation that knows no Mailboxes. */
    static DomainMailboxes none() {
        return new DomainMailboxes() {
            @Override
            public boolean haveNews(MailDomain live) {
                return false;
            }

            @Override
            public int rules(MailDomain live) {
                return 0;
            }

            @Override
            public MailboxLook look(MailDomain live, Grants grants) {
                return MailboxLook.NOTHING;
            }

            @Override
            public MailboxLook lookAgain(MailDomain live, Grants grants, MailboxLook before, int others) {
                return before;
            }

            @Override
            public void told(MailDomain live, MailboxLook look, Grants grants, Found found) {
                // There are none to tell.
            }
        };
    }
}

package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.RuleContent;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.ownership.MailAction;
import java.util.List;

/** One thing that a plan changes at Cloudflare: one call. */
public sealed interface Change {

    /** The change as a person would say it, such as {@code create rule a@example.com -> team@corp.example}. */
    String describe();

    /** What was done, for Events: {@code created}. */
    String verb();

    /** What it was done to, in the singular, for Events: {@code rule}; with "of" where a zone has only one. */
    String kind();

    /** Which one: an address, a host, the domain. */
    String subject();

    /** Whether nothing brings back what is lost by it, once it was done in error. */
    default boolean isIrreversible() {
        return this instanceof RemoveSubdomain || this instanceof DisableRouting;
    }

    /** Changes of single routing rules; one that fails never blocks another. */
    sealed interface RuleChange extends Change {
        /** The address that the rule is for. */
        String address();

        @Override
        default String kind() {
            return "rule";
        }

        @Override
        default String subject() {
            return address();
        }
    }

    /** A change after which a rule does what the spec says. */
    sealed interface RuleWrite extends RuleChange {
        /** The rule as it is to be. */
        RuleDraft draft();
    }

    /** Switches Email Routing on, which adds and locks the domain's own MX and SPF records. */
    record EnableRouting(String domain, boolean recordsOnly) implements Change {
        @Override
        public String describe() {
            return (recordsOnly ? "add the missing mail records of " : "enable Email Routing for ") + domain;
        }

        @Override
        public String verb() {
            return recordsOnly ? "restored" : "enabled";
        }

        @Override
        public String kind() {
            return recordsOnly ? "mail records of" : "Email Routing of";
        }

        @Override
        public String subject() {
            return domain;
        }
    }

    /** Switches Email Routing off, which removes the records that switching it on added. */
    record DisableRouting(String domain) implements Change {
        @Override
        public String describe() {
            return "disable Email Routing for " + domain;
        }

        @Override
        public String verb() {
            return "disabled";
        }

        @Override
        public String kind() {
            return "Email Routing of";
        }

        @Override
        public String subject() {
            return domain;
        }
    }

    /** Adds a subdomain's MX and SPF records. */
    record AddSubdomain(String host) implements Change {
        @Override
        public String describe() {
            return "add mail records for " + host;
        }

        @Override
        public String verb() {
            return "added";
        }

        @Override
        public String kind() {
            return "subdomain";
        }

        @Override
        public String subject() {
            return host;
        }
    }

    /**
     * Removes a subdomain's MX and SPF records.
     *
     * @param desired other subdomains that the spec asks for
     * @param others subdomains that rules of others use; they route mail, or not
     */
    record RemoveSubdomain(String host, List<String> desired, List<String> others) implements Change {

        public RemoveSubdomain {
            desired = List.copyOf(desired);
            others = List.copyOf(others);
        }

        @Override
        public String describe() {
            return "remove mail records of " + host;
        }

        @Override
        public String verb() {
            return "removed";
        }

        @Override
        public String kind() {
            return "subdomain";
        }

        @Override
        public String subject() {
            return host;
        }
    }

    /** Switches subaddressing; {@code previous} goes into the ownership record unless something stands there already. */
    record SetSubaddressing(String domain, boolean on, boolean previous, boolean restores) implements Change {
        @Override
        public String describe() {
            return "switch subaddressing " + (on ? "on" : "off") + " for " + domain;
        }

        @Override
        public String verb() {
            return "switched " + (on ? "on" : "off");
        }

        @Override
        public String kind() {
            return "subaddressing of";
        }

        @Override
        public String subject() {
            return domain;
        }
    }

    /** Creates a rule of ours. */
    record CreateRule(String address, RuleDraft draft) implements RuleWrite {
        @Override
        public String describe() {
            return "create rule " + address + " -> " + target(draft);
        }

        @Override
        public String verb() {
            return "created";
        }
    }

    /** Brings a rule of ours in line: one PUT in place. */
    record UpdateRule(String address, String id, RuleDraft draft) implements RuleWrite {
        @Override
        public String describe() {
            return "update rule " + address + " -> " + target(draft);
        }

        @Override
        public String verb() {
            return "updated";
        }
    }

    /** Takes over a rule of another user or tool; {@code previous} goes into the ownership record first. */
    record AdoptRule(String address, String id, RuleDraft draft, RuleContent previous) implements RuleWrite {
        @Override
        public String describe() {
            return "take over rule " + address + " -> " + target(draft);
        }

        @Override
        public String verb() {
            return "took over";
        }
    }

    /** Gives a rule back that was taken over. */
    record GiveBackRule(String address, String id, RuleDraft draft) implements RuleChange {
        @Override
        public String describe() {
            return "give back rule " + address + " -> " + target(draft);
        }

        @Override
        public String verb() {
            return "gave back";
        }
    }

    /** Deletes a rule of ours. */
    record DeleteRule(String address, String id) implements RuleChange {
        @Override
        public String describe() {
            return "delete rule " + address;
        }

        @Override
        public String verb() {
            return "deleted";
        }
    }

    private static String target(RuleDraft draft) {
        String to = MailAction.of(draft.actions()).map(MailAction::describe).orElse("?");
        return draft.enabled() ? to : to + " (disabled)";
    }
}

package io.maildomain.operator.trace.plan;

import io.maildomain.operator.controller.maildomain.plan.HostDns.Known;

/** What becomes of the mail in the end, as far as can be known. */
public sealed interface Destiny {

    /** It is sent on to an address. */
    record Forwarded(String to) implements Destiny {
        @Override
        public String words() {
            return "forwarded to " + to;
        }
    }

    /** A Worker gets it. */
    record Handed(String worker) implements Destiny {
        @Override
        public String words() {
            return "handed to the Worker " + worker;
        }
    }

    /** It is taken, and nothing is done with it. */
    record Dropped() implements Destiny {
        @Override
        public String words() {
            return "dropped";
        }
    }

    /** The sender gets it back. */
    record Rejected() implements Destiny {
        @Override
        public String words() {
            return "rejected";
        }
    }

    /** Email Routing does not get it: the mail goes to another provider, or nowhere. */
    record Elsewhere() implements Destiny {
        @Override
        public String words() {
            return "not Email Routing's: it goes where other MX records say, or nowhere";
        }
    }

    /** What was found does not tell. */
    record Unknown() implements Destiny {
        @Override
        public String words() {
            return "not known";
        }
    }

    /** In the words of a sentence about the mail. */
    String words();

    /** Whether a person or a Worker gets it. */
    default Known arrives() {
        return this instanceof Unknown ? Known.UNKNOWN : Known.of(this instanceof Forwarded || this instanceof Handed);
    }
}

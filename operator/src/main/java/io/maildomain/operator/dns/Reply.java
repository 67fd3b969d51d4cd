package io.maildomain.operator.dns;

import io.maildomain.operator.dns.plan.Answer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * What came back of one question.
 *
 * @param message null: nothing that can be read
 * @param failure why; null where there is a message
 */
record Reply(@Nullable Message message, Answer.@Nullable Failure failure) {

    /** Of one kind in one section: no message that means well holds more, and what is beyond that is not read. */
    private static final int MOST = 500;

    static Reply of(Message message) {
        return new Reply(message, null);
    }

    static Reply failed(Answer.Failure why) {
        return new Reply(null, why);
    }

    /** Why nothing can be said; empty where the name or its records are there, or are not. */
    Optional<Answer.Failure> why() {
        if (message == null) {
            return Optional.ofNullable(failure);
        }
        return switch (message.getRcode()) {
            case Rcode.NOERROR, Rcode.NXDOMAIN -> Optional.empty();
            case Rcode.SERVFAIL -> Optional.of(Answer.Failure.SERVER_FAILED);
            case Rcode.REFUSED, Rcode.NOTAUTH -> Optional.of(Answer.Failure.REFUSED);
            default -> Optional.of(Answer.Failure.UNREADABLE);
        };
    }

    /** Whether the server says it of a zone of its own. */
    boolean isAuthoritative() {
        return message != null && message.getHeader().getFlag(Flags.AA);
    }

    /** The records of that kind of the name, or of where its aliases lead. */
    <R extends Record> Answer<List<R>> records(Name name, Class<R> kind) {
        Optional<Answer.Failure> why = why();
        if (why.isPresent()) {
            return Answer.failed(why.get());
        }
        Name at = name;
        Set<Name> before = new HashSet<>();
        while (before.add(at)) {
            Name owner = at;
            List<R> found = in(Section.ANSWER, owner, kind).toList();
            Optional<Name> alias = in(Section.ANSWER, owner, CNAMERecord.class)
                    .map(CNAMERecord::getTarget)
                    .findFirst();
            if (!found.isEmpty()) {
                return new Answer.Found<>(found);
            }
            if (alias.isEmpty()) {
                return Answer.absent();
            }
            at = alias.get();
        }
        return Answer.failed(Answer.Failure.ALIAS_LOOP);
    }

    /** The records of that kind of the name itself: no alias is followed, and where one stands nothing is known of the name. */
    <R extends Record> Answer<List<R>> own(Name name, Class<R> kind) {
        Optional<Answer.Failure> why = why();
        if (why.isPresent()) {
            return Answer.failed(why.get());
        }
        List<R> found = in(Section.ANSWER, name, kind).toList();
        if (!found.isEmpty()) {
            return new Answer.Found<>(found);
        }
        return in(Section.ANSWER, name, CNAMERecord.class).findAny().isPresent()
                ? Answer.failed(Answer.Failure.ALIAS)
                : Answer.absent();
    }

    /** The records of that kind that a section has of the name. */
    <R extends Record> Stream<R> in(int section, Name owner, Class<R> kind) {
        return section(section, kind).filter(record -> record.getName().equals(owner));
    }

    /** Whether there is no such name, nor any below it. */
    boolean isOfNoSuchName() {
        return message != null && message.getRcode() == Rcode.NXDOMAIN;
    }

    /** Whether it is the root that says that there is nothing. */
    boolean isOfTheRoot() {
        return zone().filter(Name.root::equals).isPresent();
    }

    /** The zone that the server says it of, where it says that there is nothing. */
    Optional<Name> zone() {
        return section(Section.AUTHORITY, SOARecord.class).map(Record::getName).findFirst();
    }

    /** For how long it may be remembered; empty where it does not say. */
    Optional<Duration> ttl() {
        Stream<Long> answers = section(Section.ANSWER, Record.class).map(Record::getTTL);
        Stream<Long> none =
                section(Section.AUTHORITY, SOARecord.class).map(soa -> Math.min(soa.getTTL(), soa.getMinimum()));
        return Stream.concat(answers, none).min(Long::compare).map(Duration::ofSeconds);
    }

    private <R extends Record> Stream<R> section(int section, Class<R> kind) {
        return message == null
                ? Stream.empty()
                : message.getSection(section).stream()
                        .filter(kind::isInstance)
                        .map(kind::cast)
                        .limit(MOST);
    }
}

package io.maildomain.operator.dns;

import io.maildomain.operator.cloudflare.RegistrableDomains;
import io.maildomain.operator.dns.DnsClient.Manner;
import io.maildomain.operator.dns.ParentZones.Parent;
import io.maildomain.operator.dns.plan.Answer;
import io.maildomain.operator.dns.plan.HostText;
import io.maildomain.operator.dns.plan.ReportPolicy;
import io.maildomain.operator.dns.plan.SenderPolicyFinding;
import io.maildomain.operator.dns.plan.SenderPolicyReview;
import io.maildomain.operator.dns.plan.WorldView;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** One look at what the world sees of a domain: its questions, one after the other, and what is read from the answers. */
final class WorldLook {

    /** Longer than any text that means something for mail. */
    private static final int LONGEST_TEXT = 8_192;

    private static final int MOST_HOSTS = 16;
    private static final int MOST_KEYS = 8;

    private final DnsClient client;
    private final ParentZones parents;
    private Duration ttl = Duration.ofDays(1);

    /**
     * What was seen.
     *
     * @param ttl for how long the answers may be remembered
     */
    record Seen(WorldView view, Duration ttl) {}

    WorldLook(DnsClient client, ParentZones parents) {
        this.client = client;
        this.parents = parents;
    }

    /** @param domain as A-labels */
    Seen at(String domain) {
        Optional<Name> name = name(domain);
        return name.map(known -> new Seen(view(domain, known), ttl))
                .orElseGet(() -> new Seen(nothing(domain, Answer.Failure.UNREADABLE), ttl));
    }

    private WorldView view(String domain, Name name) {
        Optional<Parent> parent = parents.of(name, client);
        if (parent.filter(Parent::isUnheardOf).isPresent()) {
            return nothing(domain, Answer.Failure.NO_INTERNET);
        }
        Optional<Answer<List<String>>> told = parent.flatMap(known -> told(known, name));
        Answer<List<String>> nameServers =
                told.orElseGet(() -> sortedHosts(usual(name, Type.NS).own(name, NSRecord.class), NSRecord::getTarget));
        Answer<List<Integer>> keyTags = map(usual(name, Type.DS).own(name, DSRecord.class), records -> records.stream()
                .map(DSRecord::getFootprint)
                .distinct()
                .sorted()
                .limit(MOST_KEYS)
                .toList());
        Reply mail = usual(name, Type.MX);
        return new WorldView(
                parent.filter(known -> told.isPresent())
                        .map(known -> HostText.of(known.name().toString()))
                        .orElse(""),
                nameServers,
                keyTags,
                !(keyTags instanceof Answer.Absent) && isRefusedByItsCheck(mail, name),
                mail.in(Section.ANSWER, name, CNAMERecord.class)
                        .findFirst()
                        .map(alias -> HostText.of(alias.getTarget().toString()))
                        .orElse(""),
                sortedHosts(mail.records(name, MXRecord.class), MXRecord::getTarget),
                senders(domain),
                reports(domain));
    }

    /** A domain that no question can be asked of. */
    private static WorldView nothing(String domain, Answer.Failure why) {
        return new WorldView(
                "",
                Answer.failed(why),
                Answer.failed(why),
                false,
                "",
                Answer.failed(why),
                new SenderPolicyFinding.Unclear(domain, why),
                Answer.failed(why));
    }

    /** Whom the zone above names, by its own word; empty where it cannot be asked. */
    private Optional<Answer<List<String>>> told(Parent parent, Name name) {
        if (parent.servers().isEmpty()) {
            return Optional.empty();
        }
        Reply reply = client.ask(parent.servers(), name, Type.NS, Manner.DIRECT);
        if (reply.why().isPresent()) {
            if (!client.isOver()) {
                parents.isSilent(name, parent);
            }
            return Optional.empty();
        }
        parents.answered(name);
        // What stands in the answer of one that is not in charge is remembered: a resolver asked in place of the zone
        // above.
        List<NSRecord> named = (reply.isAuthoritative()
                        ? Stream.of(Section.ANSWER, Section.AUTHORITY)
                        : Stream.of(Section.AUTHORITY))
                .flatMap(section -> reply.in(section, name, NSRecord.class))
                .toList();
        if (!named.isEmpty()) {
            return Optional.of(sortedHosts(new Answer.Found<>(named), NSRecord::getTarget));
        }
        return reply.isAuthoritative() ? Optional.of(Answer.absent()) : Optional.empty();
    }

    /** By chance a question may fail and the next one not: the first way has to fail again. */
    private boolean isRefusedByItsCheck(Reply mail, Name name) {
        return mail.why().filter(Answer.Failure.SERVER_FAILED::equals).isPresent()
                && client.ask(name, Type.MX, Manner.UNCHECKED).why().isEmpty()
                && client.ask(name, Type.MX, Manner.USUAL)
                        .why()
                        .filter(Answer.Failure.SERVER_FAILED::equals)
                        .isPresent();
    }

    private SenderPolicyFinding senders(String domain) {
        Map<String, Answer<List<String>>> known = new HashMap<>();
        while (true) {
            SenderPolicyReview.Outcome outcome = SenderPolicyReview.of(domain, known);
            if (outcome instanceof SenderPolicyReview.Done done) {
                return done.finding();
            }
            ((SenderPolicyReview.Asks) outcome).names().forEach(name -> known.put(name, texts(name)));
        }
    }

    private Answer<String> reports(String domain) {
        Answer<List<String>> own = texts("_dmarc." + domain);
        String above = RegistrableDomains.of(domain);
        boolean isSaid = own.failure().isPresent()
                || own.found().filter(ReportPolicy::isSaid).isPresent();
        return isSaid || above.isEmpty() || above.equals(domain)
                ? reports(own, false)
                : reports(texts("_dmarc." + above), true);
    }

    private static Answer<String> reports(Answer<List<String>> texts, boolean inherited) {
        return texts.failure().<Answer<String>>map(Answer::failed).orElseGet(() -> ReportPolicy.of(
                        texts.found().orElse(List.of()), inherited)
                .<Answer<String>>map(Answer.Found::new)
                .orElseGet(Answer::absent));
    }

    private Answer<List<String>> texts(String host) {
        return name(host)
                .map(name -> map(
                        usual(name, Type.TXT).records(name, TXTRecord.class),
                        records -> records.stream().map(WorldLook::text).toList()))
                .orElseGet(Answer::absent);
    }

    /** The strings of a record are one text (RFC 7208, 3.3). */
    private static String text(TXTRecord record) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (Object part : record.getStringsAsByteArrays()) {
            whole.writeBytes((byte[]) part);
        }
        String text = whole.toString(StandardCharsets.ISO_8859_1);
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    private Reply usual(Name name, int type) {
        Reply reply = client.ask(name, type, Manner.USUAL);
        reply.ttl().filter(shorter -> shorter.compareTo(ttl) < 0).ifPresent(shorter -> ttl = shorter);
        return reply;
    }

    private static <R> Answer<List<String>> sortedHosts(Answer<List<R>> records, Function<R, Name> host) {
        return map(records, found -> found.stream()
                .map(record -> HostText.of(host.apply(record).toString()))
                .distinct()
                .sorted()
                .limit(MOST_HOSTS)
                .toList());
    }

    private static <A, B> Answer<B> map(Answer<A> answer, Function<A, B> change) {
        return answer.failure().<Answer<B>>map(Answer::failed).orElseGet(() -> answer.found()
                .<Answer<B>>map(found -> new Answer.Found<>(change.apply(found)))
                .orElseGet(Answer::absent));
    }

    private static Optional<Name> name(String host) {
        try {
            return Optional.of(Name.fromString(host, Name.root));
        } catch (TextParseException none) {
            return Optional.empty();
        }
    }
}

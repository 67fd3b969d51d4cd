package io.maildomain.operator.controller.catchall.plan;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.CatchAllDraft;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.ownership.ContentHash;
import io.maildomain.operator.ownership.MailAction;
import java.util.List;
import java.util.Optional;

/** What a catch-all says, as the ownership record keeps it, translated from and to Cloudflare's bodies. Pure. */
public final class Content {

    private Content() {}

    public static CatchAllContent of(String name, boolean enabled, MailAction action) {
        String value = action.value().isEmpty() ? null : action.value();
        return new CatchAllContent(name, enabled, action.type(), value);
    }

    /** Empty where our API has no words for it: several actions or values. */
    public static Optional<CatchAllContent> of(CatchAll live) {
        return MailAction.of(live.actions()).map(action -> of(live.name(), live.enabled(), action));
    }

    /** Whether it says where mail goes; an ownership record that a user edited may not. */
    static boolean isExpressible(CatchAllContent content) {
        return MailAction.of(content.actionType(), content.actionValue()).isPresent();
    }

    /** What Cloudflare itself starts with: drop, disabled. */
    public static CatchAllContent untouched() {
        return of("", false, new MailAction.Drop());
    }

    public static CatchAllDraft draft(CatchAllContent content) {
        List<RuleAction> actions = List.of(MailAction.of(content.actionType(), content.actionValue())
                .orElseGet(MailAction.Drop::new)
                .toCloudflare());
        String name = content.name() == null ? "" : content.name();
        return new CatchAllDraft(name, Boolean.TRUE.equals(content.enabled()), actions);
    }

    /** Whether both send mail to the same place; the name has no say in it. */
    public static boolean same(CatchAllContent one, CatchAllContent other) {
        Optional<MailAction> first = MailAction.of(one.actionType(), one.actionValue());
        Optional<MailAction> second = MailAction.of(other.actionType(), other.actionValue());
        return Boolean.TRUE.equals(one.enabled()) == Boolean.TRUE.equals(other.enabled())
                && first.isPresent()
                && second.isPresent()
                && first.get().sameAs(second.get());
    }

    public static CatchAllContent renamed(CatchAllContent content, String name) {
        return new CatchAllContent(name, content.enabled(), content.actionType(), content.actionValue());
    }

    /** What the name of our catch-all tells of the one before it. */
    static ContentHash seal(String zoneId, CatchAllContent before) {
        return ContentHash.of(
                zoneId,
                before.name(),
                Boolean.TRUE.equals(before.enabled()),
                before.actionType(),
                before.actionValue());
    }

    public static String describe(CatchAllContent content) {
        String target = MailAction.of(content.actionType(), content.actionValue())
                .map(MailAction::describe)
                .orElse("?");
        return Boolean.TRUE.equals(content.enabled()) ? target : target + " (disabled)";
    }
}

package io.maildomain.simulator.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import io.maildomain.simulator.rights.Right;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An API token: what it may do, and where.
 *
 * @param name how the control plane speaks of it; never sent to a client
 * @param kind a user's token, or one that the account owns
 * @param user whose request budget it draws on; an account-owned token has one of its own
 * @param status what an administrator set; expiry is seen by the dates
 * @param zones names or ids of zones, or {@code *}
 * @param accounts ids of accounts, or {@code *}
 * @param notBefore null: at once
 * @param expiresOn null: never
 */
public record Token(
        String name,
        String id,
        String value,
        Kind kind,
        String user,
        Status status,
        List<Right> rights,
        List<String> zones,
        List<String> accounts,
        Instant notBefore,
        Instant expiresOn) {

    /** The value of the token that every simulator starts with. */
    public static final String START_VALUE = "simulator-token-that-may-do-everything-00";

    /** Its name in the control plane. */
    public static final String START_NAME = "start";

    /** What real clients take for a token (Terraform's provider checks it before its first call). */
    public static final Pattern FORM = Pattern.compile("[0-9A-Za-z_-]{40,80}");

    private static final String ALL = "*";

    public Token {
        name = Required.text(name, "a token's name");
        id = id == null ? Ids.next() : id;
        value = value == null ? generated(name) : value;
        kind = kind == null ? (value.startsWith("cfat_") ? Kind.ACCOUNT : Kind.USER) : kind;
        user = user == null ? "user" : user;
        status = status == null ? Status.ACTIVE : status;
        rights = rights == null ? List.of() : List.copyOf(rights);
        zones = zones == null ? List.of(ALL) : List.copyOf(zones);
        accounts = accounts == null ? List.of(ALL) : List.copyOf(accounts);
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("the value of token '" + name
                    + "' must be 40 to 80 characters out of A-Z a-z 0-9 _ -, as real tokens are");
        }
    }

    /** The token that may do everything, everywhere. */
    public static Token start() {
        return new Token(
                START_NAME,
                "00000000000000000000000000000001",
                START_VALUE,
                null,
                null,
                null,
                Right.everything(),
                null,
                null,
                null,
                null);
    }

    /** A user's token with those rights, everywhere; its value is made up. */
    public static Token minted(String name, List<Right> rights) {
        return new Token(name, null, null, null, null, null, rights, null, null, null, null);
    }

    /** The same token with other rights. */
    public Token withRights(List<Right> changed) {
        return new Token(name, id, value, kind, user, status, changed, zones, accounts, notBefore, expiresOn);
    }

    /** The same token, reaching only those zones (names, ids or {@code *}). */
    public Token withZones(List<String> changed) {
        return new Token(name, id, value, kind, user, status, rights, changed, accounts, notBefore, expiresOn);
    }

    /** The same token with another status. */
    public Token withStatus(Status changed) {
        return new Token(name, id, value, kind, user, changed, rights, zones, accounts, notBefore, expiresOn);
    }

    /** The same token, ending at that time. */
    public Token withExpiresOn(Instant changed) {
        return new Token(name, id, value, kind, user, status, rights, zones, accounts, notBefore, changed);
    }

    private static String generated(String name) {
        String readable = name.replaceAll("[^0-9A-Za-z_-]", "-");
        String padded = readable + "-" + Ids.next() + Ids.next();
        return padded.substring(0, Math.max(40, Math.min(80, readable.length() + 33)));
    }

    /** Whether the token may do what the right opens, wherever its scope reaches. */
    public boolean holds(Right right) {
        for (Right mine : rights) {
            if (mine.implies(right)) {
                return true;
            }
        }
        return false;
    }

    /** Whether its scope reaches the account. */
    public boolean reachesAccount(String accountId) {
        return accounts.contains(ALL) || accounts.contains(accountId);
    }

    /** Whether its scope reaches the zone. */
    public boolean reaches(Zone zone) {
        return reachesAccount(zone.accountId())
                && (zones.contains(ALL) || zones.contains(zone.name()) || zones.contains(zone.id()));
    }

    /** Whether its scope is every zone of that account, those to come included. */
    public boolean reachesAllZonesOf(String accountId) {
        return reachesAccount(accountId) && zones.contains(ALL);
    }

    /** Whether its scope would reach a new zone of that name. */
    public boolean reachesName(String zoneName) {
        return zones.contains(ALL) || zones.contains(zoneName);
    }

    /** What the token is worth now. */
    public Status statusAt(Instant now) {
        return status == Status.ACTIVE && expiresOn != null && !now.isBefore(expiresOn) ? Status.EXPIRED : status;
    }

    /** Whether it opens anything now. */
    public boolean isUsableAt(Instant now) {
        return statusAt(now) == Status.ACTIVE && (notBefore == null || !now.isBefore(notBefore));
    }

    /** Whose request budget its calls draw on. */
    @JsonIgnore
    public String budget() {
        return kind == Kind.ACCOUNT ? "token " + id : "user " + user;
    }

    /** Never the value. */
    @Override
    public String toString() {
        return "Token[" + name + ", " + status + "]";
    }

    /** Who owns a token. */
    public enum Kind {
        USER,
        ACCOUNT;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A token's state, as {@code GET /user/tokens/verify} tells it. */
    public enum Status {
        ACTIVE,
        DISABLED,
        EXPIRED;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

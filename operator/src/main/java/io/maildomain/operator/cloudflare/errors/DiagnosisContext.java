package io.maildomain.operator.cloudflare.errors;

/**
 * What a diagnosis names.
 *
 * @param domain the zone's domain
 * @param tokenKey the key of the Secret that the token came from, such as {@code CLOUDFLARE_API_TOKEN}
 * @param tokenSource where that key is, such as {@code Secret mail-system/cloudflare-tokens}
 * @param accountId "" if none is known
 * @param accountOwned whether an account owns the token, rather than a user
 * @param subject the address, host or Worker concerned; "" if none is
 * @param readsOnly whether the program writes nothing, so that it needs no right to write
 */
public record DiagnosisContext(
        String domain,
        String tokenKey,
        String tokenSource,
        String accountId,
        String subject,
        boolean accountOwned,
        boolean readsOnly) {

    /** Of the operator. */
    public DiagnosisContext(
            String domain,
            String tokenKey,
            String tokenSource,
            String accountId,
            String subject,
            boolean accountOwned) {
        this(domain, tokenKey, tokenSource, accountId, subject, accountOwned, false);
    }

    /** Of a token whose owner is not known. */
    public DiagnosisContext(String domain, String tokenKey, String tokenSource, String accountId, String subject) {
        this(domain, tokenKey, tokenSource, accountId, subject, false);
    }

    public DiagnosisContext {
        domain = orEmpty(domain);
        tokenKey = orEmpty(tokenKey);
        tokenSource = orEmpty(tokenSource);
        accountId = orEmpty(accountId);
        subject = orEmpty(subject);
    }

    /** The same, where Cloudflare itself showed that an account owns the token. */
    DiagnosisContext ownedByAccount() {
        return new DiagnosisContext(domain, tokenKey, tokenSource, accountId, subject, true, readsOnly);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}

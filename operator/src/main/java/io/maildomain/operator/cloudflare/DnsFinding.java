package io.maildomain.operator.cloudflare;

/**
 * One thing that is wrong with routing's DNS records.
 *
 * @param code {@code mx.missing}, {@code mx.foreign}, {@code spf.missing}, {@code spf.foreign}, {@code spf.multiple} or
 *     another: Cloudflare's schema leaves it free
 * @param record the record that it is about, readable; "" if Cloudflare names none
 */
public record DnsFinding(String code, String record) {
    public DnsFinding {
        code = Text.orEmpty(code);
        record = Text.orEmpty(record);
    }
}

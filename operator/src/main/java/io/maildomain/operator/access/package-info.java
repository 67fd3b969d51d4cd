/**
 * Who may do what: the grants of an account, which of several MailDomains for one domain manages it, which token a
 * MailDomain uses, and the last one that worked. It makes no call to Cloudflare.
 */
@NullMarked
package io.maildomain.operator.access;

import org.jspecify.annotations.NullMarked;

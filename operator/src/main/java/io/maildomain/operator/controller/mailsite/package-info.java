/**
 * The MailSite controller: a site's files, its Pages project and what leads to it are looked at, what comes next is decided in {@code
 * plan}, and carried out one call at a time, the ownership record first. It knows no other kind.
 */
@NullMarked
package io.maildomain.operator.controller.mailsite;

import org.jspecify.annotations.NullMarked;

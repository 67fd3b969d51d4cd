/**
 * What passes from a MailDomain that is deleted to the one that has its domain next: who that is, how two ownership records
 * become one, and the records, kept in ConfigMaps, of MailDomains that are gone while nothing is undone yet.
 */
@NullMarked
package io.maildomain.operator.controller.handover;

import org.jspecify.annotations.NullMarked;

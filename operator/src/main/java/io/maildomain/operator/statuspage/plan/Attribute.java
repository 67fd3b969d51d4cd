package io.maildomain.operator.statuspage.plan;

import java.util.Locale;

/** Every attribute that the page has: none holds a script or a style. */
enum Attribute {
    LANG,
    CHARSET,
    NAME,
    CONTENT,
    REL,
    HREF,
    ID,
    CLASS,
    DATA_LABEL,
    SCOPE,
    FOR,
    TYPE,
    VALUE,
    METHOD,
    ROLE,
    ARIA_LABEL,
    ARIA_LABELLEDBY,
    ARIA_DESCRIBEDBY,
    ARIA_CURRENT,
    TABINDEX,
    DATETIME,
    MAXLENGTH,
    AUTOCOMPLETE,
    AUTOCAPITALIZE,
    SPELLCHECK,
    CHECKED,
    VIEW_BOX,
    X,
    Y,
    WIDTH,
    HEIGHT,
    X1,
    Y1,
    X2,
    Y2;

    /** As it is written. */
    String word() {
        return this == VIEW_BOX ? "viewBox" : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

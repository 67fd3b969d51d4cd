package io.maildomain.operator.statuspage.plan;

import java.util.Locale;

/** Every element that the page has. There is none among them that loads or runs anything but the style sheet. */
enum Tag {
    HTML,
    HEAD,
    META,
    LINK,
    TITLE,
    BODY,
    HEADER,
    MAIN,
    FOOTER,
    NAV,
    SECTION,
    H1,
    H2,
    H3,
    P,
    UL,
    OL,
    LI,
    DL,
    DT,
    DD,
    DIV,
    SPAN,
    STRONG,
    CODE,
    TIME,
    A,
    TABLE,
    CAPTION,
    THEAD,
    TBODY,
    TR,
    TH,
    TD,
    FORM,
    LABEL,
    INPUT,
    BUTTON,
    SVG,
    RECT,
    LINE;

    /** As it is written. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it holds nothing and is not closed. */
    boolean isVoid() {
        return this == META || this == LINK || this == INPUT;
    }
}

package io.maildomain.operator.statuspage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', textBlock = """
            <script>alert(1)</script> | &lt;script&gt;alert(1)&lt;/script&gt;
            " onload="x               | &quot; onload=&quot;x
            ' onload='x               | &#39; onload=&#39;x
            a & b                     | a &amp; b
            &lt;                      | &amp;lt;
            <!--                      | &lt;!--
            bücher.example            | bücher.example
            日本                      | 日本
            """, delimiter = '|')
    void aTextStaysAText(String text, String written) {
        assertThat(Html.text(text).markup()).isEqualTo(written);
    }

    /** Some turn the words around them, so that a domain reads like another; others show nothing, or end the document for some readers. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x1b, 0x7f, 0x85, 0xad, 0x200b, 0x200f, 0x202e, 0x2066, 0xfeff, 0xd800, 0xdfff, 0xe000,
                0xe0001
            })
    void whatShowsNothingOrTurnsWordsAroundIsReplaced(int point) {
        String text = "a" + (point < 0x1_0000 ? String.valueOf((char) point) : Character.toString(point)) + "b";

        assertThat(Html.text(text).markup()).isEqualTo("a\ufffdb");
    }

    @Test
    void linesAndTabsStay() {
        assertThat(Html.text("a\n\tb").markup()).isEqualTo("a\n\tb");
    }

    @Property
    void noTextBecomesMarkup(@ForAll String text) {
        assertThat(Html.text(text).markup())
                .doesNotContain("<", ">", "\"", "'")
                .doesNotContainPattern("&(?!(?:amp|lt|gt|quot|#39);)");
    }

    @Property
    void noTextLeavesItsAttribute(@ForAll String text) {
        String markup =
                Element.of(Tag.INPUT).with(Attribute.VALUE, text).empty().markup();

        assertThat(markup).startsWith("<input value=\"").endsWith("\">");
        assertThat(markup.substring("<input value=\"".length(), markup.length() - 2))
                .doesNotContain("\"", "<", ">");
    }

    @Test
    void elementsHoldOthers() {
        assertThat(Element.of(Tag.P, "a b")
                        .holding(Html.text("1 < 2 "), Element.of(Tag.CODE).saying("x"))
                        .markup())
                .isEqualTo("<p class=\"a b\">1 &lt; 2 <code>x</code></p>");
    }

    @Test
    void whatIsVoidIsNotClosedAndHoldsNothing() {
        assertThat(Element.of(Tag.META).with(Attribute.CHARSET, "utf-8").empty().markup())
                .isEqualTo("<meta charset=\"utf-8\">");
        assertThatThrownBy(() -> Element.of(Tag.META).saying("x")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Element.of(Tag.RECT).empty().markup()).isEqualTo("<rect></rect>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?page=2", "?find=a&page=2#domains", "#main", "status.css", "./", "data:,"})
    void linksLeadToThisPage(String link) {
        assertThat(Element.of(Tag.A).with(Attribute.HREF, link).saying("x").markup())
                .contains("href=\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "https://evil.example/",
                "//evil.example",
                "/healthz",
                "data:text/html,x",
                "?a b",
                "",
                "?page=1\n",
                "#<"
            })
    void noLinkLeadsElsewhereOrRuns(String link) {
        assertThatThrownBy(() -> Element.of(Tag.A).with(Attribute.HREF, link))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** With a name that is a constant there is no way to write one of these. */
    @ParameterizedTest
    @ValueSource(strings = {"script", "style", "iframe", "object", "embed", "img", "base", "template"})
    void noElementLoadsOrRuns(String word) {
        assertThat(Arrays.stream(Tag.values()).map(Tag::word)).doesNotContain(word);
    }

    @ParameterizedTest
    @EnumSource(Attribute.class)
    void noAttributeHoldsAScriptOrAStyle(Attribute attribute) {
        assertThat(attribute.word())
                .doesNotStartWith("on")
                .isNotIn("style", "src", "srcdoc", "formaction", "action", "target")
                .matches("[a-z0-9-]+|viewBox");
    }
}

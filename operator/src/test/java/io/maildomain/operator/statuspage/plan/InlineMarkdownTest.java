package io.maildomain.operator.statuspage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InlineMarkdownTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Set `mode: Manage`.                         | Set <code>mode: Manage</code>.
            **first** import                            | <strong>first</strong> import
            is *not* so                                 | is <strong>not</strong> so
            See [held Secrets](../guides/deletion.md).  | See held Secrets.
            See [`trace`](x.md)                         | See <code>trace</code>
            Nothing.                                    | Nothing.
            `<b>` & <i>                                 | <code>&lt;b&gt;</code> &amp; &lt;i&gt;
            `*@example.com`                             | <code>*@example.com</code>
            a `half                                     | a `half
            """)
    void whatTheCatalogueIsWrittenInIsShown(String markdown, String written) {
        assertThat(InlineMarkdown.html(markdown).markup()).isEqualTo(written);
    }

    /** A mark that is left would be read as it stands. */
    @ParameterizedTest
    @EnumSource(Reason.class)
    void ofNoReasonIsAMarkLeft(Reason reason) {
        String shown = InlineMarkdown.html(reason.remedy())
                .markup()
                .replaceAll("<code>.*?</code>", "")
                .replaceAll("<[^>]*>", "");

        assertThat(shown).doesNotContain("`", "**", "](");
    }
}

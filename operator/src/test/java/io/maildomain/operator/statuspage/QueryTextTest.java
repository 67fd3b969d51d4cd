package io.maildomain.operator.statuspage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.maildomain.operator.statuspage.plan.PageQuery;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextTest {

    @Test
    void whatAFormSendsIsUnderstood() {
        assertThat(QueryText.parse("page=3&show=attention&find=Shop.Example&address=shop%2Bx%40a.example"))
                .isEqualTo(new PageQuery(3, true, "shop.example", "shop+x@a.example"));
    }

    /** A browser writes a space so; an address with one is none, and is said to be none. */
    @Test
    void aPlusIsASpace() {
        assertThat(QueryText.parse("address=a+b@a.example").address()).isEqualTo("a b@a.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&",
                "=",
                "page",
                "page=",
                "page=x",
                "page=-1",
                "page=1e3",
                "page=99999999999",
                "show=all",
                "other=1",
                "find=%",
                "find=%zz",
                "?"
            })
    void whatIsNotUnderstoodIsLeftOut(String text) {
        assertThat(QueryText.parse(text)).isEqualTo(PageQuery.NONE);
    }

    @ParameterizedTest
    @CsvSource({"page=2&page=3, 2", "pages=9&page=2, 2"})
    void theFirstOfANameCounts(String text, int page) {
        assertThat(QueryText.parse(text).number()).isEqualTo(page);
    }

    @Property
    void everyTextIsAQuery(@ForAll String text) {
        assertThatCode(() -> QueryText.parse(text)).doesNotThrowAnyException();
    }
}

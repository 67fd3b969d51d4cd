package io.maildomain.operator.statuspage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PageQueryTest {

    @Property
    void everyQueryHasALinkOfOurs(
            @ForAll int number, @ForAll boolean attention, @ForAll String find, @ForAll String address) {
        PageQuery query = new PageQuery(number, attention, find, address);

        assertThat(Element.of(Tag.A)
                        .with(Attribute.HREF, query.link())
                        .saying("x")
                        .markup())
                .contains("?page=");
    }

    @Test
    void aLinkAsksForTheSameWords() {
        assertThat(new PageQuery(2, true, "Bücher & mehr", "").link())
                .isEqualTo("?page=2&show=attention&find=b%C3%BCcher%20%26%20mehr#domains");
    }

    @Test
    void whatIsTooLongIsCut() {
        PageQuery query = new PageQuery(1, false, "a".repeat(9_000), "b".repeat(9_000));

        assertThat(query.find()).hasSize(320);
        assertThat(query.address()).hasSize(320);
    }

    @Test
    void anotherPageKeepsTheFilterAndLeavesTheAddress() {
        assertThat(new PageQuery(1, true, "shop", "a@b.example").on(3)).isEqualTo(new PageQuery(3, true, "shop", ""));
    }
}

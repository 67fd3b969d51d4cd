package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrableDomainsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "example.com,         true,  false, example.com",
        "in.example.com,      false, false, example.com",
        "com,                 false, false, ''",
        "example.co.uk,       true,  false, example.co.uk",
        "co.uk,               false, false, ''",
        "mine.qzz.io,         true,  true,  mine.qzz.io",
        "mine.dpdns.org,      true,  true,  mine.dpdns.org",
        "a.mine.qzz.io,       false, false, mine.qzz.io",
        "qzz.io,              true,  false, ''",
        "foo.github.io,       true,  true,  foo.github.io",
        "city.kawasaki.jp,    true,  false, city.kawasaki.jp",
        "x.kawasaki.jp,       false, false, ''",
        "a.x.kawasaki.jp,     true,  false, a.x.kawasaki.jp",
        "example.unheard-of,  true,  false, example.unheard-of",
        "xn--bcher-kva.example, true, false, xn--bcher-kva.example",
        "xn--55qx5d.cn,       false, false, ''",
        "a.xn--55qx5d.cn,     true,  false, a.xn--55qx5d.cn",
    })
    void registriesSuffixesAreCertainAndOthersAreForCloudflareToSay(
            String domain, boolean mayBe, boolean doubtful, String registrable) {
        assertThat(RegistrableDomains.mayBe(domain)).isEqualTo(mayBe);
        assertThat(RegistrableDomains.isDoubtful(domain)).isEqualTo(doubtful);
        assertThat(RegistrableDomains.of(domain)).isEqualTo(registrable);
    }
}

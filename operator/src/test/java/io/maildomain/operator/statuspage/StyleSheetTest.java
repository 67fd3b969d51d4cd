package io.maildomain.operator.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** WCAG 2.2, 1.4.3 and 1.4.11: what is read and what is looked at stands out, in the light and in the dark. */
class StyleSheetTest {

    private static final List<String> STATES =
            List.of("ready", "waiting", "doubtful", "stopped", "unseen", "suspended");

    private static final double FOR_TEXT = 4.5;
    private static final double FOR_SHAPES = 3;

    static Stream<Map<String, String>> schemes() {
        return Pattern.compile(":root \\{([^}]*)}")
                .matcher(StyleSheet.text())
                .results()
                .map(block -> colours(block.group(1)));
    }

    private static Map<String, String> colours(String block) {
        return Pattern.compile("--([a-z-]+): (#[0-9a-f]{6});")
                .matcher(block)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    }

    @Test
    void thereIsALightAndADarkScheme() {
        assertThat(schemes()).hasSize(2);
        assertThat(StyleSheet.text()).contains("@media (prefers-color-scheme: dark)", "color-scheme: light dark");
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void textStandsOut(Map<String, String> colours) {
        for (String text : List.of("text", "muted", "link")) {
            assertThat(contrast(colours, text, "page")).as(text).isGreaterThanOrEqualTo(FOR_TEXT);
            assertThat(contrast(colours, text, "panel")).as(text).isGreaterThanOrEqualTo(FOR_TEXT);
        }
        for (String state : STATES) {
            assertThat(contrast(colours, state, "badge-text")).as(state).isGreaterThanOrEqualTo(FOR_TEXT);
        }
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void plotsAndBordersOfFieldsStandOut(Map<String, String> colours) {
        for (String state : STATES) {
            assertThat(contrast(colours, state, "rest")).as(state).isGreaterThanOrEqualTo(FOR_SHAPES);
            assertThat(contrast(colours, state, "page")).as(state).isGreaterThanOrEqualTo(FOR_SHAPES);
        }
        // The words of a button upon it.
        assertThat(contrast(colours, "page", "link")).isGreaterThanOrEqualTo(FOR_TEXT);
        assertThat(contrast(colours, "line", "page")).isGreaterThanOrEqualTo(FOR_SHAPES);
        assertThat(contrast(colours, "line", "panel")).isGreaterThanOrEqualTo(FOR_SHAPES);
    }

    @Test
    void eachStateHasItsColourInPlotsAndBadges() {
        assertThat(STATES).allSatisfy(state -> assertThat(StyleSheet.text())
                .contains(".plot ." + state + " {", ".key." + state + ",", ".badge." + state + " {"));
    }

    /** The page's policy would refuse it. */
    @Test
    void nothingIsLoadedFromElsewhere() {
        assertThat(StyleSheet.text()).doesNotContain("url(", "@import", "http");
    }

    @Test
    void whereTheFocusIsCanBeSeen() {
        assertThat(StyleSheet.text()).contains(":focus-visible").doesNotContain("outline: none", "outline: 0");
    }

    private static double contrast(Map<String, String> colours, String one, String other) {
        double first = luminance(colours.get(one));
        double second = luminance(colours.get(other));
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(String colour) {
        List<Double> parts = Pattern.compile("[0-9a-f]{2}")
                .matcher(colour)
                .results()
                .map(MatchResult::group)
                .map(hex -> linear(Integer.parseInt(hex, 16) / 255.0))
                .toList();
        return 0.2126 * parts.get(0) + 0.7152 * parts.get(1) + 0.0722 * parts.get(2);
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}

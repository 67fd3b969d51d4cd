package io.maildomain.harness.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private static final Row PENDING = new Row("mail maildomain/a", "ZoneReady", "False", "ZonePending", "wait");
    private static final Row DONE = new Row("mail maildomain/a", "done", "True", "Synced", "");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void offATerminalARowIsPrintedWhenItChangesAndNotOtherwise() {
        Screen screen = new Screen(out, false, 80);

        screen.show(List.of(PENDING));
        screen.show(List.of(PENDING));
        screen.show(List.of(DONE));

        assertThat(text().lines()).hasSize(2);
        assertThat(text()).contains("ZonePending").contains("Ready=True").doesNotContain("\u001b");
    }

    @Test
    void onATerminalTheTableIsRedrawnInPlaceAndNoWiderThanIt() {
        Screen screen = new Screen(out, true, 30);

        screen.show(List.of(PENDING));
        screen.show(List.of(DONE));

        assertThat(text()).contains("\u001b[2A\u001b[J");
        assertThat(text().replaceAll("\u001b\\[[0-9]*[AJ]", "").lines()).allMatch(line -> line.length() <= 30);
    }

    @Test
    void onATerminalASentenceStandsAboveTheTable() {
        Screen screen = new Screen(out, true, 200);

        screen.show(List.of(PENDING));
        screen.say("the registrar acts");

        assertThat(text().substring(text().lastIndexOf("\u001b[J")))
                .containsSubsequence("the registrar acts", "RESOURCE", "ZonePending");
    }

    @Test
    void aSilencedScreenSaysNothingMore() {
        Screen screen = new Screen(out, true, 80);

        screen.silence();
        screen.show(List.of(PENDING));
        screen.say("anything");

        assertThat(text()).isEmpty();
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}

package io.maildomain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorLogTest {

    @TempDir
    private Path folder;

    @Test
    void onlyLinesThatBeginAWarningOrAnErrorCount() throws IOException {
        Path log = Files.writeString(folder.resolve("log"), """
                2026-11-29T07:10:00.000Z INFO  i.m.o.a.Main it says WARN here
                2026-11-29T07:10:00.000Z WARN  i.m.o.c.Sweeps account a: old
                \tat io.maildomain WARN
                2026-11-29T07:10:00.000Z ERROR i.m.o.c.Sweeps account b: older
                """);
        assertThat(OperatorLog.warnings(log)).hasSize(2);
    }

    @Test
    void theLargestSampleOfAMetricIsTakenAndThoseOfOthersAreNot() {
        String metrics = """
                # TYPE maildomain_sweep_age_seconds gauge
                maildomain_sweep_age_seconds{account="a"} 3.5
                maildomain_sweep_age_seconds{account="b"} 12.0
                maildomain_sweep_age_seconds_more 99.0
                """;
        assertThat(OperatorLog.largest(metrics, "maildomain_sweep_age_seconds")).isEqualTo(12.0);
        assertThat(OperatorLog.largest(metrics, "maildomain_sweep")).isNaN();
    }
}

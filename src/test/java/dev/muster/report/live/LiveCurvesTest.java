package dev.muster.report.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.engine.Progress;
import dev.muster.engine.Progress.Stats;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveCurvesTest {
    private final LiveCurves curves = new LiveCurves();

    @Test
    void eachPointIsTheAverageSinceTheOneBefore() {
        add(1, 1_000, 2);
        add(3, 7_000, 8);

        assertThat(curves.points())
                .containsExactly(new LiveCurves.Point(1, 1_000, 2), new LiveCurves.Point(3, 3_000, 3));
        assertThat(curves.newest()).contains(new LiveCurves.Point(3, 3_000, 3));
    }

    @Test
    void thePaceIsTheAverageOfTheLastSeconds() {
        for (int second = 1; second <= 20; second++) {
            add(second, second <= 10 ? 0 : 500L * (second - 10), second);
        }
        assertThat(curves.now()).isEqualTo(new LiveCurves.Point(20, 500, 1));
    }

    @Test
    void ofALongRunThePointsStayFewReachBackToTheStartAndKeepTheAverage() {
        for (int second = 1; second <= 10_000; second++) {
            add(second, 70L * second, second);
        }
        assertThat(curves.points()).hasSizeBetween(300, 600).allSatisfy(point -> assertThat(point.keys())
                .isCloseTo(70, within(1e-9)));
        assertThat(curves.points().get(0).seconds()).isLessThan(40);
    }

    @Test
    void aResumedRunBeginsAtItsFirstProgressAndAnswersOutOfOrderAreLeftOut() {
        curves.begin(progress(100, 1_000_000, 900));
        add(101, 1_000_500, 905);
        add(100.5, 1_000_300, 903);

        assertThat(curves.points()).containsExactly(new LiveCurves.Point(101, 500, 5));
    }

    private void add(double seconds, long keys, long requests) {
        curves.add(progress(seconds, keys, requests));
    }

    private static Progress progress(double seconds, long keys, long requests) {
        return new Progress(
                new Stats(requests, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                Map.of("objects", keys),
                Duration.ofMillis(Math.round(seconds * 1000)));
    }
}

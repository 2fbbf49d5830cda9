package dev.muster.engine.limit;

/**
 * A documented request quota: a token bucket.
 *
 * @param perSecond tokens refilled per second; positive
 * @param burst the bucket's size in tokens; at least 1
 */
public record Quota(double perSecond, int burst) {
    public Quota {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException("quota out of range: " + perSecond + "/s, burst " + burst);
        }
    }
}

package dev.muster.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;

/** Service in virtual time; seconds. */
interface SimulatedServer {
    /** An answer that comes after so many seconds: done, or refused. */
    record Answer(double seconds, boolean refused) {}

    Answer arrive(double now);

    /** Takes the same time for any number of requests; a share of them takes longer. */
    static SimulatedServer unlimited(double latency, double tailShare, double tail, Random random) {
        return now ->
                new Answer(random.nextDouble() < tailShare ? tail : latency * (0.9 + 0.2 * random.nextDouble()), false);
    }

    /** Works on so many requests at a time, first come first served; each takes a little longer the more are waiting. */
    static SimulatedServer queueing(int slots, double service, double strain, Random random) {
        double[] freeAt = new double[slots];
        Deque<Double> ends = new ArrayDeque<>();
        return now -> {
            while (!ends.isEmpty() && ends.peekFirst() <= now) {
                ends.pollFirst();
            }
            Arrays.sort(freeAt);
            double took = service * (0.7 + 0.6 * random.nextDouble()) * (1 + strain * ends.size());
            freeAt[0] = Math.max(now, freeAt[0]) + took;
            ends.addLast(freeAt[0]);
            return new Answer(0.001 + freeAt[0] - now, false);
        };
    }

    /** Refuses what comes faster than a token bucket allows. */
    static SimulatedServer rateLimited(double latency, double perSecond, double burst, Random random) {
        double[] state = {burst, 0};
        return now -> {
            state[0] = Math.min(burst, state[0] + (now - state[1]) * perSecond);
            state[1] = now;
            if (state[0] < 1) {
                return new Answer(0.01, true);
            }
            state[0]--;
            return new Answer(latency * (0.9 + 0.2 * random.nextDouble()), false);
        };
    }

    /** Refuses what comes while so many others are worked on. */
    static SimulatedServer concurrencyLimited(double latency, int most, Random random) {
        double[] freeAt = new double[most];
        return now -> {
            Arrays.sort(freeAt);
            if (freeAt[0] > now) {
                return new Answer(0.01, true);
            }
            freeAt[0] = now + latency * (0.9 + 0.2 * random.nextDouble());
            return new Answer(freeAt[0] - now, false);
        };
    }
}

package dev.muster.emulator.keys;

/**
 * A day of the proleptic Gregorian calendar, computed without {@code java.time} because listings need millions per
 * second.
 *
 * @param month from 1 to 12
 * @param day from 1 to 31
 */
public record CivilDate(int year, int month, int day) {
    private static final int DAYS_IN_400_YEARS = 146_097;
    private static final int DAYS_TO_1970_FROM_MARCH_0000 = 719_468;

    /** The day at a number of days after 1970-01-01, in years 0 to 9999. Counts in years that begin in March. */
    public static CivilDate of(long epochDay) {
        int shifted = (int) epochDay + DAYS_TO_1970_FROM_MARCH_0000;
        int era = shifted / DAYS_IN_400_YEARS;
        int dayOfEra = shifted % DAYS_IN_400_YEARS;
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        return new CivilDate(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
    }
}

/**
 * The practice cloud: an HTTP endpoint on a loopback port that speaks enough of S3, STS and Organizations for real
 * clients, with an estate and configurable faults. Everything is in memory and ends with {@link
 * dev.muster.emulator.PracticeCloud#close}.
 */
package dev.muster.emulator;

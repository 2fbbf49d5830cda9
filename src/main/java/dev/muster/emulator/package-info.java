/**
 * The practice cloud: an HTTP endpoint on a loopback port that speaks enough of S3, STS and Organizations for real
 * clients, with an estate to look at and faults to survive. Everything lives in memory and ends with
 * {@link dev.muster.emulator.PracticeCloud#close}.
 */
package dev.muster.emulator;

/** The practice cloud's S3. */
package dev.muster.emulator.s3;

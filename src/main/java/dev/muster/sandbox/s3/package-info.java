/** The practice cloud's S3. */
package dev.muster.sandbox.s3;

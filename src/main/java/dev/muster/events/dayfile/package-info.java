/** Day files: merged on disk, replaced in S3 under conditions, each by one actor. */
package dev.muster.events.dayfile;

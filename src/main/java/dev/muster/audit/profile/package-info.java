/**
 * Profiles of buckets, kept from one run to the next so that the next one has work for all listers at once. Hints only.
 */
package dev.muster.audit.profile;

/**
 * The job {@code muster audit}: lists buckets and adds up their objects. Where things are decided:
 *
 * <ul>
 *   <li>which accounts and buckets: {@link dev.muster.audit.AuditPlan} by a {@link dev.muster.audit.BucketFilter};
 *   <li>which requests a bucket takes, such as the further ones for versions and uploads, and what is tried instead when a
 *       server refuses one: {@code BucketPlan};
 *   <li>where a range of keys is split: {@link dev.muster.audit.split.SplitPolicy};
 *   <li>whether a server has skipped keys at a split: {@code SplitVerifier};
 *   <li>whether a refusal is believed: {@code AccessHistory};
 *   <li>how a page is requested: {@code PageLister}, {@code UploadLister}, {@code DirectoryLister};
 *   <li>which objects count: {@link dev.muster.audit.ObjectFilter};
 *   <li>what is missing from the report: {@link dev.muster.audit.AuditFailure}.
 * </ul>
 */
package dev.muster.audit;

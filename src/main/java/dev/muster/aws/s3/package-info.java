/**
 * The lean listing: pages of ListObjectsV2 and ListObjectVersions read from the bytes as they arrive. The signer,
 * credentials, endpoint rules and HTTP client are the SDK's.
 */
package dev.muster.aws.s3;

/**
 * A small, fast XML tokenizer for documents that carry data: it knows elements and their values, and nothing of S3. Begin
 * with {@link dev.muster.aws.s3.xml.XmlTokenizer}.
 */
package dev.muster.aws.s3.xml;

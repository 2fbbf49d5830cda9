/**
 * Access to AWS: clients, credentials, endpoints and the classification of errors. Nothing here retries (engine
 * invariant 3): a failure is classified and handed to whoever asked.
 */
package dev.muster.aws;

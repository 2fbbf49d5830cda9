/** The calls to AWS Organizations and AWS Account Management, and what their refusals mean. */
package dev.muster.contacts;

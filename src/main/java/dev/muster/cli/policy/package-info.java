/** IAM policies: the permissions that a command with its options needs. */
package dev.muster.cli.policy;

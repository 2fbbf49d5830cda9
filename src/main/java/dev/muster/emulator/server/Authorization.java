package dev.muster.emulator.server;

/**
 * An action that IAM must allow for a request.
 *
 * @param action as policies name it, such as {@code s3:ListBucket}
 * @param resource its ARN; {@code *} for an action that knows no resources
 */
public record Authorization(String action, String resource) {}

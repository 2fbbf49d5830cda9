package dev.muster.aws;

import dev.muster.engine.Failure.Kind;

/** Reason of a failed request: the class of failure, the service's code, and the text for users. */
record Reason(Kind kind, String code, String text) {}

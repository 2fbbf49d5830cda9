package dev.muster.aws;

import dev.muster.engine.Failure.Kind;

/** Why a request failed: the class of failure, the service's code for it, and what to tell people. */
record Reason(Kind kind, String code, String text) {}

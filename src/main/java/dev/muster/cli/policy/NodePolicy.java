package dev.muster.cli.policy;

import dev.muster.cli.policy.IamPolicy.Arns;
import java.util.List;
import java.util.Optional;

/** Permissions of a cluster's node for its store of runs; those for its runs come on top. */
public final class NodePolicy {
    private NodePolicy() {}

    /**
     * Policy for keeping runs in S3.
     *
     * @param prefix of the objects; empty, or without a slash at its end
     */
    public static IamPolicy keepingRuns(String bucket, String prefix, Optional<String> region) {
        Arns arns = Arns.in(region);
        return IamPolicy.builder()
                .allow(
                        List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
                        List.of(arns.s3(bucket + "/" + (prefix.isEmpty() ? "" : prefix + "/") + "*")))
                .allow(List.of("s3:ListBucket"), List.of(arns.s3(bucket)))
                .build();
    }
}

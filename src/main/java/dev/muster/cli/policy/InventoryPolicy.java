package dev.muster.cli.policy;

import dev.muster.cli.option.InventoryOptions;
import dev.muster.cli.policy.IamPolicy.Arns;
import dev.muster.cli.policy.IamPolicy.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Permissions of {@code muster inventory}. */
public final class InventoryPolicy {
    private InventoryPolicy() {}

    /** Policy for listing, as an audit does it, and for writing the dataset where that is in S3. */
    public static IamPolicy of(IamPolicy listing, InventoryOptions inventory, Optional<String> region) {
        List<Statement> statements = new ArrayList<>(listing.statements());
        inventory.inS3().ifPresent(place -> {
            Arns arns = Arns.in(region);
            statements.addAll(IamPolicy.builder()
                    .allow(
                            List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"),
                            List.of(arns.s3(place.bucket() + "/" + place.below() + "*")))
                    .allow(List.of("s3:ListBucket"), List.of(arns.s3(place.bucket())), place.below())
                    .allow(List.of("s3:ListBucketMultipartUploads"), List.of(arns.s3(place.bucket())))
                    .build()
                    .statements());
        });
        return new IamPolicy(statements);
    }
}

package dev.muster.cli.policy;

import dev.muster.audit.BucketFilter;
import dev.muster.cli.option.AuditOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Permissions of {@code muster audit}. */
public final class AuditPolicy {
    private AuditPolicy() {}

    /**
     * The caller's policy. With {@code --org} the role in each other account needs that of the same audit without it.
     *
     * @param region where the audit begins, if it was given
     */
    public static IamPolicy of(AuditOptions audit, Optional<String> region) {
        Arns arns = Arns.in(region);
        IamPolicy.Builder policy = IamPolicy.builder();
        if (audit.org) {
            List<String> accounts = audit.accounts.isEmpty() ? List.of("*") : audit.accounts;
            policy.allow(audit.accounts.isEmpty() ? List.of("organizations:ListAccounts") : List.of(), List.of("*"));
            policy.allow(
                    List.of("sts:AssumeRole"),
                    accounts.stream()
                            .map(account -> arns.role(account, audit.roleName))
                            .toList());
        }
        List<String> everywhere = new ArrayList<>(audit.buckets().given() ? List.of() : List.of("s3:ListAllMyBuckets"));
        if (audit.directoryBuckets) {
            everywhere.add("s3express:ListAllMyDirectoryBuckets");
        }
        if (!everywhere.isEmpty()) {
            policy.allow(everywhere, List.of("*"));
        }
        List<String> listing = audit.versions
                ? List.of(
                        "s3:ListBucketVersions", "s3:ListBucket") // where there are no versions, objects are looked for
                : List.of("s3:ListBucket");
        policy.allow(listing, named(audit.buckets(), arns::s3), audit.prefix());
        if (audit.uploads) {
            policy.allow(List.of("s3:ListBucketMultipartUploads"), named(audit.buckets(), arns::s3));
            policy.allow(
                    List.of("s3:ListMultipartUploadParts"),
                    named(audit.buckets(), name -> arns.s3(name + "/" + audit.prefix() + "*")));
        }
        if (audit.directoryBuckets) {
            policy.allow(List.of("s3express:CreateSession"), named(audit.buckets(), arns::directoryBucket));
        }
        return policy.build();
    }

    /** Patterns of names mean the same to IAM. */
    private static List<String> named(BucketFilter buckets, UnaryOperator<String> arn) {
        return (buckets.include().isEmpty() ? List.of("*") : buckets.include())
                .stream().map(arn).toList();
    }
}

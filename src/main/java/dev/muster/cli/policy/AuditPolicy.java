package dev.muster.cli.policy;

import dev.muster.audit.BucketFilter;
import dev.muster.cli.option.SourceOptions;
import dev.muster.cli.policy.IamPolicy.Arns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Permissions of {@code muster audit}. */
public final class AuditPolicy {
    private AuditPolicy() {}

    /**
     * The caller's policy. With {@code --org} the role in each other account needs the policy of the same audit without
     * {@code --org}.
     *
     * @param uploads whether incomplete uploads are counted
     * @param region home region, if given
     */
    public static IamPolicy of(SourceOptions source, boolean uploads, Optional<String> region) {
        Arns arns = Arns.in(region);
        IamPolicy.Builder policy = IamPolicy.builder();
        if (source.org) {
            List<String> accounts = source.accounts.isEmpty() ? List.of("*") : source.accounts;
            policy.allow(source.accounts.isEmpty() ? List.of("organizations:ListAccounts") : List.of(), List.of("*"));
            policy.allow(
                    List.of("sts:AssumeRole"),
                    accounts.stream()
                            .map(account -> arns.role(account, source.roleName))
                            .toList());
        }
        List<String> everywhere =
                new ArrayList<>(source.buckets().given() ? List.of() : List.of("s3:ListAllMyBuckets"));
        if (source.directoryBuckets) {
            everywhere.add("s3express:ListAllMyDirectoryBuckets");
        }
        if (!everywhere.isEmpty()) {
            policy.allow(everywhere, List.of("*"));
        }
        List<String> listing = source.versions
                ? List.of("s3:ListBucketVersions", "s3:ListBucket") // where versions cannot be listed, objects are
                : List.of("s3:ListBucket");
        policy.allow(listing, named(source.buckets(), arns::s3), source.prefix());
        if (uploads) {
            policy.allow(List.of("s3:ListBucketMultipartUploads"), named(source.buckets(), arns::s3));
            policy.allow(
                    List.of("s3:ListMultipartUploadParts"),
                    named(source.buckets(), name -> arns.s3(name + "/" + source.prefix() + "*")));
        }
        if (source.directoryBuckets) {
            policy.allow(List.of("s3express:CreateSession"), named(source.buckets(), arns::directoryBucket));
        }
        return policy.build();
    }

    /** ARNs of the included buckets; IAM has the same patterns. */
    private static List<String> named(BucketFilter buckets, UnaryOperator<String> arn) {
        return (buckets.include().isEmpty() ? List.of("*") : buckets.include())
                .stream().map(arn).toList();
    }
}

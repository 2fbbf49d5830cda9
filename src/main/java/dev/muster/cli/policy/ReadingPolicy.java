package dev.muster.cli.policy;

import dev.muster.cli.option.SourceOptions.S3Source;
import dev.muster.cli.policy.IamPolicy.Arns;
import java.util.List;
import java.util.Optional;

/** Permissions of commands that read the objects of buckets and inventories. */
public final class ReadingPolicy {
    private static final String S3 = "s3://";

    /** Folder of a manifest by Amazon S3, which is named for a time; the data files are in one beside it. */
    private static final String DATED = "(.*/)?\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\dZ/";

    private ReadingPolicy() {}

    /**
     * Policy for listing buckets and for reading inventories, as far as these are in S3.
     *
     * @param inventories places of their manifests
     */
    public static IamPolicy of(List<String> buckets, List<String> inventories, Optional<String> region) {
        Arns arns = Arns.in(region);
        IamPolicy.Builder policy = IamPolicy.builder();
        for (S3Source source : buckets.stream().map(S3Source::of).distinct().toList()) {
            policy.allow(List.of("s3:ListBucket"), List.of(arns.s3(source.bucket())), source.prefix());
        }
        List<S3Source> manifests = inventories.stream()
                .filter(place -> place.regionMatches(true, 0, S3, 0, S3.length()))
                .map(S3Source::of)
                .distinct()
                .toList();
        for (S3Source manifest : manifests) {
            policy.allow(List.of("s3:ListBucket"), List.of(arns.s3(manifest.bucket()))) // or what is missing is refused
                    .allow(
                            List.of("s3:GetObject"),
                            List.of(arns.s3(manifest.bucket() + "/" + folder(manifest.prefix()) + "*")));
        }
        return policy.build();
    }

    private static String folder(String manifest) {
        String folder = manifest.substring(0, manifest.lastIndexOf('/') + 1);
        return folder.matches(DATED) ? folder.replaceFirst("[^/]+/$", "") : folder;
    }
}

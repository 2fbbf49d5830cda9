package dev.muster.cli.policy;

import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/**
 * Amazon Resource Names of one partition.
 *
 * @param region {@code *} where it is not known
 */
record Arns(String partition, String region) {
    /** Those of the partition of a region; without a region of the partition {@code aws}. */
    static Arns in(Optional<String> region) {
        String partition = region.map(name -> Region.of(name).metadata())
                .map(metadata -> metadata.partition().id())
                .orElse("aws");
        return new Arns(partition, region.orElse("*"));
    }

    /** A bucket, or objects: {@code bucket/key}. */
    String s3(String path) {
        return "arn:" + partition + ":s3:::" + path;
    }

    String directoryBucket(String name) {
        return "arn:" + partition + ":s3express:" + region + ":*:bucket/" + name;
    }

    String queue(String account, String name) {
        return "arn:" + partition + ":sqs:" + region + ":" + account + ":" + name;
    }

    String role(String account, String name) {
        return "arn:" + partition + ":iam::" + account + ":role/" + name;
    }
}

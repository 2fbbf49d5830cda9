package dev.muster.cli.policy;

import dev.muster.aws.s3.ConditionalPut.ProbeKey;
import dev.muster.cli.policy.IamPolicy.Arns;
import dev.muster.events.DayObjectSettings;
import dev.muster.events.EventsSettings;
import dev.muster.events.queue.QueueUrls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Permissions of {@code muster events} and of its backfill. */
public final class EventsPolicy {
    private static final Pattern QUEUE_PATH = Pattern.compile("https?://[^/]+/([0-9]{12})/([^/]+)");

    private EventsPolicy() {}

    /**
     * Policy for emptying a queue into day files.
     *
     * @param region the region of the queue, if known other than from its URL
     */
    public static IamPolicy draining(EventsSettings settings, boolean dryRun, Optional<String> region) {
        Arns arns = Arns.in(region.or(() -> QueueUrls.region(settings.queueUrl())));
        List<String> actions =
                new ArrayList<>(List.of("sqs:ReceiveMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"));
        if (!dryRun) {
            actions.add("sqs:DeleteMessage");
        }
        if (settings.queueUrl().isEmpty()) {
            actions.add("sqs:GetQueueUrl");
        }
        IamPolicy.Builder policy = IamPolicy.builder().allow(actions, List.of(queue(arns, settings)));
        DayObjectSettings files = settings.dayObjects();
        dayFiles(policy, arns, files, dryRun);
        if (settings.quarantine() && !dryRun) {
            policy.allow(
                    List.of("s3:GetObject", "s3:PutObject"),
                    List.of(arns.s3(files.quarantineBucket() + "/" + files.quarantinePrefix() + "*")));
        }
        return policy.build();
    }

    /** Policy for merging a log into day files. */
    public static IamPolicy merging(DayObjectSettings files, Optional<String> region) {
        IamPolicy.Builder policy = IamPolicy.builder();
        dayFiles(policy, Arns.in(region), files, false);
        return policy.build();
    }

    public static IamPolicy publishing(String topicArn) {
        return IamPolicy.builder()
                .allow(List.of("sns:Publish"), List.of(topicArn))
                .build();
    }

    /**
     * Allows day files. Without s3:ListBucket the answer for a day without a file is 403, as for one that may not be
     * read. Without s3:DeleteObject the object by which the server is tested stays.
     */
    private static void dayFiles(IamPolicy.Builder policy, Arns arns, DayObjectSettings files, boolean dryRun) {
        List<String> actions =
                dryRun ? List.of("s3:GetObject") : List.of("s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload");
        policy.allow(actions, List.of(arns.s3(files.bucket() + "/" + files.keyOf("*"))));
        if (!dryRun) {
            ProbeKey probe = files.probeKey();
            policy.allow(
                    List.of("s3:DeleteObject"),
                    List.of(arns.s3(files.bucket() + "/" + probe.start() + "*" + probe.end())));
        }
        policy.allow(List.of("s3:ListBucket"), List.of(arns.s3(files.bucket())));
    }

    private static String queue(Arns arns, EventsSettings settings) {
        Matcher url = QUEUE_PATH.matcher(settings.queueUrl());
        if (url.matches()) {
            return arns.queue(url.group(1), url.group(2));
        }
        return arns.queue("*", settings.queueUrl().isEmpty() ? settings.queue() : "*");
    }
}

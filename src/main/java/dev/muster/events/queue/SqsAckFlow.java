package dev.muster.events.queue;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/**
 * Stages that acknowledge messages in batches of ten, several batches at a time, with back-pressure. Every entry of an
 * answer is looked at: a failed one is a result of its own and fails neither its batch nor the stream.
 *
 * @param parallelism batches at the same time
 */
record SqsAckFlow(SqsAsyncClient client, String queueUrl, int parallelism, FailureClassifier errors) {
    private static final int BATCH = 10;

    SqsAckFlow {
        requireNonNull(client, "client is null");
        requireNonNull(queueUrl, "queueUrl is null");
        requireNonNull(errors, "errors is null");
    }

    Flow<ReceiptHandle, AckResult, NotUsed> delete() {
        return batches(
                this::deleteBatch,
                error -> errors.classify(error, "delete messages of " + queueUrl, "sqs:DeleteMessage on the queue"));
    }

    /** Counted from now; zero makes messages visible at once. */
    Flow<ReceiptHandle, AckResult, NotUsed> changeVisibility(Duration timeout) {
        int seconds = Math.toIntExact(timeout.toSeconds());
        return batches(
                batch -> changeBatch(batch, seconds),
                error -> errors.classify(
                        error,
                        "change the visibility of messages of " + queueUrl,
                        "sqs:ChangeMessageVisibility on the queue"));
    }

    private interface Batch {
        /** The failed entries, by their number in the batch. */
        CompletableFuture<List<BatchResultErrorEntry>> send(List<ReceiptHandle> batch);
    }

    private Flow<ReceiptHandle, AckResult, NotUsed> batches(Batch action, Function<Throwable, Failure> classify) {
        return Flow.<ReceiptHandle>create()
                .grouped(BATCH)
                .mapAsyncUnordered(parallelism, batch -> action.send(batch)
                        .handle((failed, error) ->
                                error == null ? results(batch, failed) : allFailed(batch, classify.apply(error))))
                .mapConcat(results -> results);
    }

    private CompletableFuture<List<BatchResultErrorEntry>> deleteBatch(List<ReceiptHandle> batch) {
        List<DeleteMessageBatchRequestEntry> entries = IntStream.range(0, batch.size())
                .mapToObj(number -> DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(number))
                        .receiptHandle(batch.get(number).handle())
                        .build())
                .toList();
        return client.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(entries))
                .thenApply(answer -> checked(batch, answer.successful().size(), answer.failed()));
    }

    private CompletableFuture<List<BatchResultErrorEntry>> changeBatch(List<ReceiptHandle> batch, int seconds) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = IntStream.range(0, batch.size())
                .mapToObj(number -> ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(Integer.toString(number))
                        .receiptHandle(batch.get(number).handle())
                        .visibilityTimeout(seconds)
                        .build())
                .toList();
        return client.changeMessageVisibilityBatch(
                        request -> request.queueUrl(queueUrl).entries(entries))
                .thenApply(answer -> checked(batch, answer.successful().size(), answer.failed()));
    }

    private static List<BatchResultErrorEntry> checked(
            List<ReceiptHandle> batch, int successful, List<BatchResultErrorEntry> failed) {
        if (successful + failed.size() != batch.size()) {
            throw new IllegalStateException("the answer to a batch of " + batch.size() + " speaks of "
                    + (successful + failed.size()) + " entries");
        }
        return failed;
    }

    private static List<AckResult> results(List<ReceiptHandle> batch, List<BatchResultErrorEntry> failed) {
        List<AckResult> results = new ArrayList<>();
        batch.forEach(receipt -> results.add(AckResult.of(receipt, AckResult.Outcome.DONE)));
        for (BatchResultErrorEntry entry : failed) {
            int number = Integer.parseInt(entry.id());
            results.set(number, failed(batch.get(number), entry));
        }
        return results;
    }

    /** A receipt that the queue no longer takes stands for a lease that is over. */
    private static AckResult failed(ReceiptHandle receipt, BatchResultErrorEntry entry) {
        String code = String.valueOf(entry.code());
        boolean leaseOver = code.contains("ReceiptHandleIsInvalid")
                || code.contains("MessageNotInflight")
                || code.contains("InvalidParameterValue");
        return leaseOver
                ? AckResult.of(receipt, AckResult.Outcome.LOST)
                : AckResult.failed(
                        receipt,
                        new Failure(Failure.Kind.TRANSIENT, code, "an entry of a batch failed: " + entry.message()));
    }

    private static List<AckResult> allFailed(List<ReceiptHandle> batch, Failure failure) {
        return batch.stream().map(receipt -> AckResult.failed(receipt, failure)).toList();
    }
}

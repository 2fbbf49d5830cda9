package dev.muster.events.queue;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import dev.muster.engine.Failure;
import dev.muster.events.queue.MessageSource.AckResult;
import dev.muster.events.queue.MessageSource.ReceiptHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/**
 * Stages that acknowledge messages in batches of ten, several batches at a time, with back-pressure. Every entry of an
 * answer is checked: a failed one is a result of its own and fails neither its batch nor the stream.
 *
 * @param parallelism batches at the same time
 */
record SqsAckFlow(SqsAsyncClient client, String queueUrl, int parallelism, FailureClassifier errors) {
    private static final int BATCH = 10;
    private static final Failure UNTOLD = new Failure(
            Failure.Kind.TRANSIENT, "Unanswered", "the answer to a batch does not speak of all of its entries");

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

    /** Changes the visibility timeout, counted from now; zero makes messages visible at once. */
    Flow<ReceiptHandle, AckResult, NotUsed> changeVisibility(Duration timeout) {
        int seconds = Math.toIntExact(timeout.toSeconds());
        return batches(
                batch -> changeBatch(batch, seconds),
                error -> errors.classify(
                        error,
                        "change the visibility of messages of " + queueUrl,
                        "sqs:ChangeMessageVisibility on the queue"));
    }

    /**
     * An answer to a batch.
     *
     * @param done numbers of the entries that were carried out, or are assumed to be
     * @param failed errors of those that were not
     */
    private record BatchAnswer(Set<String> done, List<BatchResultErrorEntry> failed) {}

    private interface Batch {
        CompletableFuture<BatchAnswer> send(List<ReceiptHandle> batch);
    }

    private Flow<ReceiptHandle, AckResult, NotUsed> batches(Batch action, Function<Throwable, Failure> classify) {
        return Flow.<ReceiptHandle>create()
                .grouped(BATCH)
                .mapAsyncUnordered(parallelism, batch -> settled(batch, action, classify))
                .mapConcat(results -> results);
    }

    /** Results of a batch. Some servers refuse a whole batch for one entry: then each entry is sent by itself. */
    private static CompletableFuture<List<AckResult>> settled(
            List<ReceiptHandle> batch, Batch action, Function<Throwable, Failure> classify) {
        return action.send(batch).thenApply(answer -> results(batch, answer)).exceptionallyCompose(error -> {
            Failure failure = classify.apply(error);
            if (failure.kind() != Failure.Kind.INVALID && !isLeaseOver(failure.code())) {
                return CompletableFuture.completedFuture(batch.stream()
                        .map(receipt -> AckResult.failed(receipt, failure))
                        .toList());
            } else if (batch.size() == 1) {
                return CompletableFuture.completedFuture(List.of(failed(batch.get(0), failure)));
            }
            List<CompletableFuture<List<AckResult>>> single = batch.stream()
                    .map(receipt -> settled(List.of(receipt), action, classify))
                    .toList();
            return CompletableFuture.allOf(single.toArray(CompletableFuture<?>[]::new))
                    .thenApply(done -> single.stream()
                            .flatMap(result -> result.join().stream())
                            .toList());
        });
    }

    /**
     * Deletes a batch. Some servers delete without reporting it: an entry that a successful answer does not report as
     * failed is assumed to be deleted. If it is not, the message comes again, and the queue's own numbers show it.
     */
    private CompletableFuture<BatchAnswer> deleteBatch(List<ReceiptHandle> batch) {
        List<DeleteMessageBatchRequestEntry> entries = IntStream.range(0, batch.size())
                .mapToObj(number -> DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(number))
                        .receiptHandle(batch.get(number).handle())
                        .build())
                .toList();
        return client.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(entries))
                .thenApply(answer -> new BatchAnswer(
                        IntStream.range(0, batch.size())
                                .mapToObj(Integer::toString)
                                .collect(toSet()),
                        answer.failed()));
    }

    private CompletableFuture<BatchAnswer> changeBatch(List<ReceiptHandle> batch, int seconds) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = IntStream.range(0, batch.size())
                .mapToObj(number -> ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(Integer.toString(number))
                        .receiptHandle(batch.get(number).handle())
                        .visibilityTimeout(seconds)
                        .build())
                .toList();
        return client.changeMessageVisibilityBatch(
                        request -> request.queueUrl(queueUrl).entries(entries))
                .thenApply(answer -> new BatchAnswer(
                        answer.successful().stream()
                                .map(ChangeMessageVisibilityBatchResultEntry::id)
                                .collect(toSet()),
                        answer.failed()));
    }

    private static List<AckResult> results(List<ReceiptHandle> batch, BatchAnswer answer) {
        List<AckResult> results = new ArrayList<>();
        for (int number = 0; number < batch.size(); number++) {
            String id = Integer.toString(number);
            ReceiptHandle receipt = batch.get(number);
            Optional<BatchResultErrorEntry> error = answer.failed().stream()
                    .filter(entry -> id.equals(entry.id()))
                    .findFirst();
            boolean done = answer.done().contains(id) && error.isEmpty();
            results.add(
                    done
                            ? AckResult.of(receipt, AckResult.Outcome.DONE)
                            : error.map(entry -> failed(receipt, entry))
                                    .orElseGet(() -> AckResult.failed(receipt, UNTOLD)));
        }
        return results;
    }

    private static AckResult failed(ReceiptHandle receipt, BatchResultErrorEntry entry) {
        String why = entry.message() == null ? "" : ": " + entry.message();
        return failed(
                receipt,
                new Failure(Failure.Kind.TRANSIENT, String.valueOf(entry.code()), "an entry of a batch failed" + why));
    }

    /** Result of a failed entry; a receipt that the queue no longer accepts means that the lease is over. */
    private static AckResult failed(ReceiptHandle receipt, Failure failure) {
        return isLeaseOver(failure.code())
                ? AckResult.of(receipt, AckResult.Outcome.LOST)
                : AckResult.failed(receipt, failure);
    }

    private static boolean isLeaseOver(String code) {
        return code.contains("ReceiptHandleIsInvalid")
                || code.contains("MessageNotInflight")
                || code.contains("InvalidParameterValue");
    }
}

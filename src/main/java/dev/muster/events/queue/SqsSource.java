package dev.muster.events.queue;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.BoundedMap;
import dev.muster.engine.Failure;
import dev.muster.engine.TaskException;
import dev.muster.events.queue.MessageSource.AckResult;
import dev.muster.events.queue.MessageSource.QueueDepth;
import dev.muster.events.queue.MessageSource.ReceiptHandle;
import dev.muster.events.queue.MessageSource.ReceiveResult;
import dev.muster.events.queue.MessageSource.ReceivedMessage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** An SQS queue. The client must not retry. */
public final class SqsSource implements MessageSource {
    private static final Logger LOG = LoggerFactory.getLogger(SqsSource.class);
    /**
     * Time that a receive may take beyond its wait, initially and at most: it doubles after each one that took longer.
     */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LONGEST_ANSWER_TIMEOUT = Duration.ofSeconds(160);

    private static final List<QueueAttributeName> DEPTH = List.of(
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED,
            QueueAttributeName.REDRIVE_POLICY);
    private static final int MOST_DIGITS = 18;
    private static final int MOST_REMEMBERED = 10_000;

    /** SQS may deliver a deleted message once more, as it is stored on several servers. */
    private static final int MOST_DELETIONS = 3;

    /** Deletions that are sent once more where the queue says that messages are hidden. */
    private static final int MOST_REPEATED = 1_000;

    private static final Pattern MAX_RECEIVE_COUNT = Pattern.compile("\"maxReceiveCount\"\\s*:\\s*\"?(\\d+)");

    private final SqsAsyncClient client;
    private final FailureClassifier errors;
    private final Materializer materializer;
    private final ReceiveMessageRequest request;
    private final Flow<ReceiptHandle, AckResult, NotUsed> deletion;
    private final Flow<ReceiptHandle, AckResult, NotUsed> repeatedDeletion;
    private final Flow<ReceiptHandle, AckResult, NotUsed> extension;
    private final Flow<ReceiptHandle, AckResult, NotUsed> giving;
    private volatile Duration answerTimeout = ANSWER_TIMEOUT;
    private final AtomicBoolean silenceTold = new AtomicBoolean();
    private final MessageDigests digests = new MessageDigests();
    private final AtomicLong mismatched = new AtomicLong();
    /** Number of times that the queue has said of a message that it is deleted, by id. */
    private final Map<String, Integer> deleted = BoundedMap.ofAtMost(MOST_REMEMBERED);

    /** The last deletions that the queue has confirmed, by message id. */
    private final Map<String, ReceiptHandle> confirmed = BoundedMap.ofAtMost(MOST_REPEATED);

    private final Set<Runnable> cancellations = ConcurrentHashMap.newKeySet();

    /**
     * A source of a queue's messages.
     *
     * @param wait time that a receive waits for messages, 0 to 20 seconds
     * @param visibility time for which a received message is hidden from other consumers, up to 12 hours
     * @param parallelism number of batches processed at the same time
     */
    public SqsSource(
            SqsAsyncClient client,
            String queueUrl,
            Duration wait,
            Duration visibility,
            int parallelism,
            FailureClassifier errors,
            Materializer materializer) {
        this.client = requireNonNull(client, "client is null");
        this.errors = requireNonNull(errors, "errors is null");
        this.materializer = requireNonNull(materializer, "materializer is null");
        this.request = ReceiveMessageRequest.builder()
                .queueUrl(queueUrl)
                .waitTimeSeconds(Math.toIntExact(wait.toSeconds()))
                .visibilityTimeout(Math.toIntExact(visibility.toSeconds()))
                .messageSystemAttributeNames(
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, MessageSystemAttributeName.SENT_TIMESTAMP)
                .build();
        SqsAckFlow acknowledge = new SqsAckFlow(client, queueUrl, parallelism, errors);
        this.deletion = acknowledge.delete();
        this.repeatedDeletion = new SqsAckFlow(client, queueUrl, 1, errors).delete();
        this.extension = acknowledge.changeVisibility(visibility);
        this.giving = acknowledge.changeVisibility(Duration.ZERO);
    }

    @Override
    public CompletableFuture<ReceiveResult> receive(int max) {
        Duration timeout = Duration.ofSeconds(request.waitTimeSeconds()).plus(answerTimeout);
        CompletableFuture<ReceiveMessageResponse> response = client.receiveMessage(request.toBuilder()
                .maxNumberOfMessages(max)
                .overrideConfiguration(limit -> limit.apiCallTimeout(timeout).apiCallAttemptTimeout(timeout))
                .build());
        CompletableFuture<ReceiveResult> delivery = response.handle(this::delivery);
        Runnable cancel = () -> response.cancel(true);
        cancellations.add(cancel);
        CompletableFuture<?> unused = delivery.whenComplete((answer, error) -> {
            cancellations.remove(cancel);
            cancel.run();
        });
        return delivery;
    }

    private static Duration longer(Duration timeout, Throwable error) {
        Throwable cause = Failure.cause(error);
        boolean late = cause instanceof ApiCallTimeoutException || cause instanceof ApiCallAttemptTimeoutException;
        return late && timeout.compareTo(LONGEST_ANSWER_TIMEOUT) < 0 ? timeout.multipliedBy(2) : timeout;
    }

    /**
     * Unknown if the permission is missing or the server does not tell. Where messages are hidden, they may be some that this
     * source has deleted: a copy can survive on a server that was away, and other servers forget deletions that come at the
     * same time. So the last ones are sent once more, one batch after the other.
     */
    @Override
    public CompletableFuture<Optional<QueueDepth>> depth() {
        return numbers().thenCompose(depth -> {
            boolean hidden = depth.filter(left -> left.hidden() > 0).isPresent();
            List<ReceiptHandle> again = hidden ? List.copyOf(confirmed.values()) : List.of();
            if (again.isEmpty()) {
                return CompletableFuture.completedFuture(depth);
            }
            confirmed.clear();
            return run(again, repeatedDeletion).handle((done, error) -> done).thenCompose(done -> numbers());
        });
    }

    private CompletableFuture<Optional<QueueDepth>> numbers() {
        return client.getQueueAttributes(get -> get.queueUrl(request.queueUrl()).attributeNames(DEPTH))
                .thenApply(answer -> told(depth(answer.attributesAsStrings()), "the answer has no numbers"))
                .exceptionally(error -> {
                    Failure failure = errors.classify(error, "ask for the number of messages of " + request.queueUrl());
                    if (failure.kind().retriable() && failure.kind() != Failure.Kind.DEFECT) {
                        throw new TaskException(failure, error);
                    }
                    return told(Optional.empty(), failure.message());
                });
    }

    private Optional<QueueDepth> told(Optional<QueueDepth> depth, String why) {
        if (depth.isEmpty() && silenceTold.compareAndSet(false, true)) {
            LOG.warn(
                    "the queue does not tell what is left, so a drain of it cannot be seen to be complete: allow"
                            + " sqs:GetQueueAttributes on the queue ({})",
                    why);
        }
        return depth;
    }

    private static Optional<QueueDepth> depth(Map<String, String> attributes) {
        OptionalLong visible = number(attributes.get("ApproximateNumberOfMessages"));
        OptionalLong hidden = number(attributes.get("ApproximateNumberOfMessagesNotVisible"));
        if (visible.isEmpty() || hidden.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong delayed = number(attributes.get("ApproximateNumberOfMessagesDelayed"));
        Matcher most = MAX_RECEIVE_COUNT.matcher(attributes.getOrDefault("RedrivePolicy", ""));
        return Optional.of(new QueueDepth(
                visible.getAsLong(),
                hidden.getAsLong(),
                delayed.orElse(0),
                most.find() ? Optional.of(most.group(1)) : Optional.empty()));
    }

    private ReceiveResult delivery(ReceiveMessageResponse answer, Throwable error) {
        if (error != null) {
            answerTimeout = longer(answerTimeout, error);
            throw new TaskException(
                    errors.classify(
                            error, "receive messages from " + request.queueUrl(), "sqs:ReceiveMessage on the queue"),
                    error);
        }
        List<ReceivedMessage> whole = new ArrayList<>();
        List<ReceiptHandle> doubtful = new ArrayList<>();
        for (Message message : answer.messages()) {
            ReceivedMessage received = received(message);
            String id = received.receipt().messageId();
            requireDeletions(id);
            switch (digests.check(id, received.body(), message.md5OfBody())) {
                case GOOD -> whole.add(received);
                case DOUBTFUL -> doubtful.add(received.receipt());
                case SAME_AGAIN -> {
                    mismatch(id, "what the queue holds is taken");
                    whole.add(received);
                }
                case DAMAGED -> {
                    mismatch(id, "it came with other bytes each time, and is taken for one that cannot be read");
                    whole.add(received.broken("its body does not match its MD5OfBody"));
                }
            }
        }
        if (!doubtful.isEmpty()) {
            CompletableFuture<?> unused = release(doubtful);
        }
        return ReceiveResult.of(whole);
    }

    /** Fails if a message keeps coming back: a drain of such a queue would never end. */
    private void requireDeletions(String messageId) {
        int times = deleted.getOrDefault(messageId, 0);
        if (times >= MOST_DELETIONS) {
            throw new TaskException(new Failure(
                    Failure.Kind.INVALID,
                    "DeletesIgnored",
                    "receive messages from " + request.queueUrl() + " failed: the queue has said " + times
                            + " times that message " + messageId
                            + " is deleted, and gives it again; it does not keep to"
                            + " the SQS API"));
        }
    }

    private void mismatch(String messageId, String consequence) {
        if (mismatched.getAndIncrement() == 0) {
            LOG.warn("message {} does not match its MD5OfBody: {}", messageId, consequence);
        }
    }

    @Override
    public CompletableFuture<List<AckResult>> delete(Collection<ReceiptHandle> receipts) {
        return run(receipts, deletion).thenApply(results -> {
            results.stream()
                    .filter(result -> result.outcome() == AckResult.Outcome.DONE)
                    .map(AckResult::receipt)
                    .forEach(receipt -> {
                        deleted.merge(receipt.messageId(), 1, Integer::sum);
                        confirmed.put(receipt.messageId(), receipt);
                    });
            return results;
        });
    }

    @Override
    public CompletableFuture<List<AckResult>> extend(Collection<ReceiptHandle> receipts) {
        return run(receipts, extension);
    }

    @Override
    public CompletableFuture<List<AckResult>> release(Collection<ReceiptHandle> receipts) {
        return run(receipts, giving);
    }

    /** Ends the receives under way, so that the client can be closed; messages already on their way come again. */
    @Override
    public void close() {
        cancellations.forEach(Runnable::run);
        long all = mismatched.getAndSet(0);
        if (all > 1) {
            LOG.warn("{} messages did not match their MD5OfBody", all);
        }
    }

    /** Leaves out messages that came without a receipt: in a request they would make others fail. */
    private CompletableFuture<List<AckResult>> run(
            Collection<ReceiptHandle> receipts, Flow<ReceiptHandle, AckResult, NotUsed> flow) {
        Source<AckResult, NotUsed> without = Source.from(receipts)
                .filter(receipt -> receipt.handle().isEmpty())
                .map(receipt -> AckResult.of(receipt, AckResult.Outcome.LOST));
        return Source.from(receipts)
                .filterNot(receipt -> receipt.handle().isEmpty())
                .via(flow)
                .concat(without)
                .runWith(Sink.seq(), materializer)
                .toCompletableFuture();
    }

    /** Fills in what an odd server leaves out: a message without an id or a body is no reason to lose the others. */
    private static ReceivedMessage received(Message message) {
        Map<String, String> attributes = message.attributesAsStrings();
        String body = Objects.requireNonNullElse(message.body(), "");
        String id = Objects.requireNonNullElseGet(message.messageId(), () -> "unnamed-" + MessageDigests.md5(body));
        return new ReceivedMessage(
                new ReceiptHandle(id, Objects.requireNonNullElse(message.receiptHandle(), "")),
                body,
                (int) Math.min(number(attributes.get("ApproximateReceiveCount")).orElse(1), Integer.MAX_VALUE),
                number(attributes.get("SentTimestamp")).orElse(Long.MAX_VALUE),
                Optional.empty());
    }

    /** A whole number of zero or more, also in the form of other servers: {@code 1.5e3}. */
    private static OptionalLong number(String attribute) {
        try {
            BigDecimal number = new BigDecimal(attribute == null ? "" : attribute.strip());
            boolean fits = number.signum() >= 0 && number.precision() - number.scale() <= MOST_DIGITS;
            return fits ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}

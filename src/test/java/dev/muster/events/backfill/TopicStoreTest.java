package dev.muster.events.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.Failure;
import dev.muster.events.dayfile.Content;
import dev.muster.events.dayfile.DurableStore.Stored;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Materializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;

class TopicStoreTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    private final Topic topic = new Topic();
    private final TopicStore store = new TopicStore(
            topic,
            "arn:topic",
            (error, attempted) -> new Failure(Failure.Kind.TRANSIENT, "Error", attempted),
            Materializer.matFromSystem(KIT.system()));

    /** Refuses some messages, and remembers the others. */
    private static final class Topic implements SnsAsyncClient {
        private final List<String> published = new ArrayList<>();
        private Set<String> refused = Set.of();

        @Override
        public synchronized CompletableFuture<PublishBatchResponse> publishBatch(PublishBatchRequest request) {
            List<PublishBatchResultEntry> successful = new ArrayList<>();
            List<BatchResultErrorEntry> failed = new ArrayList<>();
            for (PublishBatchRequestEntry entry : request.publishBatchRequestEntries()) {
                if (refused.contains(entry.message())) {
                    failed.add(BatchResultErrorEntry.builder()
                            .id(entry.id())
                            .code("InternalError")
                            .message("try again")
                            .build());
                } else {
                    published.add(entry.message());
                    successful.add(
                            PublishBatchResultEntry.builder().id(entry.id()).build());
                }
            }
            return CompletableFuture.completedFuture(PublishBatchResponse.builder()
                    .successful(successful)
                    .failed(failed)
                    .build());
        }

        @Override
        public String serviceName() {
            return "sns";
        }

        @Override
        public void close() {}
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void onlyWhatFailedIsPublishedAgain() throws Exception {
        List<Content> messages = IntStream.range(0, 25)
                .<Content>mapToObj(number -> new Content.Outgoing("message " + number))
                .toList();
        topic.refused = Set.of("message 3", "message 17");
        assertThatThrownBy(() -> store(messages))
                .hasMessageEndingWith("publish to arn:topic: 2 of 25 messages failed: try again");

        topic.refused = Set.of();
        assertThat(store(messages)).isEqualTo(new Stored.Published(25));

        assertThat(topic.published).hasSize(25).doesNotHaveDuplicates().endsWith("message 3", "message 17");
    }

    @Test
    void equalMessagesAreEachPublished() throws Exception {
        List<Content> twice = List.of(new Content.Outgoing("same"), new Content.Outgoing("same"));
        assertThat(store(twice)).isEqualTo(new Stored.Published(2));
        assertThat(topic.published).containsExactly("same", "same");
    }

    private Stored store(Collection<Content> messages) throws Exception {
        return store.store(messages).get(10, TimeUnit.SECONDS);
    }
}

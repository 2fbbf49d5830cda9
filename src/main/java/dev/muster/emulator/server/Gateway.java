package dev.muster.emulator.server;

import static java.util.Objects.requireNonNull;

import dev.muster.emulator.server.Access.Principal;
import dev.muster.emulator.server.Access.Scope;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a request: which service it is for, what its fate is, who asks, and what the service answers. */
public final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final String WITHOUT_SIGNATURE = "s3";

    private final Map<String, Service> services;
    private final Access access;
    private final Arrivals arrivals;
    private final ScheduledExecutorService timer;
    private final Materializer materializer;
    private final Executor executor;

    /** Is told of every request and decides its fate. */
    public interface Arrivals {
        FaultDecision arrived(Service service, Call call);
    }

    /**
     * A gateway to some services.
     *
     * @param timer only wakes delayed requests up; the work is done by the executor of the materializer's system
     */
    public Gateway(
            List<Service> services,
            Access access,
            Arrivals arrivals,
            ScheduledExecutorService timer,
            Materializer materializer) {
        this.services = services.stream().collect(Collectors.toUnmodifiableMap(Service::name, Function.identity()));
        this.access = requireNonNull(access, "access is null");
        this.arrivals = requireNonNull(arrivals, "arrivals is null");
        this.timer = requireNonNull(timer, "timer is null");
        this.materializer = requireNonNull(materializer, "materializer is null");
        this.executor = materializer.executionContext();
    }

    /** Answers one request; the stage of a request that hangs never completes. */
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        Call call;
        try {
            call = HttpCalls.read(request);
        } catch (ServiceError error) {
            request.discardEntityBytes(materializer);
            return CompletableFuture.completedStage(
                    HttpReplies.write(services.get(WITHOUT_SIGNATURE).refuse(HttpCalls.unreadable(request), error)));
        }
        return HttpCalls.body(request, materializer)
                .thenCompose(body -> serve(body.isEmpty() ? call : call.withBody(body)));
    }

    private CompletionStage<HttpResponse> serve(Call call) {
        Service service = services.get(call.scope().map(Scope::service).orElse(WITHOUT_SIGNATURE));
        if (service == null) {
            Service speaker = services.get(WITHOUT_SIGNATURE);
            String message = "The practice cloud has no service of this name";
            return CompletableFuture.completedStage(
                    HttpReplies.write(speaker.refuse(call, new ServiceError(501, "NotImplemented", message))));
        }
        FaultDecision fate = arrivals.arrived(service, call);
        if (fate.hangs()) {
            return new CompletableFuture<>();
        }
        return after(fate.delay())
                .thenCompose(waited -> answer(service, call.withPageShare(fate.pageShare()), fate))
                .exceptionally(failure -> refuse(service, call, failure))
                .thenApply(reply -> HttpReplies.write(reply, call.method(), fate));
    }

    private CompletionStage<Void> after(Duration delay) {
        if (delay.isZero()) {
            return CompletableFuture.completedStage(null);
        }
        CompletableFuture<Void> over = new CompletableFuture<>();
        ScheduledFuture<?> unused = timer.schedule(
                () -> executor.execute(() -> over.complete(null)), delay.toNanos(), TimeUnit.NANOSECONDS);
        return over;
    }

    private CompletionStage<Reply> answer(Service service, Call call, FaultDecision fate) {
        if (fate.refusal().isPresent()) {
            throw fate.refusal().get();
        }
        Optional<Principal> caller = access.identify(call);
        return service.answer(call.by(caller));
    }

    private static Reply refuse(Service service, Call call, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof ServiceError error) {
            return service.refuse(call, error);
        }
        LOG.error("{} {} of {} failed in the practice cloud", call.method(), call.path(), service.name(), cause);
        return service.refuse(call, new ServiceError(500, "InternalError", "A defect of the practice cloud: " + cause));
    }

    /** Turns HTTP requests into calls. */
    static final class HttpCalls {
        private static final String RAW_URI = "raw-request-uri";
        private static final AtomicLong REQUESTS = new AtomicLong();

        private HttpCalls() {}

        static Call read(HttpRequest request) {
            Map<String, String> headers = new HashMap<>();
            for (HttpHeader header : request.getHeaders()) {
                headers.put(header.lowercaseName(), header.value());
            }
            headers.put("content-type", request.entity().getContentType().toString());
            String target = headers.get(RAW_URI);
            int mark = target.indexOf('?');
            Map<String, String> query = mark < 0 ? Map.of() : UriText.form(target.substring(mark + 1));
            String signer = headers.getOrDefault("authorization", query.getOrDefault("X-Amz-Credential", ""));
            return call(request, mark < 0 ? target : target.substring(0, mark), query, headers, Scope.parse(signer));
        }

        /** Stands for a request of which not even the address can be read, to answer it with an error. */
        static Call unreadable(HttpRequest request) {
            return call(request, "/", Map.of(), Map.of(), Optional.empty());
        }

        static CompletionStage<ByteString> body(HttpRequest request, Materializer materializer) {
            if (request.entity() instanceof HttpEntity.Strict strict) {
                return CompletableFuture.completedStage(strict.getData());
            }
            return request.entity()
                    .getDataBytes()
                    .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), materializer);
        }

        private static Call call(
                HttpRequest request,
                String path,
                Map<String, String> query,
                Map<String, String> headers,
                Optional<Scope> scope) {
            String requestId = String.format("%016X", REQUESTS.incrementAndGet());
            return new Call(
                    request.method().value(),
                    path,
                    query,
                    headers,
                    ByteString.emptyByteString(),
                    scope,
                    Optional.empty(),
                    requestId,
                    1);
        }
    }

    /**
     * Fate of one request.
     *
     * @param delay before it is worked on
     * @param refusal the answer in place of the real one
     * @param hangs whether it is never answered
     * @param breakOff the share of the body after which the connection breaks; 1 for a whole reply
     * @param keep the share of the body that a seemingly complete reply has; 1 for a whole reply
     * @param pageShare the share of a page that a listing returns; 1 for a whole page
     */
    public record FaultDecision(
            Duration delay,
            Optional<ServiceError> refusal,
            boolean hangs,
            double breakOff,
            double keep,
            double pageShare) {
        /** Nothing happens. */
        public static final FaultDecision KIND = new FaultDecision(Duration.ZERO, Optional.empty(), false, 1, 1, 1);
    }
}

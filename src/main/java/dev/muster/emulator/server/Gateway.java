package dev.muster.emulator.server;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
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
}

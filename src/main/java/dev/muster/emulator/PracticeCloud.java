package dev.muster.emulator;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.emulator.account.AccountService;
import dev.muster.emulator.organizations.OrganizationsService;
import dev.muster.emulator.queue.QueueFaults;
import dev.muster.emulator.queue.QueueFaults.QueueDeviation;
import dev.muster.emulator.queue.SnsService;
import dev.muster.emulator.queue.SqsService;
import dev.muster.emulator.s3.S3Deviation;
import dev.muster.emulator.s3.S3Service;
import dev.muster.emulator.server.Access;
import dev.muster.emulator.server.Access.Authorization;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.Gateway;
import dev.muster.emulator.server.Gateway.FaultDecision;
import dev.muster.emulator.server.Service;
import dev.muster.emulator.sts.StsService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;

/**
 * Emulated AWS estate: one HTTP endpoint on the loopback interface for all services. Accounts are told apart by access
 * key id, services by the scope of the signature, which is not verified itself.
 */
public final class PracticeCloud implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final ActorSystem system;
    private final ScheduledExecutorService timer;
    private final RequestCounts counts = new RequestCounts();
    private final Faults faults = new Faults(System::nanoTime);
    private final SqsService queues = new SqsService(this::endpoint);
    private final Governance governance = new Governance();
    private final RequestQuotas quotas = new RequestQuotas();
    private final ContactBook contacts;
    private final S3Service s3;
    private final URI endpoint;
    private volatile Consumer<Authorization> onAuthorization;

    private PracticeCloud(Estate estate, int port, InstantSource clock) {
        Access access = new Access(estate.accounts(), clock);
        contacts = new ContactBook(estate);
        s3 = new S3Service(estate, access, clock);
        List<Service> services = List.of(
                s3,
                s3.express(),
                new StsService(estate, access),
                new OrganizationsService(estate, governance),
                new AccountService(estate, contacts, governance, quotas),
                queues,
                new SnsService(queues, clock));
        system = ActorSystem.create("practice-cloud", config());
        timer = timer();
        Materializer materializer = SystemMaterializer.get(system).materializer();
        Gateway gateway = new Gateway(services, access, this::arrived, timer, materializer);
        endpoint = bind(gateway, port);
    }

    /** Starts a cloud on a free port. */
    public static PracticeCloud start(Estate estate) {
        return start(estate, 0);
    }

    /**
     * Starts a cloud on a given port.
     *
     * @throws UncheckedIOException if the port is taken
     */
    public static PracticeCloud start(Estate estate, int port) {
        return start(estate, port, InstantSource.system());
    }

    /**
     * Starts a cloud with its own clock.
     *
     * @param clock the clock for the expiry of credentials and the times of objects
     */
    public static PracticeCloud start(Estate estate, int port, InstantSource clock) {
        return new PracticeCloud(estate, port, clock);
    }

    /** Address at which all services answer, such as {@code http://127.0.0.1:4711}. */
    public URI endpoint() {
        return endpoint;
    }

    public RequestCounts counts() {
        return counts;
    }

    public Faults faults() {
        return faults;
    }

    /** Sets the faults of queues from now on. */
    public void queueFaults(QueueFaults value) {
        queues.faults(value);
    }

    /** Sets a listener for each IAM action that a request needs; it is called from several threads. */
    public void onAuthorization(Consumer<Authorization> listener) {
        onAuthorization = listener;
    }

    /** Sets the deviations from SQS from now on. */
    public void queueDeviations(QueueDeviation... ways) {
        queues.deviate(Set.of(ways));
    }

    /** Sets the deviations from S3 from now on. */
    public void s3Deviations(S3Deviation... ways) {
        s3.deviate(Set.of(ways));
    }

    public Governance governance() {
        return governance;
    }

    public RequestQuotas quotas() {
        return quotas;
    }

    public ContactBook contacts() {
        return contacts;
    }

    /** Closes all connections, discards all data, and returns when the cloud's threads have ended. */
    @Override
    public void close() {
        timer.shutdownNow();
        queues.close();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    private FaultDecision arrived(Service service, Call call) {
        String operation = service.operation(call);
        counts.count(operation);
        Consumer<Authorization> listener = onAuthorization;
        if (listener != null) {
            service.authorizations(call).forEach(listener);
        }
        return faults.draw(service.name(), operation, service.limited(call));
    }

    private URI bind(Gateway gateway, int port) {
        try {
            ServerBinding binding = Http.get(system)
                    .newServerAt(HOST, port)
                    .bind(gateway::handle)
                    .toCompletableFuture()
                    .join();
            return URI.create("http://" + HOST + ":" + binding.localAddress().getPort());
        } catch (CompletionException failure) {
            close();
            throw new UncheckedIOException(new IOException(
                    "the practice cloud cannot listen on " + HOST + ":" + port + "; choose another port", failure));
        }
    }

    private static Config config() {
        ClassLoader loader = PracticeCloud.class.getClassLoader();
        return ConfigFactory.parseResources(loader, "dev/muster/emulator/practice-cloud.conf")
                .withFallback(ConfigFactory.defaultReference(loader))
                .resolve();
    }

    private static ScheduledExecutorService timer() {
        return new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "practice-cloud-timer");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Number of requests received by operation, whatever their outcome. */
    public static final class RequestCounts {
        private final Map<String, LongAdder> byOperation = new ConcurrentHashMap<>();

        RequestCounts() {}

        void count(String operation) {
            byOperation.computeIfAbsent(operation, key -> new LongAdder()).increment();
        }

        /** Requests for one operation, such as {@code ListObjectsV2}. */
        public long of(String operation) {
            LongAdder count = byOperation.get(operation);
            return count == null ? 0 : count.sum();
        }

        public long total() {
            return byOperation.values().stream().mapToLong(LongAdder::sum).sum();
        }

        /** Requests by operation, sorted by name. */
        public Map<String, Long> byOperation() {
            Map<String, Long> counts = new TreeMap<>();
            byOperation.forEach((operation, count) -> counts.put(operation, count.sum()));
            return counts;
        }

        /** Resets all counts to 0. */
        public void reset() {
            byOperation.clear();
        }
    }
}

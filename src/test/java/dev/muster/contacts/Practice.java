package dev.muster.contacts;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.AwsSettings.AccessKeys;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.collect.ContactsExecutor;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.collect.ContactsTask;
import dev.muster.contacts.output.ContactsView;
import dev.muster.emulator.ContactBook;
import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.PracticeCloud;
import dev.muster.engine.CheckpointStore;
import dev.muster.engine.EngineSettings;
import dev.muster.engine.Job;
import dev.muster.engine.LocalRun;
import dev.muster.engine.Output;
import dev.muster.engine.RunResult;
import dev.muster.engine.limit.RateLimiter.Quota;
import dev.muster.store.MemoryCheckpointStore;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A practice cloud with its quotas scaled up, and runs against it. */
public final class Practice implements AutoCloseable {
    public static final Config CONFIG = ConfigFactory.parseString(
                    "muster.workers = 16, muster.engine { backoff { base = 5ms, cap = 50ms }, checkpoint-interval = 50ms }")
            .withFallback(ConfigFactory.load());

    /** All accounts, and their alternate contacts. */
    public static final Selection EVERYTHING =
            new Selection(Set.of(), Set.of(), List.of(), Map.of(), Set.copyOf(ContactType.ALTERNATES), false);

    private final double scale;
    public final Estate estate;
    public final PracticeCloud cloud;

    /** @param scale how much larger than documented all quotas are */
    public Practice(int accounts, double scale) {
        this.scale = scale;
        this.estate = new Estate(IntStream.range(0, accounts)
                .mapToObj(i -> PracticeAccount.of(String.format("%012d", 111_111_111_111L + i), "team-" + i))
                .map(account -> account.id().endsWith("7") ? account.inState("SUSPENDED") : account)
                .toList());
        this.cloud = PracticeCloud.start(estate);
        cloud.quotas().scale(scale);
    }

    public RequestQuotaTable quotas() {
        return new RequestQuotaTable(RequestQuotaTable.from(CONFIG).byOperation().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> scaled(entry.getValue()))));
    }

    public AwsClients clients(PracticeAccount caller) {
        return new AwsClients(new AwsSettings(
                Optional.empty(),
                Optional.of(new AccessKeys(caller.accessKeyId(), caller.secretAccessKey(), Optional.empty())),
                Optional.of(Estate.REGION),
                Optional.of(cloud.endpoint()),
                Map.of(),
                true,
                false,
                Timeouts.DEFAULT,
                64));
    }

    /** Account, type and address of each contact that there is, ROOT among them. */
    public List<String> expected() {
        List<String> contacts = new ArrayList<>();
        for (PracticeAccount account : estate.accounts()) {
            contacts.add(line(account.id(), "ROOT", account.email()));
            for (String type : ContactBook.TYPES) {
                cloud.contacts()
                        .find(account.id(), type)
                        .ifPresent(contact -> contacts.add(line(account.id(), type, contact.email())));
            }
        }
        return contacts;
    }

    public RunResult<ContactsTask, ContactsPartial> run(ContactsSettings settings) throws Exception {
        return run(settings, estate.management(), OutputStream.nullOutputStream());
    }

    public RunResult<ContactsTask, ContactsPartial> run(
            ContactsSettings settings, PracticeAccount caller, OutputStream stdout) throws Exception {
        try (AwsClients clients = clients(caller);
                CheckpointStore store = new MemoryCheckpointStore(new MemoryCheckpointStore.Memory())) {
            Output<ContactsPartial> output = ContactsJob.lines(settings, stdout)
                    .<Output<ContactsPartial>>map(lines -> lines)
                    .orElseGet(Output::none);
            return run(ContactsJob.create(settings, new ContactsExecutor(clients), output), store);
        }
    }

    /** Runs any job to its end. */
    public static <T, R, P> RunResult<T, P> run(Job<T, R, P> job, CheckpointStore store) throws Exception {
        try (LocalRun<T, R, P> run = LocalRun.start(CONFIG, job, EngineSettings.from(CONFIG), store)) {
            return run.result().toCompletableFuture().get(150, TimeUnit.SECONDS);
        } finally {
            job.output().close();
        }
    }

    public static String line(String accountId, String type, String email) {
        return "{\"account_id\": \"" + accountId + "\", \"contact_type\": \"" + type + "\", \"email_address\": \""
                + email + "\"}";
    }

    public ContactsSettings settings(Selection selection, ContactsView view) {
        return new ContactsSettings(
                selection, view, false, Optional.empty(), Map.of(), quotas(), Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        cloud.close();
    }

    private Quota scaled(Quota quota) {
        return new Quota(quota.perSecond() * scale, (int) (quota.burst() * scale));
    }
}

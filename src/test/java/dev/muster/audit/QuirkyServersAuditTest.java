package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.QuirkyServer.Quirk;
import dev.muster.audit.stats.ObjectTally;
import dev.muster.engine.RunResult;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a server does, the count is exact or the run says that it is not. */
@Tag("slow")
@net.jqwik.api.Tag("slow")
class QuirkyServersAuditTest {
    private enum Listing {
        OBJECTS,
        VERSIONS,
        UPLOADS
    }

    private static final List<Quirk> QUIRKS = List.of(Quirk.values());
    private static final List<Listing> LISTINGS = List.of(Listing.values());

    @Property(tries = 50)
    void theCountIsExactOrSaidToBeIncomplete(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
        for (int i = random.nextInt(3); i > 0; i--) {
            quirks.add(QUIRKS.get(random.nextInt(QUIRKS.size())));
        }
        Listing listing = LISTINGS.get(random.nextInt(LISTINGS.size()));
        List<String> keys = keys(random, random.nextInt(1_500));

        RunResult<AuditTask, AuditPartial> result = audit(listing, keys, 20 + random.nextInt(80), quirks);

        if (result.summary().failures().isEmpty()) {
            assertThat(count(listing, result)).as("%s of %s", listing, quirks).isEqualTo(keys.size());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Quirk.class,
            names = {"SKIPS_BEHIND_MISSING_KEY", "NOTHING_BEHIND_MISSING_KEY", "NO_SUCH_KEY"})
    void aServerThatCannotListFromAKeyThatDoesNotExistIsListedInSequenceAndExactly(Quirk quirk) throws Exception {
        List<String> keys = keys(new Random(7), 3_000);
        for (Listing listing : Listing.values()) {
            RunResult<AuditTask, AuditPartial> result = audit(listing, keys, 50, Set.of(quirk));

            assertThat(result.summary().failures()).as(listing.name()).isEmpty();
            assertThat(count(listing, result)).as(listing.name()).isEqualTo(keys.size());
            assertThat(result.summary().buckets().values())
                    .as("cuts were tried")
                    .allMatch(stats -> stats.mode() == ListingMode.IN_SEQUENCE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Quirk.class,
            names = {"INCLUSIVE", "IGNORES_KEYS", "REFUSES_KEYS", "FIRST_VERSION", "EMPTY_PAGES"})
    void objectsAreCountedExactlyHoweverAServerCanGoOn(Quirk quirk) throws Exception {
        List<String> keys = keys(new Random(7), 3_000);

        RunResult<AuditTask, AuditPartial> result = audit(Listing.OBJECTS, keys, 50, Set.of(quirk));

        assertThat(result.summary().failures()).isEmpty();
        assertThat(count(Listing.OBJECTS, result)).isEqualTo(keys.size());
    }

    @Test
    void aListingOfOnePageIsCompleteInAnyOrder() throws Exception {
        List<String> keys = List.of("\ud83d\ude80", "\uff71", "a");

        RunResult<AuditTask, AuditPartial> result = audit(Listing.OBJECTS, keys, 50, Set.of(Quirk.UTF_16_ORDER));

        assertThat(result.summary().failures()).isEmpty();
        assertThat(count(Listing.OBJECTS, result)).isEqualTo(3);
    }

    @Test
    void aLongListingInAnotherOrderIsCountedPageByPageAndSaidToBeUnproven() throws Exception {
        List<String> keys = new ArrayList<>(keys(new Random(7), 1_000));
        IntStream.range(0, 100).forEach(i -> keys.addAll(List.of("\ud83d\ude80 " + i, "\uff71 " + i)));

        for (Listing listing : Listing.values()) {
            RunResult<AuditTask, AuditPartial> result = audit(listing, keys, 50, Set.of(Quirk.UTF_16_ORDER));

            assertThat(result.summary().failures())
                    .as(listing.name())
                    .extracting(AuditFailure::code)
                    .containsExactly("KeyOrder");
            assertThat(count(listing, result)).as(listing.name()).isEqualTo(keys.size());
        }
    }

    private static RunResult<AuditTask, AuditPartial> audit(
            Listing listing, List<String> keys, int pageSize, Set<Quirk> quirks) throws Exception {
        QuirkyServer bucket = new QuirkyServer(keys, pageSize, quirks);
        try (FakeS3 server = new FakeS3(parameters -> listing == Listing.UPLOADS == parameters.containsKey("uploads")
                                || parameters.containsKey("uploadId")
                        ? bucket.apply(parameters)
                        : FakeS3.objects(List.of(), false));
                PracticeAudit audit = PracticeAudit.of(server.endpoint())) {
            return audit.run(audit.scope(listing == Listing.VERSIONS, listing == Listing.UPLOADS));
        }
    }

    private static long count(Listing listing, RunResult<AuditTask, AuditPartial> result) {
        ObjectTally tally =
                result.summary().buckets().values().iterator().next().tally();
        return switch (listing) {
            case OBJECTS -> tally.current().objects();
            case VERSIONS -> tally.noncurrent().objects();
            case UPLOADS -> tally.uploads().uploads();
        };
    }

    private static List<String> keys(Random random, int size) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            keys.add(
                    switch (random.nextInt(4)) {
                        case 3 ->
                            new String(Character.toChars(0xff71 + 0x800 * random.nextInt(200))) + random.nextInt(100);
                        case 0 -> "dir-" + random.nextInt(20) + "/" + random.nextInt(1000);
                        case 1 -> "ключ/" + random.nextInt(1000);
                        default -> Integer.toHexString(random.nextInt());
                    });
        }
        return QuirkyServer.sorted(keys);
    }
}

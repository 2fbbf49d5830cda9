package dev.muster.contacts.set;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.aws.Organizations.MemberAccount;
import dev.muster.aws.Organizations.OrganizationIdentity;
import dev.muster.contacts.Contact;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.contacts.collect.ContactsPartial.AccountTags;
import dev.muster.contacts.set.StateDiff.SetPreview;
import dev.muster.output.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Plans against a small world that changes are carried out on: what {@code set} promises of any file. */
class StateDiffPropertyTest {
    private static final Optional<String> TAG = Optional.of("owner");
    private static final int ACCOUNTS = 4;

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void afterApplyingNothingIsLeftToChangeAndTheRollbackRestoresAll(@ForAll long seed) {
        World world = new World(seed);
        World before = world.copy();
        List<String> file = world.randomFile();

        SetPreview plan = StateDiff.of(DesiredState.parse(file, TAG), world.present());
        world.apply(plan.changes());
        SetPreview again = StateDiff.of(DesiredState.parse(file, TAG), world.present());

        assertThat(again.changes()).isEmpty();
        assertThat(again.invalid()).isEqualTo(plan.invalid());
        assertThat(again.same()).isEqualTo(plan.same() + plan.changes().size());

        List<String> rollback = RollbackFile.text(plan.changes()).lines().toList();
        SetPreview back = StateDiff.of(DesiredState.parse(rollback, Optional.empty()), world.present());
        world.apply(back.changes());

        assertThat(back.invalid()).isEmpty();
        assertThat(world.contacts).isEqualTo(before.contacts);
        assertThat(world.tags).isEqualTo(before.tags);
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void noContactIsChangedThatNoLineIsAbout(@ForAll long seed) {
        World world = new World(seed);
        List<String> file = world.randomFile();

        SetPreview plan = StateDiff.of(DesiredState.parse(file, Optional.empty()), world.present());

        assertThat(plan.changes()).allSatisfy(change -> assertThat(file)
                .anySatisfy(line -> assertThat(line).contains(change.accountId())));
        assertThat(plan.changes().stream()
                        .map(change -> change.accountId() + change.subject())
                        .toList())
                .doesNotHaveDuplicates();
    }

    private static final class World {
        private final Random random;
        private final Map<String, Contact> contacts = new HashMap<>();
        private final Map<String, Map<String, String>> tags = new HashMap<>();

        World(long seed) {
            this.random = new Random(seed);
            for (int account = 0; account < ACCOUNTS; account++) {
                for (ContactType type : ContactType.ALTERNATES) {
                    if (random.nextBoolean()) {
                        put(contact(id(account), type));
                    }
                }
                tags.put(id(account), new HashMap<>(random.nextBoolean() ? Map.of("owner", email()) : Map.of()));
            }
        }

        private World(World other) {
            this.random = other.random;
            contacts.putAll(other.contacts);
            other.tags.forEach((account, values) -> tags.put(account, new HashMap<>(values)));
        }

        World copy() {
            return new World(this);
        }

        ContactsPartial present() {
            List<MemberAccount> accounts = IntStream.range(0, ACCOUNTS)
                    .mapToObj(i -> new MemberAccount(id(i), "name", Optional.empty(), "ACTIVE"))
                    .toList();
            List<AccountTags> present = tags.entrySet().stream()
                    .map(entry -> new AccountTags(entry.getKey(), entry.getValue()))
                    .toList();
            return new ContactsPartial(
                    Optional.of(new OrganizationIdentity("o-1", id(0), id(0))),
                    ACCOUNTS,
                    0,
                    0,
                    accounts,
                    List.copyOf(contacts.values()),
                    present,
                    List.of());
        }

        void apply(List<SetTask> changes) {
            for (SetTask change : changes) {
                if (change instanceof SetTask.Put put) {
                    put(put.after());
                } else if (change instanceof SetTask.Delete delete) {
                    contacts.remove(delete.accountId() + delete.subject());
                } else if (change instanceof SetTask.Tag tag) {
                    Map<String, String> values = tags.get(tag.accountId());
                    tag.after().ifPresentOrElse(value -> values.put(tag.key(), value), () -> values.remove(tag.key()));
                }
            }
        }

        List<String> randomFile() {
            List<String> lines = new ArrayList<>();
            for (int line = random.nextInt(8); line >= 0; line--) {
                lines.add(Json.dumps(randomLine()));
            }
            return lines;
        }

        private Map<String, Object> randomLine() {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("account_id", id(random.nextInt(ACCOUNTS + 1)));
            if (random.nextBoolean()) {
                line.put(
                        "contact_type",
                        ContactType.ALTERNATES.get(random.nextInt(3)).name());
            }
            if (random.nextInt(5) > 0) {
                line.put("email_address", random.nextInt(6) == 0 ? null : email());
            }
            for (String field : List.of("name", "title", "phone")) {
                if (random.nextInt(4) == 0) {
                    line.put(field, Integer.toString(random.nextInt(3)));
                }
            }
            return line;
        }

        private Contact contact(String id, ContactType type) {
            return new Contact(
                    id,
                    "name",
                    type,
                    Optional.of(email()),
                    Optional.of("name" + random.nextInt(3)),
                    Optional.of("title" + random.nextInt(3)),
                    Optional.of("+1 " + random.nextInt(3)),
                    Map.of());
        }

        private void put(Contact contact) {
            contacts.put(contact.accountId() + contact.type().name(), contact);
        }

        private String email() {
            return "a" + random.nextInt(4) + "@example.org";
        }

        private static String id(int account) {
            return Integer.toString(account + 1).repeat(12);
        }
    }
}

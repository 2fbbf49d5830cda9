package dev.muster.contacts.set;

import dev.muster.contacts.ContactType;
import dev.muster.contacts.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All that a file wishes, at most one wish for each contact and tag, and what in it is invalid. */
public final class Wishes {
    private final List<Wish> wishes;
    private final List<Invalid> invalid;

    private Wishes(List<Wish> wishes, List<Invalid> invalid) {
        this.wishes = List.copyOf(wishes);
        this.invalid = List.copyOf(invalid);
    }

    /**
     * Reads a file's lines, see {@link SetFile}.
     *
     * @param tagKey a tag that shall hold an account's address, where a line gives one for all types
     */
    public static Wishes parse(List<String> lines, Optional<String> tagKey) {
        return SetFile.parse(lines, tagKey);
    }

    /** Where several lines are about the same contact or tag, none is taken: nobody knows which one is meant. */
    static Wishes distinct(List<Wish> read, List<Invalid> invalid) {
        Map<String, List<Wish>> bySubject = new LinkedHashMap<>();
        read.forEach(wish -> bySubject
                .computeIfAbsent(wish.accountId() + " " + wish.subject(), key -> new ArrayList<>())
                .add(wish));
        List<Wish> kept = new ArrayList<>();
        List<Invalid> bad = new ArrayList<>(invalid);
        for (List<Wish> same : bySubject.values()) {
            if (same.size() == 1) {
                kept.addAll(same);
            } else {
                String lines = same.stream()
                        .map(wish -> Integer.toString(wish.line()))
                        .distinct()
                        .collect(Collectors.joining(", "));
                Wish first = same.get(0);
                bad.add(new Invalid(
                        first.line(),
                        first.subject() + " of account " + first.accountId() + " is given more than once (lines "
                                + lines + "): keep one"));
            }
        }
        return new Wishes(kept, bad);
    }

    /** What has to be known of the organization to carry the wishes out. */
    public Selection selection() {
        Set<String> accounts = wishes.stream().map(Wish::accountId).collect(Collectors.toSet());
        Set<ContactType> types = wishes.stream()
                .filter(wish -> !(wish instanceof Wish.Tag))
                .map(wish -> ContactType.valueOf(wish.subject()))
                .collect(Collectors.toSet());
        boolean tags = wishes.stream().anyMatch(Wish.Tag.class::isInstance);
        return new Selection(Set.of(), accounts, List.of(), Map.of(), types, tags);
    }

    /** Whether there is nothing that could be carried out. */
    public boolean none() {
        return wishes.isEmpty();
    }

    List<Wish> all() {
        return wishes;
    }

    public List<Invalid> invalid() {
        return invalid;
    }
}

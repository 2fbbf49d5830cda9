package dev.muster.contacts.set;

import static java.util.Objects.requireNonNull;

import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Desired state of a file: at most one line for each contact and tag, and the lines that are invalid. */
public final class DesiredState {
    private final List<DesiredContact> desiredState;
    private final List<InvalidLine> invalid;

    private DesiredState(List<DesiredContact> desiredState, List<InvalidLine> invalid) {
        this.desiredState = List.copyOf(desiredState);
        this.invalid = List.copyOf(invalid);
    }

    /**
     * Reads a file's lines, see {@link SetFile}.
     *
     * @param tagKey tag that is set to an account's address if a line gives one for all types
     */
    public static DesiredState parse(List<String> lines, Optional<String> tagKey) {
        return SetFile.parse(lines, tagKey);
    }

    /** Rejects all of several lines about the same contact or tag, as it is unclear which one is meant. */
    static DesiredState distinct(List<DesiredContact> read, List<InvalidLine> invalid) {
        Map<String, List<DesiredContact>> bySubject = new LinkedHashMap<>();
        read.forEach(desiredContact -> bySubject
                .computeIfAbsent(desiredContact.accountId() + " " + desiredContact.subject(), key -> new ArrayList<>())
                .add(desiredContact));
        List<DesiredContact> kept = new ArrayList<>();
        List<InvalidLine> bad = new ArrayList<>(invalid);
        for (List<DesiredContact> same : bySubject.values()) {
            if (same.size() == 1) {
                kept.addAll(same);
            } else {
                String lines = same.stream()
                        .map(desiredContact -> Integer.toString(desiredContact.line()))
                        .distinct()
                        .collect(Collectors.joining(", "));
                DesiredContact first = same.get(0);
                bad.add(new InvalidLine(
                        first.line(),
                        first.subject() + " of account " + first.accountId() + " is given more than once (lines "
                                + lines + "): keep one"));
            }
        }
        return new DesiredState(kept, bad);
    }

    /** The part of the organization that must be read to carry out the lines. */
    public Selection selection() {
        Set<String> accounts =
                desiredState.stream().map(DesiredContact::accountId).collect(Collectors.toSet());
        Set<ContactType> types = desiredState.stream()
                .flatMap(desired -> desired.match(
                        put -> Stream.of(put.type()), delete -> Stream.of(delete.type()), tag -> Stream.of()))
                .collect(Collectors.toSet());
        boolean tags =
                desiredState.stream().anyMatch(desired -> desired.match(put -> false, delete -> false, tag -> true));
        return new Selection(Set.of(), accounts, List.of(), Map.of(), types, tags);
    }

    /** True if there is nothing that could be carried out. */
    public boolean none() {
        return desiredState.isEmpty();
    }

    List<DesiredContact> all() {
        return desiredState;
    }

    public List<InvalidLine> invalid() {
        return invalid;
    }

    /**
     * A line, or part of one, that cannot be carried out.
     *
     * @param line its number, from 1
     * @param reason what is wrong and, where not obvious, what to do
     */
    public record InvalidLine(int line, String reason) {
        public InvalidLine {
            requireNonNull(reason, "reason is null");
        }

        /** Message about the line. */
        public String sentence() {
            return "line " + line + ": " + reason;
        }
    }
}

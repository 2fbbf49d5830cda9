package dev.muster.emulator;

import static java.util.Objects.requireNonNull;

/** An alternate contact as Account Management holds it: all fields are there, though they may mean nothing. */
public record PracticeContact(String email, String name, String title, String phone) {
    public PracticeContact {
        requireNonNull(email, "email is null");
        requireNonNull(name, "name is null");
        requireNonNull(title, "title is null");
        requireNonNull(phone, "phone is null");
    }
}

package dev.muster.contacts;

import java.util.List;

/** The contacts that an account has, in the order in which reports list them. */
public enum ContactType {
    /** The address of the root user, from Organizations. */
    ROOT,
    /** The account holder, from GetContactInformation: a name, an address and a phone number, but no e-mail address. */
    PRIMARY,
    BILLING,
    OPERATIONS,
    SECURITY;

    /** The alternate contacts: those that GetAlternateContact reads and PutAlternateContact writes. */
    public static final List<ContactType> ALTERNATES = List.of(BILLING, OPERATIONS, SECURITY);

    public boolean alternate() {
        return ALTERNATES.contains(this);
    }
}

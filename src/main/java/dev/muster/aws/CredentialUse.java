package dev.muster.aws;

/** With whose credentials, and where, a request was made: what an answer says of them, it says of the node or does not. */
enum CredentialUse {
    /** The base credentials in the home region. */
    HOME,
    /** The base credentials in another region. */
    ABROAD,
    /** Those of an assumed role, which are renewed. */
    ASSUMED
}

package dev.muster.aws;

/** Credentials and place of a request, which tell whether a refusal concerns the node or only the account. */
enum CredentialUse {
    /** The base credentials in the home region. */
    HOME,
    /** The base credentials in another region. */
    ABROAD,
    /** Those of an assumed role, which are renewed. */
    ASSUMED
}

package dev.muster.cli.policy;

/** Command that needs permissions in AWS. */
public interface PolicySource {
    /** The least policy with which the command, as its options stand, can do its work. */
    IamPolicy policy();
}

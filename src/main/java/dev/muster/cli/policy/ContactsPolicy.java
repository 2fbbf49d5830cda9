package dev.muster.cli.policy;

import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.Selection;
import java.util.ArrayList;
import java.util.List;

/** Permissions of {@code muster contacts} and of {@code muster contacts set}. */
public final class ContactsPolicy {
    private ContactsPolicy() {}

    public static IamPolicy reading(Selection selection) {
        List<String> actions = new ArrayList<>(List.of("organizations:DescribeOrganization"));
        if (!selection.units().isEmpty()) {
            actions.add("organizations:ListAccountsForParent");
            actions.add("organizations:ListOrganizationalUnitsForParent");
        } else {
            actions.add(
                    selection.accounts().isEmpty() ? "organizations:ListAccounts" : "organizations:DescribeAccount");
        }
        if (selection.needsTags()) {
            actions.add("organizations:ListTagsForResource");
        }
        actions.add("account:GetAlternateContact");
        if (selection.types().contains(ContactType.PRIMARY)) {
            actions.add("account:GetContactInformation");
        }
        // For an account whose root address is not in the list of accounts.
        actions.add("account:GetPrimaryEmail");
        return IamPolicy.builder().allow(actions, List.of("*")).build();
    }

    /**
     * Policy for changing alternate contacts.
     *
     * @param apply whether changes are made or only shown
     * @param tags whether tags are set, too
     */
    public static IamPolicy setting(boolean apply, boolean tags) {
        List<String> actions = new ArrayList<>(List.of(
                "organizations:DescribeOrganization",
                "organizations:DescribeAccount",
                "account:GetAlternateContact",
                "account:GetPrimaryEmail"));
        if (apply) {
            actions.addAll(List.of("account:PutAlternateContact", "account:DeleteAlternateContact"));
        }
        if (tags) {
            actions.add("organizations:ListTagsForResource");
        }
        if (apply && tags) {
            actions.addAll(List.of("organizations:TagResource", "organizations:UntagResource"));
        }
        return IamPolicy.builder().allow(actions, List.of("*")).build();
    }
}

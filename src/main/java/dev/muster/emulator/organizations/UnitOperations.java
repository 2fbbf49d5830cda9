package dev.muster.emulator.organizations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.emulator.server.ServiceError;
import java.util.List;
import java.util.Map;

/** ListRoots, ListParents, ListAccountsForParent and ListOrganizationalUnitsForParent. */
final class UnitOperations {
    private final UnitTree tree;
    private final OrganizationDocuments documents;

    UnitOperations(UnitTree tree, OrganizationDocuments documents) {
        this.tree = tree;
        this.documents = documents;
    }

    Map<String, ?> roots() {
        return Map.of("Roots", List.of(documents.unit(tree.find(UnitTree.ROOT).orElseThrow())));
    }

    Map<String, ?> parents(JsonNode body) {
        String parent = tree.parentOf(body.path("ChildId").asText())
                .orElseThrow(() ->
                        new ServiceError(400, "ChildNotFoundException", "You specified a child that doesn't exist."));
        String type = parent.equals(UnitTree.ROOT) ? "ROOT" : "ORGANIZATIONAL_UNIT";
        return Map.of("Parents", List.of(Map.of("Id", parent, "Type", type)));
    }

    Map<String, ?> accounts(JsonNode body) {
        String parent = requireParent(body);
        return OrganizationsService.PAGES.answer(
                "Accounts", documents.accounts(account -> tree.contains(parent, account.id())), body);
    }

    Map<String, ?> units(JsonNode body) {
        List<Map<String, ?>> inside = tree.unitsIn(requireParent(body)).stream()
                .<Map<String, ?>>map(documents::unit)
                .toList();
        return OrganizationsService.PAGES.answer("OrganizationalUnits", inside, body);
    }

    private String requireParent(JsonNode body) {
        return tree.find(body.path("ParentId").asText())
                .orElseThrow(() -> new ServiceError(
                        400, "ParentNotFoundException", "You specified a root or OU that doesn't exist."))
                .id();
    }
}

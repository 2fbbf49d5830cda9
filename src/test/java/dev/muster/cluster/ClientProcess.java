package dev.muster.cluster;

import static org.awaitility.Awaitility.await;

/** A client in a JVM of its own, for tests that kill it. Arguments: name of the run, numbers, milliseconds, nodes. */
final class ClientProcess {
    private ClientProcess() {}

    public static void main(String[] arguments) throws Exception {
        try (ClusterClient client =
                ClusterClient.connect(TestCluster.config(2), ProcessCluster.addresses(arguments[3]))) {
            client.submit(
                    arguments[0],
                    "toy",
                    ToyJob.arguments(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])));
            System.out.println(ProcessCluster.READY + "submitted");
            await().forever()
                    .until(() -> client.run(arguments[0]).view().orElseThrow().ended());
        }
    }
}

package dev.muster.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Another lister, raced where it is installed. Each prints a line per object. */
enum Competitor {
    RCLONE("rclone") {
        @Override
        List<String> command(String endpoint, String bucket) {
            return List.of(
                    "rclone",
                    "lsf",
                    "--recursive",
                    "--fast-list",
                    ":s3,provider=Other,env_auth=true,endpoint='" + endpoint + "':" + bucket);
        }
    },
    S5CMD("s5cmd") {
        @Override
        List<String> command(String endpoint, String bucket) {
            return List.of("s5cmd", "--endpoint-url", endpoint, "ls", "s3://" + bucket + "/*");
        }
    },
    AWS("aws") {
        @Override
        List<String> command(String endpoint, String bucket) {
            return List.of("aws", "--endpoint-url", endpoint, "s3", "ls", "--recursive", "s3://" + bucket);
        }
    };

    private final String program;

    Competitor(String program) {
        this.program = program;
    }

    abstract List<String> command(String endpoint, String bucket);

    static List<Competitor> onPath() {
        return Stream.of(values()).filter(Competitor::installed).toList();
    }

    private boolean installed() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}

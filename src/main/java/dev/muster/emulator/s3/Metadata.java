package dev.muster.emulator.s3;

import dev.muster.emulator.keys.StorageClass;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.ServiceError;
import java.util.HashMap;
import java.util.Map;

/** Headers that a writer gives an object beside its content. */
final class Metadata {
    private static final String USER = "x-amz-meta-";

    private Metadata() {}

    static String contentType(Call call) {
        return call.header("content-type")
                .filter(type -> !type.isEmpty() && !type.startsWith("none"))
                .orElse("binary/octet-stream");
    }

    static StorageClass storageClass(Call call) {
        String name = call.header("x-amz-storage-class").orElse("STANDARD");
        try {
            return StorageClass.valueOf(name);
        } catch (IllegalArgumentException unknown) {
            throw new ServiceError(400, "InvalidStorageClass", "The storage class you specified is not valid");
        }
    }

    /** The headers that come back with the object. */
    static Map<String, String> of(Call call) {
        Map<String, String> kept = new HashMap<>();
        call.headers().forEach((name, value) -> {
            if (name.startsWith(USER) || name.equals("cache-control") || name.equals("content-disposition")) {
                kept.put(name, value);
            }
        });
        call.header("content-encoding")
                .map(Metadata::withoutChunked)
                .filter(v -> !v.isEmpty())
                .ifPresent(encoding -> kept.put("content-encoding", encoding));
        return kept;
    }

    /** {@code aws-chunked} belongs to the transfer, not to the object. */
    private static String withoutChunked(String encoding) {
        return encoding.replaceFirst("^aws-chunked\\s*,?\\s*", "").replaceFirst("\\s*,\\s*aws-chunked$", "");
    }
}

package dev.muster.inventory;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A foreign reader of datasets. */
public final class DatasetReader implements AutoCloseable {
    private final Connection connection;

    public DatasetReader() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    /** The rows of a dataset, as a table of SQL. */
    public static String parquet(Path dataset) {
        return "read_parquet('" + dataset + "/data/*.parquet')";
    }

    ResultSet query(String sql) throws SQLException {
        return connection.createStatement().executeQuery(sql);
    }

    /** The only value of the only row. */
    public String value(String sql) throws SQLException {
        try (ResultSet row = query(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

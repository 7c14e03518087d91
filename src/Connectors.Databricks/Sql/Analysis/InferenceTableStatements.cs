namespace Connectors.Databricks.Sql.Analysis;

/// <summary>
/// Builds the queries over an inference table. Their text consists of constants and quoted identifiers; every value is a parameter.
/// </summary>
internal sealed class InferenceTableStatements(SqlTableName table, InferenceTableLayout layout, SqlTableName servedEntities)
{
    private const string Columns =
        "count(*) AS requests, count_if(p.status_code >= 400 OR p.status_code IS NULL) AS errors, avg(p.latency) AS mean, ";

    /// <summary>The rows with their latency, day and served model, which has the alias p.</summary>
    private string Rows => layout == InferenceTableLayout.Legacy
        ? $"""
           (SELECT t.status_code, t.execution_time_ms AS latency, t.date AS day, t.response, t.databricks_request_id,
           coalesce(get_json_object(t.response, '$.model'), 'unknown') AS served_model FROM {table} t
           WHERE t.timestamp_ms >= unix_millis(:since) AND t.timestamp_ms < unix_millis(:until)) p
           """
        : $"""
           (SELECT t.status_code, t.execution_duration_ms AS latency, t.request_date AS day, t.response, t.databricks_request_id,
           coalesce(e.served_entity_name, t.served_entity_id, 'unknown') AS served_model FROM {table} t
           LEFT JOIN (SELECT served_entity_id, max(served_entity_name) AS served_entity_name FROM {servedEntities}
           GROUP BY served_entity_id) e ON t.served_entity_id = e.served_entity_id
           WHERE t.request_time >= :since AND t.request_time < :until) p
           """;

    /// <summary>The query of the documentation: versions of a model by the member <c>model</c> of the response.</summary>
    public string ModelVersions() =>
        $"SELECT get_json_object(p.response, '$.model') AS served_model, {Columns}" +
        "percentile(p.latency, 0.5) AS p50, percentile(p.latency, 0.95) AS p95, percentile(p.latency, 0.99) AS p99 " +
        $"FROM {Rows} GROUP BY 1 ORDER BY 1";

    /// <summary>Requests, errors, latencies of successful requests and tokens, by served model and perhaps by day.</summary>
    public string Statistics(bool byDay)
    {
        const string Latency = "CASE WHEN p.status_code < 400 THEN p.latency END";
        var day = byDay ? "p.day AS day, " : "";
        return $"SELECT p.served_model AS served_model, {day}count(*) AS requests, " +
            $"count_if(p.status_code >= 400 OR p.status_code IS NULL) AS errors, avg({Latency}) AS mean, " +
            $"percentile({Latency}, 0.5) AS p50, percentile({Latency}, 0.95) AS p95, percentile({Latency}, 0.99) AS p99, " +
            $"sum({Tokens("prompt")}) AS input_tokens, sum({Tokens("completion")}) AS output_tokens " +
            $"FROM {Rows} GROUP BY {(byDay ? "1, 2 ORDER BY 1, 2" : "1 ORDER BY 1")}";
    }

    /// <summary>
    /// A sample of the latencies of successful requests to a served model, which does not depend on the order of the rows.
    /// </summary>
    public string Latencies() =>
        $"SELECT p.latency AS latency FROM {Rows} WHERE p.served_model = :model AND p.status_code < 400 AND p.latency IS NOT NULL " +
        "ORDER BY xxhash64(p.databricks_request_id) LIMIT :rows";

    private static string Tokens(string kind) => $"TRY_CAST(get_json_object(p.response, '$.usage.{kind}_tokens') AS BIGINT)";
}

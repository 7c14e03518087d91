using System.Globalization;

namespace Connectors.Databricks.Sql.AiQuery;

/// <summary>
/// Builds the statements of a batch. Their text consists of constants and quoted identifiers; every other value is a parameter, or with
/// <see cref="AiQueryBatchOptions.UseLiterals"/> a literal where it is a constant argument of <c>ai_query</c>.
/// </summary>
internal sealed class AiQueryStatements(AiQueryBatchOptions options)
{
    private readonly string _key = SqlText.Quote(options.KeyColumn);
    private readonly string? _format = ResponseFormatToSql.Write(options.ResponseFormat);

    private string Destination => options.Destination.ToString();

    private string Source => options.Source.ToString();

    /// <summary>The prompt of a row of the source, which has the alias s.</summary>
    private string Prompt => options.PromptPrefix is null
        ? $"s.{SqlText.Quote(options.PromptColumn)}"
        : $"CONCAT(:prefix, s.{SqlText.Quote(options.PromptColumn)})";

    private string Call
    {
        get
        {
            var settings = new List<string>();
            if (options.MaxOutputTokens is { } most)
            {
                settings.Add($"'max_tokens', {Constant("max_tokens", most.ToString(CultureInfo.InvariantCulture))}");
            }

            if (options.Temperature is { } temperature)
            {
                settings.Add($"'temperature', {Constant("temperature", temperature.ToString("R", CultureInfo.InvariantCulture))}");
            }

            var parameters = settings.Count == 0 ? "" : $", modelParameters => named_struct({string.Join(", ", settings)})";
            var format = _format is null ? "" : $", responseFormat => {Constant("response_format", SqlText.Literal(_format))}";
            return $"ai_query({Constant("model", SqlText.Literal(options.Model))}, {Prompt}, failOnError => false{parameters}{format})";
        }
    }

    private string Constant(string name, string literal) => options.UseLiterals ? literal : $":{name}";

    private string Part => $"pmod(xxhash64(s.{_key}), :parts) = :part";

    /// <summary>The number of rows, of keys and of characters of the prompts.</summary>
    public (string Text, SqlParameter[] Parameters) Count() => (
        $"SELECT count(*) AS rows, count(DISTINCT s.{_key}) AS keys, sum(length({Prompt})) AS characters FROM {Source} s", Prefix());

    /// <summary>The statement that creates the destination, with all rows or those of the first part.</summary>
    public (string Text, SqlParameter[] Parameters) Create(int parts) => (
        $"CREATE {(options.ReplaceDestination ? "OR REPLACE " : "")}TABLE {Destination} AS SELECT s.{_key}, {Call} AS r " +
        $"FROM {Source} s{(parts == 1 ? "" : $" WHERE {Part}")}",
        [.. Arguments(), .. PartOf(parts, 0)]);

    /// <summary>The statement that adds the rows of a part, or those of them that the destination lacks.</summary>
    public (string Text, SqlParameter[] Parameters) Insert(int parts, int part, bool onlyMissing)
    {
        var missing = onlyMissing ? $" LEFT ANTI JOIN {Destination} d ON s.{_key} = d.{_key}" : "";
        return (
            $"INSERT INTO {Destination} SELECT s.{_key}, {Call} AS r FROM {Source} s{missing}{(parts == 1 ? "" : $" WHERE {Part}")}",
            [.. Arguments(), .. PartOf(parts, part)]);
    }

    /// <summary>The number of rows that the destination lacks.</summary>
    public string CountMissing() =>
        $"SELECT count(*) AS rows FROM {Source} s LEFT ANTI JOIN {Destination} d ON s.{_key} = d.{_key}";

    /// <summary>The statement that queries the model again for the rows that failed.</summary>
    public (string Text, SqlParameter[] Parameters) Retry(string error) => (
        $"MERGE INTO {Destination} AS d USING (SELECT s.{_key}, {Call} AS r FROM {Source} s JOIN {Destination} f ON s.{_key} = f.{_key} " +
        $"WHERE f.r.{SqlText.Quote(error)} IS NOT NULL) AS n ON d.{_key} = n.{_key} WHEN MATCHED THEN UPDATE SET r = n.r",
        Arguments());

    /// <summary>One row, for the names of the members of the result.</summary>
    public string Describe() => $"SELECT d.r FROM {Destination} d LIMIT 1";

    public string CountFailed(string error) =>
        $"SELECT count(*) AS rows, count(d.r.{SqlText.Quote(error)}) AS failed FROM {Destination} d";

    public string Failed(string error) =>
        $"SELECT d.{_key} AS key, d.r.{SqlText.Quote(error)} AS error FROM {Destination} d WHERE d.r.{SqlText.Quote(error)} IS NOT NULL";

    /// <summary>A sample that does not depend on the order of the rows, with the length of each prompt.</summary>
    public (string Text, SqlParameter[] Parameters) Sample(int rows) => (
        $"SELECT s.{_key} AS key, {Call} AS r FROM (SELECT * FROM {Source} s ORDER BY xxhash64(s.{_key}) LIMIT :rows) s",
        [.. Arguments(), SqlParameter.Create("rows", rows)]);

    private SqlParameter[] Prefix() => options.PromptPrefix is { } prefix ? [SqlParameter.Create("prefix", prefix)] : [];

    private SqlParameter[] Arguments() => options.UseLiterals ? Prefix() :
    [
        SqlParameter.Create("model", options.Model),
        .. Prefix(),
        .. options.MaxOutputTokens is { } most ? [new("max_tokens", most.ToString(CultureInfo.InvariantCulture), "INT")] :
            Array.Empty<SqlParameter>(),
        .. options.Temperature is { } temperature ? [SqlParameter.Create("temperature", temperature)] : Array.Empty<SqlParameter>(),
        .. _format is null ? Array.Empty<SqlParameter>() : [SqlParameter.Create("response_format", _format)],
    ];

    private static SqlParameter[] PartOf(int parts, int part) =>
        parts == 1 ? [] : [SqlParameter.Create("parts", parts), SqlParameter.Create("part", part)];
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Sql.Parsing;

namespace Connectors.Databricks.Emulator.Sql.Statements;

/// <summary>A request that runs a statement, checked (serving reference §13.2). Unconfirmed: every text of a rejection.</summary>
internal sealed record StatementRequest(string Statement, TimeSpan Wait, bool CancelsOnTimeout, bool UsesLinks)
{
    private const int LongestStatement = 16 * 1024 * 1024;
    private const int MostTags = 20;

    // From memory: the wait of a request without wait_timeout.
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(10);

    public string? Catalog { get; private init; }

    public string? Schema { get; private init; }

    public long? RowLimit { get; private init; }

    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; private init; } = new Dictionary<string, ParameterValue>();

    /// <exception cref="ApiErrorException">The request is invalid.</exception>
    public static StatementRequest Read(JsonObject json)
    {
        if (json.Text("statement") is not { Length: > 0 } statement)
        {
            throw ApiErrorException.Invalid("Parameter 'statement' is required.");
        }

        if (Encoding.UTF8.GetByteCount(statement) > LongestStatement)
        {
            throw ApiErrorException.Invalid("The statement is longer than 16 MiB.");
        }

        var usesLinks = OneOf(json, "disposition", "INLINE", "EXTERNAL_LINKS") == "EXTERNAL_LINKS";
        var format = OneOf(json, "format", "JSON_ARRAY", "ARROW_STREAM", "CSV");
        if (format != "JSON_ARRAY")
        {
            throw usesLinks
                ? new ApiErrorException(501, "NOT_IMPLEMENTED", $"The emulated SQL warehouse does not write {format}.")
                : ApiErrorException.Invalid($"The format {format} is not supported with the disposition INLINE.");
        }

        if (json["query_tags"] is JsonArray { Count: > MostTags })
        {
            throw ApiErrorException.Invalid($"There are more than {MostTags} query tags.");
        }

        return new StatementRequest(
            statement, ReadWait(json.Text("wait_timeout")),
            OneOf(json, "on_wait_timeout", "CONTINUE", "CANCEL") == "CANCEL", usesLinks)
        {
            Catalog = json.Text("catalog"),
            Schema = json.Text("schema"),
            RowLimit = json.Integer("row_limit"),
            Parameters = ReadParameters(json),
        };
    }

    private static string OneOf(JsonObject json, string name, params string[] values) => json.Text(name) switch
    {
        null => values[0],
        var value when values.Contains(value) => value,
        var value => throw ApiErrorException.Invalid($"'{value}' is not a value of '{name}'."),
    };

    private static TimeSpan ReadWait(string? text)
    {
        if (text is null)
        {
            return DefaultWait;
        }

        return text.EndsWith('s') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is 0 or >= 5 and <= 50
            ? TimeSpan.FromSeconds(seconds)
            : throw ApiErrorException.Invalid($"The wait_timeout '{text}' is neither 0s nor between 5s and 50s.");
    }

    private static Dictionary<string, ParameterValue> ReadParameters(JsonObject json)
    {
        Dictionary<string, ParameterValue> parameters = new(StringComparer.Ordinal);
        foreach (var parameter in json.Objects("parameters"))
        {
            var name = parameter.Text("name") ?? throw ApiErrorException.Invalid("A parameter has no name.");
            if (parameter["value"] is JsonNode value && value.GetValueKind() != JsonValueKind.String)
            {
                throw ApiErrorException.Invalid($"The value of the parameter '{name}' is not a string.");
            }

            if (!parameters.TryAdd(name, new ParameterValue(parameter.Text("value"), EngineType(parameter.Text("type") ?? "STRING"))))
            {
                throw ApiErrorException.Invalid($"The parameter '{name}' is given twice.");
            }
        }

        return parameters;
    }

    private static string EngineType(string type)
    {
        var parts = type.TrimEnd(')').Split('(', ',');
        if (parts[0].Equals("DECIMAL", StringComparison.OrdinalIgnoreCase) && parts.Length <= 3
            && parts.Skip(1).All(digits => int.TryParse(digits, out var number) && number is >= 0 and <= 38))
        {
            int[] digits = [.. parts.Skip(1).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
            return digits switch
            {
                [] => SqlTypes.Decimal(),
                [var precision] => SqlTypes.Decimal(precision),
                [var precision, var scale, ..] => SqlTypes.Decimal(precision, scale),
            };
        }

        return SqlTypes.ToEngine(type) ?? throw ApiErrorException.Invalid($"'{type}' is not a type of a parameter.");
    }
}

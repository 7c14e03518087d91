using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Predictions;

/// <summary>Parses the four input formats into rows of named values; null for a row that does not match its columns.</summary>
internal static class ClassicRows
{
    public static IEnumerable<IReadOnlyDictionary<string, JsonNode?>?> Read(JsonObject body, string input, string[] columns)
    {
        if (input == "dataframe_split")
        {
            var split = body.Object(input);
            string[] names = split?["columns"] is JsonArray given ? [.. given.Select(name => name.Text() ?? "")] : [];
            return split?["data"] is JsonArray data ? data.Select(row => Row(names, row as JsonArray)) : [null];
        }

        return body[input] switch
        {
            JsonArray rows => rows.Select(row => row is JsonObject record ? Row(record) : Row(columns, row as JsonArray)),
            JsonObject tensors => FromColumns(tensors),
            _ => [null],
        };
    }

    /// <summary>Named tensors: each holds a column.</summary>
    private static IEnumerable<IReadOnlyDictionary<string, JsonNode?>?> FromColumns(JsonObject tensors)
    {
        var rows = tensors.Select(tensor => (tensor.Value as JsonArray)?.Count ?? 0).DefaultIfEmpty(0).Max();
        return Enumerable.Range(0, rows).Select(row => tensors.All(tensor => tensor.Value is JsonArray column && column.Count == rows)
            ? tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value![row])
            : null);
    }

    private static Dictionary<string, JsonNode?> Row(JsonObject record) =>
        record.ToDictionary(member => member.Key, member => member.Value);

    private static Dictionary<string, JsonNode?>? Row(string[] columns, JsonArray? values) =>
        values is null || values.Count != columns.Length
            ? null
            : columns.Zip(values).GroupBy(pair => pair.First).ToDictionary(group => group.Key, group => group.Last().Second);
}

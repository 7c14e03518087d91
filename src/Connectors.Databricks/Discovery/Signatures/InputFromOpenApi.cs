using System.Text.Json;
using Connectors.Databricks.Discovery.Documents;

namespace Connectors.Databricks.Discovery.Signatures;

/// <summary>Reads the columns that a form of input has.</summary>
internal static class InputFromOpenApi
{
    public static IReadOnlyList<SignatureColumn> Columns(SchemaFromOpenApi schemas, string form, JsonElement schema)
    {
        schema = schemas.Resolved(schema);
        return form switch
        {
            "dataframe_split" => Split(schemas, schema),
            "dataframe_records" => schemas.Columns(schema.Member("items")),
            "instances" => Rows(schemas, schema.Member("items")),
            _ => schemas.Columns(schema) is { Count: > 0 } named ? named : [schemas.Column(null, schema)],
        };
    }

    // Names are in one member, types in another; the names that must be there are in a sentence (serving reference §9.9).
    private static IReadOnlyList<SignatureColumn> Split(SchemaFromOpenApi schemas, JsonElement schema)
    {
        var columns = schema.Member("properties")?.Member("columns");
        var names = columns?.Member("items")?.Items("enum", schemas.Counted).Select(name => name.Text()).ToArray() ?? [];
        var row = schema.Member("properties")?.Member("data")?.Member("items");
        var types = row?.Items("prefixItems", schemas.Counted).ToArray() ?? [];
        var required = Required(columns?.Text("description"));
        return [.. Enumerable.Range(0, Math.Max(names.Length, types.Length)).Select(i =>
        {
            var name = i < names.Length ? names[i] : null;
            var column = i < types.Length ? schemas.Column(name, types[i]) : new SignatureColumn(name, "any");
            return required is null || name is null ? column : column with { IsRequired = required.Contains(name) };
        })];
    }

    private static IReadOnlyList<SignatureColumn> Rows(SchemaFromOpenApi schemas, JsonElement? row) =>
        row is not { } schema ? []
        : schemas.Columns(schema) is { Count: > 0 } named ? named
        : [schemas.Column(null, schema)];

    private static HashSet<string>? Required(string? description)
    {
        const string Prefix = "required fields:";
        return description?.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) == true
            ? [.. description[Prefix.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]
            : null;
    }
}

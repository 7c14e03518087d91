using System.Text.Json;
using Connectors.Databricks.Discovery.Documents;

namespace Connectors.Databricks.Discovery.Signatures;

/// <summary>Reads the output of a model: the member that contains it, and its type per row.</summary>
internal static class OutputFromOpenApi
{
    public static (string? ResultName, IReadOnlyList<SignatureColumn> Outputs) Read(SchemaFromOpenApi schemas, JsonElement schema)
    {
        // The known members before others; a document of several unknown ones is itself the result.
        var members = schema.Members("properties", schemas.Counted).ToArray();
        var name = members.Select(member => member.Name).FirstOrDefault(name => name is "predictions" or "outputs")
            ?? (members.Length == 1 ? members[0].Name : null);
        if (name is null)
        {
            return (null, schemas.Columns(schema));
        }

        var result = schemas.Resolved(members.First(member => member.Name == name).Value);
        var row = result.Member("items") is { } items ? schemas.Resolved(items) : result;
        return (name, schemas.Columns(row) is { Count: > 0 } named ? named : [schemas.Column(null, row)]);
    }
}

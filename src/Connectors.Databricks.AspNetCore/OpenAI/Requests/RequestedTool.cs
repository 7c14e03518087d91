using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Requests;

/// <summary>A tool of the request, which the client invokes itself.</summary>
internal sealed class RequestedTool(string name, string description, JsonElement schema, bool isStrict) : AIFunctionDeclaration
{
    private readonly Dictionary<string, object?> _properties = new() { [DatabricksPropertyNames.Strict] = isStrict };

    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema => schema;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties => _properties;
}

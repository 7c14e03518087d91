using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.SemanticKernel.Contents;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Functions;

/// <summary>A kernel function as a model is told of it: what it is called and what it takes, and nothing that could run it.</summary>
internal sealed class OfferedFunction(KernelFunction function, bool isStrict) : AIFunctionDeclaration
{
    public override string Name { get; } = FunctionNames.Join(function);

    public override string Description => function.Description;

    public override JsonElement JsonSchema { get; } = WithoutDescription(function.JsonSchema, function.Description);

    public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } =
        new Dictionary<string, object?> { [DatabricksPropertyNames.Strict] = isStrict };

    // Semantic Kernel 1.80 repeats the description in the schema, as "condition", which is no keyword of JSON Schema. Said once it is enough.
    private static JsonElement WithoutDescription(JsonElement schema, string description)
    {
        if (!schema.TryGetProperty("condition", out var repeated) || repeated.ValueKind != JsonValueKind.String ||
            !repeated.ValueEquals(description))
        {
            return schema;
        }

        var members = JsonObject.Create(schema)!;
        members.Remove("condition");
        return members.Deserialize<JsonElement>(AIJsonUtilities.DefaultOptions);
    }
}

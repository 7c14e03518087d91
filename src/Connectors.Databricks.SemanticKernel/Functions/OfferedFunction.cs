using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.SemanticKernel.Contents;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Functions;

/// <summary>The declaration of a kernel function for a model: name and parameters, not invocable.</summary>
internal sealed class OfferedFunction(KernelFunction function, bool isStrict) : AIFunctionDeclaration
{
    public override string Name { get; } = FunctionNames.Join(function);

    public override string Description => function.Description;

    public override JsonElement JsonSchema { get; } = Schema(function, isStrict);

    public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } =
        new Dictionary<string, object?> { [DatabricksPropertyNames.Strict] = isStrict };

    private static JsonElement Schema(KernelFunction function, bool isStrict)
    {
        var schema = JsonObject.Create(function.JsonSchema)!;

        // Semantic Kernel repeats the description in the schema, as "condition", which is no keyword of JSON Schema.
        if (schema["condition"] is JsonValue repeated && repeated.TryGetValue<string>(out var text) && text == function.Description)
        {
            schema.Remove("condition");
        }

        SchemaReferences.Correct(schema, startsAtParameter: function.UnderlyingMethod is not null);
        if (isStrict)
        {
            OptionalParameters.AllowNull(schema);
        }

        return schema.Deserialize<JsonElement>(AIJsonUtilities.DefaultOptions);
    }
}

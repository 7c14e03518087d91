using System.Text.Json;
using Connectors.Databricks.SemanticKernel.Contents;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Functions;

/// <summary>A kernel function as a model is told of it: what it is called and what it takes, and nothing that could run it.</summary>
internal sealed class OfferedFunction(KernelFunction function, bool isStrict) : AIFunctionDeclaration
{
    public override string Name { get; } = FunctionNames.Join(function);

    public override string Description => function.Description;

    public override JsonElement JsonSchema => function.JsonSchema;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } =
        new Dictionary<string, object?> { [DatabricksPropertyNames.Strict] = isStrict };
}

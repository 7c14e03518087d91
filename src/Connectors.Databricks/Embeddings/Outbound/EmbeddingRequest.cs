using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Embeddings.Outbound;

/// <summary>What all requests of one call have in common; nothing in it is changed by writing it.</summary>
internal sealed record EmbeddingRequest(
    string EndpointName, int? Dimensions, string? Instruction, AdditionalPropertiesDictionary? Additional, JsonObject? Base)
{
    /// <summary>The generator's instruction, unless the call brings one.</summary>
    public string? OwnInstruction => Additional?.ContainsKey(DatabricksPropertyNames.Instruction) is true ? null : Instruction;
}

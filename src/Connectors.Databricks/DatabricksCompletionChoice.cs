using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>One completion of a prompt.</summary>
public sealed class DatabricksCompletionChoice
{
    /// <summary>Gets the index of the choice; choices are ordered by prompt.</summary>
    /// <value>Default: 0.</value>
    public int Index { get; init; }

    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the finish reason that the service returned, or <see langword="null"/> when it returned none.</summary>
    public ChatFinishReason? FinishReason { get; init; }

    /// <summary>Gets the token log probabilities, or <see langword="null"/> when there are none.</summary>
    public JsonElement? LogProbs { get; init; }
}

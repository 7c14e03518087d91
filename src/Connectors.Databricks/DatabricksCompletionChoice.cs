using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>One completion of a prompt.</summary>
/// <param name="Index">The index of the choice; choices are ordered by prompt.</param>
/// <param name="Text">The text.</param>
/// <param name="FinishReason">The finish reason that the service returned, or <see langword="null"/> when it returned none.</param>
/// <param name="LogProbs">The token log probabilities, or <see langword="null"/> when there are none.</param>
public sealed record DatabricksCompletionChoice(
    int Index, string Text, ChatFinishReason? FinishReason = null, JsonElement? LogProbs = null);

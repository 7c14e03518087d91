using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>One completion of a prompt.</summary>
/// <param name="Index">Its number: with several prompts, those of the first prompt come first.</param>
/// <param name="Text">The text.</param>
/// <param name="FinishReason">Why it ended, as the service says it; <see langword="null"/> when it does not say.</param>
/// <param name="LogProbs">Token log probabilities; <see langword="null"/> when there are none.</param>
public sealed record DatabricksCompletionChoice(
    int Index, string Text, ChatFinishReason? FinishReason = null, JsonElement? LogProbs = null);

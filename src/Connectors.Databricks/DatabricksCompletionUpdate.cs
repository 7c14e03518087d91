using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>A piece of a streamed completion.</summary>
public sealed class DatabricksCompletionUpdate
{
    /// <summary>The completion that the piece belongs to; see <see cref="DatabricksCompletionChoice.Index"/>.</summary>
    public int ChoiceIndex { get; init; }

    /// <summary>The text to append; empty on a piece that brings other news.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Why this completion ended, on its last piece, as the service says it.</summary>
    public ChatFinishReason? FinishReason { get; init; }

    /// <summary>Token log probabilities of the piece.</summary>
    public JsonElement? LogProbs { get; init; }

    /// <summary>The id of the answer.</summary>
    public string? Id { get; init; }

    /// <summary>The model, as the service names it.</summary>
    public string? ModelId { get; init; }

    /// <summary>The token counts, on the last piece of the stream alone, if the service gives them.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>The event as it came, when <see cref="DatabricksServingOptions.IncludeRawUpdates"/> is on.</summary>
    public DatabricksServingResponse? RawResponse { get; init; }

    /// <summary>The text to append.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;
}

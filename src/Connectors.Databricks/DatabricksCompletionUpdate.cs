using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>An update of a streaming completion.</summary>
public sealed class DatabricksCompletionUpdate
{
    /// <summary>Gets the index of the completion that the update belongs to; see <see cref="DatabricksCompletionChoice.Index"/>.</summary>
    public int ChoiceIndex { get; init; }

    /// <summary>Gets the text to append; empty when the update has no text.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Gets the finish reason that the service returned, on the last update of the completion.</summary>
    public ChatFinishReason? FinishReason { get; init; }

    /// <summary>Gets the token log probabilities of the update.</summary>
    public JsonElement? LogProbs { get; init; }

    /// <summary>Gets the id of the response.</summary>
    public string? Id { get; init; }

    /// <summary>Gets the model id that the service returned.</summary>
    public string? ModelId { get; init; }

    /// <summary>Gets the token counts, on the last update of the stream, if the service returns them.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Gets the raw event, when <see cref="DatabricksCompletionOptions.IncludeRawUpdates"/> is enabled.</summary>
    public DatabricksServingResponse? RawResponse { get; init; }

    /// <summary>Returns the text to append.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;
}

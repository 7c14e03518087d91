using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>What a completion endpoint answered.</summary>
public sealed class DatabricksCompletion
{
    /// <summary>Makes a completion, as the connector does and as tests may.</summary>
    /// <param name="choices">The completions, in the order of their index.</param>
    public DatabricksCompletion(IReadOnlyList<DatabricksCompletionChoice> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        Choices = choices;
    }

    /// <summary>The completions: <c>ChoiceCount</c> of each prompt, those of the first prompt first.</summary>
    public IReadOnlyList<DatabricksCompletionChoice> Choices { get; }

    /// <summary>The text of the first completion; empty when there is none.</summary>
    public string Text => Choices.Count > 0 ? Choices[0].Text : string.Empty;

    /// <summary>The id of the answer; <see langword="null"/> when the service gave none.</summary>
    public string? Id { get; init; }

    /// <summary>The model, as the service names it.</summary>
    public string? ModelId { get; init; }

    /// <summary>When the answer was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The token counts, of all prompts together; <see langword="null"/> when the service gave none.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>What arrived on the wire.</summary>
    public DatabricksServingResponse? RawResponse { get; init; }

    /// <summary>The text of the first completion.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;
}

using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>The response of a text completion endpoint.</summary>
public sealed class DatabricksCompletion
{
    /// <summary>Initializes a new instance of the <see cref="DatabricksCompletion"/> class, such as for tests.</summary>
    /// <param name="choices">The completions, in the order of their index.</param>
    public DatabricksCompletion(IReadOnlyList<DatabricksCompletionChoice> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        Choices = choices;
    }

    /// <summary>Gets the completions: <c>ChoiceCount</c> per prompt, ordered by prompt.</summary>
    public IReadOnlyList<DatabricksCompletionChoice> Choices { get; }

    /// <summary>Gets the text of the first completion, or an empty string.</summary>
    public string Text => Choices.Count > 0 ? Choices[0].Text : string.Empty;

    /// <summary>Gets the id of the response, or <see langword="null"/> when the service returned none.</summary>
    public string? Id { get; init; }

    /// <summary>Gets the model id that the service returned.</summary>
    public string? ModelId { get; init; }

    /// <summary>Gets the creation time of the response.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Gets the token counts of all prompts together, or <see langword="null"/> when the service returned none.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Gets the raw response.</summary>
    public DatabricksServingResponse? RawResponse { get; init; }

    /// <summary>Returns the text of the first completion.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;
}

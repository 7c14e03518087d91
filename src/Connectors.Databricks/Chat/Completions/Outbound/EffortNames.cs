using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>The words for how hard to think, and which of them a model gets that does not know them all (serving reference §3.7).</summary>
internal static class EffortNames
{
    public const string None = "none";

    private static readonly string[] Scale = [None, "minimal", "low", "medium", "high", "xhigh", "max"];

    /// <returns>The word; null when the model's own default is wanted.</returns>
    public static string? Of(ReasoningEffort? effort) => effort switch
    {
        null => null,
        ReasoningEffort.None => None,
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        ReasoningEffort.ExtraHigh => "xhigh",
        _ => throw OptionExceptions.OutOfRange($"ChatOptions.Reasoning.Effort is {effort}, which is not a known effort."),
    };

    /// <summary>The word itself, else the next higher one that is accepted, else the highest.</summary>
    public static string Nearest(string word, IReadOnlyList<string> accepted)
    {
        var wanted = Array.IndexOf(Scale, word);
        for (var i = wanted; i < Scale.Length; i++)
        {
            if (accepted.Contains(Scale[i]))
            {
                return Scale[i];
            }
        }

        for (var i = wanted - 1; i >= 0; i--)
        {
            if (accepted.Contains(Scale[i]))
            {
                return Scale[i];
            }
        }

        // A model whose words are all its own: any of them is better than a word it refuses.
        return accepted.Count > 0 ? accepted[^1] : word;
    }
}

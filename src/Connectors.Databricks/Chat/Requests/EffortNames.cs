using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>The names of reasoning efforts, and the nearest one that a model supports (serving reference §3.7).</summary>
internal static class EffortNames
{
    public const string None = "none";

    private static readonly string[] Scale = [None, "minimal", "low", "medium", "high", "xhigh", "max"];

    /// <returns>The name, or null for the default of the model.</returns>
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

    /// <summary>Returns the effort if it is supported, otherwise the next higher one, otherwise the highest.</summary>
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

        // All names of the model are custom: any of them is better than one that it rejects.
        return accepted.Count > 0 ? accepted[^1] : word;
    }
}

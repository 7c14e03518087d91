using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>
/// Writes sampling parameters. Values that are invalid for every model throw, with the name of the option; parameters that the model does
/// not support are dropped.
/// </summary>
internal static class SamplingToWire
{
    /// <summary>Writes temperature, <c>top_p</c> and <c>top_k</c>.</summary>
    /// <param name="body">The request document.</param>
    /// <param name="facts">The request, and whether thinking is turned on.</param>
    /// <param name="options">The chat options.</param>
    public static void Write(RequestDocument body, OptionFacts facts, ChatOptions options)
    {
        WriteNumber(body, facts, "temperature", nameof(ChatOptions.Temperature), options.Temperature, lowest: 0);
        WriteNumber(body, facts, "top_p", nameof(ChatOptions.TopP), options.TopP, lowest: 0, highest: 1);
        WriteTopK(body, facts, options.TopK);
    }

    /// <summary>Writes penalties, seed and stop sequences.</summary>
    public static void WritePenalties(RequestDocument body, OptionFacts facts, ChatOptions options)
    {
        WriteNumber(body, facts, "frequency_penalty", nameof(ChatOptions.FrequencyPenalty), options.FrequencyPenalty);
        WriteNumber(body, facts, "presence_penalty", nameof(ChatOptions.PresencePenalty), options.PresencePenalty);
        if (options.Seed is { } seed && Begins(body, facts, "seed"))
        {
            body.Writer.WriteNumberValue(seed);
        }

        WriteStop(body, facts.Request, options.StopSequences);
    }

    private static bool Begins(RequestDocument body, OptionFacts facts, string name) =>
        !body.BaseHas(name) && !facts.Request.LeavesOut(name) && !OptionRules.LeavesOut(name, facts) && body.Begins(name);

    private static void WriteNumber(
        RequestDocument body, OptionFacts facts, string name, string option, float? value,
        float lowest = float.MinValue, float highest = float.MaxValue)
    {
        if (OptionExceptions.RequireNumber(value, option, lowest, highest) is { } number && Begins(body, facts, name))
        {
            body.Writer.WriteNumberValue(number);
        }
    }

    private static void WriteTopK(RequestDocument body, OptionFacts facts, int? value)
    {
        if (OptionExceptions.RequirePositive(value, nameof(ChatOptions.TopK)) is { } count && Begins(body, facts, "top_k"))
        {
            body.Writer.WriteNumberValue(count);
        }
    }

    private static void WriteStop(RequestDocument body, ChatRequest request, IList<string>? sequences)
    {
        if (sequences is not { Count: > 0 })
        {
            return;
        }

        OptionExceptions.RequireStopSequences(sequences);
        if (request.LeavesOut("stop", affectsAnswer: true))
        {
            return;
        }

        body.BeginArray("stop");
        foreach (var sequence in sequences)
        {
            body.Writer.WriteStringValue(sequence);
        }

        body.Writer.WriteEndArray();
    }
}

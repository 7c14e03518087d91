using System.Globalization;
using Connectors.Databricks.Chat.Completions.Requests;
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
    /// <param name="request">The request.</param>
    /// <param name="options">The chat options.</param>
    /// <param name="isThinking">Whether thinking is turned on, which some models do not support together with sampling parameters.</param>
    public static void Write(RequestDocument body, ChatRequest request, ChatOptions options, bool isThinking)
    {
        var thinking = isThinking && request.Model.Reasoning.ExcludesSampling ? "thinking" : null;
        WriteNumber(body, request, "temperature", nameof(ChatOptions.Temperature), options.Temperature, lowest: 0, other: thinking);
        var other = thinking ?? (ExcludesTopP(request, options) ? "temperature" : null);
        WriteNumber(body, request, "top_p", nameof(ChatOptions.TopP), options.TopP, lowest: 0, highest: 1, other: other);
        WriteTopK(body, request, options.TopK, thinking);
    }

    /// <summary>Writes penalties, seed and stop sequences.</summary>
    public static void WritePenalties(RequestDocument body, ChatRequest request, ChatOptions options)
    {
        WriteNumber(body, request, "frequency_penalty", nameof(ChatOptions.FrequencyPenalty), options.FrequencyPenalty);
        WriteNumber(body, request, "presence_penalty", nameof(ChatOptions.PresencePenalty), options.PresencePenalty);
        if (options.Seed is { } seed && Begins(body, request, "seed"))
        {
            body.Writer.WriteNumberValue(seed);
        }

        WriteStop(body, request, options.StopSequences);
    }

    // Other hosts of Claude support one of the two (serving reference §3.7).
    private static bool ExcludesTopP(ChatRequest request, ChatOptions options) =>
        request.Model.TemperatureExcludesTopP &&
        (request.SetsInJson("temperature") || (options.Temperature is not null && !request.Refuses("temperature")));

    /// <param name="body">The request document.</param>
    /// <param name="request">The request.</param>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="other">A parameter that is sent and excludes this one, or null.</param>
    private static bool Begins(RequestDocument body, ChatRequest request, string name, string? other = null)
    {
        if (body.BaseHas(name) || request.LeavesOut(name))
        {
            return false;
        }

        if (other is not null)
        {
            request.Note(name, $"left out with {other}");
            return false;
        }

        return body.Begins(name);
    }

    private static void WriteNumber(
        RequestDocument body, ChatRequest request, string name, string option, float? value,
        float lowest = float.MinValue, float highest = float.MaxValue, string? other = null)
    {
        if (value is not { } number)
        {
            return;
        }

        // NaN fails this comparison.
        if (!(number >= lowest && number <= highest))
        {
            throw OptionExceptions.OutOfRange(string.Create(
                CultureInfo.InvariantCulture, $"ChatOptions.{option} is {number}, which no model accepts."));
        }

        if (Begins(body, request, name, other))
        {
            body.Writer.WriteNumberValue(number);
        }
    }

    private static void WriteTopK(RequestDocument body, ChatRequest request, int? value, string? other)
    {
        if (OptionExceptions.RequirePositive(value, nameof(ChatOptions.TopK)) is { } count && Begins(body, request, "top_k", other))
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

        if (sequences.Any(string.IsNullOrEmpty))
        {
            throw OptionExceptions.Invalid(
                "ChatOptions.StopSequences contains an empty sequence, which would stop every response immediately.");
        }

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
